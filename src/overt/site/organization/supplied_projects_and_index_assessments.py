"""Where an organisation is named: the projects that it supplies or carries out, assessments, and the countries of both."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.model.engines.named_sql import load_queries
from overt.queries import organizations, projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.country.projects_with_details import DocumentedProject, found_by_scans, read_systems, with_denials
from overt.site.organization.cancelled_system_dates import Ending, system_endings
from overt.site.organization.project_and_country_groups import (
    NamedCountry,
    ProjectGroups,
    named_countries,
    project_groups,
)
from overt.site.organization.supplied_project_kinds import tied_kinds
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
NAMED_COUNTRIES = 5
"""If there are more countries than this, sentences only give their number."""


class Naming(NamedTuple):
    """The projects, countries and assessments that name an organisation."""

    groups: ProjectGroups
    supplied: Sequence[DocumentedProject]
    """All projects that the organisation supplies."""
    carried_out: Sequence[DocumentedProject]
    """Projects that the organisation carries out, but doesn't supply."""
    places: Mapping[str, Sequence[str]]
    """The countries of the projects above, by project id."""
    assessments: Sequence[tuple[str, list[Record]]]
    """Assessments that name the organisation as a supplier, by country."""
    countries: Sequence[NamedCountry]
    tied: Mapping[str, frozenset[str]] = {}
    """The kinds that sources tie to the organisation (`tied_kinds`), by project id."""
    endings: Mapping[str, Ending] = {}
    """When its cancelled systems were in use and ended, by system id."""
    scanned: frozenset[str] = frozenset()
    """Ids of the systems in `groups.systems` that only network scans show."""

    @property
    def names_countries(self) -> bool:
        """Whether the first sentences of the organisation's page name all its countries, so that it needs no list of them."""
        return bool(self.groups.systems) and len(self.countries) <= NAMED_COUNTRIES and not self.assessments


def supplied_systems(reader: Reader, organization: str) -> tuple[list[DocumentedProject], list[DocumentedProject]]:
    """Return the projects that an organisation supplies, and the others that it carries out.

    Each has its denials. The best documented come first.
    """
    supplied, carried_out = (
        with_denials(reader, read_systems(reader.select(_QUERIES["queries.systems"], [organization, role])))
        for role in ("supplier", "implementer")
    )
    ids = {system.id for system in supplied}
    return supplied, [system for system in carried_out if system.id not in ids]


def supplied_countries(reader: Reader, organization: str) -> dict[str, list[str]]:
    """Return the countries of each project that an organisation supplies or carries out, by the project's id."""
    countries: dict[str, list[str]] = {}
    for row in reader.select(_QUERIES["queries.supplied_countries"], [organization]):
        countries.setdefault(row["id"], []).append(row["country"])
    return countries


def where_named(site: Site, reader: Reader, organization: str) -> Naming:
    """Return where an organisation is named. Its own page and the pages about it in a country use the same numbers."""
    entry = organizations.find(reader, organization)
    supplied, carried_out = supplied_systems(reader, organization)
    places = supplied_countries(reader, organization)
    groups = project_groups(site, supplied, entry.projects if entry else 0)
    assessments = _by_country(site, records.linked(reader, organization, "assessment"))
    counts = {row.code: row.projects for row in projects.map_countries(reader, ProjectFilter(company=(organization,)))}
    scanned = frozenset(found_by_scans(reader, [system.id for system in groups.systems]))
    countries = named_countries(site, counts, groups.systems, places, assessments, groups.given_up, scanned)
    endings = system_endings(reader, [system.id for system in groups.given_up])
    tied = tied_kinds(reader, organization)
    return Naming(groups, supplied, carried_out, places, assessments, countries, tied, endings, scanned)


def own_statements(site: Site, named: Naming, organization: str) -> dict[str, str]:
    """Return, by country, the address of one of the organisation's own denials about projects that it supplies there."""
    return {
        code: site.record_url("statement", statement.id)
        for system in named.supplied
        for statement in system.denials
        if statement.by.id == organization
        for code in named.places.get(system.id, ())
    }


def _by_country(site: Site, assessments: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return assessments by country. Countries are sorted by name, and each country's assessments by year."""
    by_country: dict[str, list[Record]] = {}
    for record in sorted(assessments, key=lambda record: record.value("year") or ""):
        by_country.setdefault(record.value("country") or "", []).append(record)
    return sorted(by_country.items(), key=lambda pair: sort_key(site.words.area(pair[0]) if pair[0] else ""))
