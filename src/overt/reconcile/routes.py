"""`/reconcile`: the service itself. https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt import __version__
from overt.http.absolute_addresses import address_of
from overt.http.parameter_checks import given_not_twice
from overt.http.parameters import NoParameters
from overt.http.problem import Json, Problem
from overt.http.rate_limit import charge
from overt.queries.name_search import search
from overt.reconcile import requests as asked
from overt.reconcile.candidates import Answer, features, match
from overt.reconcile.extend import extend
from overt.reconcile.preview import previewed
from overt.reconcile.properties import LIKELY, TYPES, check_known, properties_of
from overt.site.embed.page import FRAMED
from overt.site.not_found import moved
from overt.site.search.match_texts import describe_match
from overt.site.site import Site

_MOST_BYTES = 1_000_000
_SUGGESTED = 10
_MOST_COLUMNS = 1_000
_MOST_FIELDS = 10
_WIDTH, _HEIGHT = 420, 260
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "What was asked cannot be read."},
}
_UNREADABLE: dict[int | str, dict[str, Any]] = {
    413: {"model": Problem, "description": "More than a megabyte was sent."},
    415: {"model": Problem, "description": "Something else than a form was sent."},
}
_QUERIES = "A batch of queries, as JSON: by key an object with `query`, and `type`, `limit`, `properties` if wanted."
_EXTEND = "Which columns for which ids, as JSON: an object with `ids` and `properties`."
_FORM_TYPE = "application/x-www-form-urlencoded"
_FORM = {
    "requestBody": {
        "required": False,
        "content": {
            _FORM_TYPE: {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "queries": {"type": "string", "format": "queries", "description": _QUERIES},
                        "extend": {"type": "string", "format": "extend", "description": _EXTEND},
                    },
                }
            }
        },
    }
}


class Batch(NoParameters):
    """Of the service itself."""

    queries: str | None = Field(None, description=_QUERIES, json_schema_extra={"format": "queries"})
    extend: str | None = Field(None, description=_EXTEND, json_schema_extra={"format": "extend"})


class Beginning(NoParameters):
    """Of suggestions."""

    prefix: str = Field("", max_length=asked.LONGEST, description="The beginning of a name.")
    type: str = Field("", description="Only what is of this type.", json_schema_extra={"enum": ["", *TYPES]})
    cursor: int = Field(0, ge=0, le=100, description="How many of the suggestions to leave out at the beginning.")
    type_strict: str | None = Field(None, max_length=20, description="Sent by OpenRefine; nothing depends on it.")


class OfType(NoParameters):
    """Of the list of columns."""

    type: str = Field("", description="The type of the records.", json_schema_extra={"enum": ["", *TYPES]})
    limit: int = Field(100, ge=1, le=_MOST_COLUMNS, description="How many columns.")


def routes(site: Site) -> APIRouter:
    """`/reconcile` and what its manifest names."""
    once = [Depends(given_not_twice)]
    router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses=_PROBLEMS, dependencies=once)

    @router.get("", response_model=dict[str, Any], response_class=Json)
    def service(request: Request, given: Annotated[Batch, Query()]) -> Response:
        """Without parameters the service's manifest; with `queries` candidates for each; with `extend` values of records."""
        return _answer(site, request, given.queries, given.extend)

    @router.post("", response_model=dict[str, Any], response_class=Json, responses=_UNREADABLE, openapi_extra=_FORM)
    async def batch(request: Request, given: Annotated[NoParameters, Query()]) -> Response:
        """The same, of a form with `queries` or `extend`: for batches too long for an address."""
        form = await _form(request)
        return await run_in_threadpool(_answer, site, request, form.get("queries"), form.get("extend"))

    @router.get("/suggest/entity", response_model=dict[str, Any], response_class=Json)
    def entities(given: Annotated[Beginning, Query()]) -> Response:
        """Records and countries with names that begin so."""
        types = _types([given.type] if given.type else [])
        last = given.cursor + _SUGGESTED
        with site.database.lease() as reader:
            found = [one for one in search.first(reader, given.prefix, 4 * last) if one.entry["type"] in types]
        return Json({"result": [_suggested(site, one) for one in found[given.cursor : last]]})

    @router.get("/suggest/type", response_model=dict[str, Any], response_class=Json)
    def types_named(given: Annotated[Beginning, Query()]) -> Response:
        """Types whose names begin so."""
        return _begins(given, [_type(site, kind) for kind in _types([given.type] if given.type else [])])

    @router.get("/suggest/property", response_model=dict[str, Any], response_class=Json)
    def properties_named(given: Annotated[Beginning, Query()]) -> Response:
        """Properties whose names begin so."""
        return _begins(given, properties_of(site, _types([given.type] if given.type else [])))

    @router.get("/properties", response_model=dict[str, Any], response_class=Json)
    def properties(given: Annotated[OfType, Query()]) -> Response:
        """The columns that records of a type can have."""
        offered = properties_of(site, _types([given.type] if given.type else []))[: given.limit]
        return Json({**({"type": given.type} if given.type else {}), "limit": given.limit, "properties": offered})

    @router.get("/view/{identity}", include_in_schema=False)
    def view(identity: str) -> Response:
        return moved(_page(site, identity))

    @router.get("/preview/{identity}", include_in_schema=False)
    def preview(identity: str) -> Response:
        answer = site.page("reconcile/preview.html", **previewed(site, identity, _page(site, identity)))
        answer.headers.update(FRAMED)
        return answer

    return router


