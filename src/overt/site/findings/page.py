"""The list of all findings of a release, including those that don't hold."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import findings
from overt.queries.findings import Finding
from overt.release.findings.finding_statuses import WITHDRAWN
from overt.site.finding_texts import finding_text
from overt.site.page_declaration import Page
from overt.site.site import Site
from overt.site.subset_notices import findings_subset_notice


def routes(site: Site) -> APIRouter:
    """Return the route of `/findings`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/findings")
    def finding_list(request: Request) -> Response:
        with site.database.lease() as reader:
            rows = findings.all_findings(reader)
        return site.page(
            "findings/template.html",
            request=request,
            section="/findings",
            apart=findings_subset_notice(site),
            groups=[
                (about, title, [finding_text(site, row) for row in rows if row.holds and row.about == about])
                for about, title in _groups(site)
            ],
            withdrawn=[(row, _question(site, row)) for row in rows if row.status == WITHDRAWN],
            missing=[(row, _question(site, row)) for row in rows if not row.holds and row.status != WITHDRAWN],
        )

    return router


def _groups(site: Site) -> list[tuple[str, str]]:
    """Return the groups of findings in the order of the page, each with its heading."""
    return [("world", site.gettext("What the records say")), ("evidence", site.gettext("How good the evidence is"))]


def _question(site: Site, finding: Finding) -> str:
    """Return the question that a finding answers, in the site's language; the finding's name if the release has no question."""
    return str(site.language.localized(finding.definition, "question")) if finding.definition.get("question") else finding.name


PAGE = Page(routes, addresses=lambda site, reader: ["/findings"])
