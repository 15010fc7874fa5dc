"""The contents of an organisation's page: owners, projects, clients, money, lists and timeline."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError

from overt.charts import Chart, Event, Series, layer_tone
from overt.maps.map_view import country_boxes, view_around
from overt.maps.projection import WIDTH
from overt.maps.svg_map import MapCountry, draw_map
from overt.model.values.phase import Phase
from overt.queries import organizations, projects, records
from overt.queries.chinese_texts import sort_key
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.organizations import CountryCount, RoleCount
from overt.queries.rows.records import Record
from overt.site.organization.ownership import owners, ownership
from overt.site.organization.phase_sections import PRESENT, UNCLEAR, in_phase, phase_sections, release_day
from overt.site.participation_rows import participation_rows
from overt.site.project.project_parts import group_alike
from overt.site.project_timeline import page_timeline, project_spans
from overt.site.site import Site

LISTED = 20
"""Maximum number of projects on the page; the rest are one click away."""
MOST = 12
"""Number of rows of clients or financiers that are visible before the reader expands the list."""
_PART = 0.6
"""Share of the world's width above which the map shows the entire world."""


def organization_parts(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    """Return what the template of an organisation needs in addition to what every record has."""
    heading = site.language.localized(vars(record), "label")
    facts = [fact for name in ("name", "alias") for fact in record.shown(name) if fact.value != heading]
    # A name that one source has as the official name and another as an alias counts as official.
    names = {fact.value: fact for fact in reversed(facts)}
    names = {value: names[value] for value in dict.fromkeys(fact.value for fact in facts)}
    listed = organizations.find(reader, record.id) or {"projects": 0, "countries": 0, "listings": 0}
    relations = records.linked(reader, record.id, "relation")
    listings = records.linked(reader, record.id, "listing")
    listings.sort(key=lambda listing: (listing.value("start") or "", listing.id))
    return {
        "names": [(fact, _language(site, fact.lang)) for fact in names.values()],
        "listed": listed,
        "relations": [(heading, group_alike(rows, _related)) for heading, rows in phase_sections(site, relations)],
        "owners": owners(relations, record.id),
        "day": release_day(site),
        "ownership": ownership(site, reader, record, relations),
        "listings": phase_sections(site, listings),
        **_lists(listings),
        "agreements": records.linked(reader, record.id, "agreement"),
        "assessments": _by_country(site, records.linked(reader, record.id, "assessment")),
        "participations": participation_rows(site, records.linked(reader, record.id, "participation", "organization")),
        "participants": participation_rows(site, records.linked(reader, record.id, "participation", "body")),
        "reported": sorted(records.linked(reader, record.id, "reported_figure"), key=_largest_first),
        "kinds": organizations.kinds(reader, record.id),
        **_parts(site, organizations.parts(reader, record.id)),
        **_spread(site, organizations.spread(reader, record.id)),
        "projects": projects.page(reader, ProjectFilter(company=(record.id,)), size=LISTED),
        "clients": organizations.clients(reader, record.id),
        "financiers": organizations.financiers(reader, record.id),
        "most": MOST,
        "money": organizations.money(reader, record.id),
        "timeline": _timeline(site, reader, record, listings),
        "map": _map(site, reader, record),
    }


def organization_charts(site: Site, reader: Reader, record: Record) -> list[Chart]:
    """Return the charts of an organisation in the order of its page. In files, the titles name the organisation."""
    relations = records.linked(reader, record.id, "relation")
    listings = records.linked(reader, record.id, "listing")
    name = site.called(record)
    charts = [ownership(site, reader, record, relations), _timeline(site, reader, record, listings)]
    return [replace(chart, text=replace(chart.text, title=f"{chart.text.title}: {name}")) for chart in charts]


def _largest_first(figure: Record) -> tuple[Decimal, str]:
    return -Decimal(figure.value("value") or 0), figure.id


def _lists(listings: Sequence[Record]) -> dict[str, int]:
    """Count the lists on which an organisation is, may be, and was; each list counts once, in the first group that applies."""
    counted: set[str | None] = set()
    counts = {}
    for name, phases in (("lists", PRESENT), ("unclear_lists", UNCLEAR), ("former_lists", (Phase.ENDED,))):
        new = {listing.value("list") for listing in in_phase(listings, phases)} - counted
        counts[name] = len(new)
        counted |= new
    return counts


def _related(relation: Record) -> Hashable:
    """Return the content of a relation, for recognising equal relations of several sources."""
    return tuple(relation.value(name) for name in ("from", "kind", "to", "share", "start", "end"))


def _by_country(site: Site, assessments: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return assessments by country; countries are sorted by name, and the assessments of a country by year."""
    by_country: dict[str, list[Record]] = {}
    for record in sorted(assessments, key=lambda record: record.value("year") or ""):
        by_country.setdefault(record.value("country") or "", []).append(record)
    return sorted(by_country.items(), key=lambda pair: sort_key(site.words.area(pair[0]) if pair[0] else ""))


def _language(site: Site, tag: str | None) -> str:
    """Return the language of a name in words; empty if it is unknown or the page's own language."""
    if not tag or tag.partition("-")[0] == site.language.code:
        return ""
    try:
        return Locale.parse(tag, sep="-").get_language_name(site.language.locale) or ""
    except (UnknownLocaleError, ValueError):
        return ""


def _parts(site: Site, rows: Sequence[RoleCount]) -> dict[str, Any]:
    """Count projects by layer and role. For unknown kinds, the layer is an empty text."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.layer, Counter())[row.role] += row.projects
    layers = [*(row.id for row in site.words.layers), ""]
    roles = {role for counted in counts.values() for role in counted}
    return {
        "parts": sorted(counts.items(), key=lambda pair: layers.index(pair[0])),
        "part_roles": [role for role in site.words.terms["roles"] if role in roles],
    }


def _spread(site: Site, rows: Sequence[CountryCount]) -> dict[str, Any]:
    """Count projects by country and layer; countries with the most projects come first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.country, Counter())[row.layer] += row.projects
    layers = {layer for counted in counts.values() for layer in counted}
    return {
        "spread": sorted(counts.items(), key=lambda pair: (-sum(pair[1].values()), site.words.area(pair[0]))),
        "spread_layers": [layer for layer in (*(row.id for row in site.words.layers), "") if layer in layers],
    }


def _timeline(site: Site, reader: Reader, record: Record, listings: Sequence[Record]) -> Chart:
    """Draw an organisation's projects as bars, and below them the dates of official lists that name it as ticks."""
    spans = project_spans(site, organizations.spans(reader, record.id))
    events = [
        Event(
            site.words.term("lists", listing.value("list") or ""),
            listing.value("start") or "",
            site.record_url("listing", listing.id),
        )
        for listing in listings
    ]
    named = {fact.source for listing in listings for fact in listing.shown("list") if fact.source}
    return page_timeline(
        site,
        site.gettext("What happened when"),
        site.gettext(
            "A row for each layer, a bar for each project from its agreement to its use; when official lists named it below."
        ),
        dict.fromkeys([*organizations.sources(reader, record.id), *sorted(named)]),
        spans,
        events,
        Series("lists", site.gettext("Official lists"), layer_tone("agreements"), "§"),
    )


def _map(site: Site, reader: Reader, record: Record) -> Any:
    """Draw the countries of an organisation's projects, shaded by number. If all of them are in one part of the world, only that
    part is shown.
    """
    counted = projects.map_countries(reader, ProjectFilter(company=(record.id,)))
    if not counted or not site.shapes:
        return None
    countries = {
        row.code: MapCountry(row.projects, site.words.area(row.code), site.url(f"/country/{row.code}")) for row in counted
    }
    box = view_around(country_boxes(site.shapes, countries))
    if box is not None and box[2] - box[0] > _PART * WIDTH:
        box = None
    label = site.gettext("Map of its projects by country")
    return draw_map(site.language, site.shapes, countries, [], [], label=label, breaks=site.breaks, view=box)
