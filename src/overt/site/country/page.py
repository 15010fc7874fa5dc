"""The page of a country, its print version, the pages of its sections, and its charts as files."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.charts.chart import Chart, Drawing
from overt.queries import countries
from overt.queries.blocking import domain_categories_and_services, measurements
from overt.queries.database import Reader, json_array
from overt.queries.labels import Area
from overt.site.as_of.subject_state import country_state
from overt.site.chart_files import chart_file
from overt.site.country.briefing_map import briefing_map, crowd_words
from overt.site.country.charts import small_lines
from overt.site.country.country_print_and_charts_context import (
    country_charts,
    country_facts,
    country_page,
    country_regions,
    programme_layers,
    project_counts,
)
from overt.site.country.first_sentences import opening
from overt.site.country.layer_strip import counted_by_tile, tiles
from overt.site.country.main_page_context import briefing
from overt.site.country.missing_project_information_messages import LACKING
from overt.site.country.project_totals_by_kind_and_purpose import (
    newest_document,
    project_totals,
    systems_on_world_map,
    total_sentence,
)
from overt.site.country.section_context import HEADINGS, section
from overt.site.country.system_table import SYSTEM_KINDS, in_table, listed_first, system_rows
from overt.site.country.tabs import SECTIONS, country_tabs
from overt.site.layer_count_tiles import in_several_tiles
from overt.site.missing_merged_and_withdrawn_pages import country_or_404, moved
from overt.site.page_declaration import Page, PageCharts
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.site import Site
from overt.site.subset_notices import country_subset_notice

_MAX_NAME_LENGTH = 100


def routes(site: Site) -> APIRouter:
    """Return the routes of `/country/…`, its print version, its sections (SECTIONS) and its charts."""
    router = APIRouter(include_in_schema=False)

    @router.get("/country/{code}")
    def country(request: Request, code: str) -> Response:
        return respond(request, code, "country/template.html")

    @router.get("/country/{code}/print")
    def printed(request: Request, code: str) -> Response:
        return respond(request, code, "country/print.html")

    for name in SECTIONS:
        router.add_api_route(f"/country/{{code}}/{name}", section_route(site, name), methods=["GET"])

    def respond(request: Request, code: str, template: str) -> Response:
        if code != code.upper() and code.upper() in site.words.areas:
            return moved(site.url(f"/country/{code.upper()}"))
        names = site.words.country_names
        if code not in site.words.areas and names and len(meant := names.candidates(code[:_MAX_NAME_LENGTH])) == 1:
            return moved(site.url(f"/country/{meant[0]}"))
        area = country_or_404(site, code)
        if as_of := site.query(request).as_of():
            with site.database.lease() as reader:
                parts = country_state(site, reader, area, as_of)
            crumbs, pairs = [("/countries", site.gettext("Countries"))], [("country", code)]
            return site.page(
                "as_of/template.html", request=request, section="/countries", heading=area.label, crumbs=crumbs, filter=pairs,
                organization=False, **parts,
            )  # fmt: skip
        with site.database.lease() as reader:
            parts = main_page(site, reader, area)
            if template == "country/print.html":
                parts |= country_page(site, reader, area)
                parts["gaps"] = [(name, site.ngettext(*LACKING[name], n)) for name, n in parts.pop("unknown").items() if n]
            apart = country_subset_notice(site, code)
            return site.page(template, request=request, section="/countries", apart=apart, **parts)

    @router.get("/country/{code}/charts/{file}")
    def chart(code: str, file: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            country_chart_list = country_charts(site, reader, area)
        return chart_file(site, country_chart_list, file, f"country/{code}")

    return router


def section_route(site: Site, name: str) -> Callable[[Request, str], Response]:
    """Return the function that handles requests for the section `name` of a country, such as `/country/KE/money`."""

    def respond(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            tabs = country_tabs(site, reader, code)
            heading = site.gettext(HEADINGS[name], country=area.label)
            return site.page(
                f"country/sections/{name}.html",
                request=request,
                section="/countries",
                section_name=name,
                country=area,
                heading=heading,
                tabs=tabs,
                tab_label=next((tab.label for tab in tabs if tab.name == name), heading),
                apart=country_subset_notice(site, code),
                **section(site, reader, area, name),
            )

    return respond


def main_page(site: Site, reader: Reader, area: Area) -> dict[str, Any]:
    """Return the context for the briefing's template."""
    brief = briefing(site, reader, area)
    layers = programme_layers(site, brief.programmes)
    counts = project_counts(reader, area.code)
    systems = in_table(site, brief.systems)
    totals = project_totals(site, reader, area.code)
    drawing = briefing_map(site, reader, area.code)
    return {
        "brief": brief,
        "headlines": opening(site, area.code, brief.systems, brief.gravest, brief.split.laws),
        "project_total": total_sentence(site, area.code, totals),
        "on_world_map": systems_on_world_map(site, area.code, totals),
        "newest_document": newest_document(reader, area.code),
        "country": brief.country,
        "systems": system_rows(site, reader, listed_first(systems), area.code),
        "all_systems": len(systems),
        "all_systems_address": site.explorer([("country", area.code), *SYSTEM_KINDS]),
        "tiles": tiles(site, reader, brief, counts, layers),
        "in_several_groups": in_several_tiles(counted_by_tile(site, reader, brief)),
        "map": drawing,
        "drawn_layers": drawing.layers if drawing else (),
        "crowd_words": partial(crowd_words, site),
        "tabs": country_tabs(site, reader, area.code),
        "regions": country_regions(site, reader, area.code),
        "evidence": partial(evidence_mark, site),
    }


