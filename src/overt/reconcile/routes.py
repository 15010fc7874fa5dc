"""Routes of `/reconcile`, as specified in https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.absolute_addresses import address_of
from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import NoParameters
from overt.http.query_validation import check_repeated
from overt.http.rate_limit import charge
from overt.queries.name_search import name_lookup
from overt.reconcile import requests
from overt.reconcile.candidates import Answer, features, find_candidates
from overt.reconcile.data_extension import extend
from overt.reconcile.preview import preview_context
from overt.reconcile.types_and_properties import LIKELY, TYPES, check_known, properties_of
from overt.site.figure_embed.page import FRAMED
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.search.match_descriptions import describe_match
from overt.site.site import Site
from overt.version import __version__

_MAX_BYTES = 1_000_000
_SUGGESTED = 10
_MAX_COLUMNS = 1_000
_MAX_FIELDS = 10
_WIDTH, _HEIGHT = 420, 260
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be read."},
}
_UNREADABLE: dict[int | str, dict[str, Any]] = {
    413: {"model": Problem, "description": "More than a megabyte was sent."},
    415: {"model": Problem, "description": "The request body is not a form."},
}
_QUERIES = "Queries by key, as JSON: each is an object with `query` and, optionally, `type`, `limit` and `properties`."
_EXTEND = "The columns to return for each id, as JSON: an object with `ids` and `properties`."
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
    """Parameters of the service."""

    queries: str | None = Field(None, description=_QUERIES, json_schema_extra={"format": "queries"})
    extend: str | None = Field(None, description=_EXTEND, json_schema_extra={"format": "extend"})


class Prefix(NoParameters):
    """Parameters of suggestions."""

    prefix: str = Field("", max_length=requests.MAX_NAME_LENGTH, description="The beginning of a name.")
    type: str = Field("", description="Limits suggestions to this type.", json_schema_extra={"enum": ["", *TYPES]})
    cursor: int = Field(0, ge=0, le=100, description="Number of suggestions to skip.")
    type_strict: str | None = Field(None, max_length=20, description="Sent by OpenRefine; ignored.")


class OfType(NoParameters):
    """Parameters of the list of columns."""

    type: str = Field("", description="The type of the records.", json_schema_extra={"enum": ["", *TYPES]})
    limit: int = Field(100, ge=1, le=_MAX_COLUMNS, description="Maximum number of columns.")


def routes(site: Site) -> APIRouter:
    """Return the routes of `/reconcile`."""
    once = [Depends(check_repeated)]
    router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses=_PROBLEMS, dependencies=once)

    @router.get("", response_model=dict[str, Any], response_class=Json)
    def service(request: Request, parameters: Annotated[Batch, Query()]) -> Response:
        """Return the manifest if there are no parameters, candidates for `queries`, or record values for `extend`."""
        return _respond(site, request, parameters.queries, parameters.extend)

    @router.post("", response_model=dict[str, Any], response_class=Json, responses=_UNREADABLE, openapi_extra=_FORM)
    async def batch(request: Request, parameters: Annotated[NoParameters, Query()]) -> Response:
        """The same as GET, for a form with `queries` or `extend`, because a batch can be too long for an address."""
        form = await _form(request)
        return await run_in_threadpool(_respond, site, request, form.get("queries"), form.get("extend"))

    @router.get("/suggest/entity", response_model=dict[str, Any], response_class=Json)
    def entities(parameters: Annotated[Prefix, Query()]) -> Response:
        """Records and countries with a name that fits the prefix, best first."""
        types = _types([parameters.type] if parameters.type else [])
        last = parameters.cursor + _SUGGESTED
        with site.database.lease() as reader:
            matches = [match for match in name_lookup.first(reader, parameters.prefix, 4 * last) if match.entry.type in types]
        return Json({"result": [_suggested(site, match) for match in matches[parameters.cursor : last]]})

    @router.get("/suggest/type", response_model=dict[str, Any], response_class=Json)
    def types_named(parameters: Annotated[Prefix, Query()]) -> Response:
        """Types whose names or ids begin with the prefix."""
        return _with_prefix(parameters, [_type(site, kind) for kind in _types([parameters.type] if parameters.type else [])])

    @router.get("/suggest/property", response_model=dict[str, Any], response_class=Json)
    def properties_named(parameters: Annotated[Prefix, Query()]) -> Response:
        """Properties whose names or ids begin with the prefix."""
        return _with_prefix(parameters, properties_of(site, _types([parameters.type] if parameters.type else [])))

    @router.get("/properties", response_model=dict[str, Any], response_class=Json)
    def properties(parameters: Annotated[OfType, Query()]) -> Response:
        """The columns that records of a type can have."""
        offered = properties_of(site, _types([parameters.type] if parameters.type else []))[: parameters.limit]
        return Json({**({"type": parameters.type} if parameters.type else {}), "limit": parameters.limit, "properties": offered})

    @router.get("/view/{identity}", include_in_schema=False)
    def view(identity: str) -> Response:
        return moved(_page(site, identity))

    @router.get("/preview/{identity}", include_in_schema=False)
    def preview(identity: str) -> Response:
        answer = site.page("reconcile/preview.html", **preview_context(site, identity, _page(site, identity)))
        answer.headers.update(FRAMED)
        return answer

    return router


async def _form(request: Request) -> dict[str, str]:
    """Read the fields of a form of at most a megabyte. Raises HTTPException 400, 413 or 415."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MAX_BYTES:
            raise HTTPException(413, "More than a megabyte was sent; send fewer queries at a time.")
    kind = request.headers.get("content-type", _FORM_TYPE).partition(";")[0].strip().lower()
    if body and kind != _FORM_TYPE:
        raise HTTPException(415, f"The request body is not a form; send {_FORM_TYPE} in UTF-8.")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400, f"The form cannot be read; send {_FORM_TYPE} in UTF-8.") from None
    if unknown := sorted(fields.keys() - Batch.model_fields.keys()):
        raise HTTPException(400, f"The form has no such field: {', '.join(unknown)[:100]}; there are queries and extend.")
    if several := [name for name, values in fields.items() if len(values) > 1]:
        raise HTTPException(400, f"{several[0]}: is given more than once.")
    return {name: values[0] for name, values in fields.items()}


