"""Routes of cables and outlines of countries, as tiles have them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
import orjson
import shapely

from overt.maps.outlines import outlines
from overt.queries import countries
from overt.queries.database import Reader, Row
from overt.vector_tiles.clipping import Tile, cut, in_world
from overt.vector_tiles.mvt import Part, ShapeLayer

CABLES, COUNTRIES = "cables", "countries"
Properties = Mapping[str, str | int]


@dataclass(frozen=True)
class Shapes:
    """Shapes of one layer in the square world of the web map, and what is said of each."""

    name: str
    shapes: Sequence[shapely.Geometry]
    properties: Sequence[Properties]

    def layers(self, first: int, last: int, tile: Tile = (0, 0, 0)) -> Iterator[tuple[Tile, bytes]]:
        """Each tile of these zooms within a tile that any of them is in, with its layer."""
        parts: dict[Tile, list[tuple[int, Part]]] = {}
        for at, number, part in cut(self.shapes, first, last, tile):
            parts.setdefault(at, []).append((number, part))
        for at, held in parts.items():
            yield at, self._made.layer(held)

    def tile(self, tile: Tile) -> bytes:
        """The layer of one tile; empty where nothing is."""
        z, x, y = tile
        side = 2.0**-z
        near = self._tree.query(shapely.box(x * side - side, y * side - side, (x + 2) * side, (y + 2) * side)).tolist()
        held = [(near[at], part) for _, at, part in cut([self.shapes[number] for number in near], z, z, tile)]
        return self._made.layer(sorted(held, key=itemgetter(0))) if held else b""

    @cached_property
    def _made(self) -> ShapeLayer:
        return ShapeLayer(self.name, self.properties)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)


def read_cables(reader: Reader) -> Shapes:
    """Routes of projects, each with the project's id, name, year and precision."""
    numbers = np.unique(reader.vectors["route.n"]).tolist()
    rows = reader.rows("maps.tile_routes", [orjson.dumps(numbers).decode()])
    return cables((row, shapely.from_geojson(str(row["route"]))) for row in rows)


def cables(routes: Iterable[tuple[Row, Any]]) -> Shapes:
    """The layer of these routes; a row has the project's `id`, `label` and `year`, and the `precision` of the route."""
    shapes: list[shapely.Geometry] = []
    properties: list[Properties] = []
    for row, shape in routes:
        shapes.append(shape)
        said: dict[str, str | int] = {"id": row["id"], "name": row["label"] or row["id"], "precision": row["precision"]}
        properties.append(said | ({"year": row["year"]} if row["year"] else {}))
    return Shapes(CABLES, in_world(shapes), properties)


def read_countries(reader: Reader) -> Shapes:
    """Countries that anything is said of, each with its code, its name and how many projects are recorded in it."""
    return countries_of(countries.every(reader))


def countries_of(rows: Iterable[Row]) -> Shapes:
    """The layer of these countries; a row has `code`, `label` and `projects`."""
    drawn = outlines()
    held = [row for row in rows if row["code"] in drawn]
    shapes = [shapely.from_geojson(orjson.dumps(drawn[row["code"]]).decode()) for row in held]
    properties: list[Properties] = [{"code": row["code"], "name": row["label"], "projects": row["projects"]} for row in held]
    return Shapes(COUNTRIES, in_world(shapes), properties)
