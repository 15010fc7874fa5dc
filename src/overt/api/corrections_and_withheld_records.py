"""Corrections, replies and withheld records."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS
from overt.http.served_release import Served
from overt.queries import corrections


class CorrectionItem(BaseModel):
    """A correction, a reply that an editor entered, or a withheld record."""

    date: str = Field(description="Day on which an editor entered it.")
    kind: Literal["correction", "reply", "withheld"]
    id: str = Field(description="The record; for a reply, the one that it is about.")
    type: str | None = Field(description="Type of the record.")
    property: str | None = Field(description="The corrected property; null if the record as a whole was taken back.")
    source: str | None = Field(description="Sources that stated the old value, separated by commas.")
    old_value: str | None = Field(description="What was taken back; semicolons separate several values.")
    new_value: str | None = Field(description="What is right instead; for a reply, what it says.")
    reason: str | None = Field(description="The reason; null for replies.")
    statement: str | None = Field(description="For a reply, its record.")


class CorrectionPage(BaseModel):
    """A page of corrections, replies and withheld records."""

    release: str
    next: str | None
    items: list[CorrectionItem]
    total: int
    withheld: int = Field(description="Number of records in dispute that the release withholds.")
    withheld_with_them: int = Field(description="Number of further records that go with them: roles, places, money …")


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/corrections`."""
    router = APIRouter(prefix="/api/v1", tags=["corrections"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/corrections", response_model=CorrectionPage, response_class=Json)
    def correction_list(request: Request, parameters: Annotated[Paged, Query()]) -> Response:
        """Return what editors corrected, replies that they entered, and records that they withhold, newest first."""
        [after] = read_cursor(parameters.cursor) or ["0"]
        if not after.isdecimal():
            raise HTTPException(400, "cursor: not from a page of this list; start without a cursor.")
        start = int(after[:18])
        with site.database.lease() as reader:
            rows = corrections.corrections(reader, parameters.limit + 1, start)
            total, withheld = corrections.count(reader), corrections.withheld(reader)
        items = [{name: getattr(row, name) for name in CorrectionItem.model_fields} for row in rows[: parameters.limit]]
        following = make_cursor(str(start + parameters.limit)) if len(rows) > parameters.limit else None
        return page_response(
            site, request, items, following, total=total, withheld=withheld.disputed,
            withheld_with_them=withheld.addresses - withheld.disputed,
        )  # fmt: skip

    return router
