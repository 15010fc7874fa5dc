"""Companies, agreements, sources, releases, method and search."""

import orjson
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.publish.read import agreements, organizations, search, sources
from overt.publish.read.database import Row
from overt.publish.site.language import N_
from overt.publish.site.pages.records import moved
from overt.publish.site.site import Site

_CHANGES = 200
_ANOTHER = N_("That release is not the one served here; `overt serve --release ID` serves it.")
_UNKNOWN = N_("That release is not one of this atlas.")


def routes(site: Site) -> APIRouter:
    """`/companies`, `/agreements`, `/sources`, `/source/…`, `/releases`, `/release/…`, `/method`, `/search`."""
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

    @router.get("/search")
    def search_page(request: Request) -> Response:
        query = site.query(request)
        q = query.one("q")[:200]
        number, size = query.number("page", 1, 1_000, 1), query.number("size", 1, 200, 50)
        with site.database.lease() as reader:
            if _is_id(q):
                return moved(site.url(f"/record/{q}"))
            held, rows = search.find(reader, q, size=size, number=number) if q else (0, [])
        found = [{**row, **_leads(site, row)} for row in rows]
        return site.page("search.html", request=request, q=q, held=held, rows=found, number=number, size=size, most=search.MOST)

    return router


def _is_id(text: str) -> bool:
    return len(text) == 16 and text.startswith("ovt-") and text[4:].isalnum() and text.isascii()


def _leads(site: Site, row: Row) -> dict[str, str]:
    """Where a match leads, and what it is in a few words."""
    kind, identity, comma = row["type"], row["id"], site.language.comma
    if kind == "country":
        what = comma.join([site.gettext("Country"), _projects(site, int(row["detail"]))])
        return {"address": site.url(f"/country/{identity}"), "what": what}
    if kind == "kind":
        return {"address": site.address("/", [("kind", identity)]), "what": site.gettext("Kind of project")}
    if kind in ("figure", "source"):
        what = site.gettext("Figure") if kind == "figure" else site.gettext("Source")
        return {"address": site.url(f"/{kind}/{identity}"), "what": what}
    said = [site.schema.types[kind].label]
    if kind == "organization":
        said = [site.words.term("organization-kinds", row["kind"]) or said[0], site.words.area(row["country"])]
        said.append(_projects(site, row["projects"] or 0))
    elif kind == "project":
        codes = orjson.loads(row["countries"] or "[]")
        said += [comma.join(site.words.area(code) for code in codes[:3]) + (" …" if len(codes) > 3 else "")]
        said += [site.formats.date(str(row["year"]))] if row["year"] else []
    return {"address": site.record_url(kind, identity), "what": comma.join(part for part in said if part)}


def _projects(site: Site, count: int) -> str:
    return site.ngettext("%(n)s project", "%(n)s projects", count) if count else site.gettext("no project")
