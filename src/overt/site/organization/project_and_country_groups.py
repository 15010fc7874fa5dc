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
    """The projects of an organisation. Each is in one group: `systems`, `uncounted`, or the rest."""

    systems: Sequence[DocumentedProject]
    """Surveillance and censorship systems that it supplies, without the uncounted ones. Scanners of goods don't count as such."""
    uncounted: Mapping[str, int]
    """Number of systems in which it is named as a supplier but that aren't counted, by status: announced, denied and so on."""
    total: int
    """Number of its projects, in any role and of any kind."""
    given_up: Sequence[DocumentedProject] = ()
    """The uncounted systems that are denied, cancelled or unverified."""

    @property
    def rest(self) -> int:
        """Number of its other projects: of other kinds, or in other roles."""
        return self.total - len(self.systems) - sum(self.uncounted.values())


class NamedCountry(NamedTuple):
    """A country in which projects or indexes name the organisation."""

    code: str
    systems: int
    """Number of `ProjectGroups.systems`."""
    other: int
    """Number of all its other projects."""
    indexes: Sequence[Record]
    """Assessments that name the organisation as a supplier, oldest first."""
    given_up: int = 0
    """Number of `ProjectGroups.given_up`, which are among the other projects."""
    scanned: int = 0
    """Number of the systems that only network scans show, which tell who made a product, not who supplied it."""

    @property
    def only_scanned(self) -> bool:
        """Whether it has systems, and only network scans show them."""
        return self.systems > 0 and self.scanned == self.systems


class CountryGroups(NamedTuple):
    """The countries in which an organisation is named, each in one group, in the order of the table."""

    with_systems: Sequence[NamedCountry]
    with_other_projects: Sequence[NamedCountry]
    with_given_up: Sequence[NamedCountry]
    """Those whose only projects are in `ProjectGroups.given_up`."""
    index_only: Sequence[NamedCountry]


def project_groups(site: Site, supplied: Sequence[DocumentedProject], total: int) -> ProjectGroups:
    """Return the groups of an organisation's projects. `supplied`: those that it supplies; `total`: the number of all."""
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

    `projects`: the number of its projects by country. `systems`, `given_up`: those of `ProjectGroups`. `places`: the countries
    of each system, by its id. `assessments`: those that name it, by country. `scanned`: ids of the systems that only
    network scans show.
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
    """Return the countries with systems, with other projects only, with given-up ones only, and those only an index names."""
    return CountryGroups(
        [row for row in rows if row.systems],
        [row for row in rows if row.other > row.given_up and not row.systems],
        [row for row in rows if row.other and row.other == row.given_up and not row.systems],
        [row for row in rows if not row.systems and not row.other],
    )


def in_name_order(site: Site, rows: Sequence[NamedCountry]) -> list[NamedCountry]:
    """Return countries in the alphabetical order of their names."""
    return sorted(rows, key=lambda row: sort_key(site.words.area(row.code)))
