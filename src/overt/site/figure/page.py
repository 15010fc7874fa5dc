"""The page of a figure, with its charts and its rows as files."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.charts import Chart
from overt.language.label_order import sort_key
from overt.queries import changes_between_releases, figures, sources
from overt.queries.address_parameters import BadQuery
from overt.queries.database import Reader
from overt.queries.figures import CitedDocuments, Figure, FigureRow
from overt.site import history_texts
from overt.site.as_of.figure_as_of import figure_as_of
from overt.site.as_of.unsupported_as_of import REFUSED
from overt.site.chart_files import chart_file
from overt.site.citations_and_linked_data.citation_box import citation_box, cite_figure
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.figure import figure_row_files
from overt.site.figure.answer_and_robustness_texts import answer_text, firmness, full_value
from overt.site.figure.at_release import figure_at
from overt.site.figure.breakdown_labels import group_name
from overt.site.figure.charts_by_calendar_year import FIRST_DATES, IN_PLACE, year_charts
from overt.site.figure.extra_rows_note import more_rows_than_counted
from overt.site.figure.figure_map import countries_by_label, country_map
from overt.site.figure.figure_over_other_index_editions import other_editions
from overt.site.figure.group_charts import group_cell, group_charts
from overt.site.figure.main_chart_choice import arrange_charts
from overt.site.figure.record_links_in_row_cells import linked_cells
from overt.site.figure.region_values import region_lines
from overt.site.figure.reported_total_difference_parts import difference_parts
from overt.site.figure.reported_total_independence import data_makers
from overt.site.figure.reported_total_texts import repeated_counts, statements
from overt.site.figure.sensitivity_texts import sensitivity_lines
from overt.site.figure.supplier_countries_and_state_programmes import programmes_apart, supplier_countries
from overt.site.figure.years_counted import years_counted
from overt.site.figure_texts import figure_sources, with_words, writer
from overt.site.missing_merged_and_withdrawn_pages import figure_or_404
from overt.site.page_declaration import File, Page, PageCharts, numbered
from overt.site.picked_countries import MAX_PICKED, offered_countries, picked_countries
from overt.site.site import Site
from overt.site.subset_notices import figure_subset_notice

_ROWS = 20
"""Default number of rows on a page."""
_MAX_AREAS = 500
"""Maximum number of rows to read of a figure that counts countries: more than there are countries and territories."""
_MARKED_SHARE = 0.25
"""Maximum share of the units that a variant marks in the table."""
_SHOWN_ROWS = 10
"""Number of rows that readers see before they unfold the rest of the page's rows."""

_OPEN_WAYS = 6
"""If a figure has more other ways to count than this, their list is folded, because it would be longer than the answer."""


