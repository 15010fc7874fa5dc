"""An organisation's projects and countries in groups that add up, so that sentences, tiles, map and table agree."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.queries.rows.records import Record
from overt.site.country.projects_with_details import DISPUTED, DocumentedProject
from overt.site.site import Site


@dataclass(frozen=True)
class ProjectGroups:
    """The projects of an organisation in groups. Each project is in one of `systems`, `uncounted` and `rest`."""

    systems: Sequence[DocumentedProject]
    """Counted surveillance and censorship systems that the organisation supplies. Scanners of goods aren't among them."""
    uncounted: Mapping[str, int]
    """Number of systems that it supplies but that aren't counted, by status: announced, denied and so on."""
    total: int
    """Number of all projects of the organisation, in any role and of any kind."""
    given_up: Sequence[DocumentedProject] = ()
    """The uncounted systems that are denied, cancelled or unverified."""

    @property
    def rest(self) -> int:
        """Number of the organisation's projects of other kinds or in other roles."""
        return self.total - len(self.systems) - sum(self.uncounted.values())


class NamedCountry(NamedTuple):
    """A country in which projects or indexes name the organisation."""

    code: str
    systems: int
    """Number of `ProjectGroups.systems` in the country."""
    other: int
    """Number of the organisation's other projects in the country."""
    indexes: Sequence[Record]
    """Assessments that name the organisation as a supplier, oldest first."""
    given_up: int = 0
    """Number of `ProjectGroups.given_up` in the country. They are among the other projects."""
    scanned: int = 0
    """Number of systems that only network scans show. Scans reveal who made a product, but not who supplied it."""

    @property
    def only_scanned(self) -> bool:
        """Whether the country has systems, and all of them are known only from network scans."""
        return self.systems > 0 and self.scanned == self.systems


class CountryGroups(NamedTuple):
    """The countries in which an organisation is named, each in one group, in the order of the table."""

    with_systems: Sequence[NamedCountry]
    with_other_projects: Sequence[NamedCountry]
    with_given_up: Sequence[NamedCountry]
    """Countries whose only projects are in `ProjectGroups.given_up`."""
    index_only: Sequence[NamedCountry]


def project_groups(site: Site, supplied: Sequence[DocumentedProject], total: int) -> ProjectGroups:
    """Group an organisation's projects. `supplied`: the projects that it supplies; `total`: the number of all its projects."""
    named_for = [system for system in supplied if system.watches(site.words) or system.filters(site.words)]
    uncounted = Counter(system.status or "" for system in named_for if not system.is_documented)
    order = ("announced", *DISPUTED)
    return ProjectGroups(
        [system for system in named_for if system.is_documented],
        {status: uncounted[status] for status in order if uncounted[status]},
        total,
        [system for system in named_for if not system.counts],
    )


def named_countries(
    site: Site,
    projects: Mapping[str, int],
    systems: Sequence[DocumentedProject],
    places: Mapping[str, Sequence[str]],
    assessments: Sequence[tuple[str, list[Record]]],
    given_up: Sequence[DocumentedProject] = (),
    scanned: Collection[str] = (),
) -> list[NamedCountry]:
    """Return all countries in which an organisation is named, those with the most systems first.

    `projects`: the number of its projects by country. `systems`, `given_up`: from `ProjectGroups`. `places`: the countries of
    each system, by the system's id. `assessments`: assessments that name it, by country. `scanned`: ids of the systems that
    only network scans show.
    """
    indexes = {code: records for code, records in assessments if code}
    groups = (systems, given_up, [system for system in systems if system.id in scanned])
    counts, dropped, by_scans = (Counter(code for system in group for code in places.get(system.id, ())) for group in groups)
    rows = [
        NamedCountry(
            code, counts[code], projects.get(code, 0) - counts[code], indexes.get(code, ()), dropped[code], by_scans[code]
        )
        for code in {*projects, *indexes}
    ]
    return sorted(rows, key=lambda row: (-row.systems, -row.other, -len(row.indexes), site.words.area(row.code)))


def country_groups(rows: Sequence[NamedCountry]) -> CountryGroups:
    """Group countries: with systems, with only other projects, with only given-up projects, and named only by an index."""
    return CountryGroups(
        [row for row in rows if row.systems],
        [row for row in rows if row.other > row.given_up and not row.systems],
        [row for row in rows if row.other and row.other == row.given_up and not row.systems],
        [row for row in rows if not row.systems and not row.other],
    )


def in_name_order(site: Site, rows: Sequence[NamedCountry]) -> list[NamedCountry]:
    """Return countries in the alphabetical order of their names."""
    return sorted(rows, key=lambda row: sort_key(site.words.area(row.code)))
