"""`/tiles`: the map as vector tiles, described by TileJSON 3."""

import threading
from functools import cached_property
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.absolute_addresses import base_of
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import PROBLEMS, TILES
from overt.http.served_release import Served
from overt.queries.address_parameters import BadQuery, ProjectFilter
from overt.queries.maps import tile_points as tiles
from overt.queries.sources import all_sources
from overt.vector_tiles.layer_metadata import attribution, describe_layers
from overt.vector_tiles.mvt import EXTENT, encode_point_layer
from overt.vector_tiles.point_tiles import POINT_LAYER
from overt.vector_tiles.route_and_country_tiles import ShapeLayer, read_cable_layer, read_country_layer

MVT = "application/vnd.mapbox-vector-tile"
_PROPERTIES = ("id", "name", "layer", "precision")


class _ShapeTiles:
    """Tile layers of cables and countries, which are loaded on first use."""

    def __init__(self, site: Served) -> None:
        self._site, self._guard = site, threading.Lock()

    def tile(self, z: int, x: int, y: int) -> bytes:
        """Encode the layers of a tile."""
        with self._guard:
            shapes = self._shapes
        return b"".join(layer.encode_tile((z, x, y)) for layer in shapes)

    @cached_property
    def _shapes(self) -> list[ShapeLayer]:
        with self._site.database.lease() as reader:
            return [read_country_layer(reader), read_cable_layer(reader)]


def routes(site: Served) -> APIRouter:
    """Return the routes of the TileJSON description and the tiles."""
    router = APIRouter(tags=["map"], responses=PROBLEMS)
    shape_tiles = _ShapeTiles(site)

    @router.get("/tiles", include_in_schema=False)
    @router.get("/tiles/tiles.json", response_model=dict[str, Any], response_class=Json)
    def tilejson(request: Request) -> Response:
        """The map as vector tiles, described by TileJSON 3."""
        _without_parameters(request, site)
        with site.database.lease() as reader:
            sources = all_sources(reader)
        description: dict[str, Any] = {
            "tilejson": "3.0.0",
            "name": site.words.meta["manifest"].get("title") or "Overt",
            "description": f"Release {site.prepared.release}",
            "attribution": attribution(source.attribution or source.title for source in sources),
            "scheme": "xyz",
            "tiles": [f"{base_of(request, site)}/tiles/{{z}}/{{x}}/{{y}}.mvt"],
            "bounds": [-180, -85, 180, 85],
            "center": [0, 0, 1],
            **describe_layers(tiles.MAX_ZOOM),
        }
        return Json(description)

    @router.get("/tiles/{z}/{x}/{y}.mvt", response_class=Response, responses=TILES)
    def tile(request: Request, z: int, x: int, y: int) -> Response:
        """A vector tile: countries, cables, and places of projects."""
        _without_parameters(request, site)
        if not (0 <= z <= tiles.MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            raise HTTPException(404, "There is no such tile.")
        with site.database.lease() as reader:
            points = tiles.points(reader, ProjectFilter(), z, x, y, "en")
        features = [(round(across * EXTENT), round(down * EXTENT), _properties(point)) for across, down, point in points]
        return Response(shape_tiles.tile(z, x, y) + encode_point_layer(POINT_LAYER, features), media_type=MVT)

    return router


def _properties(point: dict[str, Any]) -> dict[str, Any]:
    if "count" in point:
        return {"count": point["count"]}
    return {name: point[name] for name in _PROPERTIES} | ({"year": int(point["year"])} if point["year"] else {})


def _without_parameters(request: Request, site: Served) -> None:
    if request.query_params:
        names = ", ".join(sorted(request.query_params))[:100]
        raise BadQuery(site.gettext("This address has no such parameter: %(names)s.", names=names))
