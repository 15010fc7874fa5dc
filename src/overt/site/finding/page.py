"""The page of a finding: its sentence and chart, what would refute it, and how its numbers are computed."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.charts import Chart
from overt.language.citations import Citation
from overt.queries import findings
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.site.chart_files import chart_file
from overt.site.citations_and_linked_data.citation_box import citation_box
from overt.site.finding.downloadable_finding_chart import figures_by_name, holding_charts
from overt.site.finding_texts import finding_text
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import Page, PageCharts
from overt.site.site import Site

_FORMER_NAMES = {
    "blocks-that-last": "reported-ends-of-blocks",
    "who-lends": "money-without-a-purpose",
    "spyware-customers": "spyware-suppliers",
    "spyware-seats": "spyware-home-countries",
}
"""Former names of findings, used in earlier releases, each with the current name."""


def routes(site: Site) -> APIRouter:
    """Return the routes of `/finding/…` and its chart.

    Former names redirect. A finding that this edition doesn't support redirects to its line in the list of findings.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/finding/{name}")
    def finding(request: Request, name: str) -> Response:
        with site.database.lease() as reader:
            if new := _new_name(reader, name):
                return moved(site.url(f"/finding/{new}"))
            row = known(reader, name)
            if not row.holds:
                return moved(site.url(_line(row)))
            charts = holding_charts(site, reader, row)
            figures_of = [(name, site.language.translated(entry.title)) for name, entry in figures_by_name(reader, row).items()]
        return site.page(
            "finding/template.html",
            request=request,
            section="/findings",
            row=row,
            finding=finding_text(site, row),
            chart=charts[0] if charts else None,
            figures=figures_of,
            cite=citation_box(site, _cited(site, row)),
        )

    @router.get("/finding/{name}/charts/{file}")
    def chart(name: str, file: str) -> Response:
        with site.database.lease() as reader:
            if new := _new_name(reader, name):
                return moved(site.url(f"/finding/{new}/charts/{file}"))
            drawn = holding_charts(site, reader, known(reader, name))
        return chart_file(site, drawn, file, f"finding/{name}")

    def known(reader: Reader, name: str) -> Finding:
        row = findings.find(reader, name)
        if row is None:
            raise HTTPException(404, site.gettext("There is no finding “%(name)s”.", name=name))
        return row

    return router


def _cited(site: Site, finding: Finding) -> Citation:
    """Return the citation of a finding, with its title in English and in the site's language."""
    address = f"/finding/{finding.name}"
    title = site.language.localized(finding, "headline") or ""
    return Citation(
        finding.name, finding.headline or finding.name, f"Finding {finding.name}", address, (), files=False, local_title=title
    )


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/finding/{row.name}" for row in findings.holding(reader))


def _line(finding: Finding) -> str:
    """Return the address of a finding's line among those that this edition doesn't support."""
    return f"/findings#{finding.name}"


def _new_name(reader: Reader, name: str) -> str | None:
    """Return the current name of the finding with a former name; None if `name` isn't a former name in this release."""
    new = _FORMER_NAMES.get(name)
    return new if new and findings.find(reader, name) is None and findings.find(reader, new) else None


def _redirects(site: Site, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield pairs of a former and a current address. A finding that doesn't hold redirects to its line in the list."""
    pages = {row.name: f"/finding/{row.name}" if row.holds else _line(row) for row in findings.all_findings(reader)}
    yield from ((f"/finding/{name}", page) for name, page in pages.items() if page != f"/finding/{name}")
    former = ((old, _new_name(reader, old)) for old in _FORMER_NAMES)
    yield from ((f"/finding/{old}", pages[new]) for old, new in former if new)


def _charts_of(site: Site, reader: Reader, page: str) -> Sequence[Chart]:
    return holding_charts(site, reader, findings.find(reader, page.rpartition("/")[2]))


PAGE = Page(
    routes,
    addresses=_addresses,
    charts=PageCharts("/finding/", _addresses, _charts_of),
    redirects=_redirects,
)
