"""What surrounds an answer about an organisation in a country: the search, suppliers there, and the organisation's countries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.model.engines.named_sql import load_queries
from overt.queries import answers, countries
from overt.queries.database import Reader, json_array
from overt.queries.labels import Area, Labelled
from overt.queries.rows.records import Record
from overt.queries.sources import all_sources
from overt.site.country.documented_projects import DocumentedProject, country_projects, country_systems
from overt.site.country.project_totals import PARTS, group_of
from overt.site.country.sentence_parts import text_link
from overt.site.organization.company_groups import country_groups, in_name_order
from overt.site.organization.count_table import count_table
from overt.site.organization.countries_map import countries_map
from overt.site.organization.known_name import known_names
from overt.site.organization.phase_sections import release_day
from overt.site.organization.profile import naming, stated
from overt.site.site import Site

_SUPPLIERS = 12
"""Maximum number of suppliers in the table. A link leads to the rest."""
_QUERIES = load_queries(Path(__file__).parent)


class KnownParty(NamedTuple):
    """An organisation as this page names it."""

    name: str
    lang: str | None
    """Language of the name; None if it is the page's."""
    seat: str | None
    """Code of the country of its seat; None if no source names one."""


class SupplierRow(NamedTuple):
    """Another supplier in the country."""

    id: str
    name: str
    lang: str | None
    """Language of the name; None if it is the page's."""
    seat: str | None
    """Code of the country of its seat; None if no source names one."""
    systems: int
    """Number of documented surveillance and censorship systems that it supplies or carries out there."""
    other: int
    """Number of the other documented projects that it supplies or carries out there."""
    parts: Sequence[str] = ()
    """What the other projects are, as numbers of each kind in words; empty if the records don't add up to their number."""


class Suppliers(NamedTuple):
    """Other suppliers in the country, those with the most systems first."""

    rows: Sequence[SupplierRow]
    more: int
    """Number of suppliers that aren't among the rows."""
    systems: int
    """Number of systems that the suppliers of the rows supply, each counted once."""

    @property
    def added_up(self) -> int:
        """Sum of the rows' systems, in which a system with several suppliers counts several times."""
        return sum(row.systems for row in self.rows)


def surroundings(site: Site, reader: Reader, record: Record, area: Area) -> dict[str, Any]:
    """Return the context for what surrounds an answer. Its numbers of countries are those of the organisation's own page."""
    named = naming(site, reader, record.id)
    seat = record.value("country")
    return {
        "searched": _searched(site, reader, area),
        "suppliers": _suppliers(site, reader, record.id, area),
        "subject": record.id,
        "tally": count_table(site, record.id, named),
        "country_groups": country_groups(named.countries),
        "own_country": seat if seat in {row.code for row in named.countries} else None,
        "in_order": partial(in_name_order, site),
        "stated": stated(site, named, record.id),
        "map": countries_map(site, named.countries, area.code),
    }


def known_parties(site: Site, reader: Reader, rows: Iterable[Labelled]) -> dict[str, KnownParty]:
    """Return the names by which organisations are known, and the countries of their seats, by id."""
    labels = {row.id: row for row in rows}
    names = known_names(site, reader, labels)
    seats = {row["id"]: row["country"] for row in reader.select(_QUERIES["queries.seats"], [json_array(sorted(labels))])}
    return {
        identity: KnownParty(
            names.get(identity, site.called(row)),
            getattr(row, "label_lang", None) if site.called(row) == row.label else None,
            seats.get(identity),
        )
        for identity, row in labels.items()
    }


def _searched(site: Site, reader: Reader, area: Area) -> Markup:
    """Return sentences on what was not searched, and on what was, as of when."""
    country = countries.with_labels(countries.find(reader, area.code), area)
    datasets = site.ngettext("%(n)s dataset or register", "%(n)s datasets and registers", len(all_sources(reader)))
    [row] = reader.select(_QUERIES["queries.documents"])
    return site.language.nmarkup(
        "Not searched: the full texts of the %(documents)s that Overt’s records cite. Searched: these records of %(date)s, taken "
        "from %(sources)s: %(n)s project (%(here)s in %(country)s), indexes, state programmes and agreements.",
        "Not searched: the full texts of the %(documents)s that Overt’s records cite. Searched: these records of %(date)s, taken "
        "from %(sources)s: %(n)s projects (%(here)s in %(country)s), indexes, state programmes and agreements.",
        site.all_totals.projects,
        sources=text_link(site.url("/sources"), datasets),
        documents=site.ngettext("%(n)s document", "%(n)s documents", row["documents"]),
        date=release_day(site),
        here=text_link(site.url(f"/country/{area.code}"), site.formats.number(country.projects)),
        country=area.label,
    )


def _suppliers(site: Site, reader: Reader, besides: str, area: Area) -> Suppliers:
    supplied, beside = _systems(site, reader, area.code), _other_groups(site, reader, area.code)
    named = answers.suppliers(reader, area.code, besides)
    named.sort(key=lambda row: (-len(supplied.get(row.id, ())), -row.supplied, sort_key(site.called(row))))
    first = named[:_SUPPLIERS]
    known = known_parties(site, reader, first)
    rows = []
    for row in first:
        systems = len(supplied.get(row.id, ()))
        other, groups = max(0, row.supplied - systems), beside.get(row.id, Counter())
        parts = [site.ngettext(*PARTS[group], groups[group]) for group in PARTS if groups[group]]
        rows.append(SupplierRow(row.id, *known[row.id], systems, other, parts if groups.total() == other else ()))
    distinct = {system.id for row in first for system in supplied.get(row.id, ())}
    return Suppliers(rows, len(named) - len(rows), len(distinct))


def _systems(site: Site, reader: Reader, code: str) -> dict[str, list[DocumentedProject]]:
    """Return the documented surveillance and censorship systems in a country by supplier or implementer."""
    supplied: dict[str, list[DocumentedProject]] = {}
    for system in country_systems(reader, code):
        for supplier in system.suppliers if system.is_documented and not system.scans(site.words) else ():
            supplied.setdefault(supplier.id, []).append(system)
    return supplied


def _other_groups(site: Site, reader: Reader, code: str) -> dict[str, Counter[str]]:
    """Count the documented projects in a country that each organisation supplies besides systems, by group of `PARTS`."""
    groups: dict[str, Counter[str]] = {}
    for project in country_projects(reader, code):
        group = group_of(project, site.words)
        for supplier in project.suppliers if project.is_documented and group not in ("surveillance", "censorship") else ():
            groups.setdefault(supplier.id, Counter())[group] += 1
    return groups
