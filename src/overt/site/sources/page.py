"""The list of sources."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import sources
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the routes of `/sources`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources")
    def source_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page(
                "sources/template.html",
                request=request,
                section="/sources",
                sources=sources.all_sources(reader),
                not_tried=sources.not_tried(reader),
            )

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/sources"])
