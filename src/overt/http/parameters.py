"""Query parameters of the interface for programs. Unknown parameters and values are refused, because an answer that ignores
them would be taken for the answer to the question.
"""

from typing import Any, Literal

from fastapi import Depends
from pydantic import BaseModel, ConfigDict, Field

from overt.http.parameter_checks import check_parameters
from overt.http.problem import Problem

PROBLEMS: dict[int | str, dict[str, Any]] = {400: {"model": Problem, "description": "A parameter that says nothing known."}}
TILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The tile.", "content": {"application/vnd.mapbox-vector-tile": {}}},
    404: {"model": Problem, "description": "There is no such tile."},
}
ONCE = [Depends(check_parameters)]
"""Dependencies of all addresses below `/api`: checks before values are validated."""
MOST_FOUND = 50
"""Most results of a search."""
Many = list[str] | None
YEAR = "^[12][0-9]{3}$"


class NoParameters(BaseModel):
    """No parameters."""

    model_config = ConfigDict(extra="forbid")


class InLanguage(NoParameters):
    """Parameters of an answer that contains names or words."""

    lang: Literal["en", "zh"] | None = Field(None, description="The language of names and words in the answer.")


class OfRelease(InLanguage):
    """Parameters of an answer that browsers cache."""

    v: str | None = Field(None, description="The release, so that each has an address of its own; nothing depends on it.")


class Filters(NoParameters):
    """Filters of projects, as on the home page."""

    kind: Many = Field(None, description="Kind of project; a broader one finds the narrower. May be repeated: any of them.")
    layer: Many = Field(None, description="Layer of kinds. May be repeated.")
    company: Many = Field(None, description="Id of an organisation with any part in the project. May be repeated.")
    supplier: Many = Field(None, description="Id of an organisation that supplies the project. May be repeated.")
    financier: Many = Field(None, description="Id of an organisation that finances the project. May be repeated.")
    country: Many = Field(None, description="ISO 3166-1 alpha-2 or one of Overt’s codes. May be repeated.")
    status: Many = Field(None, description="Status. May be repeated.")
    source: Many = Field(None, description="Source of the project’s record. May be repeated.")
    sources: Many = Field(None, description="How many sources: `1`, `2`, or `3` for three or more. May be repeated.")
    precision: Many = Field(
        None, description="How exactly a place of the project is known; `country`, `unlocated`: none can be drawn."
    )
    located: str | None = Field(
        None,
        description="`yes` or `no`: whether the project has a place that can be drawn.",
        json_schema_extra={"enum": ["yes", "no"]},
    )
    year_from: str | None = Field(
        None,
        description="First year, four digits. A project is found in every year its date can mean.",
        json_schema_extra={"pattern": YEAR},
    )
    year_to: str | None = Field(None, description="Last year, four digits.", json_schema_extra={"pattern": YEAR})
    q: str | None = Field(
        None, description="Words in names of the project, its organisations or places, in any script; 200 characters are read."
    )
    bbox: str | None = Field(
        None, description="west,south,east,north in degrees: projects with a place in it.", json_schema_extra={"format": "bbox"}
    )


class FiltersInLanguage(Filters, InLanguage):
    """Filters of projects, for an answer that contains names."""


class Shading(FiltersInLanguage):
    """Filters of projects, and the shading of countries."""

    shade: str | None = Field(
        None, description="What countries are shaded by: `all`, `none`, `assessed`, `figure:NAME` or `index:SERIES`."
    )
    assessed: Many = Field(None, description="Kind that an index says of whole countries; it filters no project.")


class SearchWords(InLanguage):
    """Parameters of the search."""

    q: str | None = Field(None, description="A name or the beginning of one, in any script; 200 characters of it are read.")
    size: int = Field(8, ge=1, le=MOST_FOUND, description=f"How many things, {MOST_FOUND} at most.")
