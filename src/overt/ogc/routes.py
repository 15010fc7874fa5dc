"""`/ogc`: OGC API – Features 1.0 (Core, GeoJSON, HTML and OpenAPI 3.0), with filters in CQL2."""

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
from overt.http.json_and_problem_responses import gone_detail
from overt.language.language import N_
from overt.ogc import api_documents as documents
from overt.ogc import html_pages as pages
from overt.ogc.collection_interface import Collection, Feature
from overt.ogc.countries import Countries
from overt.ogc.feature_arrays import MapData
from overt.ogc.items_query_parameters import ItemsQuery, read_items_query
from overt.ogc.negotiation import CONTENT_CRS, GEOJSON, OPENAPI, ROOT, SCHEMA, Form, Link, document, form_of, forms, link
from overt.ogc.openapi import openapi
from overt.ogc.project_sites import Sites
from overt.ogc.projects_and_cables import Cables, Projects
from overt.queries import records
from overt.queries.address_parameters import BadQuery, check_value_counts
from overt.queries.projects_in_memory import Array
from overt.site.site import Site

_SHORT = 1_000
"""Largest `limit` for which a response counts as short."""
_NOTHING = np.zeros(0, np.int32)
_NO_COLLECTION = N_("There is no such collection.")
_NO_FEATURE = N_("This collection has no feature with this id.")


def collections_of(site: Site) -> list[Collection]:
    """Return the collections of the served release."""
    data = MapData(site.database)
    return [Projects(data), Sites(data), Cables(data), Countries(site.database)]


def routes(site: Site, feature_sets: list[Collection]) -> APIRouter:
    """Return the routes in one language. `feature_sets`: the collections, shared by all languages."""
    router = APIRouter(prefix=ROOT, include_in_schema=False)
    by_id = {feature_set.info.id: feature_set for feature_set in feature_sets}

    def find_collection(name: str) -> Collection:
        if name not in by_id:
            raise HTTPException(404, site.gettext(_NO_COLLECTION))
        return by_id[name]

    def read_form(request: Request) -> tuple[Form, str]:
        """Return the format and the base address of a request. Raises BadQuery for an invalid `f` and for other parameters."""
        unknown = sorted(set(request.query_params) - {"f"})
        if unknown:
            names = ", ".join(unknown)[:100]
            raise BadQuery(site.gettext("This address has no such parameter: %(names)s.", names=names))
        check_value_counts(site.query(request).parameters, (), site.gettext)
        return form_of(request, site), base_of(request, site)

    @router.get("")
    @router.get("/")
    def landing(request: Request) -> Response:
        form, base = read_form(request)
        content = documents.landing(site, base, form)
        return document(content) if form == "json" else pages.landing(site, request, content, feature_sets)

    @router.get("/conformance")
    def conformance(request: Request) -> Response:
        form, base = read_form(request)
        content = documents.conformance(site, base, form)
        return document(content) if form == "json" else pages.conformance(site, request, content)

    @router.get("/api")
    def api(request: Request) -> Response:
        form, base = read_form(request)
        return document(openapi(site, base, feature_sets), OPENAPI) if form == "json" else pages.api(site, request, feature_sets)

    @router.get("/collections")
    def collections(request: Request) -> Response:
        form, base = read_form(request)
        if form == "html":
            return pages.collections(site, request, feature_sets)
        with site.database.lease() as reader:
            return document(documents.collections(site, base, form, feature_sets, reader.vectors))

    @router.get("/collections/{name}")
    def collection(request: Request, name: str) -> Response:
        feature_set, (form, base) = find_collection(name), read_form(request)
        if form == "html":
            return pages.collection(site, request, feature_set)
        with site.database.lease() as reader:
            return document(documents.collection(site, base, form, feature_set, reader.vectors))

    @router.get("/collections/{name}/queryables")
    def queryables(request: Request, name: str) -> Response:
        feature_set, (form, base) = find_collection(name), read_form(request)
        content = documents.queryables(site, base, feature_set)
        return document(content, SCHEMA) if form == "json" else pages.queryables(site, request, feature_set)

    @router.get("/collections/{name}/items")
    async def items(request: Request, name: str) -> Response:
        feature_set, form, base = find_collection(name), form_of(request, site), base_of(request, site)
        info = feature_set.info
        query = read_items_query(
            site.query(request),
            info.filters,
            info.own_parameters,
            info.properties,
            info.queryables,
            info.former,
            dated=info.dated,
        )

        def respond() -> Response:
            return _items(site, request, feature_set, query, form, base)

        # A short response takes two milliseconds to make. Under load, moving it to another thread and back would take just as
        # long.
        short = query.limit <= _SHORT and not query.projects.q and not query.condition and form == "json"
        return respond() if short and _kind(query) in feature_set.answered else await run_in_threadpool(respond)

    @router.get("/collections/{name}/items/{identity}")
    def item(request: Request, name: str, identity: str) -> Response:
        feature_set, (form, base) = find_collection(name), read_form(request)
        with site.database.lease() as reader:
            number = feature_set.number(reader, identity)
            if number is None:
                return _elsewhere(site, request, feature_set, reader, identity)
            feature = orjson.loads(feature_set.features(reader, np.array([number]), site, base)[0])
        if form == "html":
            return pages.item(site, request, feature_set, feature)
        here = f"{documents.root(site, base)}/collections/{name}"
        links = [
            *forms(f"{here}/items/{quote(identity, safe='')}", site, form, GEOJSON),
            link(here, "collection", "application/json", site.gettext(feature_set.info.title)),
        ]
        return document({**feature, "links": links}, GEOJSON, Content_Crs=CONTENT_CRS)

    return router