def routes(site: Site) -> APIRouter:
    """Return the routes of `/figure/…`, its charts and files."""
    router = APIRouter(include_in_schema=False)
    router.routes.extend(figure_row_files.routes(site).routes)

    @router.get("/figure/{name}")
    def figure(request: Request, name: str) -> Response:
        name, cited, release = name.partition("@")
        query = site.query(request)
        as_of = query.as_of()
        if cited and as_of:
            raise BadQuery(site.gettext(REFUSED))
        if cited:  # Citations have the form `name@release`.
            return figure_at(site, request, name, release)
        if as_of:
            return figure_as_of(site, request, name, as_of)
        number, size = query.number("page", 1, 100_000, 1), query.number("size", 1, 200, _ROWS)
        picked = picked_countries(site, request)
        with site.database.lease() as reader:
            stored = figure_or_404(site, reader, name)
            rows, counted = _rows(site, reader, stored, size, number), figures.row_count(reader, name)
            history_rows = history_texts.figure_values(
                site,
                changes_between_releases.stages(reader),
                stored,
                changes_between_releases.figure_values(reader, name).get(name, []),
                writer(site, stored.unit),
            )
            group_names = [group for group in stored.groups if group != stored.counting_unit and not _same_in_all(stored, group)]
            links = linked_cells(site, reader, rows, stored.linked)
            figure_words = with_words(site, stored)
            write = writer(site, stored.unit)
            makers = data_makers(reader, stored)
            all_rows = _country_rows(reader, stored)
            reported = statements(site, figure_words, difference_parts(site, reader, stored, write), makers)
            rests = sensitivity_lines(site, reader, stored, write)
            drawn_map = country_map(site, stored, all_rows)
            first_chart, more_charts = arrange_charts(
                year_charts(site, reader, stored),
                group_charts(site, stored, picked),
                has_map=drawn_map is not None,
                counts=stored.measure == "count",
                leads=stored.definition.get("leads"),
            )
            return site.page(
                "figure/template.html",
                request=request,
                section="/figures",
                figure=figure_words,
                answer=answer_text(site, stored),
                supplier_countries=supplier_countries(site, stored),
                years=years_counted(site, reader, stored),
                programmes_apart=programmes_apart(site, stored) if drawn_map else None,
                full_value=full_value(site, stored, all_rows),
                apart=figure_subset_notice(site, name),
                editions=other_editions(site, name, figures.all_figures(reader)),
                own_counts=_own_counts(site, reader, stored),
                map=drawn_map,
                first_chart=first_chart,
                map_first=stored.measure == "count" and not picked,
                picked=picked,
                offered=offered_countries(site, stored.groups.get("country", {})),
                most_picked=MAX_PICKED,
                countries_by_label=countries_by_label(site, stored, all_rows),
                beside=next((chart for group, chart in more_charts if group == stored.definition.get("beside")), None),
                more_charts=[
                    (group, _chart_name(site, group), chart)
                    for group, chart in more_charts
                    if group != stored.definition.get("beside")
                ],
                group_names=[(group, group_name(site, group)) for group in (*stored.linked, *group_names)],
                rows=[
                    {
                        **row._asdict(),
                        "cells": [*cells, *(group_cell(site, group, row.groups.get(group)) for group in group_names)],
                    }
                    for row, cells in zip(rows, links, strict=True)
                ],
                parts=_parts(stored),
                in_place=IN_PLACE,
                open_ways=_OPEN_WAYS,
                regions=region_lines(site, reader, stored),
                total=counted,
                why_more_rows=more_rows_than_counted(site, stored, [row for row in all_rows if row.counted]),
                shown_rows=_SHOWN_ROWS,
                looked_at=figures.row_count(reader, name, None),
                number=number,
                size=size,
                history=history_rows,
                rests=rests,
                firmness=firmness(
                    site,
                    rests,
                    confirmed=any(not row.dependence for row in reported),
                    repeated=bool(repeated_counts(reported)),
                    own=_own_documents(reader, stored),
                    documented=figures.well_documented(reader, stored) if stored.measure == "count" else None,
                ),
                statements=[row for row in reported if not row.dependence],
                repeated_counts=repeated_counts(reported),
                makers=makers,
                cite=citation_box(site, cite_figure(site, stored), sources_behind(site, reader, slugs=figure_sources(stored))),
            )

    @router.get("/figure/{name}/charts/{file}")
    def chart(name: str, file: str) -> Response:
        with site.database.lease() as reader:
            stored = figure_or_404(site, reader, name)
            drawn = _all_charts(site, reader, stored)
        return chart_file(site, drawn, file, f"figure/{stored.name}")

    return router


def _chart_name(site: Site, group: str) -> str:
    """Return the words for a chart in the title of the section “In groups”."""
    names = {FIRST_DATES: site.gettext("first date on record"), IN_PLACE: site.gettext("in place, by year")}
    return names.get(group) or group_name(site, group)


def _rows(site: Site, reader: Reader, figure: Figure, size: int, number: int) -> list[FigureRow]:
    """Return one page of a figure's counted rows. Countries are in the order of their names in the site's language."""
    if figure.counting_unit != "country":
        return figures.rows(reader, figure, size=size, number=number)
    rows = figures.rows(reader, figure, size=_MAX_AREAS)
    rows.sort(key=lambda row: sort_key(site.words.area(row.unit_id) if row.unit_id in site.words.areas else row.unit_id))
    return rows[size * (number - 1) : size * number]


