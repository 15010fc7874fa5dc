"""The page on how Overt works, for readers."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/method`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/method")
    def method(request: Request) -> Response:
        return site.page("method/template.html", request=request, section="/method")

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/method"])
