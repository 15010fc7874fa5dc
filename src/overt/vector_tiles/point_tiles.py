"""Tiles of project points. Except at a file's deepest zoom, nearby points become one mark with the number of their projects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from overt.index.web_mercator_positions_and_squares import SQUARE_ZOOM, distinct_counts, nearest_to_median, position
from overt.queries.projects_in_memory import Array
from overt.vector_tiles.bulk_points import PropertyColumn, encode_point_layers
from overt.vector_tiles.mvt import EXTENT, encode_int

POINT_LAYER = "points"
_CELL_ZOOMS = 4
"""Number of zoom levels between a tile and its cells. A tile has 16 (2⁴) cells along each side. A cell becomes one mark."""


@dataclass(frozen=True)
class ProjectPoints:
    """Points of projects in the order of the web map's squares (`square_of`), with the properties of the projects."""

    square: Array
    longitude: Array
    latitude: Array
    project: Array
    """For each point, the index of its project in `ids` and `names`."""
    codes: Mapping[str, tuple[Array, Sequence[bytes]]]
    """For each property, the index of each point's value (or -1), and the encoded values."""
    ids: Sequence[bytes]
    names: Sequence[bytes]


def encode_zoom(points: ProjectPoints, z: int, *, each: bool) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Encode one zoom level; yield the column, row and layer of each tile that has points.

    `each`: encode every point separately, instead of one mark per cell.
    """
    square, project = points.square, points.project
    if not len(square):
        return
    # Longitude 180 belongs to the same squares as -180.
    longitude, latitude = np.where(points.longitude == 180, -180, points.longitude), points.latitude
    starts = np.arange(len(square))
    if not each:
        cells = square >> 2 * (SQUARE_ZOOM - z - _CELL_ZOOMS)
        starts = np.flatnonzero(np.append(True, cells[1:] != cells[:-1]))
        places = nearest_to_median(longitude, latitude, starts)
        longitude, latitude = longitude[places], latitude[places]
    counts = distinct_counts(project, starts)
    tiles = square[starts] >> 2 * (SQUARE_ZOOM - z)
    across, down = position(longitude, latitude)
    column, row = _even_bits(tiles), _even_bits(tiles >> 1)
    properties = {"id": (project, points.ids), "name": (project, points.names), **points.codes}
    columns = [
        PropertyColumn(name, np.where(counts == 1, codes[starts], -1), values) for name, (codes, values) in properties.items()
    ]
    if not each:
        sizes = np.unique(counts[counts > 1])
        codes = np.where(counts > 1, np.searchsorted(sizes, counts), -1)
        columns.append(PropertyColumn("count", codes, [encode_int(size) for size in sizes.tolist()]))
    x, y = (
        np.clip(np.round((place * 2.0**z - tile) * EXTENT), 0, EXTENT).astype(np.int64)
        for place, tile in ((across, column), (down, row))
    )
    addresses = dict(zip(tiles.tolist(), zip(column.tolist(), row.tolist(), strict=True), strict=True))
    for tile, layer in encode_point_layers(POINT_LAYER, tiles, x, y, columns):
        yield addresses[tile], layer


def _even_bits(value: Array) -> Array:
    """Return every second bit of each number, beginning with the lowest: the column or row of a Morton code."""
    value = value & 0x5555555555555555
    for shift, mask in ((1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF), (8, 0x0000FFFF0000FFFF)):
        value = (value | value >> shift) & mask
    bits: Array = (value | value >> 16) & 0xFFFFFFFF
    return bits
