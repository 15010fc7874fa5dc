"""The content of a country's print version, chart files and pages, apart from the briefing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from overt.charts import Chart
from overt.maps.map_view import country_boxes, mark_cell, place_boxes, view_around
from overt.maps.svg_map import MapCountry, draw_map
from overt.queries import countries, facets, records, regions, standards_participation
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.labels import Area, Region, Term
from overt.queries.maps.map_marks import Test, map_marks, map_places
from overt.queries.rows.countries import YearlyCommitments
from overt.queries.rows.records import Record
from overt.queries.sources import all_sources
from overt.site.country import cables_by_supplier as country_cables
from overt.site.country import participants_by_layer
from overt.site.country.charts import UnitCommitments, by_layer, indices, money
from overt.site.country.projects_with_details import country_scanners
from overt.site.country.timeline.country_timelines import country_timeline
from overt.site.series_values_in_words import Indicator, indicator
from overt.site.site import Site

MAX_TICKS = 200
"""Maximum number of restrictions in the timeline. The latest ones are shown."""
_POINTS = 1_000
"""Maximum number of points that determine the extent of the map, in addition to the country's outline."""
Indicators = list[tuple[Term, list[Indicator]]]
"""Series with their values by year."""


def country_page(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return the content that the print version adds to the briefing. The page on gaps uses parts of it."""
    code, facts = area.code, country_facts(site, reader, area)
    projects_of = facts.pop("projects_of")
    named = [*facts["assessments"], *facts["agreements"], *facts["restrictions"], *facts["programmes"]]
    return {
        **facts,
        "map": _map(site, reader, code, ProjectFilter(country=(code,))),
        "sources": _sources(
            reader, projects_of, named, facts["indicators"], standards_participation.country_sources(reader, code)
        ),
        "unknown": _unknown(reader, code),
        "unnamed": countries.unnamed(reader, [code]),
    }


def country_regions(site: Site, reader: Reader, code: str) -> list[Region]:
    """Return the regions that a country belongs to on the release's day."""
    return [
        site.words.regions[name]
        for name in dict.fromkeys(row.region for row in regions.area_memberships(reader, code) if row.current)
    ]


def project_counts(reader: Reader, code: str) -> dict[str, int]:
    """Count a country's projects by layer."""
    return {layer: row.projects for layer, row in countries.layers(reader, code).items()}


def country_facts(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return a country's counts, records and charts for its pages. `charts` has all charts in the order of the page."""
    code = area.code
    counts = countries.with_labels(countries.find(reader, code), area)
    selection = ProjectFilter(country=(code,))
    sources = countries.sources(reader, code)
    layers, parts, cables = countries.layers(reader, code), countries.parts(reader, code), countries.cables(reader, code)
    promised = money_by_unit(countries.money(reader, code))
    total = next(({"unit": unit, "amount": sums.amount} for unit, sums in promised if unit and sums.stated), None)
    agreements = records.linked(reader, code, "agreement", "party-country")
    programmes = records.linked(reader, code, "programme", "country")
    restrictions = countries.restrictions(reader, code, MAX_TICKS)
    assessments = sorted(records.linked(reader, code, "assessment", "country"), key=_year, reverse=True)
    indicators = country_indicators(site, reader, code)
    spans = countries.spans(reader, code)
    scanners = country_scanners(reader, code, site.words)
    dated_sources = countries.chart_sources(reader, code)
    timeline_sources = sorted(dated_sources["dates"] | _shown_sources([*agreements, *restrictions]))
    drawn: dict[str, Any] = {
        "timeline": country_timeline(site, counts, spans, agreements, restrictions, timeline_sources, scanners),
        "layer_years": by_layer(site, reader, counts, sorted(dated_sources["layers"] | dated_sources["dates"])),
        "supplier_shares": participants_by_layer.suppliers(
            site, counts, layers, parts, sorted(dated_sources["layers"] | dated_sources["suppliers"])
        ),
        "cable_shares": country_cables.suppliers(site, counts, cables, _cable_sources(reader, selection, sources)),
        "money": money(site, reader, counts, promised),
        "indices": indices(site, counts, indicators),
    }
    rows = participants_by_layer.by_layer(site, layers, parts)
    state_layers = programme_layers(site, programmes)
    beside = {**state_layers, "finance": promised, "agreements": agreements}
    beside["censorship"] = [*restrictions, *state_layers["censorship"]]
    return {
        **drawn,
        "country": counts,
        "charts": [chart for drawing in drawn.values() for chart in (drawing if isinstance(drawing, list) else [drawing])],
        "layers": rows,
        "part_columns": participants_by_layer.part_columns(site, rows),
        "cables": cables,
        "dependence": country_cables.dependence(cables),
        "shared": sum(sums.shared for _, sums in promised),
        "money_total": total,
        "assessments": assessments,
        "agreements": agreements,
        "programmes": sorted(programmes, key=lambda programme: (programme.value("start") or "9", programme.id)),
        "restrictions": restrictions,
        "scanners": len(scanners),
        "indicators": indicators,
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


def _cable_sources(reader: Reader, selection: ProjectFilter, sources: Iterable[str]) -> list[str]:
    """Return those of `sources` that record a submarine cable among the selected projects."""
    telling = facets.counts(reader, replace(selection, kind=("submarine-cable",)))["source"]
    return [source for source in sources if source in telling]


def _shown_sources(linked_records: Iterable[Record]) -> set[str]:
    """Return the sources of all values of these records, including values that aren't shown."""
    return {fact.source for record in linked_records for facts in record.facts.values() for fact in facts if fact.source}


def _sources(
    reader: Reader,
    projects_of: dict[str, int],
    linked_records: Sequence[Record],
    indicators: Indicators,
    more_sources: Iterable[str],
) -> list[dict[str, Any]]:
    """Return every source of the page, with its number of projects and its date of retrieval."""
    named = _shown_sources(linked_records) | {
        value.fact.source for _, values in indicators for value in values if value.fact.source
    }
    named.update(more_sources)
    about = {source.source: source for source in all_sources(reader)}
    return [
        {"source": slug, "projects": projects_of.get(slug, 0), "retrieved": about[slug].retrieved if slug in about else None}
        for slug in sorted(named | set(projects_of), key=lambda slug: (-projects_of.get(slug, 0), slug))
    ]


def programme_layers(site: Site, programmes: Sequence[Record]) -> dict[str, list[Record]]:
    """Return state programmes by layer. A programme with two layers is in both."""
    kinds, layers = site.words.terms["programme-kinds"], defaultdict[str, list[Record]](list)
    for programme in programmes:
        for layer in {kinds[fact.value].layer for fact in programme.shown("kind")} - {None}:
            layers[str(layer)].append(programme)
    return layers


def money_by_unit(rows: list[YearlyCommitments]) -> list[tuple[str, UnitCommitments]]:
    """Return the commitments by unit: constant US dollars first, then current ones, then other currencies.

    Currencies with more stated amounts come first. Commitments without a unit come last. Sums in different units aren't
    compared.
    """
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
    return sorted(
        sums_by_unit,
        key=lambda entry: (not entry[0], not entry[0].startswith("USD@"), entry[0] != "USD", -entry[1].stated, entry[0]),
    )


def _map(site: Site, reader: Reader, code: str, selection: ProjectFilter) -> Any:
    """Draw the country with its projects and routes; None if it has no outline, or if nothing has a place."""
    here: Test = ("s.country = ?", [code])
    outline = country_boxes(site.shapes, [code])
    routes = map_places(reader, selection, "route")
    box = view_around([*outline, *place_boxes(map_places(reader, selection, "point", here)[:_POINTS])])
    marks = map_marks(reader, selection, mark_cell(box), here)
    if box is None or not outline or not (marks or routes):
        return None
    shaded = {code: MapCountry(1, site.words.area(code), None)}
    more = site.explorer(selection.items())
    label, layers = site.gettext("Map"), site.layer_names
    return draw_map(site.language, site.shapes, shaded, routes, marks, label=label, more=more, view=box, layers=layers)


def country_indicators(site: Site, reader: Reader, code: str) -> Indicators:
    """Return the series of a country with their values, at most 3,000 in all, in the order of the vocabulary."""
    return _series(site, records.linked(reader, code, "indicator", "country", limit=3_000))


def _series(site: Site, indicator_records: list[Record]) -> Indicators:
    by_series: dict[str, list[Indicator]] = defaultdict(list)
    for record in indicator_records:
        if value := indicator(site, record):
            by_series[record.value("series") or ""].append(value)
    terms = site.words.terms["series"]
    return [(term, sorted(by_series[name], key=lambda value: value.year)) for name, term in terms.items() if name in by_series]
