"""What surrounds an answer about an organisation in a country: the search, suppliers there, and the organisation's countries."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.language import N_
from overt.queries import answers, countries
from overt.queries.answers import CountrySupplier
from overt.queries.database import Reader
from overt.queries.labels import Area
from overt.queries.rows.records import Record
from overt.queries.sources import all_sources
from overt.site.country.sentence_parts import company_link, join, text_link
from overt.site.organization.company_groups import NamedCountry, country_groups
from overt.site.organization.naming_texts import where_named
from overt.site.organization.phase_sections import release_day
from overt.site.organization.profile import naming
from overt.site.site import Site

_SUPPLIERS = 12
"""Maximum number of suppliers named. A link leads to the rest."""
_COUNTRIES = 15
"""Maximum number of countries named in each group. A link leads to the rest."""
_GROUPS = (N_("With systems that it supplies"), N_("Only with other projects"), N_("Only by an index"))
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
    rows = naming(site, reader, record.id).countries
    suppliers = answers.suppliers(reader, area.code, record.id)
    groups = country_groups(rows)
    headings = _GROUPS if groups.with_systems else (_GROUPS[0], _WITH_PROJECTS, _GROUPS[2])
    return Surroundings(
        _searched(site, reader, area),
        len(suppliers),
        join(site, [_supplier(site, row, area) for row in suppliers[:_SUPPLIERS]], max(0, len(suppliers) - _SUPPLIERS)),
        where_named(site, rows, site.record_url("organization", record.id)),
        [
            CountryLine(site.gettext(heading), len(group), _names(site, record, group))
            for heading, group in zip(headings, groups, strict=True)
            if group
        ],
    )


def _searched(site: Site, reader: Reader, area: Area) -> Markup:
    """Return a sentence on how much was searched, and as of when."""
    country = countries.with_labels(countries.find(reader, area.code), area)
    sources = text_link(site.url("/sources"), site.ngettext("%(n)s source", "%(n)s sources", len(all_sources(reader))))
    return site.language.nmarkup(
        "Searched: the %(sources)s of the release of %(date)s. They have %(n)s project, %(here)s of them in %(country)s.",
        "Searched: the %(sources)s of the release of %(date)s. They have %(n)s projects, %(here)s of them in %(country)s.",
        site.all_totals.projects,
        sources=sources,
        date=release_day(site),
        here=text_link(site.url(f"/country/{area.code}"), site.formats.number(country.projects)),
        country=area.label,
    )


def _supplier(site: Site, row: CountrySupplier, area: Area) -> Markup:
    name = company_link(site, row)
    address = site.answer_link(row.id, area.code)
    count = text_link(address, site.ngettext("%(n)s project", "%(n)s projects", row.supplied))
    return site.markup("%(name)s (%(projects)s)", name=name, projects=count)


def _names(site: Site, record: Record, rows: Sequence[NamedCountry]) -> Markup:
    links = [text_link(site.answer_link(record.id, row.code), site.words.area(row.code)) for row in rows[:_COUNTRIES]]
    if len(rows) <= _COUNTRIES:
        return join(site, links)
    more = site.ngettext("%(n)s other", "%(n)s others", len(rows) - _COUNTRIES)
    return join(site, [*links, text_link(f"{site.record_url('organization', record.id)}#countries", more)])
