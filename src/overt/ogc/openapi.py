"""The OpenAPI 3.0 document of the OGC API, as the standard requires. `/api/openapi.json` describes the other addresses."""

from collections.abc import Mapping, Sequence
from typing import Any

from overt.http.as_of_date_pattern import as_of_pattern
from overt.http.parameter_schemas import VALUES
from overt.http.served_release import Served
from overt.ogc.api_documents import description, root
from overt.ogc.collection_interface import Collection
from overt.ogc.cql2.filter_parser import MAX_CONDITIONS, MAX_DEPTH
from overt.ogc.cql2.filter_tokens import MAX_FILTER_LENGTH
from overt.ogc.datetime_parameter import PATTERN
from overt.ogc.items_query_parameters import CQL2_TEXT, DEFAULT, MAX_FEATURES, MAX_OFFSET
from overt.ogc.negotiation import GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from overt.ogc.openapi_schemas import ref, schemas
from overt.ogc.property_schemas import PARAMETERS
from overt.queries.address_parameters import AS_OF, MAX_VALUES
from overt.version import __version__

_ANY = {"type": "object"}
_PROBLEM = {"application/problem+json": {"schema": ref("problem")}, HTML: {"schema": {"type": "string"}}}
_WRONG = {
    "400": {"description": "A parameter with an unknown value.", "content": _PROBLEM},
    "429": {
        "description": "More requests in a minute than the server allows, if it sets a limit.",
        "headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}},
        "content": {"application/problem+json": {"schema": ref("problem")}},
    },
    "503": {
        "description": "Too many requests are waiting, this one takes too long, or files of the release were moved.",
        "content": _PROBLEM,
    },
}
_NO_FEATURE = {
    "308": {"description": "It was merged into another; the address has its id."},
    "404": {"description": "There is no feature with this id.", "content": _PROBLEM},
    "410": {"description": "No source states anything about it any more, or editors withhold it.", "content": _PROBLEM},
}
_CRS = {"Content-Crs": {"description": "The coordinate system: always CRS84.", "schema": {"type": "string"}}}
_F = {"$ref": "#/components/parameters/f"}


def openapi(site: Served, base: str, feature_sets: Sequence[Collection]) -> dict[str, Any]:
    """Return the OpenAPI document for the given collections."""
    paths: dict[str, Any] = {
        "/": _get("Landing page", "getLandingPage", JSON, ref("landingPage")),
        "/conformance": _get("Parts of the standard that the server supports", "getConformance", JSON, ref("confClasses")),
        "/api": _get("This document", "getApi", OPENAPI, _ANY),
        "/collections": _get("All collections", "getCollections", JSON, ref("collections")),
    }
    for feature_set in feature_sets:
        name, info = feature_set.info.id, feature_set.info
        here = f"/collections/{name}"
        paths[here] = _get(f"The collection {name}", f"describe.{name}", JSON, ref("collection"))
        paths[f"{here}/queryables"] = _get(
            f"Queryables of {name}: what its features can be filtered by", f"queryables.{name}", SCHEMA, _ANY
        )
        features = _get(f"Features of {name}", f"get.{name}.items", GEOJSON, ref(name), _parameters(site, feature_set), tag=name)
        features["get"]["description"] = info.description
        identity = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
        feature_schema = ref(f"{name}.feature")
        feature = _get(
            f"One feature of {name}", f"get.{name}.item", GEOJSON, feature_schema, [identity, _F], _NO_FEATURE, tag=name
        )
        for operation in (features, feature):
            operation["get"]["responses"]["200"]["headers"] = _CRS
        paths |= {f"{here}/items": features, f"{here}/items/{{featureId}}": feature}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Overt: OGC API – Features", "description": description(site), "version": __version__},
        "servers": [{"url": root(site, base)}],
        "tags": [
            {"name": "server"},
            *({"name": feature_set.info.id, "description": feature_set.info.description} for feature_set in feature_sets),
        ],
        "paths": paths,
        "components": {"parameters": _COMMON, "schemas": schemas(site, feature_sets)},
    }


