"""The points of a zoom: near ones of a small square as one, with their number; at the deepest zoom of a file each by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from overt.index.map_squares import DEEPEST, position
from overt.queries.project_arrays import Array
from overt.vector_tiles.mvt import EXTENT, Column, point_layers, whole

LAYER = "points"
ACROSS = 4
"""Squares along a side of a tile, as a power of two: 16."""


@dataclass(frozen=True)
class Points:
    """Points of projects in the order of the squares of the web map (`square_of`), and what is said of the projects."""

    square: Array
    longitude: Array
    latitude: Array
    project: Array
    """Of each point the place of its project in `ids` and `names`."""
    codes: Mapping[str, tuple[Array, Sequence[bytes]]]
    """By property what is said of each point: its place among the values, or -1; values as tiles have them."""
    ids: Sequence[bytes]
    names: Sequence[bytes]


def layers_of(points: Points, z: int, *, each: bool) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Column and row of each tile of a zoom that has points, with its layer. `each`: every point by itself."""
    square, project = points.square, points.project
    if not len(square):
        return
    longitude, latitude = np.where(points.longitude == 180, -180, points.longitude), points.latitude  # as its square says
    starts = np.arange(len(square))
    if not each:
        cells = square >> 2 * (DEEPEST - z - ACROSS)
        starts = np.flatnonzero(np.append(True, cells[1:] != cells[:-1]))
        middle = [(np.minimum.reduceat(side, starts) + np.maximum.reduceat(side, starts)) / 2 for side in (longitude, latitude)]
        longitude, latitude = middle
    counts = np.diff(np.append(starts, len(square)))
    tiles = square[starts] >> 2 * (DEEPEST - z)
    across, down = position(longitude, latitude)
    x, y = _halves(tiles), _halves(tiles >> 1)
    said = {"id": (project, points.ids), "name": (project, points.names), **points.codes}
    columns = [Column(name, np.where(counts == 1, codes[starts], -1), values) for name, (codes, values) in said.items()]
    if not each:
        many = np.unique(counts[counts > 1])
        codes = np.where(counts > 1, np.searchsorted(many, counts), -1)
        columns.append(Column("count", codes, [whole(number) for number in many.tolist()]))
    inside = [np.clip(np.round((part * 2.0**z - tile) * EXTENT), 0, EXTENT) for part, tile in ((across, x), (down, y))]
    at = dict(zip(tiles.tolist(), zip(x.tolist(), y.tolist(), strict=True), strict=True))
    units = [side.astype(np.int64) for side in inside]
    for tile, layer in point_layers(LAYER, tiles, units[0], units[1], columns):
        yield at[tile], layer


def _halves(value: Array) -> Array:
    """Every second bit of numbers, from the lowest on."""
    value = value & 0x5555555555555555
    for shift, mask in ((1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF), (8, 0x0000FFFF0000FFFF)):
        value = (value | value >> shift) & mask
    held: Array = (value | value >> 16) & 0xFFFFFFFF
    return held
