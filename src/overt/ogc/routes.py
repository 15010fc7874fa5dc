"""`/ogc`: OGC API – Features 1.0, Core, GeoJSON, HTML and OpenAPI 3.0."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np
import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.http.absolute_addresses import base_of
from overt.http.problem import WITHDRAWN
from overt.language.language import N_
from overt.ogc import api_documents as documents
from overt.ogc import html_pages as pages
from overt.ogc.collection import Collection, Feature
from overt.ogc.countries import Countries
from overt.ogc.items_query import Asked, read_asked
from overt.ogc.map_data import Held
from overt.ogc.negotiation import CONTENT_CRS, GEOJSON, OPENAPI, ROOT, SCHEMA, Form, Link, document, form_of, forms, link
from overt.ogc.openapi import openapi
from overt.ogc.projects import Cables, Projects
from overt.ogc.sites import Sites
from overt.queries import records
from overt.queries.filters import BadQuery, check_given
from overt.queries.project_arrays import Array
from overt.site.site import Site

_SHORT = 1_000
"""Features up to which an answer is short."""
_NOTHING = np.zeros(0, np.int32)
_NO_COLLECTION = N_("There is no such collection.")
_NO_FEATURE = N_("This collection has no feature with this id.")


def collections_of(site: Site) -> list[Collection]:
    """The collections of what a site serves."""
    held = Held(site.database)
    return [Projects(held), Sites(held), Cables(held), Countries(site.database)]


def routes(site: Site, held: list[Collection]) -> APIRouter:
    """The addresses in one language. `held`: the collections, which languages share."""
    router = APIRouter(prefix=ROOT, include_in_schema=False)
    by_id = {one.said.id: one for one in held}

    def named(name: str) -> Collection:
        if name not in by_id:
            raise HTTPException(404, site.gettext(_NO_COLLECTION))
        return by_id[name]

    def plain(request: Request) -> tuple[Form, str]:
        """Of an address that has no parameter but its form."""
        unknown = sorted(set(request.query_params) - {"f"})
        if unknown:
            names = ", ".join(unknown)[:100]
            raise BadQuery(site.gettext("This address has no such parameter: %(names)s.", names=names))
        check_given(site.query(request).given, (), site.gettext)
        return form_of(request, site), base_of(request, site)

    @router.get("")
    @router.get("/")
    def landing(request: Request) -> Response:
        form, base = plain(request)
        said = documents.landing(site, base, form)
        return document(said) if form == "json" else pages.landing(site, request, said, held)

    @router.get("/conformance")
    def conformance(request: Request) -> Response:
        form, base = plain(request)
        said = documents.conformance(site, base, form)
        return document(said) if form == "json" else pages.conformance(site, request, said)

    @router.get("/api")
    def api(request: Request) -> Response:
        form, base = plain(request)
        return document(openapi(site, base, held), OPENAPI) if form == "json" else pages.api(site, request, held)

    @router.get("/collections")
    def collections(request: Request) -> Response:
        form, base = plain(request)
        if form == "html":
            return pages.collections(site, request, held)
        with site.database.lease() as reader:
            return document(documents.collections(site, base, form, held, reader.vectors))

    @router.get("/collections/{name}")
    def collection(request: Request, name: str) -> Response:
        one, (form, base) = named(name), plain(request)
        if form == "html":
            return pages.collection(site, request, one)
        with site.database.lease() as reader:
            return document(documents.collection(site, base, form, one, reader.vectors))

    @router.get("/collections/{name}/queryables")
    def queryables(request: Request, name: str) -> Response:
        one, (form, base) = named(name), plain(request)
        said = documents.queryables(site, base, one)
        return document(said, SCHEMA) if form == "json" else pages.queryables(site, request, one)

    @router.get("/collections/{name}/items")
    async def items(request: Request, name: str) -> Response:
        one, form, base = named(name), form_of(request, site), base_of(request, site)
        said = one.said
        asked = read_asked(site.query(request), said.filters, said.own, said.properties, dated=said.dated)

        def answer() -> Response:
            return _items(site, request, one, asked, form, base)

        # A short answer takes two milliseconds; handing it to another thread and back would take as long when many ask at once.
        short = asked.limit <= _SHORT and not asked.wanted.q and form == "json"
        return answer() if short and _kind(asked) in one.answered else await run_in_threadpool(answer)

    @router.get("/collections/{name}/items/{identity}")
    def item(request: Request, name: str, identity: str) -> Response:
        one, (form, base) = named(name), plain(request)
        with site.database.lease() as reader:
            number = one.number(reader, identity)
            if number is None:
                return _elsewhere(site, request, one, reader, identity)
            feature = orjson.loads(one.features(reader, np.array([number]), site, base)[0])
        if form == "html":
            return pages.item(site, request, one, feature)
        here = f"{documents.root(site, base)}/collections/{name}"
        links = [
            *forms(f"{here}/items/{quote(identity, safe='')}", site, form, GEOJSON),
            link(here, "collection", "application/json", site.gettext(one.said.title)),
        ]
        return document({**feature, "links": links}, GEOJSON, Content_Crs=CONTENT_CRS)

    return router


def _elsewhere(site: Site, request: Request, one: Collection, reader: Any, identity: str) -> Response:
    """What is said of an id that is no feature's."""
    what, held = records.standing(reader, identity)
    if what == "moved" and one.number(reader, held) is not None:
        address = f"{site.language.base}{ROOT}/collections/{one.said.id}/items/{held}"
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(address + asked, 308, headers={"Cache-Control": "max-age=300"})
    if what == "withdrawn":
        raise HTTPException(410, WITHDRAWN)
    raise HTTPException(404, site.gettext(_NO_FEATURE))


