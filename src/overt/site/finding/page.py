"""The page of a finding: its sentence and chart, what would refute it, and how its numbers are computed."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.queries import findings
from overt.queries.database import Reader
from overt.site.finding_texts import finding_text
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/finding/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/finding/{name}")
    def finding(request: Request, name: str) -> Response:
        with site.database.lease() as reader:
            row = findings.find(reader, name)
        if row is None:
            raise HTTPException(404, site.gettext("There is no finding “%(name)s”.", name=name))
        return site.page(
            "finding/template.html",
            request=request,
            section="/findings",
            row=row,
            finding=finding_text(site, row, links=True) if row.holds else None,
            figures=[text.split()[1] for text in row.definition["values"].values()],
        )

    return router


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/finding/{row.name}" for row in findings.all_findings(reader))


PAGE = Page(routes, addresses=_addresses)
