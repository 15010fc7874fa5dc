"""The front page: what Overt is, the findings of this release, where to start, and what is new."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.model.workspace import UNTITLED
from overt.queries import changes_between_releases, countries, findings, organizations
from overt.queries.blocking import blocklists, measurements
from overt.queries.blocking.blocked_services import restricted_countries
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.queries.maps.documented_systems import FINDING, LEADING_SUPPLIER
from overt.queries.organizations import RankedOrganization
from overt.site.explorer.explorer_downloads import PARAMETERS
from overt.site.finding_texts import FindingText, finding_text
from overt.site.front.headline_and_leading_numbers import following_countries, headline, leading_numbers
from overt.site.front.subset_contents_sentence import subset_contents
from overt.site.front.supplier_countries import seat_bars, with_seats
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import Page
from overt.site.site import Site
from overt.site.subset_notices import findings_subset_notice

MAP, SUPPLIERS = FINDING, LEADING_SUPPLIER
"""The findings whose charts are at the top of the page."""
_CARDS = 6
"""Maximum number of findings shown as cards."""
_COUNTRIES = 14
"""Maximum number of countries that the page offers as starting points."""
_SUPPLIERS = 10
"""Maximum number of suppliers that the page offers as starting points if the release lacks the finding on suppliers."""
_ADDED_TYPES = ("project", "restriction", "agreement", "organization", "document")
"""Types of records for which the page gives the number of new ones."""


class Added(NamedTuple):
    """The number of records of a type that are new in this release."""

    type: str
    records: int


def routes(site: Site) -> APIRouter:
    """Return the route of the front page. An address with filters redirects to the explorer, which used to be here."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def front(request: Request) -> Response:
        if PARAMETERS & request.query_params.keys():
            return moved(site.url(f"/explorer?{request.url.query}"))
        with site.database.lease() as reader:
            holding = findings.holding(reader)
            parts = {**_findings(site, reader, holding), **_news(reader)}
            numbers, following = leading_numbers(site, reader), following_countries(site, reader)
            measured = bool(blocklists.series(reader) or measurements.countries(reader))
            restricted = bool(restricted_countries(reader))
        return site.page(
            "front/template.html",
            request=request,
            totals=site.all_totals,
            measured=measured,
            restricted=restricted,
            contents=subset_contents(site),
            no_findings=findings_subset_notice(site),
            headline=headline(site),
            following=following,
            numbers=numbers,
            publisher=_publisher(site),
            **parts,
        )

    return router


def _publisher(site: Site) -> str:
    """Return the title of the atlas if its makers chose one; empty for “Overt” and for the default title of a new atlas."""
    title = str(site.words.meta["manifest"].get("title") or "")
    return "" if title in (UNTITLED, "Overt") else title


def _findings(site: Site, reader: Reader, holding: list[Finding]) -> dict[str, Any]:
    by_name = {finding.name: finding for finding in holding}
    cards = [finding for finding in holding if finding.name not in (MAP, SUPPLIERS)]
    return {
        "map_finding": finding_text(site, by_name[MAP], links=True) if MAP in by_name else None,
        "systems": site.systems,
        "suppliers": _suppliers(site, reader, by_name.get(SUPPLIERS)),
        "seats": seat_bars(site, reader, site.systems) if site.systems else None,
        "cards": [finding_text(site, finding) for finding in cards[:_CARDS]],
        "finding_count": len(holding),
        "countries": _countries(by_name.get(MAP)),
        "project_countries": _project_countries(reader) if MAP not in by_name else [],
        "project_suppliers": _project_suppliers(reader) if SUPPLIERS not in by_name else [],
    }


def _suppliers(site: Site, reader: Reader, finding: Finding | None) -> FindingText | None:
    if finding is None or not finding.chart:
        return None
    longest = max(site.systems.by_seat.values(), default=0) if site.systems else 0
    return with_seats(site, reader, finding_text(site, finding), finding.chart["rows"], longest)


def _countries(finding: Finding | None) -> list[tuple[str, int]]:
    """Return the countries with the most documented systems, with their counts."""
    rows = _chart_rows(finding)
    ranked = sorted(rows, key=lambda row: (-row["value"], row["country"]))
    return [(row["country"], row["value"]) for row in ranked[:_COUNTRIES]]


def _project_countries(reader: Reader) -> list[tuple[str, int]]:
    """Return the countries with the most projects, with their counts."""
    rows = sorted(countries.all_countries(reader), key=lambda row: (-row.projects, row.code))
    return [(row.code, row.projects) for row in rows[:_COUNTRIES] if row.projects]


def _project_suppliers(reader: Reader) -> list[RankedOrganization]:
    """Return the suppliers with the most projects."""
    return organizations.page(reader, role="supplier", sort="projects", size=_SUPPLIERS)[1]


def _chart_rows(finding: Finding | None) -> list[dict[str, Any]]:
    return list(finding.chart["rows"]) if finding and finding.chart else []


def _news(reader: Reader) -> dict[str, Any]:
    """Return the previous release (None if there is none), and the number of new records since then by type.

    Only types in `_ADDED_TYPES` that have new records are included.
    """
    stages = changes_between_releases.stages(reader)
    if len(stages) < 2:
        return {"before": None, "added": []}
    counts, _ = changes_between_releases.release_changes(reader, stages[-1].position)
    added = {kind: sum(row.changes for row in counts if row.what == "added" and row.type == kind) for kind in _ADDED_TYPES}
    return {"before": stages[-2], "added": [Added(kind, records) for kind, records in added.items() if records]}


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/"


PAGE = Page(routes, addresses=_addresses, ahead=_addresses)
