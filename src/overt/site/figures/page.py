"""The list of figures."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import figures
from overt.site.figure_texts import with_words
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the routes of `/figures`, and of `/figures/…`, which redirects to the figure's page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/figures")
    def index(request: Request) -> Response:
        with site.database.lease() as reader:
            rows = [with_words(site, row) for row in figures.all_figures(reader)]
        return site.page("figures/template.html", request=request, section="/figures", figures=rows)

    @router.get("/figures/{name}")
    def as_written(name: str) -> Response:
        return moved(site.url(f"/figure/{name}"))

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/figures"])