def charts(site: Site) -> Iterator[Chart | Drawing]:
    """Yield all charts and sparklines of countries, for drawing in advance."""
    with site.database.lease() as reader:
        codes = [row.code for row in countries.all_countries(reader)]
    for code in codes:
        with site.database.lease() as reader:
            facts = country_facts(site, reader, site.words.areas[code])
        yield from facts["charts"]
        yield from filter(None, small_lines(facts["indicators"]).values())


def recorded_codes(reader: Reader) -> list[str]:
    """Return the codes of countries with any record."""
    return [row.code for row in countries.all_countries(reader)]


def linked_codes(site: Site, reader: Reader) -> list[str]:
    """Return the codes of countries and areas that any page mentions, and of the areas that contain them."""
    types = site.schema.types.values()
    properties = sorted({prop.name for kind in types for prop in kind.properties.values() if prop.type == "area"})
    codes = {*recorded_codes(reader), *measurements.countries(reader), *domain_categories_and_services.countries(reader)}
    codes |= {row["value"] for row in reader.rows("static_edition.areas", [json_array(properties)])}
    codes |= {area.part_of for code in codes if (area := site.words.areas.get(code)) and area.part_of}
    return sorted(codes & site.words.areas.keys())


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/country/{code}" for code in recorded_codes(reader))


def _with_sections(site: Site, reader: Reader) -> Iterator[str]:
    for code in recorded_codes(reader):
        yield f"/country/{code}"
        yield from (f"/country/{code}/{tab.name}" for tab in country_tabs(site, reader, code) if tab.name in SECTIONS)


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    """Yield the linked pages of countries without records, and the print versions of all other countries."""
    with_records = recorded_codes(reader)
    for code in linked_codes(site, reader):
        if code not in with_records:
            yield f"/country/{code}"
            yield f"/country/{code}/unknown"
            yield f"/country/{code}/restrictions"
    yield from (f"/country/{code}/print" for code in with_records)


def _charts_of(site: Site, reader: Reader, page: str) -> Sequence[Chart]:
    return country_charts(site, reader, site.words.areas[page.rpartition("/")[2]])


PAGE = Page(
    routes,
    addresses=_with_sections,
    variants=_variants,
    charts=PageCharts("/country/", _addresses, _charts_of),
    ahead=_addresses,
    drawn_ahead=charts,
)
