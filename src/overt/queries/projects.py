"""Lists and counts of projects that match a filter, and the dates and organisations of projects."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import orjson

from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of.projects_in_place_in_period import certainly_in_place, period_of
from overt.queries.database import Reader, Row, json_array
from overt.queries.project_filter_masks import first_on_record_later, matching_projects
from overt.queries.projects_in_memory import Array, Mask, Vectors

SORTS = ("unit", "name", "year", "status", "country", "sources")
"""Sort orders of a list. Projects without the value come last; ties are sorted by name. `unit` sorts surveillance and censorship
first, then other projects, then cable systems, each by year.
"""
FIRST_LAYERS = ("surveillance", "censorship")
"""Layers that come first in the order `unit` and among the matches of a search."""


class Project(NamedTuple):
    """An entry in a list of projects."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    layer: str | None
    kinds: list[str]
    countries: list[str]
    status: str | None
    year: int | None
    date: str | None
    companies: list[Row]
    """The first three organisations of the project, with `id`, labels and `role`, as stored in the index."""
    company_count: int
    independent_sources: int
    """Number of separate sources. For older releases, which lack this number, the number of sources."""
    located: int
    planned: str | None = None
    """The planned date (EDTF), if sources only plan the project."""
    planned_as_of: str | None = None


DECODE_PROJECT = {"kinds": orjson.loads, "countries": orjson.loads, "companies": orjson.loads}
"""Decoders for the JSON columns of a project."""


class ProjectDate(NamedTuple):
    """A project and one of its dates. The fields of the date are empty if the project has none."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    layer: str | None
    property: str | None
    value: str | None


class DatedProject(NamedTuple):
    """A project and all its dates."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    layer: str | None
    dates: dict[str, str]
    """EDTF dates by property."""


class Participant(NamedTuple):
    """An organisation in a project, with the first of its roles."""

    project: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    role: str
    position: int


class Party(NamedTuple):
    """A supplier, customer or operator of a project."""

    project: str
    supplies: bool
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    seat: str | None
    """Code of the country of its seat."""


class Involved(NamedTuple):
    """An organisation with a role in a project."""

    project: str
    role: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    seat: str | None
    """Code of the country of its seat."""


class CountryProjects(NamedTuple):
    """The number of projects in one country that match a filter."""

    code: str
    projects: int
    located: int
    """Number of these projects with a place in the country."""


class UnlocatedProjects(NamedTuple):
    """The number of matching projects without a place, in one country."""

    code: str | None
    """Code of the country; None for projects that are in no country."""
    projects: int


@dataclass(frozen=True)
class Totals:
    """Counts of the projects that match a filter."""

    projects: int
    countries: int
    located: int
    cables: int = 0
    """Number of submarine cables among the projects; pages call them cable systems."""
    certain: int = 0
    """With an as-of date, the number of projects that were certainly in place. The others were possibly in place."""
    later: int = 0
    """With an as-of date, the number of other projects whose beginning is unknown, and whose first date is later or unknown."""

    @property
    def unlocated(self) -> int:
        """Number of projects whose location is unknown, or known only by country."""
        return self.projects - self.located


def totals(reader: Reader, project_filter: ProjectFilter) -> Totals:
    """Count the projects that match a filter, their countries, and those with a place."""
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    projects, located, cables = (
        int(np.count_nonzero(part)) for part in (mask, mask & vectors["located"], mask & vectors["cable"])
    )
    countries, later = len(vectors.facets["country"].counts(mask)), first_on_record_later(reader, project_filter)
    certain = 0
    if project_filter.as_of:
        certain = int(np.count_nonzero(mask & certainly_in_place(vectors, period_of(project_filter.as_of))))
    return Totals(projects, countries, located, cables, certain, later)


def page(
    reader: Reader,
    project_filter: ProjectFilter,
    *,
    sort: str = "year",
    descending: bool = True,
    size: int = 50,
    number: int = 1,
    only: Collection[str] | None = None,
) -> list[Project]:
    """Return one page of the projects that match a filter.

    `sort`: a name in `SORTS`. `only`: ids to which the projects are limited; None for no limit.
    """
    mask = matching_projects(reader, project_filter)
    if only is not None:
        mask = mask & reader.vectors.mask_of(only)
    numbers = _in_order(reader.vectors, np.flatnonzero(mask), sort, descending=descending)
    return _rows_of(reader, numbers[size * (number - 1) : size * number])


def first_of(reader: Reader, mask: Mask, size: int) -> list[Project]:
    """Return the `size` newest projects of a mask."""
    return _rows_of(reader, _in_order(reader.vectors, np.flatnonzero(mask), "year", descending=True)[:size])


def _in_order(vectors: Vectors, numbers: Array, sort: str, *, descending: bool) -> Array:
    if sort == "name":
        return numbers[::-1] if descending else numbers
    name = "year" if sort == "unit" else sort
    ranks, none = vectors[f"{name}.ranks"][numbers], len(vectors[f"{name}.ranked"])
    keys = np.where(ranks < 0, none, none - 1 - ranks if descending else ranks).astype(np.int64)
    if sort == "unit":
        keys += _unit_groups(vectors, numbers) * (none + 1)
    ordered: Array = numbers[np.argsort(keys, kind="stable")]
    return ordered


