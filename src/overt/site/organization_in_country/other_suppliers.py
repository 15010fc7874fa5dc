"""Other suppliers in a country, for the page about an organisation in that country."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.queries import pair_answers
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.site.country.project_totals_by_kind_and_purpose import PARTS, group_of
from overt.site.country.projects_with_details import DocumentedProject, country_projects
from overt.site.organization_in_country.party_names_and_home_countries import KnownParty, known_parties
from overt.site.site import Site

_SUPPLIERS = 15
"""Maximum number of suppliers in the table. A note below the table gives the number of those left out."""
SYSTEMS = ("surveillance", "censorship")
"""Groups of `PARTS` that are surveillance or censorship systems."""


class SupplierRow(NamedTuple):
    """Another supplier in the country."""

    id: str
    party: KnownParty
    systems: int
    """Number of documented surveillance and censorship systems that it supplies or carries out there."""
    other: int
    """Number of the other documented projects that it supplies or carries out there."""
    parts: Sequence[str]
    """The number of the other projects in each group of `PARTS`, in words."""


class Suppliers(NamedTuple):
    """Other suppliers in the country, those with the most systems first."""

    rows: Sequence[SupplierRow]
    more: int
    """Number of suppliers that aren't among the rows."""
    systems: int
    """Number of systems that the suppliers in the rows supply. Each system counts once."""
    other: int
    """Number of other projects that the suppliers in the rows supply. Each project counts once."""
    unnamed: int = 0
    """Number of the country's documented projects without a named supplier, except those that the page lists elsewhere.

    0 if the rows don't cover all projects with a supplier.
    """
    undocumented: int = 0
    """Number of the country's announced, cancelled, denied and unverified projects, with the same exceptions as `unnamed`."""

    @property
    def several(self) -> bool:
        """Whether any project has several of these suppliers, and therefore counts in several rows."""
        return sum(row.systems + row.other for row in self.rows) > self.systems + self.other


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
    """Return, for each supplier or implementer, the documented ones of these projects by id, each with its group in `PARTS`."""
    supplied: dict[str, dict[str, str]] = {}
    for project in projects:
        for supplier in project.suppliers if project.is_documented else ():
            supplied.setdefault(supplier.id, {})[project.id] = group_of(project, site.words)
    return supplied
