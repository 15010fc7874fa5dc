"""Tiles of the routes of projects, such as cables, and of country outlines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
import orjson
import shapely

from overt.maps.country_shapes import load_outlines
from overt.queries import countries
from overt.queries.database import Reader, Row, json_array
from overt.vector_tiles.clipping import Tile, clip_to_tiles, to_unit_square
from overt.vector_tiles.mvt import ShapeLayerEncoder, TileGeometry

CABLES, COUNTRIES = "cables", "countries"
Properties = Mapping[str, str | int]


@dataclass(frozen=True)
class ShapeLayer:
    """Shapes of one layer in the unit square of Web Mercator, with their properties."""

    name: str
    shapes: Sequence[shapely.Geometry]
    properties: Sequence[Properties]

    def encode_tiles(self, first: int, last: int) -> Iterator[tuple[Tile, bytes]]:
        """Encode the layer for each tile of the zooms `first` to `last` that has a shape."""
        geometries: dict[Tile, list[tuple[int, TileGeometry]]] = {}
        for tile, index, geometry in clip_to_tiles(self.shapes, first, last):
            geometries.setdefault(tile, []).append((index, geometry))
        for tile, parts in geometries.items():
            yield tile, self._encoder.encode(parts)

    def encode_tile(self, tile: Tile) -> bytes:
        """Encode the layer for one tile; no bytes if it has no shape."""
        z, x, y = tile
        side = 2.0**-z
        near = self._tree.query(shapely.box(x * side - side, y * side - side, (x + 2) * side, (y + 2) * side)).tolist()
        clipped = clip_to_tiles([self.shapes[index] for index in near], z, z, tile)
        parts = [(near[at], geometry) for _, at, geometry in clipped]
        return self._encoder.encode(sorted(parts, key=itemgetter(0))) if parts else b""

    @cached_property
    def _encoder(self) -> ShapeLayerEncoder:
        return ShapeLayerEncoder(self.name, self.properties)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)


def read_cable_layer(reader: Reader) -> ShapeLayer:
    """Read the routes of projects, each with the project's id, name, year and precision."""
    numbers = np.unique(reader.vectors["route.n"]).tolist()
    rows = reader.rows("maps.tile_routes", [json_array(numbers)])
    return cable_layer((row, shapely.from_geojson(str(row["route"]))) for row in rows)


def cable_layer(routes: Iterable[tuple[Row, Any]]) -> ShapeLayer:
    """Return the layer of routes.

    Each row has the project's `id`, `label` and `year`, and the `precision` of the route.
    """
    shapes: list[shapely.Geometry] = []
    properties: list[Properties] = []
    for row, shape in routes:
        shapes.append(shape)
        values: dict[str, str | int] = {"id": row["id"], "name": row["label"] or row["id"], "precision": row["precision"]}
        properties.append(values | ({"year": row["year"]} if row["year"] else {}))
    return ShapeLayer(CABLES, to_unit_square(shapes), properties)


def read_country_layer(reader: Reader) -> ShapeLayer:
    """Read the countries of the release, each with its code, its name and its number of projects."""
    return country_layer(country._asdict() for country in countries.all_countries(reader))


def country_layer(rows: Iterable[Row]) -> ShapeLayer:
    """Return the layer of countries that have an outline. Each row has `code`, `label` and `projects`."""
    outlines = load_outlines()
    drawn = [row for row in rows if row["code"] in outlines]
    shapes = [shapely.from_geojson(orjson.dumps(outlines[row["code"]]).decode()) for row in drawn]
    properties: list[Properties] = [{"code": row["code"], "name": row["label"], "projects": row["projects"]} for row in drawn]
    return ShapeLayer(COUNTRIES, to_unit_square(shapes), properties)
