"""The profile of an organisation: where it is named, with a map, what it supplies to whom, and the newest evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.maps.map_view import country_boxes, view_around
from overt.maps.projection import WIDTH, project
from overt.maps.svg_map import MapCountry, draw_map
from overt.model.engines.named_sql import load_queries
from overt.queries import organizations, projects, records
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.labels import RecordLabel
from overt.queries.rows.records import Record
from overt.site.country.documented_projects import DocumentedProject, read_systems, with_parties
from overt.site.organization.company_groups import NamedCountry, ProjectGroups, named_countries, project_groups
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_NAMED = 3
_NEWEST = 5
_WITH_SYSTEMS, _OTHER_PROJECTS, _INDEX_ONLY = 4, 2, 1
"""Shades of the map's three steps."""
_MARGIN = 160
"""Space above the Arctic, in drawing units."""
_REDUCTION = 2.4
"""Reduction of the map, which is 400 pixels wide instead of 960."""
_WORLD = (0.0, project(0, 90)[1] - _MARGIN, float(WIDTH), project(0, -57)[1])
"""The entire world but the far south, with a margin above the Arctic."""
_PART = 0.6
"""Share of the world's width above which the map shows the entire world."""


class SuppliedKind(NamedTuple):
    """A kind of project that the organisation supplies or carries out."""

    kind: str
    projects: int
    countries: Sequence[str]
    """Country codes, those with the most projects first."""
    customers: Sequence[RecordLabel]


class Naming(NamedTuple):
    """Where an organisation is named, and in which projects."""

    groups: ProjectGroups
    supplied: Sequence[DocumentedProject]
    """All projects that it supplies."""
    carried_out: Sequence[DocumentedProject]
    """Projects that it carries out, but doesn't supply."""
    places: Mapping[str, Sequence[str]]
    """The countries of these projects, by id."""
    assessments: Sequence[tuple[str, list[Record]]]
    """Assessments that name it as a supplier, by country."""
    countries: Sequence[NamedCountry]


class NewestDocument(NamedTuple):
    """A document that states the organisation's part in a project."""

    document: RecordLabel
    published: str
    publisher: str | None
    project: RecordLabel


def supplied_systems(reader: Reader, organization: str) -> tuple[list[DocumentedProject], list[DocumentedProject]]:
    """Return the projects that an organisation supplies, and the others that it carries out.

    Each has its suppliers and customers. The best documented come first.
    """
    supplied, carried_out = (
        with_parties(reader, read_systems(reader.select(_QUERIES["queries.systems"], [organization, role])))
        for role in ("supplier", "implementer")
    )
    ids = {system.id for system in supplied}
    return supplied, [system for system in carried_out if system.id not in ids]


def supplied_countries(reader: Reader, organization: str) -> dict[str, list[str]]:
    """Return the countries of each project that an organisation supplies or carries out."""
    countries: dict[str, list[str]] = {}
    for row in reader.select(_QUERIES["queries.supplied_countries"], [organization]):
        countries.setdefault(row["id"], []).append(row["country"])
    return countries


def supplied_kinds(
    site: Site, systems: Sequence[DocumentedProject], countries: Mapping[str, Sequence[str]]
) -> list[SuppliedKind]:
    """Return the kinds of these projects, without those that don't count as documented.

    Surveillance and censorship come first, then the kinds with the most projects.
    """
    by_kind: dict[str, list[DocumentedProject]] = {}
    for system in systems:
        if system.is_documented:
            for kind in system.kinds:
                by_kind.setdefault(kind, []).append(system)
    rows = []
    for kind, members in by_kind.items():
        places = Counter(code for system in members for code in countries.get(system.id, ()))
        customers = Counter(row for system in members for row in system.customers)
        rows.append(
            SuppliedKind(
                kind,
                len(members),
                sorted(places, key=lambda code: (-places[code], site.words.area(code))),
                [row for row, _ in customers.most_common(_NAMED)],
            )
        )
    order = ("surveillance", "censorship")
    return sorted(rows, key=lambda row: (site.words.layer(row.kind) not in order, -row.projects, row.kind))


def naming(site: Site, reader: Reader, organization: str) -> Naming:
    """Return where an organisation is named. Its own page and the pages about it in a country have their numbers from here."""
    entry = organizations.find(reader, organization)
    supplied, carried_out = supplied_systems(reader, organization)
    places = supplied_countries(reader, organization)
    groups = project_groups(site, supplied, entry.projects if entry else 0)
    assessments = _by_country(site, records.linked(reader, organization, "assessment"))
    counts = {row.code: row.projects for row in projects.map_countries(reader, ProjectFilter(company=(organization,)))}
    countries = named_countries(site, counts, groups.systems, places, assessments)
    return Naming(groups, supplied, carried_out, places, assessments, countries)


def _by_country(site: Site, assessments: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return assessments by country. Countries are sorted by name, and each country's assessments by year."""
    by_country: dict[str, list[Record]] = {}
    for record in sorted(assessments, key=lambda record: record.value("year") or ""):
        by_country.setdefault(record.value("country") or "", []).append(record)
    return sorted(by_country.items(), key=lambda pair: sort_key(site.words.area(pair[0]) if pair[0] else ""))


def naming_map(site: Site, rows: Sequence[NamedCountry]) -> Markup | None:
    """Draw the countries in three shades: with systems, only with other projects, and named only by an index.

    None if there are no countries, or if the front end has not been built.
    """
    if not rows or not site.shapes:
        return None
    countries = {}
    for row in rows:
        count = row.systems + row.other
        caption = site.ngettext("%(n)s project", "%(n)s projects", count) if count else site.gettext("named by an index only")
        shade = _WITH_SYSTEMS if row.systems else _OTHER_PROJECTS if count else _INDEX_ONLY
        countries[row.code] = MapCountry(count, site.words.area(row.code), site.url(f"/country/{row.code}"), shade, caption)
    box = view_around(country_boxes(site.shapes, countries), 1.6)
    if box is not None and box[2] - box[0] > _PART * WIDTH:
        box = _WORLD
    label = site.gettext("Map of the countries in which it is named")
    return draw_map(site.language, site.shapes, countries, [], [], label=label, view=box, reduction=_REDUCTION, palette="kind")


def projects_by_layer(reader: Reader, organization: str) -> dict[str, set[str]]:
    """Return an organisation's projects by layer. A project of two layers is in both."""
    projects: dict[str, set[str]] = {}
    for row in reader.select(_QUERIES["queries.layers"], [organization]):
        projects.setdefault(row["layer"], set()).add(row["id"])
    return projects


def newest_evidence(reader: Reader, organization: str) -> list[NewestDocument]:
    """Return the newest documents that state an organisation's part in a project. Undated documents are left out."""
    rows: list[dict[str, Any]] = reader.select(_QUERIES["queries.newest_evidence"], [organization, _NEWEST])
    return [
        NewestDocument(
            RecordLabel(row["id"], row["label"], row["label_lang"], row["label_zh"]),
            row["published"],
            row["publisher"],
            RecordLabel(row["project"], row["project_label"], row["project_lang"], row["project_zh"]),
        )
        for row in rows
    ]