async def _form(request: Request) -> dict[str, str]:
    """What a form says; it may come in any number of pieces, up to a megabyte."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, "More than a megabyte was sent; send fewer queries at a time.")
    kind = request.headers.get("content-type", _FORM_TYPE).partition(";")[0].strip().lower()
    if body and kind != _FORM_TYPE:
        raise HTTPException(415, f"What was sent is no form; send {_FORM_TYPE} in UTF-8.")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400, f"The form cannot be read; send {_FORM_TYPE} in UTF-8.") from None
    if unknown := sorted(fields.keys() - Batch.model_fields.keys()):
        raise HTTPException(400, f"The form has no such field: {', '.join(unknown)[:100]}; there are queries and extend.")
    if several := [name for name, values in fields.items() if len(values) > 1]:
        raise HTTPException(400, f"{several[0]}: is given more than once.")
    return {name: values[0] for name, values in fields.items()}


def _answer(site: Site, request: Request, queries: str | None, extension: str | None) -> Response:
    if queries is not None:
        batch = asked.queries(queries)
        for key, one in batch.items():
            check_known(site, f"queries: {key[:50]}", [wanted.pid for wanted in one.properties])
        charge(request.scope, len(batch))
        with site.database.lease() as reader:
            found = {key: match(site, reader, one, _types(one.type) if one.type else LIKELY) for key, one in batch.items()}
        return Json({key: {"result": _result(site, found[key], one)} for key, one in batch.items()})
    if extension is not None:
        wanted = asked.extension(extension)
        with site.database.lease() as reader:
            return Json(extend(site, reader, wanted, address_of(site, request)))
    return Json(manifest(site, address_of(site, request)))


def manifest(site: Site, address: str) -> dict[str, Any]:
    """What the service can do, and where. `address`: of the site, without a slash at the end."""

    def at(path: str) -> dict[str, str]:
        return {"service_url": address, "service_path": f"/reconcile{path}"}

    title = site.words.meta["manifest"]["title"] or "Overt"
    return {
        "versions": ["0.2"],
        "name": f"{title}, release {site.prepared.release}",
        "identifierSpace": f"{address}/record/",
        "schemaSpace": f"{address}/reconcile/properties",
        "documentation": f"{address}/method",
        "serviceVersion": __version__,
        "logo": f"{address}{site.asset('logo.svg')}",
        "view": {"url": f"{address}/reconcile/view/{{{{id}}}}"},
        "defaultTypes": [_type(site, kind) for kind in TYPES],
        "preview": {"url": f"{address}/reconcile/preview/{{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {"entity": at("/suggest/entity"), "type": at("/suggest/type"), "property": at("/suggest/property")},
        "extend": {"propose_properties": at("/properties"), "property_settings": []},
    }


def _types(wanted: Sequence[str]) -> Sequence[str]:
    """The types that are asked for, all where none is. Raises HTTPException 400 for one that is not there."""
    if unknown := [kind for kind in wanted if kind not in TYPES]:
        raise HTTPException(400, f"type: there is no {unknown[0][:50]!r} here; there are {', '.join(TYPES)}.")
    return wanted or TYPES


def _type(site: Site, kind: str) -> dict[str, str]:
    named = site.schema.types.get(kind)
    return {"id": kind, "name": named.label if named else site.gettext("Country")}


def _result(site: Site, answer: Answer, query: asked.Query) -> list[dict[str, Any]]:
    """Scores are percents, as is usual; `description` says by which name and why it was found."""
    result = []
    for position, held in enumerate(answer.found):
        other = f"“{held.name}”" if held.name != held.label else ""
        words = "; ".join(told for part in held.parts for told in part.words.split("; ") if "~" in told and "–" not in told)
        result.append(
            {
                "id": held.id,
                "name": held.label,
                "type": [_type(site, held.type)],
                "score": round(100 * held.probability, 2),
                "match": answer.sure and position == 0,
                "description": ": ".join(part for part in (other, words) if part),
                "features": features(held, query.properties),
            }
        )
    return result


def _suggested(site: Site, found: search.Match) -> dict[str, Any]:
    told = describe_match(site, found)
    name = "".join(told["label"])
    other = "".join(told["name"] or [])
    description = site.language.comma.join(part for part in (other, told["what"]) if part)
    return {"id": told["id"], "name": name, "description": description, "notable": [_type(site, told["type"])]}


def _begins(given: Beginning, offered: Sequence[Mapping[str, str]]) -> Response:
    wanted = given.prefix.strip().casefold()
    fits: Callable[[Mapping[str, str]], bool] = lambda one: any(  # noqa: E731
        text.casefold().startswith(wanted) for text in (one["id"], one["name"])
    )
    return Json({"result": [dict(one) for one in offered if fits(one)][given.cursor :]})


def _page(site: Site, identity: str) -> str:
    if identity in site.words.areas:
        return site.url(f"/country/{identity}")
    return site.record_url(None, identity)
