"""Lists of projects, and what the filter form offers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import orjson

from overt.queries.database import Reader, Row
from overt.queries.filters import ProjectFilter
from overt.queries.matching import found
from overt.queries.project_arrays import Array, Vectors

SORTS = ("unit", "name", "year", "status", "country", "sources")
"""Orders of a list; rows that do not have what they are ordered by come last, and equal ones are by name. `unit`: projects, then
cable systems, each by year, as a heading counts them.
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
    mask, vectors = found(reader, wanted), reader.vectors
    held, located, cables = (int(np.count_nonzero(part)) for part in (mask, mask & vectors["located"], mask & vectors["cable"]))
    return Totals(held, len(vectors.facets["country"].counts(mask)), located, cables)


def page(
    reader: Reader, wanted: ProjectFilter, *, sort: str = "year", descending: bool = True, size: int = 50, number: int = 1
) -> list[Row]:
    """One page of the projects that a filter finds."""
    numbers = _in_order(reader.vectors, np.flatnonzero(found(reader, wanted)), sort, descending=descending)
    return _listed(reader, numbers[size * (number - 1) : size * number])


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


def by_name(reader: Reader, wanted: ProjectFilter, *, size: int, after: str | None = None) -> list[Row]:
    """The projects, by name, that a filter finds after the one with the id `after`: no later part costs more than the first."""
    begin = 0 if after is None else int(reader.vectors.numbers([after])[0]) + 1
    return _listed(reader, begin + np.flatnonzero(found(reader, wanted)[begin:])[:size])


def _listed(reader: Reader, numbers: Array) -> list[Row]:
    ids = reader.vectors.ids(numbers)
    rows = by_id(reader, ids)
    return [rows[identity] for identity in ids]


def by_id(reader: Reader, ids: Iterable[str]) -> dict[str, Row]:
    """Rows of the list for these projects."""
    found = unpacked(reader.rows("projects.by_id", [orjson.dumps(list(ids)).decode()]))
    return {row["id"]: row for row in found}


def unpacked(rows: list[Row]) -> list[Row]:
    """Rows of `projects_by_id.sql` with their lists as lists."""
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
    for row in reader.rows("projects.companies", [orjson.dumps(list(ids)).decode()]):
        found.setdefault(row["project"], []).append(row)
    return found


def by_year(reader: Reader, wanted: ProjectFilter) -> list[tuple[int, int]]:
    """How many projects of a filter each year has, for the years that have any."""
    ranks = reader.vectors["year.ranks"][found(reader, wanted)]
    counts = np.bincount(ranks[ranks >= 0]).tolist()
    return [(year, count) for year, count in zip(reader.vectors["year.ranked"], counts, strict=False) if count]


def unlocated(reader: Reader, wanted: ProjectFilter) -> list[Row]:
    """Projects of a filter that cannot be drawn, by the country that they are known to be in, the most first; those that are in
    none have the code None.
    """
    mask, vectors = found(reader, wanted), reader.vectors
    lost = mask & ~vectors["located"]
    nowhere = int(np.count_nonzero(lost & ~vectors.in_a_country))
    counts: list[tuple[str | None, int]] = [(None, nowhere), *vectors.facets["country"].counts(lost).items()]
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0] or ""))
    return [{"code": code, "projects": count} for code, count in ordered if count]


def map_countries(reader: Reader, wanted: ProjectFilter, without_kind: str | None = None) -> list[Row]:
    """Countries with how many projects a filter finds in them, and how many of these have a place there; `without_kind`: a kind
    that is not counted.
    """
    mask, vectors = found(reader, wanted), reader.vectors
    if without_kind is not None:
        mask = mask & ~vectors.marked(vectors.facets["kind"].of(without_kind))
    countries = vectors.facets["country"]
    located = countries.counts(mask, vectors["country.located"])
    return [{"code": code, "projects": count, "located": located.get(code, 0)} for code, count in countries.counts(mask).items()]
