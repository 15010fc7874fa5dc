"""The interface as an OpenAPI 3.0 document, as the standard asks; the other addresses are in `/api/openapi.json`."""

from collections.abc import Mapping, Sequence
from typing import Any

from overt import __version__
from overt.publish.api.answers import Problem
from overt.publish.ogc.answers import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from overt.publish.ogc.collection import Collection
from overt.publish.ogc.documents import description, root
from overt.publish.ogc.properties import FILTERS
from overt.publish.ogc.query import DEFAULT, MOST
from overt.publish.site.site import Site

_OBJECT = {"schema": {"type": "object"}}
_NUMBERS = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}


def openapi(site: Site, base: str, held: Sequence[Collection]) -> dict[str, Any]:
    """The document, with each collection's own parameters."""
    paths: dict[str, Any] = {
        "/": _get("Landing page", "getLandingPage", JSON),
        "/conformance": _get("Classes of the standard", "getConformance", JSON),
        "/api": _get("This document", "getApi", OPENAPI),
        "/collections": _get("All collections", "getCollections", JSON),
    }
    for one in held:
        name, said = one.said.id, one.said
        here = f"/collections/{name}"
        paths[here] = _get(f"The collection {name}", f"describe.{name}", JSON, missing=True)
        paths[f"{here}/queryables"] = _get(f"What features of {name} can be found by", f"queryables.{name}", SCHEMA)
        paths[f"{here}/items"] = _get(f"Features of {name}", f"get.{name}.items", GEOJSON, _parameters(one), tag=name)
        identity = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
        summary = f"One feature of {name}"
        paths[f"{here}/items/{{featureId}}"] = _get(
            summary, f"get.{name}.item", GEOJSON, [identity, {"$ref": "#/components/parameters/f"}], missing=True, tag=name
        )
        paths[f"{here}/items"]["get"]["description"] = said.description
    return {
        "openapi": "3.0.3",
        "info": {"title": "Overt: OGC API – Features", "description": description(site), "version": __version__},
        "servers": [{"url": root(site, base)}],
        "tags": [{"name": "server"}, *({"name": one.said.id, "description": one.said.description} for one in held)],
        "paths": paths,
        "components": {"parameters": _COMMON, "schemas": {"problem": _problem()}},
    }


def _get(
    summary: str,
    name: str,
    kind: str,
    parameters: Sequence[Mapping[str, Any]] = (),
    *,
    missing: bool = False,
    tag: str = "server",
) -> dict[str, Any]:
    wrong = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    answers = {
        "200": {"description": summary, "content": {kind: _OBJECT, HTML: {"schema": {"type": "string"}}}},
        "400": {"description": "A parameter that says nothing known.", "content": wrong},
    }
    if missing:
        answers["404"] = {"description": "There is no such thing.", "content": wrong}
    asked = list(parameters) or [{"$ref": "#/components/parameters/f"}]
    return {"get": {"summary": summary, "operationId": name, "tags": [tag], "parameters": asked, "responses": answers}}


def _parameters(held: Collection) -> list[dict[str, Any]]:
    said = held.said
    made: list[dict[str, Any]] = [
        {"$ref": f"#/components/parameters/{name}"} for name in _COMMON if name != "datetime" or said.dated
    ]
    made.append(_list("properties", {"type": "array", "items": {"type": "string", "enum": list(said.properties)}}, _SELECTION))
    for name in (*said.filters, *said.own):
        schema = {key: value for key, value in FILTERS[name].items() if key != "description"}
        made.append(_list(name, schema, str(FILTERS[name]["description"])))
    return made


def _list(name: str, schema: Mapping[str, Any], said: str) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": False, "description": said, "schema": dict(schema), "style": "form",
        "explode": False,
    }  # fmt: skip


_SELECTION = "Which properties are wanted, with commas between; all, where it is not said."
_COMMON: dict[str, Any] = {
    "f": {**_list("f", {"type": "string", "enum": ["json", "html"]}, "The form; without it, as the Accept header says.")},
    "limit": _list(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
        f"How many features; more than {MOST} may be asked for, and {MOST} are given.",
    ),
    "offset": _list("offset", {"type": "integer", "minimum": 0, "default": 0}, "How many features to pass over; links have it."),
    "bbox": _list(
        "bbox",
        _NUMBERS,
        "west,south,east,north in degrees (CRS84), or six numbers with heights, which nothing here has. West beyond east crosses "
        "the antimeridian. As the standard has it, features without a geometry are found by every box; `located=yes` leaves "
        "projects without one out.",
    ),
    "datetime": _list(
        "datetime",
        {"type": "string"},
        "An instant or an interval (RFC 3339; .. leaves a side open; a year or a month is all of it). Found is what has a date "
        "that can mean a day of it, and, as the standard has it, what has no date.",
    ),
}


def _problem() -> dict[str, Any]:
    held = Problem.model_json_schema()
    return {key: value for key, value in held.items() if key in ("type", "title", "properties", "required", "description")}
