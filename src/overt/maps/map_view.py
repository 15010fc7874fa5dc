"""The part of the world that a map shows, in drawing units."""

from collections.abc import Iterable, Iterator, Sequence

import orjson

from overt.maps.country_shapes import Box, CountryShape
from overt.maps.marks import CELL
from overt.maps.precision_rings import ring
from overt.maps.projection import HEIGHT, WIDTH, pacific_longitude, project, unproject
from overt.queries.maps.map_marks import MapPlace

_MARGIN = 0.08
"""Margin on each side of the boxes that a view shows, relative to their width and height."""
_WORLDWIDE = 300
"""Minimum span of longitude, in degrees, for which the map of the world is used."""
_NARROWEST = 1300
"""Default minimum width of a view, in drawing units; a narrower view would show how coarse the outlines are."""


def map_scale(view: Box | None) -> float:
    """Return the share of the world's width that a map shows, but at least 0.02: 1 for all of it, 0.1 for a tenth."""
    return max((view[2] - view[0]) / WIDTH, 0.02) if view else 1


def mark_cell(view: Box | None) -> float:
    """Return the size, in degrees, of the squares whose points are combined into one mark."""
    return CELL * map_scale(view)


def place_boxes(places: Iterable[MapPlace]) -> list[Box]:
    """Return a box of zero size for each point of these places (rows of `map_places`), of their rings, and of their routes."""
    points = [point for row in places for point in (*_points(row), *(project(*corner) for corner in ring(row)))]
    return [(x, y, x, y) for x, y in points]


def country_boxes(shapes: Sequence[CountryShape], codes: Iterable[str]) -> list[Box]:
    """Return the bounding boxes of the large pieces of countries (`CountryShape.body`)."""
    selected = set(codes)
    return [shape.body for shape in shapes if shape.code in selected]


def bounds_in_degrees(boxes: Sequence[Box]) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north, in degrees, of boxes in drawing units.

    None if there are no boxes, or if they span nearly all longitudes.
    """
    corners = [unproject(x, y) for box in boxes for x in (box[0], box[2]) for y in (box[1], box[3])]
    if not corners:
        return None
    longitudes, latitudes = ([corner[at] for corner in corners] for at in (0, 1))
    west, east = max(-180.0, min(longitudes)), min(180.0, max(longitudes))
    return (west, min(latitudes), east, max(latitudes)) if east - west < _WORLDWIDE else None


def crosses_antimeridian(bbox: tuple[float, float, float, float]) -> bool:
    """Return whether a box (west, south, east, north in degrees) crosses the 180th meridian."""
    return bbox[0] > bbox[2]


def view_of_bbox(bbox: tuple[float, float, float, float]) -> Box | None:
    """Return the view of a box (west, south, east, north in degrees).

    A box that crosses the 180th meridian is shown on the map centred on that meridian. Return None, which stands for the map of
    the world, if such a box also crosses Greenwich, or if any box has no width or has longitudes beyond 180°.
    """
    west, south, east, north = bbox
    if crosses_antimeridian(bbox):
        west, east = pacific_longitude(west), pacific_longitude(east)
    if not -180 <= west < east <= 180:
        return None
    latitudes = (max(south, -90), min(max(0, south), north), min(north, 90))
    edges = [project(longitude, latitude) for longitude in (west, east) for latitude in latitudes]
    return view_around([(x, y, x, y) for x, y in edges])


def view_around(boxes: Sequence[Box], ratio: float = 2.4, narrowest: float = _NARROWEST) -> Box | None:
    """Return the view that shows all these boxes with a margin; None if there are no boxes.

    `ratio`: width of the view divided by its height. `narrowest`: its minimum width in drawing units.
    """
    if not boxes:
        return None
    west, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = max((east - west) * (1 + 2 * _MARGIN), narrowest, (bottom - top) * (1 + 2 * _MARGIN) * ratio)
    width = min(width, WIDTH)
    height = min(width / ratio, HEIGHT)
    left = min(max(0, (west + east - width) / 2), WIDTH - width)
    upper = min(max(0, (top + bottom - height) / 2), HEIGHT - height)
    return left, upper, left + width, upper + height


def _points(row: MapPlace) -> Iterator[tuple[float, float]]:
    if row.longitude is not None and row.latitude is not None:
        yield project(row.longitude, row.latitude)
    elif row.route:
        shape = orjson.loads(row.route)
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        yield from (project(*point[:2]) for line in lines for point in line)
