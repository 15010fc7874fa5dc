"""The list of agreements."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import agreements
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the routes of `/agreements`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/agreements")
    def agreement_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page(
                "agreements/template.html", request=request, section="/agreements", agreements=agreements.all_agreements(reader)
            )

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/agreements"])
