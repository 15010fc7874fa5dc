"""The list of all findings of a release, including those that don't hold."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import figures, findings
from overt.site.finding_texts import finding_text
from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/findings`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/findings")
    def finding_list(request: Request) -> Response:
        with site.database.lease() as reader:
            rows = findings.all_findings(reader)
            titles = figures.gap_titles(reader)
        return site.page(
            "findings/template.html",
            request=request,
            section="/findings",
            cards=[finding_text(site, row) for row in rows if row.holds],
            missing=[row for row in rows if not row.holds],
            titles=titles,
        )

    return router


PAGE = Page(routes, addresses=lambda site, reader: ["/findings"])
