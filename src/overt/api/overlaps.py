"""Overlaps of sources: which of them list the same projects, the same organisations, or the same organisations in a country,
with estimated totals.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.estimation.estimate_result_and_verdicts import CAVEAT
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import overlaps


class OverlapSource(BaseModel):
    """A source in an overlap, with the number of items that it lists."""

    source: str
    things: int
    alone: int = Field(description="Projects or organisations that no other source has.")
    list: str | None = Field(description="The list that contains this source; null if there is none (see `notes`).")


class OverlapCell(BaseModel):
    """Number of items that exactly these sources list."""

    sources: list[str]
    things: int


class Overlap(BaseModel):
    """A group of items, the sources that list them, and what can be estimated from their overlap."""

    unit: str = Field(description="`project`, `organization`, or `presence`: an organisation active in a country.")
    cut: str = Field(description="How they are grouped: `all`, `kind`, `region`, `period`.")
    part: str = Field(description="The kind, the region, or the period of five years.")
    things: int
    sources: list[OverlapSource]
    cells: list[OverlapCell]
    lists: list[str]
    verdict: str = Field(description="`estimate`, `lower bound only` or `refused`.")
    low: int | None = Field(description="The lowest total of any model, including those that no source has.")
    high: int | None
    reasons: list[dict[str, Any]] = Field(description="Why there is no estimate: a `code` and its details.")
    notes: list[dict[str, Any]] = Field(description="Sources that are not lists of their own, and why.")
    estimates: list[dict[str, Any]] = Field(description="The estimate of each method.")


class Overlaps(BaseModel):
    """The overlaps of all groups."""

    release: str
    caveat: str
    items: list[Overlap]


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/overlaps`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/overlaps", response_model=Overlaps, response_class=Json)
    def overlap_list(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return which sources list the same items, in all and by kind, region and period, as in `overt overlaps --json`.

        Each group has an estimate of the total, which includes items that no source lists, or only a lower bound, or neither.
        If there is no estimate, `reasons` says why.
        """
        with site.database.lease() as reader:
            rows = overlaps.all_overlaps(reader)
        items = [{**row._asdict(), "cells": [cell._asdict() for cell in row.cells]} for row in rows]
        return Json({"release": site.prepared.release, "caveat": CAVEAT, "items": items})

    return router
