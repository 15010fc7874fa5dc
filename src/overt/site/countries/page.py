"""The list of countries, ranked by documented surveillance and censorship."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from overt.language.label_order import sort_key
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.svg_map import INHABITED, MapCountry, draw_map
from overt.queries.database import Reader
from overt.site.as_of.country_list import countries_as_of
from overt.site.countries.country_rows import (
    COLUMNS,
    CountryRow,
    country_rows,
    missing_columns,
    most_on_record,
    systems_and_programmes,
)
from overt.site.explorer.circle_map import country_links, with_circles
from overt.site.page_declaration import Page
from overt.site.site import Site

_SORTS = ("systems", "name", *COLUMNS)
_SHOWN_ROWS = 40
"""Number of countries that readers see before they unfold the others."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/countries`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/countries")
    def index(request: Request) -> Response:
        query = site.query(request)
        if as_of := query.as_of():
            return countries_as_of(site, request, as_of)
        sort = query.choice("sort", list(_SORTS), "systems")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        with site.database.lease() as reader:
            rows = country_rows(site, reader)
        drawing = world_map(site, rows)
        if sort == "name":
            rows.sort(key=lambda row: sort_key(row.label), reverse=descending)
        elif sort == "systems":
            rows = rows if descending else rows[::-1]
        else:
            rows.sort(key=lambda row: -getattr(row, sort) if descending else getattr(row, sort))
        return site.page(
            "countries/template.html", request=request, section="/countries", countries=rows, sort=sort, descending=descending,
            missing=missing_columns(rows), map=drawing, shown_rows=_SHOWN_ROWS,
            documented=[row for row in rows if row.documented], most=most_on_record(site, rows),
        )  # fmt: skip

    return router


def world_map(site: Site, rows: Sequence[CountryRow]) -> Markup | None:
    """Draw a map with a circle for the documented systems of each country, and a ring around it for its state programmes.

    Return None if no country has a system or programme, or if the front end was not built.
    """
    documented = [row for row in rows if row.documented]
    if not site.shapes or not documented:
        return None
    numbers = {row.code: CountryNumber(row.systems, row.programmes) for row in documented}
    shaded = {
        row.code: MapCountry(row.documented, row.label, site.url(f"/country/{row.code}"), 1, systems_and_programmes(site, row))
        for row in documented
    }
    label = site.gettext("Map of systems and state programmes on record by country")
    drawing = draw_map(site.language, site.shapes, shaded, [], [], label=label, hatched=True, palette="count")
    return with_circles(site, drawing, numbers, country_links(site, shaded), INHABITED)


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/countries"


def _sorted(site: Site, reader: Reader) -> Iterator[str]:
    for column in _SORTS:
        yield from (f"/countries?sort={column}&order={order}" for order in ("asc", "desc"))


PAGE = Page(routes, addresses=_addresses, variants=_sorted, ahead=_addresses)