def _get(
    summary: str,
    name: str,
    kind: str,
    schema: Mapping[str, Any],
    parameters: Sequence[Mapping[str, Any]] = (_F,),
    more: Mapping[str, Any] | None = None,
    *,
    tag: str = "server",
) -> dict[str, Any]:
    """Return the description of a GET operation. `more`: responses besides the usual ones, by status code."""
    success = {"description": summary, "content": {kind: {"schema": schema}, HTML: {"schema": {"type": "string"}}}}
    responses = dict(sorted({"200": success, **_WRONG, **(more or {})}.items()))
    return {"get": {"summary": summary, "operationId": name, "tags": [tag], "parameters": parameters, "responses": responses}}


def _parameters(site: Served, feature_set: Collection) -> list[dict[str, Any]]:
    info = feature_set.info
    made: list[dict[str, Any]] = [
        {"$ref": f"#/components/parameters/{name}"} for name in _COMMON if name != "datetime" or info.dated
    ]
    made.append(_list("properties", {"type": "array", "items": {"type": "string", "enum": list(info.properties)}}, _SELECTION))
    return made + [
        {**_list(name, _values(site, name), str(PARAMETERS[name]["description"])), **_deprecation(name)}
        for name in (*info.filters, *info.own_parameters)
    ]


def _deprecation(name: str) -> dict[str, bool]:
    return {"deprecated": True} if PARAMETERS[name].get("deprecated") else {}


def _values(site: Served, name: str) -> dict[str, Any]:
    """Return the schema of a filter's values."""
    schema = {key: value for key, value in PARAMETERS[name].items() if key not in ("description", "deprecated")}
    if name == AS_OF:
        return schema | {"pattern": as_of_pattern(site.words.release_day)}
    if schema["type"] == "string" and "enum" not in schema:
        return schema | {"minLength": 1}
    return schema | {"items": ref(_OF[name]), "minItems": 1, "maxItems": MAX_VALUES} if schema["type"] == "array" else schema


def _list(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": False, "description": description, "schema": dict(schema), "style": "form",
        "explode": False,
    }  # fmt: skip


_OF = {**VALUES, "code": "AreaCode", "project": "RecordId"}
"""Name of the schema of a filter's values, by filter."""
_NUMBERS = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
_FOUR_OR_SIX = [{"minItems": many, "maxItems": many} for many in (4, 6)]
_SELECTION = "Properties to return, separated by commas; all by default. The data dictionary lists old names, which still work."
_COMMON: dict[str, Any] = {
    "f": {
        **_list(
            "f",
            {"type": "string", "enum": ["json", "html"]},
            "The format of the response; by default, the one that the Accept header asks for.",
        )
    },
    "limit": _list(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MAX_FEATURES, "default": DEFAULT},
        f"Number of features. As the standard requires, more than {MAX_FEATURES} are accepted, but {MAX_FEATURES} are returned.",
    ),
    "offset": _list(
        "offset",
        {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0},
        "Number of features to skip; links to the next page set it.",
    ),
    "bbox": _list(
        "bbox",
        {**_NUMBERS, "oneOf": _FOUR_OR_SIX},
        "west,south,east,north in degrees (CRS84), or six numbers with heights, which no feature here has. South must not be "
        "greater than north; if west is greater than east, the box crosses the antimeridian. As the standard requires, every box "
        "also matches features without a geometry; `located=yes` leaves out projects without one.",
    ),
    "filter": _list(
        "filter",
        {"type": "string", "format": CQL2_TEXT, "minLength": 1, "maxLength": MAX_FILTER_LENGTH},
        "A condition on the queryables in CQL2 text, as in `year >= 2015 AND country IN ('KE', 'ET')`. A condition on a list "
        f"is true if one of its values fulfils it. At most {MAX_CONDITIONS} conditions, {MAX_DEPTH} brackets deep. "
        "Old names of properties still work.",
    ),
    "filter-lang": _list(
        "filter-lang", {"type": "string", "enum": [CQL2_TEXT], "default": CQL2_TEXT}, "The language of the filter."
    ),
    "datetime": _list(
        "datetime",
        {"type": "string", "pattern": PATTERN},
        "An instant or an interval (RFC 3339; .. leaves a side open; a year or month means all of it) that does not end before "
        "it begins. Matches what was in place on some day of it, certainly or possibly, and what has no date, as the standard "
        "requires. What is planned, denied, cancelled or unverified is never in place.",
    ),
}
