"""Other suppliers in the country of an answer about an organisation, and the names by which parties are known."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.queries import pair_answers
from overt.queries.database import Reader
from overt.queries.labels import Area, Labelled
from overt.site.country.documented_projects import DocumentedProject, country_projects
from overt.site.country.project_totals import PARTS, group_of
from overt.site.organization.short_company_name import known_organizations
from overt.site.site import Site

_SUPPLIERS = 12
"""Maximum number of suppliers in the table. A note below it says how many are missing."""
SYSTEMS = ("surveillance", "censorship")
"""Groups of `PARTS` that are surveillance or censorship systems."""


class KnownParty(NamedTuple):
    """An organisation as this page names it."""

    name: str
    lang: str | None
    """Language of the name; None if it is the page's."""
    seat: str | None
    """Code of the country of its seat; None if no source names one."""
    names_country: bool
    """Whether its name contains the name of a country."""


class SupplierRow(NamedTuple):
    """Another supplier in the country."""

    id: str
    party: KnownParty
    systems: int
    """Number of documented surveillance and censorship systems that it supplies or carries out there."""
    other: int
    """Number of the other documented projects that it supplies or carries out there."""
    parts: Sequence[str]
    """What the other projects are, as numbers of each kind in words."""


class Suppliers(NamedTuple):
    """Other suppliers in the country, those with the most systems first."""

    rows: Sequence[SupplierRow]
    more: int
    """Number of suppliers that aren't among the rows."""
    systems: int
    """Number of systems that the suppliers of the rows supply, each counted once."""
    other: int
    """Number of the other projects that they supply, each counted once."""
    unnamed: int = 0
    """Number of the country's documented projects without a named supplier that the page doesn't list already; 0 if the rows
    don't cover all projects with a supplier."""
    undocumented: int = 0
    """Number of the country's other projects, which are announced, cancelled, denied or unverified; 0 as for `unnamed`."""

    @property
    def several(self) -> bool:
        """Whether any project has several of these suppliers, and therefore counts in several rows."""
        return sum(row.systems + row.other for row in self.rows) > self.systems + self.other


def known_parties(site: Site, reader: Reader, rows: Iterable[Labelled]) -> dict[str, KnownParty]:
    """Return the names by which organisations are known, and the countries of their seats, by id."""
    labels = {row.id: row for row in rows}
    known = known_organizations(site, reader, labels)
    countries = _names_of_countries(site)
    names = {identity: known[identity].name if identity in known else site.called(row) for identity, row in labels.items()}
    return {
        identity: KnownParty(
            names[identity],
            getattr(row, "label_lang", None) if site.called(row) == row.label else None,
            known[identity].seat if identity in known else None,
            bool(countries.search(names[identity])),
        )
        for identity, row in labels.items()
    }


@lru_cache(maxsize=8)
def _country_pattern(labels: tuple[str, ...], edge: str) -> re.Pattern[str]:
    """Return a pattern that matches any of these names of countries. `edge`: the pattern before and after a name."""
    return re.compile(f"{edge}(?:{'|'.join(map(re.escape, labels))}){edge}")


def _names_of_countries(site: Site) -> re.Pattern[str]:
    """Return a pattern for names of countries: as words of their own, or anywhere if the page is Chinese."""
    labels = tuple(area.label for area in site.words.areas.values() if area.label)
    return _country_pattern(labels, "" if site.language.code == "zh" else r"\b")


def other_suppliers(site: Site, reader: Reader, besides: str, area: Area, listed: Collection[str] = ()) -> Suppliers:
    """Return the suppliers of a country's documented projects, except the organisation `besides`.

    Organisations that supply projects there only through companies of their group are left out. `listed`: ids of projects that
    the page lists for the organisation itself, which `unnamed` and `undocumented` don't count again.
    """
    projects = country_projects(reader, area.code)
    supplied = _supplied(site, projects)
    systems = {
        identity: {project for project, group in groups.items() if group in SYSTEMS} for identity, groups in supplied.items()
    }
    named = [row for row in pair_answers.suppliers(reader, area.code, besides) if row.id in supplied]
    known = known_parties(site, reader, named)
    named.sort(key=lambda row: (-len(systems[row.id]), -len(supplied[row.id]), sort_key(known[row.id].name)))
    first = named[:_SUPPLIERS]
    rows = []
    for row in first:
        groups = Counter(group for group in supplied[row.id].values() if group not in SYSTEMS)
        parts = [site.ngettext(*PARTS[group], groups[group]) for group in PARTS if groups[group]]
        rows.append(SupplierRow(row.id, known[row.id], len(systems[row.id]), groups.total(), parts))
    all_systems = {system for row in first for system in systems[row.id]}
    all_projects = {project for row in first for project in supplied[row.id]}
    unnamed = undocumented = 0
    if {project for of_supplier in supplied.values() for project in of_supplier} <= all_projects | {*supplied.get(besides, ())}:
        rest = [project for project in projects if project.id not in listed]
        unnamed = sum(project.is_documented and not project.suppliers for project in rest)
        undocumented = sum(not project.is_documented for project in rest)
    return Suppliers(rows, len(named) - len(rows), len(all_systems), len(all_projects - all_systems), unnamed, undocumented)


def _supplied(site: Site, projects: Iterable[DocumentedProject]) -> dict[str, dict[str, str]]:
    """Return the documented ones of these projects by supplier or implementer, as project id → group of `PARTS`."""
    supplied: dict[str, dict[str, str]] = {}
    for project in projects:
        for supplier in project.suppliers if project.is_documented else ():
            supplied.setdefault(supplier.id, {})[project.id] = group_of(project, site.words)
    return supplied
