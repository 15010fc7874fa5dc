"""Companies, agreements, sources, releases, method and search."""

import orjson
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.publish.read import agreements, organizations, search, sources
from overt.publish.read.database import Row
from overt.publish.site.pages.records import moved
from overt.publish.site.site import Site, address, record_url

_CHANGES = 200


def routes(site: Site) -> APIRouter:
    """`/companies`, `/agreements`, `/sources`, `/source/…`, `/releases`, `/release/…`, `/method`, `/search`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/companies")
    def companies(request: Request) -> Response:
        query = site.query(request)
        q, country, listed = query.one("q")[:200], query.one("country"), query.one("listed") == "yes"
        if country and country not in site.words.areas:
            raise HTTPException(400, "country is not a country’s code (ISO 3166-1 alpha-2, as in KE).")
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
            "companies.html", section="/companies", held=held, rows=rows, seats=seats, q=q, country=country, listed=listed,
            pairs=pairs, paging=[*pairs, *order], sort=sort, descending=descending, number=number, size=size,
        )  # fmt: skip

    @router.get("/agreements")
    def agreement_list() -> Response:
        with site.database.lease() as reader:
            return site.page("agreements.html", section="/agreements", agreements=agreements.every(reader))

    @router.get("/sources")
    def source_list() -> Response:
        with site.database.lease() as reader:
            return site.page("sources.html", section="/sources", sources=sources.every(reader))

    @router.get("/source/{slug}")
    def source(slug: str) -> Response:
        with site.database.lease() as reader:
            found = sources.one(reader, slug)
        if found is None:
            raise HTTPException(404, "This edition has no source of this name.")
        return site.page("source.html", section="/sources", source=found)

    @router.get("/releases")
    def release_list() -> Response:
        response = site.page("releases.html", releases=site.older())
        response.headers["Cache-Control"] = "no-cache"
        return response

    @router.get("/release/{identity}")
    def release(identity: str) -> Response:
        if identity == site.prepared.whole != site.prepared.release:
            return moved(f"/release/{site.prepared.release}")
        if identity != site.prepared.release:
            known = any(row["id"] == identity for row in site.older())
            said = "is not the one served here; `overt serve --release ID` serves it." if known else "is not one of this atlas."
            raise HTTPException(404, f"That release {said}")
        with site.database.lease() as reader:
            counted = reader.one("changes_count")
            changes = reader.rows("changes", [_CHANGES])
        return site.page("release.html", changes=changes, change_count=counted["held"] if counted else 0)

    @router.get("/method")
    def method() -> Response:
        return site.page("method.html", section="/method")

    @router.get("/search")
    def search_page(request: Request) -> Response:
        query = site.query(request)
        q = query.one("q")[:200]
        number, size = query.number("page", 1, 1_000, 1), query.number("size", 1, 200, 50)
        with site.database.lease() as reader:
            if _is_id(q):
                return moved(f"/record/{q}")
            held, rows = search.find(reader, q, size=size, number=number) if q else (0, [])
        found = [{**row, **_leads(site, row)} for row in rows]
        return site.page("search.html", q=q, held=held, rows=found, number=number, size=size, most=search.MOST)

    return router


def _is_id(text: str) -> bool:
    return len(text) == 16 and text.startswith("ovt-") and text[4:].isalnum() and text.isascii()


def _leads(site: Site, row: Row) -> dict[str, str]:
    """Where a match leads, and what it is in a few words."""
    kind, identity = row["type"], row["id"]
    if kind == "country":
        return {"address": f"/country/{identity}", "what": f"Country, {_projects(int(row['detail']))}"}
    if kind == "kind":
        return {"address": address("/", [("kind", identity)]), "what": "Kind of project"}
    if kind in ("figure", "source"):
        return {"address": f"/{kind}/{identity}", "what": kind.capitalize()}
    said = [site.schema.types[kind].label]
    if kind == "organization":
        said = [site.words.term("organization-kinds", row["kind"]) or "Organisation", site.words.area(row["country"])]
        said.append(_projects(row["projects"] or 0))
    elif kind == "project":
        codes = orjson.loads(row["countries"] or "[]")
        said += [
            ", ".join(site.words.area(code) for code in codes[:3]) + (" …" if len(codes) > 3 else ""),
            str(row["year"] or ""),
        ]
    return {"address": record_url(kind, identity), "what": ", ".join(part for part in said if part)}


def _projects(count: int) -> str:
    return "no project" if not count else f"{count:,} project{'' if count == 1 else 's'}"
