"""The list of all findings of a release, including those that don't hold."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import figures, findings
from overt.queries.findings import Finding
from overt.release.findings.finding_status import WITHDRAWN
from overt.site.finding.unsupported_finding import question
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
            withdrawn=[(row, question(site, row), []) for row in rows if row.status == WITHDRAWN],
            missing=[
                (row, question(site, row), _missing(row, titles)) for row in rows if not row.holds and row.status != WITHDRAWN
            ],
        )

    return router


def _missing(finding: Finding, titles: Mapping[str, str]) -> list[str]:
    """Return the titles of the sources that a finding lacks. `titles`: those that gaps of figures name, by source."""
    if finding.missing:
        return [source["title"] for source in finding.missing]
    slugs = finding.status.partition(": ")[2].split(", ")  # releases that don't describe missing sources
    return [titles.get(slug, slug) for slug in slugs]


PAGE = Page(routes, addresses=lambda site, reader: ["/findings"])
