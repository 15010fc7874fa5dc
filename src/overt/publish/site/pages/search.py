"""The search as a plain form."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.publish.read import search
from overt.publish.read.search_fit import Fit
from overt.publish.read.search_pair import pair
from overt.publish.serve.search_text import LONGEST_QUERY
from overt.publish.site.found import said, said_of_pair
from overt.publish.site.pages.gone import moved
from overt.publish.site.site import Site


def routes(site: Site) -> APIRouter:
    """`/search`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/search")
    def search_page(request: Request) -> Response:
        query = site.query(request)
        q = query.one("q")[:LONGEST_QUERY]
        number, size = query.number("page", 1, search.MOST, 1), query.number("size", 1, 200, 50)
        if _is_id(q):
            return moved(site.url(f"/record/{q}"))
        with site.database.lease() as reader:
            held, matches = search.find(reader, q, size=size, number=number)
            somewhere = pair(reader, q) if number == 1 else None
        near = bool(matches) and not somewhere and all(match.fit is Fit.SLIP for match in matches)
        rows = [said(site, match) for match in matches]
        return site.page(
            "search.html",
            request=request,
            q=q,
            somewhere=said_of_pair(site, somewhere) if somewhere else None,
            held=held,
            rows=rows,
            near=near,
            number=number,
            size=size,
            most=search.MOST,
        )

    return router


def _is_id(text: str) -> bool:
    return len(text) == 16 and text.startswith("ovt-") and text[4:].isalnum() and text.isascii()
