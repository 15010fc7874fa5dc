"""What surrounds an answer about an organisation in a country: the search, suppliers there, and the organisation's countries."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import N_
from overt.model.engines.named_sql import load_queries
from overt.queries import answers, countries
from overt.queries.answers import CountrySupplier
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.rows.records import Record
from overt.queries.sources import all_sources
from overt.site.country.documented_projects import DocumentedProject, country_systems
from overt.site.country.sentence_parts import company_link, join, text_link
from overt.site.organization.company_groups import NamedCountry, country_groups
from overt.site.organization.known_name import known_name
from overt.site.organization.naming_texts import system_count, where_named
from overt.site.organization.phase_sections import release_day
from overt.site.organization.profile import Naming, naming
from overt.site.site import Site

_SUPPLIERS = 12
"""Maximum number of suppliers named. A link leads to the rest."""
_QUERIES = load_queries(Path(__file__).parent)
_COUNTRIES = 60
"""Maximum number of countries named in each group. A link leads to the rest."""
_GROUPS = (N_("Named as supplier of systems"), N_("Only with other projects"), N_("Only by an index"))
_WITH_PROJECTS = N_("With projects")


class CountryLine(NamedTuple):
    """A group of countries in which the organisation is named, as a line of links."""

    heading: str
    countries: int
    names: Markup


class Surroundings(NamedTuple):
    """The parts of the page that don't depend on whether the organisation is recorded in the country."""

    searched: Markup
    suppliers: int
    supplier_names: Markup
    elsewhere: Markup | None
    """The sentence of the organisation's own page on the countries in which it is named; None if there are none."""
    lines: Sequence[CountryLine]


def surroundings(site: Site, reader: Reader, record: Record, area: Area) -> Surroundings:
    """Return what surrounds an answer. Its numbers of countries are those of the organisation's own page."""
    named = naming(site, reader, record.id)
    rows, denied = named.countries, _denied(named, record.id)
    suppliers = answers.suppliers(reader, area.code, record.id)
    suppliers.sort(key=lambda row: (-row.supplied, sort_key(site.called(row))))
    systems = _systems(site, reader, area.code)
    groups = country_groups(rows)
    headings = _GROUPS if groups.with_systems else (_GROUPS[0], _WITH_PROJECTS, _GROUPS[2])
    return Surroundings(
        _searched(site, reader, area),
        len(suppliers),
        join(
            site,
            [_supplier(site, row, area, systems.get(row.id, ())) for row in suppliers[:_SUPPLIERS]],
            max(0, len(suppliers) - _SUPPLIERS),
        ),
        where_named(site, rows, site.record_url("organization", record.id)),
        [
            CountryLine(site.gettext(heading), len(group), _names(site, record, group, denied))
            for heading, group in zip(headings, groups, strict=True)
            if group
        ],
    )


def _searched(site: Site, reader: Reader, area: Area) -> Markup:
    """Return sentences on how much was searched, and as of when."""
    country = countries.with_labels(countries.find(reader, area.code), area)
    datasets = site.ngettext("%(n)s dataset or register", "%(n)s datasets and registers", len(all_sources(reader)))
    [row] = reader.select(_QUERIES["queries.documents"])
    return site.language.nmarkup(
        "Searched: the %(sources)s of the edition of %(date)s, which cite %(documents)s. Overt has %(n)s project in all, "
        "%(here)s of them in %(country)s.",
        "Searched: the %(sources)s of the edition of %(date)s, which cite %(documents)s. Overt has %(n)s projects in all, "
        "%(here)s of them in %(country)s.",
        site.all_totals.projects,
        sources=text_link(site.url("/sources"), datasets),
        documents=site.ngettext("%(n)s document", "%(n)s documents", row["documents"]),
        date=release_day(site),
        here=text_link(site.url(f"/country/{area.code}"), site.formats.number(country.projects)),
        country=area.label,
    )


def _systems(site: Site, reader: Reader, code: str) -> dict[str, list[DocumentedProject]]:
    """Return the documented surveillance and censorship systems in a country that each organisation supplies."""
    supplied: dict[str, list[DocumentedProject]] = {}
    for system in country_systems(reader, code):
        for supplier in system.suppliers if system.is_documented and not system.scans(site.words) else ():
            supplied.setdefault(supplier.id, []).append(system)
    return supplied


def _denied(named: Naming, organization: str) -> Mapping[str, str]:
    """Return the ids of the organisation's own statements that deny something about systems it supplies, by country."""
    return {
        code: denial.id
        for system in named.supplied
        for denial in system.denials
        if denial.by.id == organization
        for code in named.places.get(system.id, ())
    }


def _supplier(site: Site, row: CountrySupplier, area: Area, systems: Sequence[DocumentedProject]) -> Markup:
    """Return a supplier with the number of its projects, and how many of them are surveillance or censorship systems."""
    address = site.answer_link(row.id, area.code)
    if len(systems) >= row.supplied:
        details: Markup | str = text_link(address, system_count(site, systems))
    else:
        details = text_link(address, site.ngettext("%(n)s project", "%(n)s projects", row.supplied))
        if systems:
            details = site.markup("%(projects)s, including %(systems)s", projects=details, systems=system_count(site, systems))
    return site.markup("%(name)s (%(projects)s)", name=company_link(site, row), projects=details)


def _names(site: Site, record: Record, rows: Sequence[NamedCountry], denied: Mapping[str, str]) -> Markup:
    """Return countries in alphabetical order, those with a statement of the organisation on a system marked."""
    links = []
    about = site.gettext("a statement by %(name)s is on record", name=known_name(site, record))
    for row in sorted(rows, key=lambda row: sort_key(site.words.area(row.code)))[:_COUNTRIES]:
        link = text_link(site.answer_link(record.id, row.code), site.words.area(row.code))
        if denial := denied.get(row.code):
            words = text_link(site.record_url("statement", denial), about)
            link = site.markup("%(country)s (%(denial)s)", country=link, denial=words)
        links.append(link)
    if len(rows) <= _COUNTRIES:
        return join(site, links)
    more = site.ngettext("%(n)s other", "%(n)s others", len(rows) - _COUNTRIES)
    return join(site, [*links, text_link(f"{site.record_url('organization', record.id)}#countries", more)])
