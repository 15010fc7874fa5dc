"""Clip lines and areas to tiles.

Each tile is clipped from the larger tile around it, so that a complete map takes only a second or two.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import shapely

from overt.index.web_mercator_positions_and_squares import position
from overt.vector_tiles.mvt import EXTENT, Ring, TileGeometry

_BUFFER = 64
"""Distance beyond a tile's edges, in tile units, to which shapes are drawn, so that no cut edge is visible."""
_TOLERANCE = 1.0
"""Maximum deviation of a simplified shape, in tile units."""
_LOW, _HIGH = -_BUFFER, EXTENT + _BUFFER
_FULL_TILE: TileGeometry = (3, [[(_LOW, _LOW), (_HIGH, _LOW), (_HIGH, _HIGH), (_LOW, _HIGH), (_LOW, _LOW)]])
Tile = tuple[int, int, int]
"""Zoom, column from the west, row from the north."""


def to_unit_square(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Project shapes from degrees to Web Mercator: a square from 0 to 1 with its origin in the upper left corner."""

    def place(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        _, y = position(points[:, 0], points[:, 1])
        return np.stack((points[:, 0] / 360 + 0.5, y), axis=1)  # Longitude 180 must stay on the eastern edge.

    projected = [shapely.transform(shape, place) for shape in shapes]
    # An outline in degrees may touch itself once the poles are cut off, but clipping needs valid areas.
    return [shape if shapely.is_valid(shape) else shapely.make_valid(shape, method="structure") for shape in projected]


def clip_to_tiles(
    shapes: Sequence[shapely.Geometry], first: int, last: int, tile: Tile = (0, 0, 0)
) -> Iterator[tuple[Tile, int, TileGeometry]]:
    """Clip each shape to the tiles within `tile` at zooms `first` to `last`; yield the tile, the shape's index and the result.

    `shapes`: as `to_unit_square` returns them. Tiles that a shape doesn't reach are skipped.
    """
    for index, shape in enumerate(shapes):
        for part_tile, geometry in _clip(shape, first, last, tile):
            yield part_tile, index, geometry


def _clip(shape: shapely.Geometry, first: int, last: int, tile: Tile) -> Iterator[tuple[Tile, TileGeometry]]:
    pending = [(tile, shape)]
    while pending:
        (z, x, y), parent = pending.pop()
        side, buffer = 2.0**-z, 2.0**-z * _BUFFER / EXTENT
        west, north = x * side - buffer, y * side - buffer
        east, south = (x + 1) * side + buffer, (y + 1) * side + buffer
        part = shapely.clip_by_rect(parent, west, north, east, south)
        if part.is_empty:
            continue
        if part.geom_type.endswith("Polygon") and part.area >= (east - west) * (south - north) * (1 - 1e-9):
            for filled in _descendants((z, x, y), last):
                if filled[0] >= first:
                    yield filled, _FULL_TILE
            continue
        if z >= first and (geometry := _to_tile_units(part, (z, x, y))):
            yield (z, x, y), geometry
        if z < last:
            pending += [((z + 1, 2 * x + right, 2 * y + down), part) for right in (0, 1) for down in (0, 1)]


def _descendants(tile: Tile, last: int) -> Iterator[Tile]:
    """Yield a tile and all tiles within it, down to the zoom `last`."""
    z, x, y = tile
    for deeper in range(last - z + 1):
        for column in range(x << deeper, (x + 1) << deeper):
            for row in range(y << deeper, (y + 1) << deeper):
                yield z + deeper, column, row


def _to_tile_units(shape: shapely.Geometry, tile: Tile) -> TileGeometry | None:
    z, x, y = tile
    scale = 2**z * EXTENT
    simple = shape
    if shapely.get_num_coordinates(shape) > 8:
        simple = shapely.simplify(shape, _TOLERANCE / scale, preserve_topology=False)
    kind: Literal[2, 3] = 2
    lines: list[Ring] = []
    parts: Any = getattr(simple, "geoms", (simple,))
    for part in parts:
        if part.geom_type == "Polygon":
            kind = 3
            points = [_round_points(ring, scale, x, y) for ring in (part.exterior, *part.interiors)]
            rings = [_wind(ring, hole=bool(index)) for index, ring in enumerate(points)]
            if rings[0]:
                lines += [ring for ring in rings if ring]
        elif part.geom_type == "LineString" and len(line := _round_points(part, scale, x, y)) > 1:
            lines.append(line)
    return (kind, lines) if lines else None


def _round_points(line: shapely.Geometry, scale: int, x: int, y: int) -> list[tuple[int, int]]:
    """Return the points of a line in integer tile units, without consecutive duplicates."""
    points: list[tuple[int, int]] = []
    for across, down in shapely.get_coordinates(line).tolist():
        point = round(across * scale - x * EXTENT), round(down * scale - y * EXTENT)
        if not points or point != points[-1]:
            points.append(point)
    return points


def _wind(ring: list[tuple[int, int]], *, hole: bool) -> list[tuple[int, int]]:
    """Return a ring in the direction that marks it as an outer ring or a hole in MVT; empty if rounding left it no area."""
    area = sum(start[0] * end[1] - end[0] * start[1] for start, end in pairwise(ring))
    if len(ring) < 4 or not area:
        return []
    return ring if (area > 0) != hole else ring[::-1]
