"""The list of agreements."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import agreements
from overt.site.law_texts import split_laws
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the routes of `/agreements`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/agreements")
    def agreement_list(request: Request) -> Response:
        with site.database.lease() as reader:
            split = split_laws(site, agreements.all_agreements(reader))
            return site.page(
                "agreements/template.html", request=request, section="/agreements", **split._asdict(),
                topics=agreements.provision_topics(reader),
            )  # fmt: skip

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/agreements"])