def _unit_groups(vectors: Vectors, numbers: Array) -> Array:
    """Return 0 for surveillance and censorship, 1 for other projects, and 2 for cable systems."""
    first = [at for at, layer in enumerate(vectors["layer.ranked"]) if layer in FIRST_LAYERS]
    groups: Array = np.where(np.isin(vectors["layer.ranks"][numbers], first), 0, 1) + vectors["cable"][numbers].astype(np.int64)
    return groups


def by_name(reader: Reader, project_filter: ProjectFilter, *, size: int, after: str | None = None) -> list[Project]:
    """Return up to `size` projects that match a filter, sorted by name, starting after the project `after`.

    Later pages cost no more than the first.
    """
    begin = 0 if after is None else int(reader.vectors.numbers([after])[0]) + 1
    return _rows_of(reader, begin + np.flatnonzero(matching_projects(reader, project_filter)[begin:])[:size])


def _rows_of(reader: Reader, numbers: Array) -> list[Project]:
    ids = reader.vectors.ids(numbers)
    rows = by_id(reader, ids)
    return [rows[identity] for identity in ids]


def by_id(reader: Reader, ids: Iterable[str]) -> dict[str, Project]:
    """Return these projects as list entries, by id."""
    values = [json_array(ids), -1, 0]
    where = "p.id IN (SELECT value FROM json_each(?))"
    rows = reader.query(Project, "projects.listed", values, decode=DECODE_PROJECT, where=where, order="p.id")
    return {row.id: row for row in rows}


def gather_dates(rows: Iterable[ProjectDate]) -> list[DatedProject]:
    """Combine rows with one date each into projects with all their dates."""
    projects: dict[str, DatedProject] = {}
    for row in rows:
        project = projects.setdefault(row.id, DatedProject(*row[:5], dates={}))
        if row.property and row.value is not None:
            project.dates[row.property] = row.value
    return list(projects.values())


def dates(reader: Reader, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the dates (EDTF) of these projects' steps by property, for each project that has any."""
    rows = reader.query(ProjectDate, "projects.dates", [json_array(ids)]) if ids else []
    return {row.id: row.dates for row in gather_dates(rows)}


def companies(reader: Reader, ids: Iterable[str]) -> dict[str, list[Participant]]:
    """Return all organisations with a role in these projects, each with its first role, by project."""
    participants: dict[str, list[Participant]] = {}
    for row in reader.query(Participant, "projects.companies", [json_array(ids)]):
        participants.setdefault(row.project, []).append(row)
    return participants


def parties(reader: Reader, ids: Iterable[str] | None = None) -> dict[str, list[Party]]:
    """Return the parties of each project: first customers and operators, then suppliers, each group sorted by name.

    `ids`: the projects; None for all.
    """
    only = None if ids is None else json_array(ids)
    parties: dict[str, list[Party]] = {}
    for row in reader.query(Party, "projects.parties", {"only": only}, decode={"supplies": bool}):
        parties.setdefault(row.project, []).append(row)
    return parties


def by_year(reader: Reader, project_filter: ProjectFilter) -> list[tuple[int, int]]:
    """Count the projects that match a filter by year, leaving out projects without a year, and years without projects."""
    ranks = reader.vectors["year.ranks"][matching_projects(reader, project_filter)]
    counts = np.bincount(ranks[ranks >= 0]).tolist()
    return [(year, count) for year, count in zip(reader.vectors["year.ranked"], counts, strict=False) if count]


def unlocated(reader: Reader, project_filter: ProjectFilter) -> list[UnlocatedProjects]:
    """Count the matching projects without a place by country, largest count first."""
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    without_place = mask & ~vectors["located"]
    nowhere = int(np.count_nonzero(without_place & ~vectors.in_a_country))
    counts: list[tuple[str | None, int]] = [(None, nowhere), *vectors.facets["country"].counts(without_place).items()]
    ordered = sorted(counts, key=lambda entry: (-entry[1], entry[0] or ""))
    return [UnlocatedProjects(code, count) for code, count in ordered if count]


def map_countries(reader: Reader, project_filter: ProjectFilter, without_kind: str | None = None) -> list[CountryProjects]:
    """Count the projects that match a filter by country, and those with a place there.

    Projects of the kind `without_kind` are left out.
    """
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    if without_kind is not None:
        mask = mask & ~vectors.mask(vectors.facets["kind"].projects_with(without_kind))
    countries = vectors.facets["country"]
    located = countries.counts(mask, vectors["country.located"])
    return [CountryProjects(code, count, located.get(code, 0)) for code, count in countries.counts(mask).items()]


def involved(reader: Reader, ids: Sequence[str]) -> list[Involved]:
    """Return a row for each role of each organisation in these projects, those that the most separate sources name first."""
    return reader.query(Involved, "projects.involved", [json_array(ids)]) if ids else []