def _elsewhere(site: Site, request: Request, feature_set: Collection, reader: Any, identity: str) -> Response:
    """Redirect if the record was merged into another in the collection; otherwise raise HTTPException 404 or 410."""
    missing = records.find_missing(reader, identity)
    if missing.record is not None and feature_set.number(reader, missing.record.id) is not None:
        address = f"{site.language.base}{ROOT}/collections/{feature_set.info.id}/items/{missing.record.id}"
        parameters = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(address + parameters, 308, headers={"Cache-Control": "max-age=300"})
    if missing.withdrawal is not None:
        raise HTTPException(410, gone_detail(missing.withdrawal.since, missing.withdrawal.why))
    raise HTTPException(404, site.gettext(_NO_FEATURE))


def _items(site: Site, request: Request, feature_set: Collection, query: ItemsQuery, form: Form, base: str) -> Response:
    """Return a page of the features that match a query, as GeoJSON or HTML."""
    with site.database.lease() as reader:
        parts = feature_set.find(reader, query)
        many = sum(map(len, parts))
        features = feature_set.features(reader, _page_of(parts, query), site, base)
    if query.properties is not None:
        features = [_selected(feature, query.properties, feature_set.info.former) for feature in features]
    feature_set.answered.add(_kind(query))
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key not in ("f", "offset")]
    if form == "html":
        return pages.items(site, request, feature_set, list(map(orjson.loads, features)), query, many, pairs)
    here = f"{documents.root(site, base)}/collections/{feature_set.info.id}/items"
    links = [
        *forms(here, site, form, GEOJSON, [*pairs, *([("offset", str(query.offset))] if query.offset else [])]),
        *_page_links(site, here, query, many, pairs),
        link(here.removesuffix("/items"), "collection", "application/json", site.gettext(feature_set.info.title)),
    ]
    counts = {"numberMatched": many, "numberReturned": len(features)}
    content = {"type": "FeatureCollection", **counts, "links": links, "features": orjson.Fragment(f"[{','.join(features)}]")}
    return document(content, GEOJSON, Content_Crs=CONTENT_CRS)


def _kind(query: ItemsQuery) -> tuple[object, ...]:
    """Return a key for the kinds of conditions in a query. The first query with a key builds the arrays that it needs."""
    return query.box is not None, bool(query.days), bool(query.projects), *sorted(query.own_parameters)


def _page_of(parts: list[Array], query: ItemsQuery) -> Array:
    """Return the feature numbers that `limit` and `offset` select from several arrays, read one after another."""
    selected, passed = [_NOTHING], 0
    for part in parts:
        selected.append(part[max(0, query.offset - passed) : max(0, query.offset + query.limit - passed)])
        passed += len(part)
        if passed >= query.offset + query.limit:
            break
    return np.concatenate(selected)


def _selected(feature: str, names: Sequence[str], former: Mapping[str, str]) -> str:
    """Return a feature with only the named properties. A property that is requested by an old name keeps that name."""
    content: Feature = orjson.loads(feature)
    properties = content["properties"]
    selected = {name: properties[former.get(name, name)] for name in names}
    return orjson.dumps({**content, "properties": selected}).decode()


def _page_links(site: Site, here: str, query: ItemsQuery, many: int, pairs: list[tuple[str, str]]) -> list[Link]:
    """Return the links to the next and previous page."""
    made = []
    turns: Mapping[str, tuple[bool, int, str]] = {
        "next": (query.offset + query.limit < many, query.offset + query.limit, site.gettext("Next")),
        "prev": (query.offset > 0, max(0, query.offset - query.limit), site.gettext("Previous")),
    }
    for rel, (there, offset, title) in turns.items():
        if there:
            parameters = urlencode([*pairs, ("f", "json"), *([("offset", str(offset))] if offset else [])])
            made.append(link(f"{here}?{parameters}", rel, GEOJSON, title))
    return made
