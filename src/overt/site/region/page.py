"""The list of regions, and the page of each."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.language.language import N_
from overt.queries import regions
from overt.queries.database import Reader
from overt.site.as_of.region_as_of import region_as_of
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import Page
from overt.site.region.region_context import region_page
from overt.site.site import Site

KINDS = (
    ("grouping", N_("Organisations of states")),
    ("usage", N_("Regions by common usage")),
    ("m49", N_("Regions of the United Nations (M49)")),
)
"""Kinds of regions in the order of the list, each with its heading."""
_MAX_NAME_LENGTH = 100


def routes(site: Site) -> APIRouter:
    """Return the routes of `/regions` and `/region/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/regions")
    def index(request: Request) -> Response:
        with site.database.lease() as reader:
            counts = {row.id: row for row in regions.all_counts(reader)}
        rows = list(site.words.regions.values())
        groups = [(site.gettext(heading), [row for row in rows if row.kind == kind]) for kind, heading in KINDS]
        return site.page(
            "region/region_list.html", request=request, section="/countries", groups=[group for group in groups if group[1]],
            counts=counts,
        )  # fmt: skip

    @router.get("/region/{identity}")
    def region(request: Request, identity: str) -> Response:
        row = site.words.regions.get(identity)
        if row is None:
            if named := site.words.find_region(identity[:_MAX_NAME_LENGTH]):
                return moved(site.url(f"/region/{named}"))
            raise HTTPException(404, site.gettext("There is no region with this id; the list of regions has all ids."))
        if as_of := site.query(request).as_of():
            return region_as_of(site, request, row, as_of)
        with site.database.lease() as reader:
            parts = region_page(site, reader, row)
        return site.page("region/template.html", request=request, section="/countries", **parts)

    return router


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/regions"
    yield from (f"/region/{identity}" for identity in site.words.regions)


PAGE = Page(routes, addresses=_addresses)
