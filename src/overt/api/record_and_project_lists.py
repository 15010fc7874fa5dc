"""Paginated records and projects."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.field_selection import fields_parameter, select_fields
from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.api.record_with_claims import record_data
from overt.api.response_models import RecordItem
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, Filters, Many
from overt.http.served_release import Served
from overt.queries import records
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.database import json_array
from overt.queries.project_filter_masks import matching_projects
from overt.queries.rows.records import Record


class RecordList(Paged):
    """Parameters of the list of records."""

    fields: str | None = fields_parameter(RecordItem)
    type: Many = Field(None, description="Type of record. May be repeated.")


class ProjectList(Filters, Paged):
    """Parameters of the list of projects."""

    fields: str | None = fields_parameter(RecordItem)


class RecordPage(BaseModel):
    """A page of records."""

    release: str
    next: str | None = Field(description="Cursor of the next page; null on the last page.")
    items: list[RecordItem]
    total: int | None = Field(None, description="For projects: number of matches.")


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/records` and `/api/v1/projects`."""
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
            spans = spans_and_records_in_period.spans(reader, ids) if selection.as_of else {}
        following = make_cursor(ids[parameters.limit - 1]) if len(ids) > parameters.limit else None
        answers = {identity: str(span.in_place(selection.as_of)) for identity, span in spans.items()}
        items = [{**_item(record), "in_place": answers.get(record.id)} for record in listed]
        selected = select_fields(items, parameters.fields, RecordItem.model_fields)
        return page_response(site, request, selected, following, total=int(mask.sum()))

    return router


def _item(record: Record) -> dict[str, Any]:
    data = {**record_data(record), "in_place": None}
    data["values"] = {
        name: [
            {key: value[key] for key in ("value", "unit", "lang", "label", "contested")} for value in values_of if value["shown"]
        ]
        for name, values_of in data["values"].items()
    }
    return data