def _items(site: Site, request: Request, one: Collection, asked: Asked, form: Form, base: str) -> Response:
    """The features that are asked for."""
    with site.database.lease() as reader:
        parts = one.find(reader, asked)
        many = sum(map(len, parts))
        features = one.features(reader, _shown(parts, asked), site, base)
    if asked.properties is not None:
        features = [_selected(feature, asked.properties) for feature in features]
    one.answered.add(_kind(asked))
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key not in ("f", "offset")]
    if form == "html":
        return pages.items(site, request, one, list(map(orjson.loads, features)), asked, many, pairs)
    here = f"{documents.root(site, base)}/collections/{one.said.id}/items"
    links = [
        *forms(here, site, form, GEOJSON, [*pairs, *([("offset", str(asked.offset))] if asked.offset else [])]),
        *_turns(site, here, asked, many, pairs),
        link(here.removesuffix("/items"), "collection", "application/json", site.gettext(one.said.title)),
    ]
    counts = {"numberMatched": many, "numberReturned": len(features)}
    held = {"type": "FeatureCollection", **counts, "links": links, "features": orjson.Fragment(f"[{','.join(features)}]")}
    return document(held, GEOJSON, Content_Crs=CONTENT_CRS)


def _kind(asked: Asked) -> tuple[object, ...]:
    """By what it is asked: what answers are made from is made when somebody asks so for the first time."""
    return asked.box is not None, bool(asked.days), bool(asked.wanted), *sorted(asked.others)


def _shown(parts: list[Array], asked: Asked) -> Array:
    """The part of what was found that one answer holds."""
    held, passed = [_NOTHING], 0
    for part in parts:
        held.append(part[max(0, asked.offset - passed) : max(0, asked.offset + asked.limit - passed)])
        passed += len(part)
        if passed >= asked.offset + asked.limit:
            break
    return np.concatenate(held)


def _selected(feature: str, names: Sequence[str]) -> str:
    """A feature with these properties alone."""
    held: Feature = orjson.loads(feature)
    said = held["properties"]
    return orjson.dumps({**held, "properties": {name: said[name] for name in names}}).decode()


def _turns(site: Site, here: str, asked: Asked, many: int, pairs: list[tuple[str, str]]) -> list[Link]:
    """Links to the features before and after."""
    made = []
    turns: Mapping[str, tuple[bool, int, str]] = {
        "next": (asked.offset + asked.limit < many, asked.offset + asked.limit, site.gettext("Next")),
        "prev": (asked.offset > 0, max(0, asked.offset - asked.limit), site.gettext("Previous")),
    }
    for rel, (there, offset, title) in turns.items():
        if there:
            query = urlencode([*pairs, ("f", "json"), *([("offset", str(offset))] if offset else [])])
            made.append(link(f"{here}?{query}", rel, GEOJSON, title))
    return made
