"""The description of the interface (OpenAPI 3.1), completed: which values parameters take, and with what addresses answer."""

from collections.abc import Collection, Mapping
from typing import Any

from overt.publish.api.downloads import with_downloads
from overt.publish.http.data import is_data
from overt.publish.read.filters import MOST_VALUES, SOURCE_COUNTS
from overt.publish.site.site import Site

PROBLEM = "application/problem+json"
_REF = "#/components/schemas/"
VALUES = {
    "kind": "ProjectKind",
    "assessed": "ProjectKind",
    "layer": "Layer",
    "company": "RecordId",
    "supplier": "RecordId",
    "financier": "RecordId",
    "country": "AreaCode",
    "status": "Status",
    "source": "Source",
    "sources": "SourceCount",
    "precision": "Precision",
    "type": "RecordType",
}
"""Parameters that may be repeated → the schema of one value."""
_NEVER = ("HTTPValidationError", "ValidationError")
"""What FastAPI describes and no address answers: a request that cannot be read is 400, a problem like all others."""


def completed(described: dict[str, Any], site: Site) -> dict[str, Any]:
    """FastAPI's description, changed in place, with what it cannot know: values of this release, problems, files."""
    with_downloads(described)
    schemas = described["components"]["schemas"]
    for name in _NEVER:
        schemas.pop(name, None)
    schemas |= values(site)
    single = {
        "shade": ["all", "none", "assessed", *(f"figure:{name}" for name in site.shading_figures)]
        + [f"index:{name}" for name in site.shading_series],
        "source": [*site.sources, "editorial"],
        "property": sorted({name for kind in site.schema.types.values() for name in kind.properties}),
    }
    for path, operations in described["paths"].items():
        for operation in operations.values():
            operation["parameters"] = [_parameter(one, single) for one in operation.get("parameters", [])]
            operation["responses"] = _answers(path, operation["responses"])
    return described


def values(site: Site) -> dict[str, dict[str, Any]]:
    """Schemas of the values that this release knows."""
    terms = site.words.terms
    return {
        "ProjectKind": _one_of(terms["project-kinds"], "A kind of project."),
        "Layer": _one_of(terms["layers"], "A layer of kinds."),
        "Status": _one_of(terms["statuses"], "A status of a project."),
        "Precision": _one_of(terms["precision"], "How exactly a place is known."),
        "AreaCode": _one_of(site.words.areas, "ISO 3166-1 alpha-2, or one of Overt’s codes."),
        "Source": _one_of(site.sources, "A source of this release."),
        "SourceCount": _one_of(SOURCE_COUNTS, "How many sources that do not copy one another; `3`: three or more."),
        "RecordType": _one_of(site.schema.types, "A type of record."),
        "RecordId": {"type": "string", "pattern": "^ovt-[a-z2-7]{12}$", "description": "A published id."},
    }


def _one_of(known: Collection[str], said: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(known), "description": said}


def _parameter(parameter: dict[str, Any], single: Mapping[str, list[str]]) -> dict[str, Any]:
    """A parameter as it can be sent: never null, never empty; a value of a filter is one that the release knows."""
    schema = {key: value for key, value in parameter["schema"].items() if key not in ("anyOf", "title", "description")}
    for one in parameter["schema"].get("anyOf", ()):
        schema |= one if one != {"type": "null"} else {}
    if schema.get("type") == "array":
        schema |= {"items": {"$ref": _REF + VALUES[parameter["name"]]}, "minItems": 1, "maxItems": MOST_VALUES}
    elif parameter["name"] in single:
        schema["enum"] = single[parameter["name"]]
    elif parameter["in"] == "query" and schema.get("type") == "string" and not schema.keys() & {"enum", "pattern", "default"}:
        schema["minLength"] = 1
    return {**parameter, "schema": schema}


def _answers(path: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    held = {status: one for status, one in answers.items() if status != "422"}
    if is_data(path):
        wait = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}}
        held["429"] = {"description": "More requests in a minute than the server allows, where it sets a limit.", "headers": wait}
    held.setdefault("503", {"description": "The files of the release were moved; the server must be started again."})
    problem = {PROBLEM: {"schema": {"$ref": f"{_REF}Problem"}}}
    return {status: {**one, "content": problem} if status >= "400" else one for status, one in sorted(held.items())}
