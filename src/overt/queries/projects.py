"""Lists and counts of the projects that a filter finds."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import orjson

from overt.queries.database import Reader, Row
from overt.queries.filters import ProjectFilter
from overt.queries.matching import matching_projects
from overt.queries.project_arrays import Array, Vectors

SORTS = ("unit", "name", "year", "status", "country", "sources")
"""Orders of a list. Rows without the value come last; equal ones are by name. `unit`: projects, then cable systems, each by year,
as a heading counts them.
"""


@dataclass(frozen=True)
class Totals:
    """What a filter finds, counted."""

    projects: int
    countries: int
    located: int
    cables: int = 0
    """Submarine cables among the projects, which are counted in cable systems."""

    @property
    def unlocated(self) -> int:
        """Projects known only to a country, or to none."""
        return self.projects - self.located


def totals(reader: Reader, project_filter: ProjectFilter) -> Totals:
    """Count the projects that a filter finds, their countries, and those with a place."""
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    projects, located, cables = (
        int(np.count_nonzero(part)) for part in (mask, mask & vectors["located"], mask & vectors["cable"])
    )
    return Totals(projects, len(vectors.facets["country"].counts(mask)), located, cables)


def page(
    reader: Reader, project_filter: ProjectFilter, *, sort: str = "year", descending: bool = True, size: int = 50, number: int = 1
) -> list[Row]:
    """Return one page of the projects that a filter finds."""
    numbers = _in_order(reader.vectors, np.flatnonzero(matching_projects(reader, project_filter)), sort, descending=descending)
    return _rows_of(reader, numbers[size * (number - 1) : size * number])


def _in_order(vectors: Vectors, numbers: Array, sort: str, *, descending: bool) -> Array:
    if sort == "name":
        return numbers[::-1] if descending else numbers
    name = "year" if sort == "unit" else sort
    ranks, none = vectors[f"{name}.ranks"][numbers], len(vectors[f"{name}.ranked"])
    keys = np.where(ranks < 0, none, none - 1 - ranks if descending else ranks).astype(ranks.dtype)
    if sort == "unit":
        keys += vectors["cable"][numbers] * ranks.dtype.type(none + 1)
    ordered: Array = numbers[np.argsort(keys, kind="stable")]
    return ordered


def by_name(reader: Reader, project_filter: ProjectFilter, *, size: int, after: str | None = None) -> list[Row]:
    """Return projects of a filter by name, after the one with the id `after`. A later part costs no more than the first."""
    begin = 0 if after is None else int(reader.vectors.numbers([after])[0]) + 1
    return _rows_of(reader, begin + np.flatnonzero(matching_projects(reader, project_filter)[begin:])[:size])


def _rows_of(reader: Reader, numbers: Array) -> list[Row]:
    ids = reader.vectors.ids(numbers)
    rows = by_id(reader, ids)
    return [rows[identity] for identity in ids]


def by_id(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """Return the rows of these projects by id."""
    rows = unpacked(reader.rows("projects.by_id", [orjson.dumps(list(ids)).decode()]))
    return {row["id"]: row for row in rows}


def unpacked(rows: list[Row]) -> list[Row]:
    """Return rows of `projects.by_id` with their JSON lists parsed."""
    return [{**row, **{name: orjson.loads(row[name]) for name in ("kinds", "countries", "companies")}} for row in rows]


def with_dates(rows: Iterable[Row]) -> list[Row]:
    """Gather rows with one date each into projects with all their `dates`: EDTF by property."""
    projects: dict[str, Row] = {}
    for row in rows:
        project = projects.setdefault(row["id"], {**row, "dates": {}})
        if row["property"]:
            project["dates"][row["property"]] = row["value"]
    return list(projects.values())


def companies(reader: Reader, ids: Iterable[str]) -> dict[str, list[Row]]:
    """Return all organisations with a role in each of these projects, with their first role, by project."""
    organizations: dict[str, list[Row]] = {}
    for row in reader.rows("projects.companies", [orjson.dumps(list(ids)).decode()]):
        organizations.setdefault(row["project"], []).append(row)
    return organizations


def by_year(reader: Reader, project_filter: ProjectFilter) -> list[tuple[int, int]]:
    """Count the projects of a filter by year, for years that have any."""
    ranks = reader.vectors["year.ranks"][matching_projects(reader, project_filter)]
    counts = np.bincount(ranks[ranks >= 0]).tolist()
    return [(year, count) for year, count in zip(reader.vectors["year.ranked"], counts, strict=False) if count]


def unlocated(reader: Reader, project_filter: ProjectFilter) -> list[Row]:
    """Count the projects of a filter without a place, by country, the most first; the code is None for those in no country."""
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    without_place = mask & ~vectors["located"]
    nowhere = int(np.count_nonzero(without_place & ~vectors.in_a_country))
    counts: list[tuple[str | None, int]] = [(None, nowhere), *vectors.facets["country"].counts(without_place).items()]
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0] or ""))
    return [{"code": code, "projects": count} for code, count in ordered if count]


def map_countries(reader: Reader, project_filter: ProjectFilter, without_kind: str | None = None) -> list[Row]:
    """Count the projects of a filter by country, and those with a place there; `without_kind`: a kind that is not counted."""
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    if without_kind is not None:
        mask = mask & ~vectors.marked(vectors.facets["kind"].of(without_kind))
    countries = vectors.facets["country"]
    located = countries.counts(mask, vectors["country.located"])
    return [{"code": code, "projects": count, "located": located.get(code, 0)} for code, count in countries.counts(mask).items()]
