"""Overlaps of sources."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.estimation.estimates import CAVEAT
from overt.http.problem import Json
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import overlaps


class OverlapSource(BaseModel):
    """A source of a group."""

    source: str
    things: int
    alone: int = Field(description="Things that no other source tells of.")
    list: str | None = Field(description="The list that it is or is a part of; null where it is none, as `notes` says.")


class OverlapCell(BaseModel):
    """How many things exactly these sources tell of."""

    sources: list[str]
    things: int


class Overlap(BaseModel):
    """A group of things, and who tells of them."""

    unit: str = Field(description="`project`, `organization`, or `presence`: an organisation at work in a country.")
    cut: str = Field(description="What the group is made by: `all`, `kind`, `region`, `period`.")
    part: str = Field(description="Which one: a kind, a region, five years.")
    things: int
    sources: list[OverlapSource]
    cells: list[OverlapCell]
    lists: list[str]
    verdict: str = Field(description="`estimate`, `lower bound only` or `refused`.")
    low: int | None = Field(description="The least that any model has of things in all, those that no source tells of included.")
    high: int | None
    reasons: list[dict[str, Any]] = Field(description="Why there is no estimate: a `code` and what belongs to it.")
    notes: list[dict[str, Any]] = Field(description="Sources that are no list by themselves, and why.")
    estimates: list[dict[str, Any]] = Field(description="What each method says.")


class Overlaps(BaseModel):
    """All groups."""

    release: str
    caveat: str
    items: list[Overlap]


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/overlaps`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/overlaps", response_model=Overlaps, response_class=Json)
    def overlap_list(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Which sources tell of the same things, by kind, region and period, and whether that says how many things no source
        tells of, as `overt overlaps --json` prints it.
        """
        with site.database.lease() as reader:
            rows = overlaps.all_overlaps(reader)
        items = [{**row._asdict(), "cells": [cell._asdict() for cell in row.cells]} for row in rows]
        return Json({"release": site.prepared.release, "caveat": CAVEAT, "items": items})

    return router
