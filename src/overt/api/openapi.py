"""The description of the interface (OpenAPI 3.1), completed: which values parameters take, and with what addresses answer."""

from collections.abc import Mapping
from typing import Any

from overt.api.download_descriptions import with_downloads
from overt.http.data_addresses import is_data
from overt.http.release_values import VALUES, values
from overt.http.served import Served
from overt.queries.filters import MOST_VALUES

PROBLEM = "application/problem+json"
_REF = "#/components/schemas/"
_NEVER = ("HTTPValidationError", "ValidationError")
"""What FastAPI describes and no address answers: a request that cannot be read is 400, a problem like all others."""


def completed(described: dict[str, Any], site: Served) -> dict[str, Any]:
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
