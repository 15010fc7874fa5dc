"""The contents of a country's page, read once for the page, its print version and its chart files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from overt.charts import Chart
from overt.maps.map_view import country_boxes, mark_cell, place_boxes, view_around
from overt.maps.svg_map import MapCountry, draw_map
from overt.queries import agreements as agreement_queries
from overt.queries import countries, facets, participations, projects, records, regions
from overt.queries.blocking import domain_labels
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.labels import Area, Term
from overt.queries.maps.map_marks import Test, map_marks, map_places
from overt.queries.rows.countries import Country, YearlyCommitments
from overt.queries.rows.records import Record
from overt.queries.sources import all_sources
from overt.site import measurement_sections
from overt.site.country import blocked as country_blocked
from overt.site.country import cables as country_cables
from overt.site.country import dependence as country_dependence
from overt.site.country import events as country_events
from overt.site.country import supplier_roles
from overt.site.country.charts import UnitCommitments, by_layer, indices, money, small_lines
from overt.site.country.event_list import timeline_parts
from overt.site.country.timeline import country_timeline
from overt.site.law_texts import split_laws
from overt.site.participation_rows import country_participation
from overt.site.series_texts import HEADLINE_SERIES, Indicator, indicator, scale_words, value_changes
from overt.site.site import Site

MOST_TICKS = 200
"""Maximum number of restrictions in the timeline; the latest ones are shown."""
RESTRICTIONS = 8
"""Maximum number of restrictions on the page."""
BLOCKED = 6
"""Maximum number of platforms in the table of measured blocking."""
LISTED = 10
"""Maximum number of projects on the page; the rest are one click away."""
_LEADING = 3
_POINTS = 1_000
"""Maximum number of points that determine the extent of the map, besides the country's outline."""
_FINANCIERS = 8
Indicators = list[tuple[Term, list[Indicator]]]
"""Series with their values by year."""


