"""Regions and groupings of countries, with their members and dates."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import regions
from overt.queries.database import Reader
from overt.queries.labels import Region as RegionLabel


class RegionMember(BaseModel):
    """The membership of an area in a region. An area that left and rejoined has two memberships."""

    area: str = Field(description="Code of the country or area.")
    joined: str | None = Field(description="When it joined (EDTF); null for regions that nobody joins.")
    left: str | None = Field(description="Day on which it left (EDTF); null if the membership has no end.")
    current: bool = Field(description="Whether it is a member on `day`, so that filters include it.")
    listed: bool = Field(description="False for a part of a listed country that has a code of its own.")


class Region(BaseModel):
    """A region or grouping. Pass its id as `region=` to any list of projects."""

    id: str
    label: str
    label_zh: str
    kind: str = Field(description="`m49` (United Nations), `usage` (common usage), `grouping` (organisation of states).")
    m49: str | None = Field(description="Its United Nations M49 code.")
    definition: str
    definition_zh: str
    parts: list[str] = Field(description="Ids of regions whose members are members, too.")
    projects: int = Field(description="Projects in its members on `day`; one in several members counts once.")
    members: list[RegionMember]
    documents: list[dict[str, Any]] = Field(description="Documents that state the membership, each with the day it was checked.")


class RegionList(BaseModel):
    """All regions."""

    release: str
    day: str = Field(description="The release's day, which decides who is a member.")
    items: list[Region]


class RegionOfRelease(Region):
    """A region, with the release that it comes from."""

    release: str
    day: str


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/regions`."""
    router = APIRouter(prefix="/api/v1", tags=["countries"], responses=PROBLEMS, dependencies=ONCE)
    day = str(site.words.meta["manifest"]["date"])
    none: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such region."}}

    @router.get("/regions", response_model=RegionList, response_class=Json)
    def all_regions(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return all regions and groupings of countries, with their members and dates."""
        with site.database.lease() as reader:
            items = _items(reader, list(site.words.regions.values()))
        return Json({"release": site.prepared.release, "day": day, "items": items})

    @router.get("/regions/{id}", response_model=RegionOfRelease, response_class=Json, responses=none)
    def region_by_id(id: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return a region with its members and dates."""
        region = site.words.regions.get(id)
        if region is None:
            raise HTTPException(404, "There is no region of this id.")
        with site.database.lease() as reader:
            [item] = _items(reader, [region])
        return Json({"release": site.prepared.release, "day": day, **item})

    return router


def _items(reader: Reader, rows: Sequence[RegionLabel]) -> list[dict[str, Any]]:
    projects = {row.id: row.projects for row in regions.all_counts(reader)}
    labels = {"other", "other_lang", "names"}
    return [
        {
            **{name: value for name, value in row._asdict().items() if name not in labels},
            "label": row.other if row.other_lang == "en" else row.label,
            "projects": projects[row.id],
            "members": [
                {name: getattr(member, name) for name in RegionMember.model_fields}
                for member in regions.memberships(reader, row.id)
            ],
        }
        for row in rows
    ]
