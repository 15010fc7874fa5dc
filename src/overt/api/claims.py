"""Paginated claims, and single claims."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.api.field_selection import fields_parameter, select_fields
from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.api.record_with_claims import CLAIM_FIELDS, claim_data
from overt.api.response_models import Claim, ReleasedClaim
from overt.http.json_and_problem_responses import Json, Problem, gone_detail
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.queries import records
from overt.queries.rows.records import Claim as ClaimRow


class ClaimList(Paged):
    """Parameters of the list of claims."""

    fields: str | None = fields_parameter(Claim)
    about: str | None = Field(None, max_length=40, description="Published id (`ovt-…`) of the record that the claims are about.")
    source: str | None = Field(None, max_length=100, description="Source of the claims.")
    property: str | None = Field(None, max_length=100, description="Property of the claims.")


class ClaimPage(BaseModel):
    """A page of claims."""

    release: str
    next: str | None
    items: list[Claim]


_COLUMNS = {"about": "id", "source": "source", "property": "property"}
"""The column of the index that each parameter of the list of claims filters."""
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "This release has no such claim."}}
_OF_A_RECORD: dict[int | str, dict[str, Any]] = {
    308: {"description": "The record was merged into another; the address has its id."},
    404: {"model": Problem, "description": "This release has no such record."},
    410: {"model": Problem, "description": "Editors withhold the record."},
}


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/claims`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/claims", response_model=ClaimPage, response_class=Json, responses=_OF_A_RECORD)
    def claim_list(request: Request, parameters: Annotated[ClaimList, Query()]) -> Response:
        """Return claims with their sources and evidence, ordered by id. They can be limited to one record, source or property."""
        [after] = read_cursor(parameters.cursor) or [""]
        values = {column: value for name, column in _COLUMNS.items() if (value := getattr(parameters, name))}
        if values.get("source", EDITORIAL_SOURCE) not in {*site.sources, EDITORIAL_SOURCE}:
            raise HTTPException(400, f"source: there is no {values['source'][:50]!r} here; /sources lists the sources.")
        if "property" in values and not any(parameters.property in kind.properties for kind in site.schema.types.values()):
            raise HTTPException(400, f"property: there is no {values['property'][:50]!r}; the data dictionary names them.")
        with site.database.lease() as reader:
            if "id" in values and records.find(reader, values["id"]) is None:
                missing = records.find_missing(reader, values["id"])
                if missing.what == "unknown":
                    raise HTTPException(404, "No record of this release has this id.")
                if missing.withdrawal is not None and missing.withdrawal.since is not None:
                    raise HTTPException(410, gone_detail(missing.withdrawal.since, missing.withdrawal.why))
                # A withdrawn record that nobody withholds is no error: its former claims are listed.
                if missing.new_id:
                    path = f"{request.url.path}?{request.url.include_query_params(about=missing.new_id).query}"
                    return RedirectResponse(path, 308, headers={"Cache-Control": "max-age=300"})
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

    return router


def _claim(claim: ClaimRow) -> dict[str, Any]:
    return {"claim_id": claim.claim_id, "about": claim.id, **claim_data(claim)}