def _respond(site: Site, request: Request, queries: str | None, extension: str | None) -> Response:
    if queries is not None:
        batch = requests.queries(queries)
        for key, query in batch.items():
            check_known(site, f"queries: {key[:50]}", [column.pid for column in query.properties])
        charge(request.scope, len(batch))
        with site.database.lease() as reader:
            answers = {
                key: find_candidates(site, reader, query, _types(query.type) if query.type else LIKELY)
                for key, query in batch.items()
            }
        return Json({key: {"result": _result(site, answers[key], query)} for key, query in batch.items()})
    if extension is not None:
        columns = requests.extension(extension)
        with site.database.lease() as reader:
            return Json(extend(site, reader, columns, address_of(site, request)))
    return Json(manifest(site, address_of(site, request)))


def manifest(site: Site, address: str) -> dict[str, Any]:
    """Return the manifest of the service. `address`: the site's address without a trailing slash."""

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


def _types(requested: Sequence[str]) -> Sequence[str]:
    """Return the requested types, or all types if none are requested. Raises HTTPException 400 for an unknown type."""
    if unknown := [kind for kind in requested if kind not in TYPES]:
        raise HTTPException(400, f"type: there is no {unknown[0][:50]!r} here; there are {', '.join(TYPES)}.")
    return requested or TYPES


def _type(site: Site, kind: str) -> dict[str, str]:
    named = site.schema.types.get(kind)
    return {"id": kind, "name": named.label if named else site.gettext("Country")}


def _result(site: Site, answer: Answer, query: requests.Query) -> list[dict[str, Any]]:
    """Return the result of a query. Scores are percentages.

    `description` has the most similar name, if it isn't the label, and for each part of the score the words that were compared,
    if both names have some.
    """
    result = []
    for position, candidate in enumerate(answer.candidates):
        other = f"“{candidate.name}”" if candidate.name != candidate.label else ""
        words = "; ".join(
            phrase for part in candidate.parts for phrase in part.words.split("; ") if "~" in phrase and "–" not in phrase
        )
        result.append(
            {
                "id": candidate.id,
                "name": candidate.label,
                "type": [_type(site, candidate.type)],
                "score": round(100 * candidate.probability, 2),
                "match": answer.sure and position == 0,
                "description": ": ".join(part for part in (other, words) if part),
                "features": features(candidate, query.properties),
            }
        )
    return result


def _suggested(site: Site, match: name_lookup.Match) -> dict[str, Any]:
    result = describe_match(site, match)
    name = "".join(result["label"])
    other = "".join(result["name"] or [])
    description = site.language.comma.join(part for part in (other, result["what"]) if part)
    return {"id": result["id"], "name": name, "description": description, "notable": [_type(site, result["type"])]}


def _with_prefix(parameters: Prefix, items: Sequence[Mapping[str, str]]) -> Response:
    prefix = parameters.prefix.strip().casefold()
    fits: Callable[[Mapping[str, str]], bool] = lambda item: any(  # noqa: E731
        text.casefold().startswith(prefix) for text in (item["id"], item["name"])
    )
    return Json({"result": [dict(item) for item in items if fits(item)][parameters.cursor :]})


def _page(site: Site, identity: str) -> str:
    if identity in site.words.areas:
        return site.url(f"/country/{identity}")
    return site.record_url(None, identity)
