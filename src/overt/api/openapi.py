"""Completes FastAPI's OpenAPI 3.1 description: valid values of parameters, the parameter `known`, problem responses, and files
to download.
"""

from collections.abc import Mapping
from typing import Any

from overt.api.openapi_downloads import add_downloads
from overt.http.as_of_date_pattern import as_of_pattern
from overt.http.data_or_page_address import is_data
from overt.http.older_release_parameter_in_links import KNOWN, has_earlier_states
from overt.http.parameter_schemas import VALUES, values
from overt.http.served_release import Served
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.queries.address_parameters import AS_OF, MAX_VALUES

PROBLEM = "application/problem+json"
_REF = "#/components/schemas/"
_NEVER = ("HTTPValidationError", "ValidationError")
"""Schemas that FastAPI adds but no route uses, because invalid requests get a problem document with status 400."""


def complete_description(description: dict[str, Any], site: Served) -> dict[str, Any]:
    """Complete FastAPI's description in place, and return it.

    Add downloads, the parameter `known`, the parameter values that are valid in this release, and the problem documents.
    """
    add_downloads(description)
    schemas = description["components"]["schemas"]
    for name in _NEVER:
        schemas.pop(name, None)
    schemas |= values(site)
    single_values = {
        "shade": ["projects", "all", "none", "assessed", *(f"figure:{name}" for name in site.shading_figures)]
        + [f"index:{name}" for name in site.shading_series],
        "source": [*site.sources, EDITORIAL_SOURCE],
        "property": sorted({name for kind in site.schema.types.values() for name in kind.properties}),
    }
    for path, operations in description["paths"].items():
        for operation in operations.values():
            operation["parameters"] = [
                _parameter(parameter, single_values, site) for parameter in operation.get("parameters", [])
            ]
            if has_earlier_states(path) and not path.startswith("/release/"):
                operation["parameters"].append(_known(site))
                operation["responses"].setdefault("400", {"description": "`known` does not choose a release that is kept here."})
            operation["responses"] = _responses(path, operation["responses"])
    return description


def _parameter(parameter: dict[str, Any], single_values: Mapping[str, list[str]], site: Served) -> dict[str, Any]:
    """Return a parameter as clients can send it: not null, not empty, and with its valid values if they are known."""
    schema = {key: value for key, value in parameter["schema"].items() if key not in ("anyOf", "title", "description")}
    for variant in parameter["schema"].get("anyOf", ()):
        schema |= variant if variant != {"type": "null"} else {}
    if schema.get("type") == "array":
        schema |= {"items": {"$ref": _REF + VALUES[parameter["name"]]}, "minItems": 1, "maxItems": MAX_VALUES}
    elif parameter["name"] in single_values:
        schema["enum"] = single_values[parameter["name"]]
    elif parameter["name"] == AS_OF:
        schema["pattern"] = as_of_pattern(site.words.release_day)
    elif parameter["in"] == "query" and schema.get("type") == "string" and not schema.keys() & {"enum", "pattern", "default"}:
        schema["minLength"] = 1
    return {**parameter, "schema": schema}


def _known(site: Served) -> dict[str, Any]:
    """Return the parameter that selects an earlier state of the atlas. Its examples are the available releases and a date."""
    description = (
        "Answers with what the atlas knew at an earlier time: a release, as in `/api/v1/releases`, or a date (EDTF), for the "
        "newest release whose data are no later."
    )
    releases = [item.release for item in site.older_releases.all()]
    schema = {"type": "string", "format": "release-or-date", "examples": [*releases, releases[0][:10]]}
    return {"name": KNOWN, "in": "query", "description": description, "schema": schema}


def _responses(path: str, responses: Mapping[str, Any]) -> dict[str, Any]:
    described = {status: response for status, response in responses.items() if status != "422"}
    if is_data(path):
        wait = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}}
        described["429"] = {
            "description": "More requests in a minute than the server allows, if it sets a limit.",
            "headers": wait,
        }
    described.setdefault(
        "503",
        {"description": "Too many requests are waiting, this one takes too long, or files of the release were moved."},
    )
    problem = {PROBLEM: {"schema": {"$ref": f"{_REF}Problem"}}}
    return {
        status: {**response, "content": problem} if status >= "400" else response
        for status, response in sorted(described.items())
    }
