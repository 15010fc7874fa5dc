"""Lists of a country that are too long for its page: all that happened, restrictions, what is measured to be blocked."""

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.language.safe_csv import csv_lines
from overt.queries import countries
from overt.queries.database import Row
from overt.site.country import blocked as country_blocked
from overt.site.country import events as country_when
from overt.site.country.events import KINDS, When
from overt.site.missing import country_or_404
from overt.site.site import Site
from overt.site.subset_texts import country_apart

RESTRICTIONS = 40
"""Of one page of the list."""


def routes(site: Site) -> APIRouter:
    """`/country/…/timeline`, the same as CSV, `/country/…/restrictions` and `/country/…/blocked`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/country/{code}/timeline")
    def timeline(request: Request, code: str) -> Response:
        area, query = country_or_404(site, code), site.query(request)
        kind = query.choice("of", ["", *KINDS], "")
        number = query.number("page", 1, 100_000, 1)
        size = country_when.SIZE
        with site.database.lease() as reader:
            when = country_when.of_country(site, reader, code)
            held = when.of(kind)
            rows = country_when.described(site, reader, held[size * (number - 1) : size * number])
        return site.page(
            "country_timeline.html",
            request=request,
            section="/countries",
            **{**timeline_parts(site, area, when, rows), "of": kind},
            number=number,
            size=size,
            held=len(held),
            apart=country_apart(site, code),
        )

    @router.get("/country/{code}/timeline.csv")
    def as_csv(code: str) -> Response:
        country_or_404(site, code)
        with site.database.lease() as reader:
            found = list(country_when.lines(site, reader, country_when.of_country(site, reader, code).dated))
        return StreamingResponse(csv_lines(found), media_type="text/csv; charset=utf-8")

    @router.get("/country/{code}/restrictions")
    def restrictions(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        number = site.query(request).number("page", 1, 100_000, 1)
        with site.database.lease() as reader:
            held = len(countries.restriction_dates(reader, code))
            found = countries.restrictions(reader, code, RESTRICTIONS, RESTRICTIONS * (number - 1))
        return site.page(
            "country_restrictions.html",
            request=request,
            section="/countries",
            country=area,
            rows=found,
            held=held,
            number=number,
            size=RESTRICTIONS,
            apart=country_apart(site, code),
        )

    @router.get("/country/{code}/blocked")
    def blocked(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            found = country_blocked.of_country(site, reader, code)
        if not found["series"]:
            raise HTTPException(404, site.gettext("This release holds no lists of what is blocked there."))
        return site.page("country_blocked.html", request=request, section="/countries", country=area, blocked=found)

    return router


def timeline_parts(site: Site, area: Row, when: When, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the list needs, on its own page and on the country's: `years`, each with its entries; `kinds` with their numbers."""
    return {
        "country": area,
        "years": [(held[0]["year"], at, held) for at, group in groupby(rows, key=lambda row: row["at"]) if (held := list(group))],
        "kinds": [(kind, site.gettext(words), when.counts[kind]) for kind, words in KINDS.items() if when.counts[kind]],
        "kind_words": {kind: site.gettext(words) for kind, words in KINDS.items()},
        "dated": len(when.dated),
        "undated": when.undated,
        "of": "",
    }
