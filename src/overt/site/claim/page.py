"""The page of a claim: what a source says and where, and which claims agree or differ."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.absolute_addresses import full_address
from overt.queries import records
from overt.queries.rows.records import Claim, cited_documents
from overt.site.claim.source_row import exhibits
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/claim/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/claim/{claim_id}")
    def claim(request: Request, claim_id: str) -> Response:
        with site.database.lease() as reader:
            row = records.claim(reader, claim_id)
            if row is None:
                raise HTTPException(404, site.gettext("No claim of this release has this id."))
            record = records.find(reader, row.id)
            places = exhibits(site, reader, row)
            same = [claim for claim in records.claims(reader, row.id) if is_other_evidence(claim, row)]
        return site.page(
            "claim/template.html",
            request=request,
            claim=row,
            record=record,
            cited_documents=cited_documents,
            places=places,
            agreeing=[claim for claim in same if claim.value == row.value],
            differing=[claim for claim in same if claim.value != row.value],
            address_here=_copyable_address(site, request, row.claim_id),
        )

    return router


def is_other_evidence(claim: Claim, stated: Claim) -> bool:
    """Return whether a claim of the same record is another current one about the same property."""
    return claim.property == stated.property and claim.claim_id != stated.claim_id and claim.standing == "current"


def _copyable_address(site: Site, request: Request, claim_id: str) -> str:
    """Return a claim's address for copying.

    A public server takes the host from its settings, because pages are cached and anyone can send any Host header.
    """
    page = site.url(f"/claim/{claim_id}")
    return f"{site.address_of_site}{page}" if site.public else full_address(site, request, page)


PAGE = Page(routes)
