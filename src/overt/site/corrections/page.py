"""The page on corrections: how to ask for one, what editors have corrected, replies, and withheld records."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import corrections
from overt.site.corrections_with_names import correction_rows
from overt.site.page_declaration import Page
from overt.site.site import Site

_MAX_CORRECTIONS = 500
"""Maximum number of corrections on the page. The release table `corrections` has all of them."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/corrections`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/corrections")
    def correction_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page(
                "corrections/template.html",
                request=request,
                rows=correction_rows(site, reader, corrections.corrections(reader, _MAX_CORRECTIONS)),
                total=corrections.count(reader),
                withheld=corrections.withheld(reader),
            )

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/corrections"])
