"""Lines and areas cut into tiles: each tile out of what its larger one has, so that a whole map takes a second or two."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import shapely

from overt.index.map_squares import position
from overt.vector_tiles.mvt import EXTENT, Part, Ring

_ROOM = 64
"""Units of a tile beyond its edges that shapes are drawn to, so that no edge is seen."""
_BEND = 1.0
"""Units of a tile by which a shape may leave its true line."""
Tile = tuple[int, int, int]
"""Zoom, column from the west, row from the north."""
Cut = tuple[Tile, int, Part]
"""A tile, the number of a shape, and what of it is there."""


def in_world(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Shapes in degrees as shapes in the square world of the web map, from 0 to 1, from its upper left corner."""

    def place(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        _, down = position(points[:, 0], points[:, 1])
        return np.stack((points[:, 0] / 360 + 0.5, down), axis=1)  # 180 degrees east stays in the east

    moved = [shapely.transform(shape, place) for shape in shapes]
    # A drawing of the world in degrees may touch itself once its poles are cut off; a cut needs areas that do not.
    return [one if shapely.is_valid(one) else shapely.make_valid(one, method="structure") for one in moved]


def cut(shapes: Sequence[shapely.Geometry], first: int, last: int, tile: Tile = (0, 0, 0)) -> Iterator[Cut]:
    """All tiles from zoom `first` to zoom `last` within a tile that shapes of the square world are in."""
    for number, shape in enumerate(shapes):
        for at, part in _within(shape, first, last, tile):
            yield at, number, part


def _within(shape: shapely.Geometry, first: int, last: int, tile: Tile) -> Iterator[tuple[Tile, Part]]:
    waiting = [(tile, shape)]
    while waiting:
        (z, x, y), larger = waiting.pop()
        side, room = 2.0**-z, 2.0**-z * _ROOM / EXTENT
        west, north = x * side - room, y * side - room
        east, south = (x + 1) * side + room, (y + 1) * side + room
        here = shapely.clip_by_rect(larger, west, north, east, south)
        if here.is_empty:
            continue
        if here.geom_type.endswith("Polygon") and here.area >= (east - west) * (south - north) * (1 - 1e-9):
            for one in _below((z, x, y), last):
                if one[0] >= first:
                    yield one, _WHOLE
            continue
        if z >= first and (part := _drawn(here, (z, x, y))):
            yield (z, x, y), part
        if z < last:
            waiting += [((z + 1, 2 * x + right, 2 * y + down), here) for right in (0, 1) for down in (0, 1)]


def _below(tile: Tile, last: int) -> Iterator[Tile]:
    """A tile and all the smaller ones in it."""
    z, x, y = tile
    for deeper in range(last - z + 1):
        for across in range(x << deeper, (x + 1) << deeper):
            for down in range(y << deeper, (y + 1) << deeper):
                yield z + deeper, across, down


_LOW, _HIGH = -_ROOM, EXTENT + _ROOM
_WHOLE: Part = (3, [[(_LOW, _LOW), (_HIGH, _LOW), (_HIGH, _HIGH), (_LOW, _HIGH), (_LOW, _LOW)]])


def _drawn(shape: shapely.Geometry, tile: Tile) -> Part | None:
    z, x, y = tile
    scale = 2**z * EXTENT
    simple = shapely.simplify(shape, _BEND / scale, preserve_topology=False) if shapely.get_num_coordinates(shape) > 8 else shape
    kind: Literal[2, 3] = 2
    rings: list[Ring] = []
    parts: Any = getattr(simple, "geoms", (simple,))
    for part in parts:
        if part.geom_type == "Polygon":
            kind = 3
            held = [_units(ring, scale, x, y) for ring in (part.exterior, *part.interiors)]
            turned = [_turned(ring, hole=bool(at)) for at, ring in enumerate(held)]
            if turned[0]:
                rings += [ring for ring in turned if ring]
        elif part.geom_type == "LineString" and len(line := _units(part, scale, x, y)) > 1:
            rings.append(line)
    return (kind, rings) if rings else None


def _units(line: shapely.Geometry, scale: int, x: int, y: int) -> list[tuple[int, int]]:
    """Points of a line in units of the tile, those that are the same once."""
    made: list[tuple[int, int]] = []
    for across, down in shapely.get_coordinates(line).tolist():
        point = round(across * scale - x * EXTENT), round(down * scale - y * EXTENT)
        if not made or point != made[-1]:
            made.append(point)
    return made


def _turned(ring: list[tuple[int, int]], *, hole: bool) -> list[tuple[int, int]]:
    """A ring in the direction that tells an outer one from a hole; nothing of one that has no area left."""
    area = sum(one[0] * two[1] - two[0] * one[1] for one, two in pairwise(ring))
    if len(ring) < 4 or not area:
        return []
    return ring if (area > 0) != hole else ring[::-1]