def _own_counts(site: Site, reader: Reader, figure: Figure) -> list[tuple[str, str]]:
    """Return the answers of the figures that count the same subject in our own records, each with its address."""
    named = (figures.find(reader, name) for name in figure.definition.get("own_counts") or ())
    answers = ((row.name, answer_text(site, row)) for row in named if row is not None)
    return [(site.url(f"/figure/{name}"), answer) for name, answer in answers if answer]


def _own_documents(reader: Reader, figure: Figure) -> dict[str, CitedDocuments]:
    """Return the numbers of documents and publishers that each of our own registers cites for a figure's rows, by source."""
    own = (sources.find(reader, slug) for slug in figure_sources(figure))
    return {row.source: figures.cited_documents(reader, figure, row.source) for row in own if row is not None and row.own}


def _same_in_all(figure: Figure, group: str) -> bool:
    """Return whether all rows of a sum have the same value in a column, such as the currency."""
    return figure.measure == "sum" and len(figure.groups.get(group, {})) == 1


def _country_map(site: Site, reader: Reader, figure: Figure) -> Chart | None:
    """Draw the map of a figure, or return None if it has no map."""
    return country_map(site, figure, _country_rows(reader, figure))


def _country_rows(reader: Reader, figure: Figure) -> Sequence[FigureRow]:
    """Return the rows of a figure that counts countries, including rows that aren't counted; empty for any other figure."""
    by_country = figure.counting_unit == "country" and figure.measure == "count"
    return figures.rows(reader, figure, counted=None, size=_MAX_AREAS) if by_country else ()


def _parts(figure: Figure) -> list[dict[str, Any]]:
    """Return the variants that select only part of the counted units, so that the table can mark their rows.

    If a variant selects more than half of the units (`most`), the table marks the rows outside the variant instead. A variant
    is left out if more than `_MARKED_SHARE` of the units would be marked.
    """
    if figure.measure != "count":
        return []
    return [
        {**variant, "most": 2 * int(variant["value"]) > figure.rows}
        for variant in figure.variants
        if variant["value"] is not None
        and not variant["same"]
        and int(variant["value"]) < figure.rows
        and min(int(variant["value"]), figure.rows - int(variant["value"])) <= figure.rows * _MARKED_SHARE
    ]


def charts(site: Site) -> Iterator[Chart]:
    """Yield all charts of figures, for drawing in advance."""
    with site.database.lease() as reader:
        all_figures = figures.all_figures(reader)
    for figure in all_figures:
        with site.database.lease() as reader:
            drawn = _all_charts(site, reader, figure)
        yield from drawn


def _names(reader: Reader) -> list[str]:
    return [row.name for row in figures.all_figures(reader)]


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/figure/{name}" for name in _names(reader))


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    for name in _names(reader):
        yield from numbered(f"/figure/{name}", figures.row_count(reader, name), _ROWS)
        yield f"/figure/{name}@{site.prepared.release}"


def _files(site: Site, reader: Reader) -> Iterator[File]:
    for page in _addresses(site, reader):
        yield from (File(f"{page}.{ending}") for ending in ("csv", "json", "parquet"))


def _charts_of(site: Site, reader: Reader, page: str) -> Sequence[Chart]:
    figure = figures.find(reader, page.rpartition("/")[2])
    return _all_charts(site, reader, figure) if figure else []


def _all_charts(site: Site, reader: Reader, figure: Figure) -> list[Chart]:
    """Return a figure's charts: the map, the charts by year, and the charts of its groupings."""
    drawn = _country_map(site, reader, figure)
    by_group = [*year_charts(site, reader, figure), *group_charts(site, figure)]
    return [*([drawn] if drawn else []), *(chart for _, chart in by_group)]


PAGE = Page(
    routes,
    addresses=_addresses,
    variants=_variants,
    files=_files,
    charts=PageCharts("/figure/", _addresses, _charts_of),
    drawn_ahead=charts,
)
