"""What countries may be shaded by: projects, a figure, an index, or what an index says of whole countries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from overt.queries import figures
from overt.queries.database import Reader, Row
from overt.queries.filters import ProjectFilter
from overt.queries.projects import map_countries

CABLES = "submarine-cable"
"""Kind that sources list in full, whoever supplies it; it is not counted with the others unless somebody asks for it."""
_LAST = 9999


@dataclass(frozen=True)
class Values:
    """A value for each country that has one."""

    numbers: Mapping[str, float]
    codes: Mapping[str, str]
    """Instead of numbers, where a series has words."""
    years: tuple[int, int] | None = None
    """First and last year of the values; None for what has none."""
    year_of: Mapping[str, int] = field(default_factory=dict)
    """The year of each country's value, where they have one each."""


def without_cables(project_filter: ProjectFilter) -> bool:
    """Whether projects are counted without submarine cables: where no kind and no layer is chosen."""
    return not (project_filter.kind or project_filter.layer)


def of_projects(reader: Reader, project_filter: ProjectFilter, *, every: bool) -> Values:
    """Projects found in each country; submarine cables among them if `every`, or if the filter asks for kinds."""
    rows = map_countries(reader, project_filter, without_kind=CABLES if without_cables(project_filter) and not every else None)
    return Values({row["code"]: row["projects"] for row in rows}, {})


def of_figure(reader: Reader, name: str) -> Values:
    """A figure's number for each country; it is of the whole release, whatever is filtered."""
    figure = figures.one(reader, name)
    counted = figure["groups"].get("country", {}) if figure else {}
    return Values({code: float(value) for code, value in counted.items() if code != "not known"}, {})


def of_series(reader: Reader, series: str, project_filter: ProjectFilter) -> Values:
    """The last value of each country, up to the last year that is filtered by."""
    rows = reader.rows("shading.series", {"series": series, "year": project_filter.year_to or _LAST})
    years = [row["year"] for row in rows]
    numbers = {row["code"]: float(row["value"]) for row in rows if row["value"] is not None}
    codes = {row["code"]: row["said"] for row in rows if row["value"] is None and row["said"] is not None}
    return Values(numbers, codes, (min(years), max(years)) if years else None, {row["code"]: row["year"] for row in rows})


def of_assessments(reader: Reader, kinds: tuple[str, ...], project_filter: ProjectFilter) -> Values:
    """How many of these kinds (of all, where none is given) the last index up to the last year filtered by says of a country."""
    year = edition(reader, project_filter)
    if year is None:
        return Values({}, {})
    rows = reader.rows("shading.assessed", {"year": year, "kinds": orjson.dumps(kinds).decode()})
    return Values({row["code"]: row["kinds"] for row in rows}, {}, (year, year))


def edition(reader: Reader, project_filter: ProjectFilter) -> int | None:
    """The year of the assessments that a filter shows."""
    years = [row["year"] for row in assessed(reader) if row["year"] <= (project_filter.year_to or _LAST)]
    return max(years, default=None)


def assessed(reader: Reader) -> list[Row]:
    """How many countries the index of each year says to have each kind."""
    return reader.rows("shading.assessment_counts")


def known_series(reader: Reader) -> set[str]:
    """Series that have any value."""
    return {row["series"] for row in reader.rows("shading.known_series")}
