"""The list of sources, and how much they overlap."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import sources
from overt.site.chart_files import chart_file
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import Page, PageCharts
from overt.site.site import Site
from overt.site.sources.overlap_section import charts, overlap_units

_SECTION = "/sources#overlaps"


def routes(site: Site) -> APIRouter:
    """Return the routes of `/sources` and its charts, and redirects from `/overlaps`, which is now a section of `/sources`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources")
    def source_list(request: Request) -> Response:
        with site.database.lease() as reader:
            listed, not_tried = sources.all_sources(reader), sources.not_tried(reader)
        units = overlap_units(site)
        return site.page(
            "sources/template.html", request=request, section="/sources", sources=listed, not_tried=not_tried, overlap_units=units
        )

    @router.get("/sources/charts/{file}")
    def chart(file: str) -> Response:
        return chart_file(site, charts(site), file, "sources")

    @router.get("/overlaps")
    def old_page() -> Response:
        return moved(site.url(_SECTION))

    @router.get("/overlaps/charts/{file}")
    def old_chart(file: str) -> Response:
        return moved(site.url(f"/sources/charts/{file}"))

    return router


PAGE = Page(
    routes,
    addresses=lambda site, reader: ["/sources"],
    charts=PageCharts("/sources", lambda site, reader: ["/sources"], lambda site, reader, page: list(charts(site))),
    drawn_ahead=charts,
    redirects=lambda site, reader: [("/overlaps", _SECTION)],
)