def country_page(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return everything that the templates of a country need."""
    code, facts = area.code, country_facts(site, reader, area)
    selection = ProjectFilter(country=(code,))
    projects_of = facts.pop("projects_of")
    named = [*facts["assessments"], *facts["agreements"], *facts["restrictions"], *facts["programmes"]]
    return {
        **facts,
        "map": _map(site, reader, code, selection),
        "projects": projects.page(reader, selection, size=LISTED),
        "financiers": countries.financiers(reader, code, _FINANCIERS),
        "sources": _sources(reader, projects_of, named, facts["indicators"], participations.country_sources(reader, code)),
        "unknown": _unknown(reader, code),
        "unnamed": countries.unnamed(reader, [code]),
        "regions": [site.words.regions[region] for region in dict.fromkeys(_regions(reader, code))],
        "depends": country_dependence.dependence_parts(site, reader, code),
        "blocked": country_blocked.country_blocking(site, reader, code),
        "tested": {
            "categories": domain_labels.categories(reader, code),
            "lists": domain_labels.country_lists(reader, code),
        },
        "single": measurement_sections.country_measurements(site, reader, code),
        "split": split_laws(site, facts["agreements"]),
        "topics": agreement_queries.provision_topics(reader),
        **country_participation(site, reader, code),
        **_newest_events(site, reader, area),
    }


def _regions(reader: Reader, code: str) -> list[str]:
    """Return the ids of the regions that a country belongs to on the release's day."""
    return [row.region for row in regions.of_area(reader, code) if row.current]


def _newest_events(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return the newest events for the country's page, without the keys that only the full list needs."""
    when = country_events.country_events(site, reader, area.code)
    parts = timeline_parts(site, area, when, country_events.describe_events(site, reader, when.dated[: country_events.FIRST]))
    del parts["country"]
    return {**parts, "of": None, "events_listed": country_events.FIRST}


def country_facts(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return the facts of a country, and its charts under `charts` in the order of the page."""
    code = area.code
    counts = countries.with_labels(countries.find(reader, code), area)
    selection = ProjectFilter(country=(code,))
    sources = countries.sources(reader, code)
    layers, parts, cables = countries.layers(reader, code), countries.parts(reader, code), countries.cables(reader, code)
    promised = _money(countries.money(reader, code))
    total = next(({"unit": unit, "amount": sums.amount} for unit, sums in promised if unit and sums.stated), None)
    agreements = records.linked(reader, code, "agreement", "party-country")
    programmes = records.linked(reader, code, "programme", "country")
    restrictions = countries.restrictions(reader, code, MOST_TICKS)
    assessments = sorted(records.linked(reader, code, "assessment", "country"), key=_year, reverse=True)
    indicators = country_indicators(site, reader, code)
    spans = countries.spans(reader, code)
    years = [year for year, _ in projects.by_year(reader, selection)]
    dated_sources = countries.chart_sources(reader, code)
    timeline_sources = sorted(dated_sources["dates"] | _shown_sources([*agreements, *restrictions]))
    drawn: dict[str, Any] = {
        "timeline": country_timeline(site, counts, spans, agreements, restrictions, timeline_sources),
        "layer_years": by_layer(site, reader, counts, sorted(dated_sources["layers"] | dated_sources["dates"])),
        "supplier_shares": supplier_roles.suppliers(
            site, counts, layers, parts, sorted(dated_sources["layers"] | dated_sources["suppliers"])
        ),
        "cable_shares": country_cables.suppliers(site, counts, cables, _cable_sources(reader, selection, sources)),
        "money": money(site, reader, counts, promised),
        "indices": indices(site, counts, indicators),
    }
    rows = supplier_roles.by_layer(site, layers, parts)
    programme_layers = _programme_layers(site, programmes)
    beside = {**programme_layers, "finance": promised, "agreements": agreements}
    beside["censorship"] = [*restrictions, *programme_layers["censorship"]]
    return {
        **drawn,
        "country": counts,
        "charts": [chart for drawing in drawn.values() for chart in (drawing if isinstance(drawing, list) else [drawing])],
        "strip": _strip(site, {layer: row.projects for layer, row in layers.items()}, counts, programme_layers, total),
        "first_year": years[0] if years else None,
        "last_year": years[-1] if years else None,
        "leading": countries.organizations(reader, code, _LEADING),
        "layers": rows,
        "part_columns": supplier_roles.part_columns(site, rows),
        "cables": cables,
        "cables_listed": country_cables.LISTED,
        "dependence": country_cables.dependence(cables),
        "shared": sum(sums.shared for _, sums in promised),
        "money_total": total,
        "assessments": assessments,
        "agreements": agreements,
        "programmes": sorted(programmes, key=lambda programme: (programme.value("start") or "9", programme.id)),
        "restrictions": restrictions,
        "restrictions_listed": RESTRICTIONS,
        "blocked_listed": BLOCKED,
        "indicators": indicators,
        "headlines": _headlines(indicators),
        "scales": {term.id: scale_words(str(site.language.translated(term.definition))) for term, _ in _headlines(indicators)},
        "small_lines": small_lines(indicators),
        "turns": value_changes,
        "projects_of": sources,
        "empty_layers": [row.label for row in site.words.layers if row.id not in layers and not beside.get(row.id)],
    }


def country_charts(site: Site, reader: Reader, area: Area) -> list[Chart]:
    """Return the charts of a country in the order of its page."""
    charts: list[Chart] = country_facts(site, reader, area)["charts"]
    return charts


def _year(record: Record) -> str:
    return record.value("year") or ""


def _unknown(reader: Reader, code: str) -> dict[str, int]:
    counts = countries.unknown(reader, code)
    return {name: getattr(counts, column) or 0 for name, column in countries.LACKING.items()}


def _headlines(indicators: Indicators) -> list[tuple[Term, Indicator]]:
    newest = {term.id: (term, values[-1]) for term, values in indicators}
    return [newest[name] for name in HEADLINE_SERIES if name in newest]


def _cable_sources(reader: Reader, selection: ProjectFilter, sources: Iterable[str]) -> list[str]:
    """Return which of a country's sources record its cables."""
    telling = facets.counts(reader, replace(selection, kind=("submarine-cable",)))["source"]
    return [source for source in sources if source in telling]


def _shown_sources(linked_records: Iterable[Record]) -> set[str]:
    """Return the sources of the values that are shown for these records."""
    return {fact.source for record in linked_records for facts in record.facts.values() for fact in facts if fact.source}


def _sources(
    reader: Reader,
    projects_of: dict[str, int],
    linked_records: Sequence[Record],
    indicators: Indicators,
    more_sources: Iterable[str],
) -> list[dict[str, Any]]:
    """Return every source of the page, with the number of its projects and the date of its retrieval."""
    named = _shown_sources(linked_records) | {
        value.fact.source for _, values in indicators for value in values if value.fact.source
    }
    named.update(more_sources)
    about = {source.source: source for source in all_sources(reader)}
    return [
        {"source": slug, "projects": projects_of.get(slug, 0), "retrieved": about[slug].retrieved if slug in about else None}
        for slug in sorted(named | set(projects_of), key=lambda slug: (-projects_of.get(slug, 0), slug))
    ]


def _programme_layers(site: Site, programmes: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the programmes of a state by layer; a programme of two layers is in both."""
    kinds, layers = site.words.terms["programme-kinds"], defaultdict[str, list[Record]](list)
    for programme in programmes:
        for layer in {kinds[fact.value].layer for fact in programme.shown("kind")} - {None}:
            layers[str(layer)].append(programme)
    return layers


def _strip(
    site: Site,
    layers: dict[str, int],
    counts: Country,
    programmes: Mapping[str, Sequence[Record]],
    total: dict[str, Any] | None,
) -> dict[str, dict[str, str]]:
    """Return the text and link for each layer. Finance shows amounts; agreements and restrictions are counted beside the
    projects, and where there are no projects of surveillance, programmes of the state in their place.
    """
    strip, page = {}, site.url(f"/country/{counts.code}")
    beside = {"agreements": ("agreements", counts.agreements), "censorship": ("restrictions", counts.restrictions)}
    if not layers.get("surveillance"):
        beside["surveillance"] = ("programmes", len(programmes["surveillance"]))
    for layer in (row.id for row in site.words.layers):
        anchor, more = beside.get(layer, ("", 0))
        count = layers.get(layer, 0) + more
        text = site.formats.number(count) if count else ""
        target = f"{page}#{anchor}" if more else site.address("/explorer", [("country", counts.code), ("layer", layer)])
        if layer == "finance" and total:
            text, target = site.formats.money_short(total["amount"], total["unit"]), f"{page}#money"
        strip[layer] = {"text": text, "address": target}
    return strip


def _money(rows: list[YearlyCommitments]) -> list[tuple[str, UnitCommitments]]:
    by_unit: dict[str, list[YearlyCommitments]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit or ""].append(row)
    sums_by_unit = []
    for unit, unit_rows in by_unit.items():
        sums = UnitCommitments(
            sum(row.commitments for row in unit_rows),
            sum(row.stated for row in unit_rows),
            sum(row.amount for row in unit_rows),
            sum(row.cancelled for row in unit_rows),
            sum(row.shared for row in unit_rows),
            unit_rows,
            max(row.amount for row in unit_rows),
        )
        sums_by_unit.append((unit, sums))
    return sorted(sums_by_unit, key=lambda entry: (not entry[0], -entry[1].amount))


def _map(site: Site, reader: Reader, code: str, selection: ProjectFilter) -> Any:
    """Draw the country with its projects and routes; None if nothing has a place."""
    here: Test = ("s.country = ?", [code])
    outline = country_boxes(site.shapes, [code])
    routes = map_places(reader, selection, "route")
    box = view_around([*outline, *place_boxes(map_places(reader, selection, "point", here)[:_POINTS])])
    marks = map_marks(reader, selection, mark_cell(box), here)
    if box is None or not outline or not (marks or routes):
        return None
    shaded = {code: MapCountry(1, site.words.area(code), None)}
    more = site.address("/explorer", selection.items())
    label, layers = site.gettext("Map"), site.layer_names
    return draw_map(site.language, site.shapes, shaded, routes, marks, label=label, more=more, view=box, layers=layers)


def country_indicators(site: Site, reader: Reader, code: str) -> Indicators:
    """Return every series of a country with its values, in the order of the vocabulary."""
    return _series(site, records.linked(reader, code, "indicator", "country", limit=3_000))


def _series(site: Site, indicator_records: list[Record]) -> Indicators:
    by_series: dict[str, list[Indicator]] = defaultdict(list)
    for record in indicator_records:
        if value := indicator(site, record):
            by_series[record.value("series") or ""].append(value)
    terms = site.words.terms["series"]
    return [(term, sorted(by_series[name], key=lambda value: value.year)) for name, term in terms.items() if name in by_series]
