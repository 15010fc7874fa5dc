"""The list of countries."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.queries import countries
from overt.queries.chinese_texts import by_label
from overt.queries.database import Reader
from overt.site.page import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/countries`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/countries")
    def index(request: Request) -> Response:
        query = site.query(request)
        sort = query.choice("sort", ["name", *countries.COUNTS], "name")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        with site.database.lease() as reader:
            rows = by_label(countries.with_labels(row, site.words.areas[row.code]) for row in countries.all_countries(reader))
        if sort != "name":
            rows.sort(key=lambda row: -getattr(row, sort) if descending else getattr(row, sort))
        elif descending:
            rows.reverse()
        return site.page(
            "countries/template.html", request=request, section="/countries", countries=rows, sort=sort, descending=descending,
            missing=countries.missing_counts(rows),
        )  # fmt: skip

    return router


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/countries"


def _sorted(site: Site, reader: Reader) -> Iterator[str]:
    for column in ("name", *countries.COUNTS):
        yield from (f"/countries?sort={column}&order={order}" for order in ("asc", "desc"))


PAGE = Page(routes, addresses=_addresses, variants=_sorted, ahead=_addresses)
