"""Values by which a map shades countries: counts of projects, a figure, a series, or assessments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overt.queries import figures
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader, json_array
from overt.queries.projects import map_countries
from overt.queries.regions import AssessedCountries

CABLES = "submarine-cable"
"""The kind of submarine cables. Cables count only if a reader selects them, because sources list cables of any supplier."""
_LAST = 9999


@dataclass(frozen=True)
class Values:
    """A value for each country that has one."""

    numbers: Mapping[str, float]
    codes: Mapping[str, str]
    """Codes instead of numbers, for a series whose values are codes."""
    years: tuple[int, int] | None = None
    """First and last year of the values; None if the values have no years."""
    year_of: Mapping[str, int] = field(default_factory=dict)
    """For a series, the year of each country's value; otherwise empty."""
    outside: Sequence[float] = ()
    """For the index of a subset of an edition, the series' numbers for the edition's other countries.

    They only set the limits of shades, so that shades are the same as in the edition.
    """


def without_cables(project_filter: ProjectFilter) -> bool:
    """Return whether a filter selects neither kinds nor layers, so that submarine cables are left out by default."""
    return not (project_filter.kind or project_filter.layer)


def project_values(reader: Reader, project_filter: ProjectFilter, *, with_cables: bool) -> Values:
    """Count the projects in each country that match a filter.

    Submarine cables count only if `with_cables` is true or the filter has kinds or layers.
    """
    rows = map_countries(
        reader, project_filter, without_kind=CABLES if without_cables(project_filter) and not with_cables else None
    )
    return Values({row.code: row.projects for row in rows}, {})


def figure_values(reader: Reader, name: str) -> Values:
    """Return the value of a figure for each country; empty if the figure is not grouped by country. Filters don't change it."""
    figure = figures.find(reader, name)
    counted = figure.groups.get("country", {}) if figure else {}
    return Values({code: float(value) for code, value in counted.items() if code != "not known"}, {})


def series_values(reader: Reader, series: str, project_filter: ProjectFilter) -> Values:
    """Return each country's latest value up to the last year of the filter."""
    rows = reader.rows("shading.series", {"series": series, "year": project_filter.year_to or _LAST})
    years = [row["year"] for row in rows]
    numbers = {row["code"]: float(row["value"]) for row in rows if row["value"] is not None}
    codes = {row["code"]: row["value_code"] for row in rows if row["value"] is None and row["value_code"] is not None}
    outside = reader.rows("shading.outside_series", {"series": series, "year": project_filter.year_to or _LAST})
    return Values(
        numbers,
        codes,
        (min(years), max(years)) if years else None,
        {row["code"]: row["year"] for row in rows},
        [float(row["value"]) for row in outside if row["value"] is not None],
    )


def assessment_values(reader: Reader, kinds: tuple[str, ...], project_filter: ProjectFilter) -> Values:
    """Count, for each country, the kinds of technology that the latest assessment up to the filter's last year reports.

    If `kinds` is not empty, only these kinds count.
    """
    year = edition(reader, project_filter)
    if year is None:
        return Values({}, {})
    rows = reader.rows("shading.assessed", {"year": year, "kinds": json_array(kinds)})
    return Values({row["code"]: row["kinds"] for row in rows}, {}, (year, year))


def edition(reader: Reader, project_filter: ProjectFilter) -> int | None:
    """Return the year of the latest assessment up to the last year of the filter; None if there is none."""
    years = [row.year for row in assessment_counts(reader) if row.year <= (project_filter.year_to or _LAST)]
    return max(years, default=None)


def assessment_counts(reader: Reader) -> list[AssessedCountries]:
    """Return the number of countries by kind and year of assessment."""
    return reader.query(AssessedCountries, "shading.assessment_counts")


def known_series(reader: Reader) -> set[str]:
    """Return the series that have values."""
    return {row["series"] for row in reader.rows("shading.known_series")}
