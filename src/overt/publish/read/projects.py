"""Lists of projects, and what the filter form offers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from overt.publish.read.database import Reader, Row
from overt.publish.read.filters import ProjectFilter

SORTS = {
    "unit": "p.cable, p.year IS NULL, p.year {0}, p.sort_label, p.id",
    "name": "p.sort_label {0}, p.id {0}",
    "year": "p.year IS NULL, p.year {0}, p.sort_label, p.id",
    "status": "nullif(p.status, 'unknown') IS NULL, nullif(p.status, 'unknown') {0}, p.sort_label, p.id",
    "country": "p.countries = '[]', p.countries {0}, p.sort_label, p.id",
    "sources": "p.sources {0}, p.sort_label, p.id",
}
"""Orders of a list; rows that do not have what they are ordered by come last. `unit`: projects, then cable systems, each by year,
as a heading counts them.
"""


@dataclass(frozen=True)
class Totals:
    """How much a filter finds."""

    projects: int
    countries: int
    located: int
    cables: int = 0
    """Submarine cables among the projects: they are counted in cable systems."""

    @property
    def unlocated(self) -> int:
        """Projects known only to a country, or not even to one."""
        return self.projects - self.located


def totals(reader: Reader, wanted: ProjectFilter) -> Totals:
    """How many projects a filter finds, in how many countries, how many of them with a place."""
    where, values = wanted.where()
    row = reader.one("totals", values, where=where)
    assert row is not None, "an aggregate always has a row"
    return Totals(row["projects"], row["countries"], row["located"] or 0, row["cables"])


def page(
    reader: Reader, wanted: ProjectFilter, *, sort: str = "year", descending: bool = True, size: int = 50, number: int = 1
) -> list[Row]:
    """One page of the projects that a filter finds."""
    where, values = wanted.where()
    order = SORTS[sort].format("DESC" if descending else "ASC")
    return unpacked(reader.rows("projects", [*values, size, size * (number - 1)], where=where, order=order))


def by_name(reader: Reader, wanted: ProjectFilter, *, size: int, after: str | None = None) -> list[Row]:
    """The projects, by name, that a filter finds after the one with the id `after`: no later part costs more than the first."""
    where, values = wanted.where()
    if after is not None:
        where += " AND (p.sort_label, p.id) > (SELECT l.sort_label, l.id FROM projects AS l WHERE l.id = ?)"
        values = [*values, after]
    return unpacked(reader.rows("projects", [*values, size, 0], where=where, order=SORTS["name"].format("ASC")))


def by_id(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """Rows of the list for these projects."""
    found = unpacked(reader.rows("projects_by_id", [orjson.dumps(list(ids)).decode()]))
    return {row["id"]: row for row in found}


def unpacked(rows: list[Row]) -> list[Row]:
    """Rows of `projects.sql` with their lists as lists."""
    return [{**row, **{name: orjson.loads(row[name]) for name in ("kinds", "countries", "companies")}} for row in rows]


def with_dates(rows: Iterable[Row]) -> list[Row]:
    """Projects in the order of these rows, of which each has one date: `dates` has them all, EDTF by property."""
    found: dict[str, Row] = {}
    for row in rows:
        held = found.setdefault(row["id"], {**row, "dates": {}})
        if row["property"]:
            held["dates"][row["property"]] = row["value"]
    return list(found.values())


def companies(reader: Reader, ids: Iterable[str]) -> dict[str, list[Row]]:
    """All organisations with a part in each of these projects, each with its first role; a row of a list names three."""
    found: dict[str, list[Row]] = {}
    for row in reader.rows("project_companies", [orjson.dumps(list(ids)).decode()]):
        found.setdefault(row["project"], []).append(row)
    return found


def by_year(reader: Reader, wanted: ProjectFilter) -> list[tuple[int, int]]:
    """How many projects of a filter each year has, for the years that have any."""
    where, values = wanted.where()
    return [(row["year"], row["projects"]) for row in reader.rows("projects_by_year", values, where=where)]


def unlocated(reader: Reader, wanted: ProjectFilter) -> list[Row]:
    """Projects of a filter that cannot be drawn, by the country that they are known to be in, the most first."""
    where, values = wanted.where()
    return reader.rows("unlocated", values, where=where)


MOST_MARKS = 1_000
"""Marks on one map; it must load on a slow line."""
Test = tuple[str, list[Any]]
"""A condition over `places AS s` and `place_project AS l`, and its values."""
POINTS: Test = ("s.longitude IS NOT NULL", [])
ROUTES: Test = ("s.route IS NOT NULL", [])
_ALL: Test = ("true", [])


def map_places(reader: Reader, wanted: ProjectFilter, *tests: Test) -> list[Row]:
    """A row for each drawable point or route of each project that a filter finds, where the tests hold."""
    where, values = wanted.where()
    box = " AND ".join(test for test, _ in tests or (_ALL,))
    sides = [value for _, held in tests for value in held]
    rows = reader.rows("map_places", [*sides, *values], where=where, box=box)
    return [{**row, "kinds": orjson.loads(row["kinds"])} for row in rows]


def map_marks(reader: Reader, wanted: ProjectFilter, cell: float, test: Test = _ALL) -> list[Row]:
    """Points gathered in squares of `cell` degrees, or larger ones where these would be more than `MOST_MARKS`; each with how
    many projects it stands for.
    """
    where, values = wanted.where()
    box, sides = test
    while True:
        found = reader.rows("map_marks", [*sides, *values, *[cell] * 4], where=where, box=box)
        if len(found) <= MOST_MARKS or cell > 60:
            return found
        cell *= max(1.3, math.sqrt(len(found) / MOST_MARKS))


def map_countries(reader: Reader, wanted: ProjectFilter, without_kind: str | None = None) -> list[Row]:
    """Countries with how many projects a filter finds in them, and how many of these have a place there; `without_kind`: a kind
    that is not counted.
    """
    where, values = wanted.where()
    return reader.rows("map_countries", [*values, without_kind], where=where)
