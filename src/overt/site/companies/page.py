"""The list of companies and other organisations."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.language.label_order import by_label
from overt.queries import countries, organizations
from overt.queries.database import Reader
from overt.site.organization.short_organization_names_and_seats import known_names
from overt.site.page_declaration import Page, numbered
from overt.site.site import Site

_SIZE = 50
"""Default number of organisations on a page."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/companies`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/companies")
    def companies(request: Request) -> Response:
        query = site.query(request)
        q, country, listed = query.text("q")[:200], query.text("country"), query.text("listed") == "yes"
        if country and country not in site.words.areas:
            raise HTTPException(400, site.gettext("country is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        role, active = query.choice("role", ["", *site.words.terms["roles"]], ""), query.text("active")
        if active and active not in site.words.areas:
            raise HTTPException(400, site.gettext("active is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        sort = query.choice("sort", list(organizations.SORTS), "systems")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        number, size = query.number("page", 1, 100_000, 1), query.number("size", 1, 200, _SIZE)
        filters = {"q": q, "country": country, "role": role, "active": active, "listed": "yes" if listed else ""}
        pairs = [(key, value) for key, value in filters.items() if value]
        order = [(key, request.query_params[key]) for key in ("sort", "order", "size") if request.query_params.get(key)]
        with site.database.lease() as reader:
            total, rows = organizations.page(
                reader, q=q, country=country, role=role, active=active, listed=listed, sort=sort, descending=descending,
                size=size, number=number,
            )  # fmt: skip
            seats = [row["country"] for row in reader.rows("organizations.seats")]
            places = [row.code for row in countries.all_countries(reader) if row.projects]
            known = known_names(site, reader, [row.id for row in rows[:1]])
        return site.page(
            "companies/template.html", request=request, section="/companies", total=total, rows=rows, seats=seats, q=q,
            country=country, role=role, active=active, listed=listed, pairs=pairs,
            places=[row.code for row in by_label(site.words.areas[code] for code in places)], paging=[*pairs, *order],
            sort=sort, descending=descending, number=number, size=size, known=known,
        )  # fmt: skip

    return router


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/companies"


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    return numbered("/companies", organizations.page(reader, size=1)[0], _SIZE)


PAGE = Page(routes, addresses=_addresses, variants=_variants)
