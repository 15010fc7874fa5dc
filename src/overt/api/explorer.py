"""What the explorer's script reads: all projects as columns, and which of them fit what a script cannot test by itself."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.parameters import ONCE, PROBLEMS, TILES, Filters, FiltersInLanguage, OfRelease
from overt.http.problem import Json, Problem
from overt.http.served import Served
from overt.http.standalone import given_at_once, stands_alone
from overt.queries.maps import explorer_columns as columns
from overt.queries.maps import map_tiles as tiles
from overt.queries.matching import matching_projects
from overt.vector_tiles.mvt import EXTENT, encode_point_layer

_TOO_MANY = "This release has too many projects to be given at once."


_TOO_LARGE: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": _TOO_MANY}}


class FoundIds(BaseModel):
    """Projects that a filter finds."""

    ids: str = Field(description="Their ids one after the other, twelve signs each, without `ovt-`.")


def routes(sites: Mapping[str, Served]) -> APIRouter:
    """`/api/v1/explore/…`. `sites`: by the language's code."""
    router = APIRouter(prefix="/api/v1/explore", tags=["map"], responses=PROBLEMS, dependencies=ONCE)
    site = sites["en"]
    kept: dict[str, bytes] = {}
    """The columns in each language: a release never changes."""

    @router.get("/columns", response_model=dict[str, Any], response_class=Json, responses=_TOO_LARGE)
    def every(request: Request, parameters: Annotated[OfRelease, Query()]) -> Response:
        """Every project of a release of at most 20,000, column by column, for the explorer's own script; its form may change
        with any version. Programs read `/api/v1/map/…`, `/projects.csv` or the release's tables.
        """
        if not given_at_once(site, alone=stands_alone(request)):
            raise HTTPException(404, _TOO_MANY)
        code = parameters.lang or "en"
        if code not in kept:
            with site.database.lease() as reader:
                held: dict[str, Any] = columns.columns(reader, code)
            kept[code] = orjson.dumps({"release": site.prepared.release, **held})
        return Response(kept[code], media_type="application/json")

    @router.get("/tiles/{z}/{x}/{y}", response_class=Response, responses=TILES)
    def tile(request: Request, z: int, x: int, y: int, parameters: Annotated[FiltersInLanguage, Query()]) -> Response:
        """A vector tile of the points of projects, with the filters of the map's addresses. Points of one small square are one,
        with their `count` and the box that they are in.
        """
        if not (0 <= z <= tiles.DEEPEST_TILE and 0 <= x < 2**z and 0 <= y < 2**z):
            raise HTTPException(404, "There is no such tile.")
        wanted = site.query(request).filter()
        with site.database.lease() as reader:
            held = tiles.points(reader, wanted, z, x, y, parameters.lang or "en")
        features = [(round(across * EXTENT), round(down * EXTENT), said) for across, down, said in held]
        return Response(encode_point_layer("places", features), media_type="application/vnd.mapbox-vector-tile")

    @router.get("/found", response_model=FoundIds, response_class=Json, responses=_TOO_LARGE)
    def found(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Which projects of a release of at most 20,000 fit words or a box, and other filters if wanted. One of `q` and `bbox` is
        needed.
        """
        if not given_at_once(site, alone=stands_alone(request)):
            raise HTTPException(404, _TOO_MANY)
        wanted = site.query(request).filter()
        if not (wanted.q or wanted.box):
            raise HTTPException(400, "Say what to look for: words as q or a box as bbox.")
        with site.database.lease() as reader:
            held = reader.vectors.ids(np.flatnonzero(matching_projects(reader, wanted)))
        return Json({"ids": "".join(identity.removeprefix("ovt-") for identity in held)})

    return router
