"""Rings on a map that show how far a place may be from its mark."""

import math
from collections.abc import Iterator

from markupsafe import escape

from overt.maps.marks import layer_of
from overt.maps.projection import Projection, project
from overt.queries.maps.map_marks import MapPlace

_CORNERS = 48
_EARTH_RADIUS = 6371.0


def draw_ring(row: MapPlace, place: Projection = project) -> str:
    """Draw the circle within which a place may be.

    Return an empty string for a place without a radius or coordinates.
    """
    corners = [place(*corner) for corner in ring(row)]
    if not corners:
        return ""
    path = "L".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return (
        f'<path class="ring layer--{escape(layer_of(row))}" fill="none" stroke="currentColor" stroke-opacity="0.7"'
        f' vector-effect="non-scaling-stroke" d="M{path}Z"/>'
    )


def ring(row: MapPlace) -> Iterator[tuple[float, float]]:
    """Yield longitude and latitude, in degrees, of points on the circle around a place.

    There are none for a place without a radius or coordinates.
    """
    if not row.radius or row.longitude is None or row.latitude is None:
        return
    angle = row.radius / _EARTH_RADIUS
    north = math.radians(row.latitude)
    for number in range(_CORNERS):
        bearing = 2 * math.pi * number / _CORNERS
        latitude = math.asin(math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * math.cos(bearing))
        east = math.atan2(
            math.sin(bearing) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * math.sin(latitude)
        )
        longitude = (row.longitude + math.degrees(east) + 180) % 360 - 180
        yield longitude, math.degrees(latitude)
