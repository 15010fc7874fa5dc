"""The points of a zoom: near ones of a small square as one, with their number; at the deepest zoom of a file each by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from overt.publish.read.database import Reader
from overt.publish.read.vectors import Array, Vectors
from overt.publish.serve.squares import DEEPEST, position
from overt.publish.tiles.mvt import EXTENT, Column, point_layers, text, whole

LAYER = "points"
ACROSS = 4
"""Squares along a side of a tile, as a power of two: 16."""


@dataclass(frozen=True)
class Points:
    """All points of projects in the order of the squares of the web map, with what is said of them."""

    vectors: Vectors
    ids: Sequence[bytes]
    """By the number of the project, as tiles have them."""
    names: Sequence[bytes]
    layers: Sequence[bytes]
    years: Sequence[bytes]
    precisions: Sequence[bytes]
    precision: Array
    """Of each point, its place in `precisions`."""


def read_points(reader: Reader) -> Points:
    """The points of an edition."""
    vectors = reader.vectors
    by_id = vectors["by_id"].tolist()
    names, ids = [b""] * len(by_id), [b""] * len(by_id)
    for number, (identity, name) in zip(by_id, reader.tuples("tile_names"), strict=True):
        ids[number], names[number] = text(identity), text(name or identity)
    site = np.searchsorted(vectors["site.n"], vectors["point.n"])
    return Points(
        vectors, ids, names,
        layers=[text(name) for name in vectors.arrays["layer.ranked"]],
        years=[whole(year) for year in vectors.arrays["year.ranked"]],
        precisions=[text(name) for name in vectors.arrays["site.precision.ranked"]],
        precision=vectors["site.precision.ranks"][site],
    )  # fmt: skip


def layers_of(points: Points, z: int, *, each: bool) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Column and row of each tile of a zoom that has points, with its layer. `each`: every point by itself."""
    vectors = points.vectors
    square, project = vectors["point.square"], vectors["point.project"]
    longitude, latitude = vectors["point.longitude"], vectors["point.latitude"]
    if not len(square):
        return
    longitude = np.where(longitude == 180, -180, longitude)  # as its square says
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
    columns = [
        Column(name, np.where(counts == 1, codes, -1), values)
        for name, codes, values in (
            ("id", project[starts], points.ids),
            ("name", project[starts], points.names),
            ("layer", vectors["layer.ranks"][project[starts]], points.layers),
            ("precision", points.precision[starts], points.precisions),
            ("year", vectors["year.ranks"][project[starts]], points.years),
        )
    ]
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
