"""Companies, agreements, sources and method."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.queries import agreements, countries, organizations, sources
from overt.queries.content_texts import by_label
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """`/companies`, `/agreements`, `/sources`, `/source/…`, `/method`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/companies")
    def companies(request: Request) -> Response:
        query = site.query(request)
        q, country, listed = query.one("q")[:200], query.one("country"), query.one("listed") == "yes"
        if country and country not in site.words.areas:
            raise HTTPException(400, site.gettext("country is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        role, active = query.choice("role", ["", *site.words.terms["roles"]], ""), query.one("active")
        if active and active not in site.words.areas:
            raise HTTPException(400, site.gettext("active is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        sort = query.choice("sort", list(organizations.SORTS), "projects")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        number, size = query.number("page", 1, 100_000, 1), query.number("size", 1, 200, 50)
        given = {"q": q, "country": country, "role": role, "active": active, "listed": "yes" if listed else ""}
        pairs = [(key, value) for key, value in given.items() if value]
        order = [(key, request.query_params[key]) for key in ("sort", "order", "size") if request.query_params.get(key)]
        with site.database.lease() as reader:
            held, rows = organizations.page(
                reader, q=q, country=country, role=role, active=active, listed=listed, sort=sort, descending=descending,
                size=size, number=number,
            )  # fmt: skip
            seats = [row["country"] for row in reader.rows("organizations.seats")]
            places = [row["code"] for row in countries.every(reader) if row["projects"]]
        return site.page(
            "companies.html", request=request, section="/companies", held=held, rows=rows, seats=seats, q=q, country=country,
            role=role, active=active, listed=listed, pairs=pairs,
            places=[row["code"] for row in by_label(site.words.areas[code] for code in places)], paging=[*pairs, *order],
            sort=sort, descending=descending, number=number, size=size,
        )  # fmt: skip

    @router.get("/agreements")
    def agreement_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page("agreements.html", request=request, section="/agreements", agreements=agreements.every(reader))

    @router.get("/sources")
    def source_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page(
                "sources.html",
                request=request,
                section="/sources",
                sources=sources.every(reader),
                not_tried=sources.not_tried(reader),
            )

    @router.get("/source/{slug}")
    def source(request: Request, slug: str) -> Response:
        file = site.query(request).one("file")
        with site.database.lease() as reader:
            found = sources.one(reader, slug, file)
        if found is None:
            raise HTTPException(404, site.gettext("This edition has no source of this name."))
        return site.page("source.html", request=request, section="/sources", source=found, file=file)

    @router.get("/method")
    def method(request: Request) -> Response:
        return site.page("method.html", request=request, section="/method")

    return router
