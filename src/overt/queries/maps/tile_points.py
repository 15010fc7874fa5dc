"""The points of a vector tile: projects that match a filter, combined within small squares."""

from typing import Any

import numpy as np
import orjson

from overt.index.web_mercator_positions_and_squares import SQUARE_ZOOM, distinct_counts, nearest_to_median, position, tile_range
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader, Row, json_array
from overt.queries.maps.mark_softness_and_circle_radius import circle_radius, softness
from overt.queries.project_filter_masks import matching_projects

MAX_ZOOM = 14
_SQUARES_LOG2 = 4
"""Base-2 logarithm of the number of squares along a side of a tile: 16 squares of 32 pixels."""
_SIDES = ("west", "south", "east", "north")


def points(
    reader: Reader, project_filter: ProjectFilter, z: int, x: int, y: int, language: str
) -> list[tuple[float, float, dict[str, Any]]]:
    """Return the points of a tile: x and y (from 0 to 1, from the tile's upper left corner) and properties.

    Several points in one square become a single point at the place nearest to their median. A point that combines several
    projects has their number and the bounding box of the combined points.
    """
    vectors = reader.vectors
    first, last = tile_range(z, x, y)
    part = slice(*np.searchsorted(vectors["point.square"], [first, last + 1]))
    names = ("square", "n", "project", "longitude", "latitude")
    square, n, project, longitude, latitude = (vectors[f"point.{name}"][part] for name in names)
    if project_filter:
        matches = matching_projects(reader, project_filter)[project]
        square, n, project, longitude, latitude = (column[matches] for column in (square, n, project, longitude, latitude))
    if not len(square):
        return []
    longitude = np.where(longitude == 180, -180, longitude)  # The squares also treat 180° as -180°.
    square = square >> 2 * max(0, SQUARE_ZOOM - z - _SQUARES_LOG2)
    starts = np.flatnonzero(np.append(True, square[1:] != square[:-1]))
    west, south = np.minimum.reduceat(longitude, starts), np.minimum.reduceat(latitude, starts)
    east, north = np.maximum.reduceat(longitude, starts), np.maximum.reduceat(latitude, starts)
    places = nearest_to_median(longitude, latitude, starts)
    across, down = position(longitude[places], latitude[places])
    sides = zip(*(side.tolist() for side in (west, south, east, north)), strict=True)
    counts = distinct_counts(project, starts).tolist()
    keys = list(zip(n[starts].tolist(), vectors.ids(project[starts]), strict=True))
    single_keys = [key for key, count in zip(keys, counts, strict=True) if count == 1]
    named = {(row["n"], row["id"]): row for row in reader.rows("maps.tile_points", [json_array(single_keys)])}
    properties = [
        _point_properties(named[key], language) if count == 1 else {"count": count, **dict(zip(_SIDES, box, strict=True))}
        for key, count, box in zip(keys, counts, sides, strict=True)
    ]
    return list(zip((across * 2**z - x).tolist(), (down * 2**z - y).tolist(), properties, strict=True))


def _point_properties(row: Row, language: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": (row["label_zh"] if language == "zh" else None) or row["label"] or row["id"],
        "layer": row["layer"],
        "precision": row["precision"],
        "softness": softness(row["precision"]),
        "around": circle_radius(row["precision"], row["radius"], row["latitude"]),
        "kind": " ".join(orjson.loads(row["kinds"])),
        "country": " ".join(orjson.loads(row["countries"])),
        "year": str(row["year"] or ""),
    }
