"""Query parameters of the API.

Unknown parameters and values are refused, because a response that ignores them would seem to answer the question.
"""

from typing import Any, Literal, TypeVar

from fastapi import Depends
from pydantic import BaseModel, ConfigDict, Field, create_model

from overt.http.json_and_problem_responses import Problem
from overt.http.query_validation import check_parameters
from overt.index.filter_kinds import FacetFilter
from overt.index.project_filter_declarations import FILTERS

PROBLEMS: dict[int | str, dict[str, Any]] = {400: {"model": Problem, "description": "A parameter with an unknown value."}}
TILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The tile.", "content": {"application/vnd.mapbox-vector-tile": {}}},
    404: {"model": Problem, "description": "There is no such tile."},
}
ONCE = [Depends(check_parameters)]
"""Dependencies of all addresses below `/api`. They check the query before values are validated."""
MAX_RESULTS = 50
"""Maximum number of results of a search."""
Many = list[str] | None
_Model = TypeVar("_Model", bound=BaseModel)


class NoParameters(BaseModel):
    """No parameters."""

    model_config = ConfigDict(extra="forbid")


class InLanguage(NoParameters):
    """Parameters for responses that contain names or words."""

    lang: Literal["en", "zh"] | None = Field(None, description="The language of names and words in the answer.")


class OfRelease(InLanguage):
    """Parameters for responses that browsers cache."""

    v: str | None = Field(
        None, description="The release. It gives each release an address of its own; the response is the same without it."
    )


def _with_filters(model: type[_Model]) -> type[_Model]:
    """Add the filters of projects to a model (a decorator)."""
    fields: dict[str, Any] = {}
    for name, declared in FILTERS.items():
        is_facet = isinstance(declared, FacetFilter)
        repeated = " May be repeated." if is_facet else ""
        description = declared.api_description or f"{declared.description}{repeated}"
        schema = dict(declared.json_schema) or None
        kind = Many if is_facet else str | None
        if declared.interface_name:
            fields[declared.interface_name] = (kind, Field(None, description=description, json_schema_extra=schema))
            description = f"Old name of `{declared.interface_name}`."
        fields[name] = (
            kind,
            Field(None, description=description, json_schema_extra=schema, deprecated=bool(declared.interface_name) or None),
        )
    return create_model(model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **fields)


@_with_filters
class Filters(NoParameters):
    """Filters of projects, as in the explorer."""


class FiltersInLanguage(Filters, InLanguage):
    """Filters of projects, for responses that contain names."""


class Shading(FiltersInLanguage):
    """Filters of projects, and the shading of countries."""

    shade: str | None = Field(
        None, description="What countries are shaded by: `all`, `none`, `assessed`, `figure:NAME` or `index:SERIES`."
    )
    assessed: Many = Field(
        None, description="Kind of project that an index reports for whole countries; it doesn't filter projects."
    )


class SearchWords(InLanguage):
    """Parameters of a search."""

    q: str | None = Field(
        None, description="A name or the beginning of one, in any script; only the first 200 characters are read."
    )
    size: int = Field(8, ge=1, le=MAX_RESULTS, description=f"Number of results, at most {MAX_RESULTS}.")
