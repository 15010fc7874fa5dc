"""Companies, agreements, sources, releases and method."""

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.publish.read import agreements, organizations, sources
from overt.publish.site.language import N_
from overt.publish.site.pages.gone import moved
from overt.publish.site.site import Site

_CHANGES = 200
_ANOTHER = N_("That release is not the one served here; `overt serve --release ID` serves it.")
_UNKNOWN = N_("That release is not one of this atlas.")


def routes(site: Site) -> APIRouter:
    """`/companies`, `/agreements`, `/sources`, `/source/…`, `/releases`, `/release/…`, `/method`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/companies")
    def companies(request: Request) -> Response:
        query = site.query(request)
        q, country, listed = query.one("q")[:200], query.one("country"), query.one("listed") == "yes"
        if country and country not in site.words.areas:
            raise HTTPException(400, site.gettext("country is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        sort = query.choice("sort", list(organizations.SORTS), "projects")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        number, size = query.number("page", 1, 100_000, 1), query.number("size", 1, 200, 50)
        given = {"q": q, "country": country, "listed": "yes" if listed else ""}
        pairs = [(key, value) for key, value in given.items() if value]
        order = [(key, request.query_params[key]) for key in ("sort", "order", "size") if request.query_params.get(key)]
        with site.database.lease() as reader:
            held, rows = organizations.page(
                reader, q=q, country=country, listed=listed, sort=sort, descending=descending, size=size, number=number
            )
            seats = [row["country"] for row in reader.rows("seats")]
        return site.page(
            "companies.html", request=request, section="/companies", held=held, rows=rows, seats=seats, q=q, country=country,
            listed=listed, pairs=pairs, paging=[*pairs, *order], sort=sort, descending=descending, number=number, size=size,
        )  # fmt: skip

    @router.get("/agreements")
    def agreement_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page("agreements.html", request=request, section="/agreements", agreements=agreements.every(reader))

    @router.get("/sources")
    def source_list(request: Request) -> Response:
        with site.database.lease() as reader:
            return site.page("sources.html", request=request, section="/sources", sources=sources.every(reader))

    @router.get("/source/{slug}")
    def source(request: Request, slug: str) -> Response:
        with site.database.lease() as reader:
            found = sources.one(reader, slug)
        if found is None:
            raise HTTPException(404, site.gettext("This edition has no source of this name."))
        return site.page("source.html", request=request, section="/sources", source=found)

    @router.get("/releases")
    def release_list(request: Request) -> Response:
        response = site.page("releases.html", request=request, releases=site.older())
        response.headers["Cache-Control"] = "no-cache"
        return response

    @router.get("/release/{identity}")
    def release(request: Request, identity: str) -> Response:
        if identity == site.prepared.whole != site.prepared.release:
            return moved(site.url(f"/release/{site.prepared.release}"))
        if identity != site.prepared.release:
            known = any(row["id"] == identity for row in site.older())
            raise HTTPException(404, site.gettext(_ANOTHER if known else _UNKNOWN))
        with site.database.lease() as reader:
            counted = reader.one("changes_count")
            changes = reader.rows("changes", [_CHANGES])
        return site.page("release.html", request=request, changes=changes, change_count=counted["held"] if counted else 0)

    @router.get("/method")
    def method(request: Request) -> Response:
        return site.page("method.html", request=request, section="/method")

    return router
