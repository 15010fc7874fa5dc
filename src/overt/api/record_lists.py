"""Paginated records, projects and claims, single claims, and counts of projects by filter."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.api.paging import Paged, fields_parameter, make_cursor, page_response, read_cursor, select_fields
from overt.api.records import CLAIM_FIELDS, claim_data, record_data
from overt.api.schemas import Claim, RecordItem, ReleasedClaim
from overt.http.json_responses import Json, Problem, gone_detail
from overt.http.query_models import ONCE, PROBLEMS, Filters, Many, NoParameters
from overt.http.served_release import Served
from overt.index.project_filters import FACETS
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.queries import records
from overt.queries.as_of import record_spans
from overt.queries.database import json_array
from overt.queries.facets import counts
from overt.queries.filtered_projects import matching_projects
from overt.queries.rows.records import Claim as ClaimRow
from overt.queries.rows.records import Record


class RecordList(Paged):
    """Parameters of the list of records."""

    fields: str | None = fields_parameter(RecordItem)
    type: Many = Field(None, description="Type of record. May be repeated.")


class ProjectList(Filters, Paged):
    """Parameters of the list of projects."""

    fields: str | None = fields_parameter(RecordItem)


class ClaimList(Paged):
    """Parameters of the list of claims."""

    fields: str | None = fields_parameter(Claim)
    about: str | None = Field(None, max_length=40, description="Published id (`ovt-…`) of the record that the claims are about.")
    source: str | None = Field(None, max_length=100, description="Source of the claims.")
    property: str | None = Field(None, max_length=100, description="Property of the claims.")


class RecordPage(BaseModel):
    """A page of records."""

    release: str
    next: str | None = Field(description="Cursor of the next page; null on the last page.")
    items: list[RecordItem]
    total: int | None = Field(None, description="For projects: number of matches.")


class ClaimPage(BaseModel):
    """A page of claims."""

    release: str
    next: str | None
    items: list[Claim]


class FacetCounts(BaseModel):
    """Number of projects that each choice of a filter would match, with the other filters unchanged."""

    release: str
    total: int = Field(description="Number of projects that match all filters.")
    facets: dict[str, dict[str, int]] = Field(description="Filter → value → projects.")


_COLUMNS = {"about": "id", "source": "source", "property": "property"}
"""Column that each parameter of the list of claims filters."""
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "This release has no such claim."}}
_OF_A_RECORD: dict[int | str, dict[str, Any]] = {
    308: {"description": "The record was merged into another; the address has its id."},
    404: {"model": Problem, "description": "This release has no such record."},
    410: {"model": Problem, "description": "Editors withhold the record."},
}


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/records`, `/api/v1/projects`, `/api/v1/claims` and `/api/v1/facets`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/records", response_model=RecordPage, response_class=Json)
    def record_list(request: Request, parameters: Annotated[RecordList, Query()]) -> Response:
        """Return all records, or those of the given types, ordered by id."""
        requested = [kind for kind in parameters.type or [] if kind]
        if unknown := [kind for kind in requested if kind not in site.schema.types]:
            raise HTTPException(400, f"type: there is no {unknown[0][:50]!r}; there are {', '.join(site.schema.types)}.")
        [after] = read_cursor(parameters.cursor) or [""]
        types = json_array(requested) if requested else None
        with site.database.lease() as reader:
            rows = reader.rows("records.records_after", {"after": after, "types": types, "limit": parameters.limit + 1})
            ids = [row["id"] for row in rows]
            listed = records.records(reader, ids[: parameters.limit])
        following = make_cursor(ids[parameters.limit - 1]) if len(ids) > parameters.limit else None
        return page_response(
            site,
            request,
            select_fields([_item(record) for record in listed], parameters.fields, RecordItem.model_fields),
            following,
        )

    @router.get("/projects", response_model=RecordPage, response_class=Json)
    def project_list(request: Request, parameters: Annotated[ProjectList, Query()]) -> Response:
        """Return the projects that match the filters of the explorer, ordered by id. With `as_of`, `in_place` says whether each
        was in place then.
        """
        [after] = read_cursor(parameters.cursor) or [""]
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            mask = matching_projects(reader, selection)
            ids = reader.vectors.ids_after(mask, after, parameters.limit + 1)
            listed = records.records(reader, ids[: parameters.limit])
            spans = record_spans.spans(reader, ids) if selection.as_of else {}
        following = make_cursor(ids[parameters.limit - 1]) if len(ids) > parameters.limit else None
        answers = {identity: str(span.in_place(selection.as_of)) for identity, span in spans.items()}
        items = [{**_item(record), "in_place": answers.get(record.id)} for record in listed]
        selected = select_fields(items, parameters.fields, RecordItem.model_fields)
        return page_response(site, request, selected, following, total=int(mask.sum()))

    @router.get("/claims", response_model=ClaimPage, response_class=Json, responses=_OF_A_RECORD)
    def claim_list(request: Request, parameters: Annotated[ClaimList, Query()]) -> Response:
        """Return claims with their sources and evidence, ordered by id. They can be limited to one record, source or property."""
        [after] = read_cursor(parameters.cursor) or [""]
        values = {column: value for name, column in _COLUMNS.items() if (value := getattr(parameters, name))}
        if values.get("source", EDITORIAL_SOURCE) not in {*site.sources, EDITORIAL_SOURCE}:
            raise HTTPException(400, f"source: there is no {values['source'][:50]!r} here; /sources names those that are.")
        if "property" in values and not any(parameters.property in kind.properties for kind in site.schema.types.values()):
            raise HTTPException(400, f"property: there is no {values['property'][:50]!r}; the data dictionary names them.")
        with site.database.lease() as reader:
            if "id" in values and records.find(reader, values["id"]) is None:
                what, new, withdrawal = records.find_missing(reader, values["id"])
                if what == "moved":
                    path = f"{request.url.path}?{request.url.include_query_params(about=new).query}"
                    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})
                if withdrawal is not None and withdrawal.since is not None:
                    raise HTTPException(410, gone_detail(withdrawal.since, withdrawal.why))
                if what == "unknown":
                    raise HTTPException(404, "No record of this release has this id.")
            only = "".join(f" AND {name} = :{name}" for name in values)
            rows = reader.rows("records.claims_after", {**values, "after": after, "limit": parameters.limit + 1}, only=only)
            ids = [row["claim_id"] for row in rows]
            page_claims = records.claims_by_id(reader, ids[: parameters.limit])
        following = make_cursor(ids[parameters.limit - 1]) if len(ids) > parameters.limit else None
        items = [_claim(claim) for claim in page_claims]
        return page_response(site, request, select_fields(items, parameters.fields, CLAIM_FIELDS), following)

    @router.get("/claims/{claim_id}", response_model=ReleasedClaim, response_class=Json, responses=_NOT_FOUND)
    def claim_by_id(claim_id: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return a claim by its `claim_id`. `about` is the published id of its record."""
        with site.database.lease() as reader:
            claim = records.claim(reader, claim_id)
        if claim is None:
            raise HTTPException(404, "This release has no claim with this id.")
        return Json({"release": site.prepared.release, **_claim(claim)})

    @router.get("/facets", response_model=FacetCounts, response_class=Json)
    def facets(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Return the number of projects that each choice of a filter would match, with the other filters unchanged. Choices
        without a match are left out.
        """
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            facet_counts = counts(reader, selection)
            total = int(matching_projects(reader, selection).sum())
        nonzero = {name: {value: count for value, count in values.items() if count} for name, values in facet_counts.items()}
        nonzero["source"] = {
            slug: count for slug, count in nonzero["source"].items() if slug in site.sources
        }  # Readers can't filter by editor.
        named = {FACETS[name].interface_name or name: values for name, values in nonzero.items()}
        return Json({"release": site.prepared.release, "total": total, "facets": named})

    return router


def _claim(claim: ClaimRow) -> dict[str, Any]:
    return {"claim_id": claim.claim_id, "about": claim.id, **claim_data(claim)}


def _item(record: Record) -> dict[str, Any]:
    data = {**record_data(record), "in_place": None}
    data["values"] = {
        name: [
            {key: value[key] for key in ("value", "unit", "lang", "label", "contested")} for value in values_of if value["shown"]
        ]
        for name, values_of in data["values"].items()
    }
    return data
