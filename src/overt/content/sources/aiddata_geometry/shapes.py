"""Reads polygons from GeoJSON, so that a problem names its place in the file, and writes their middles and outlines as WKT."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import shapely

from overt.importing import Cell, Problem

NODE_SIZE = 0.000025
"""Maximum width and height, in degrees, of the circle that AidData draws around a node: its radius is 0.00001."""
_LEAST_POSITIONS = 4
_DECIMALS = 6
_WIDTH, _TOLERANCE = 0.005, 0.002
"""Degrees by which a strip is widened on each side, and by which its outline may deviate: half a kilometre and 200 metres."""


class Part(NamedTuple):
    """One polygon of a feature."""

    coordinates: Any
    """The coordinates as the file has them."""
    polygon: shapely.Polygon

    @property
    def size(self) -> float:
        """The larger of width and height, in degrees."""
        west, south, east, north = self.polygon.bounds
        return float(max(east - west, north - south))


def read_parts(geometry: Cell) -> list[Part]:
    """Return the polygons of a Polygon or MultiPolygon. Raises Problem with the place of the first error."""
    geometry.whole()
    document = geometry.json if isinstance(geometry.json, dict) else {}
    kind, coordinates = document.get("type"), document.get("coordinates")
    place = f"{geometry.locator}/coordinates"
    if kind == "Polygon":
        parts = [_part(coordinates, place)]
    elif kind == "MultiPolygon" and isinstance(coordinates, list) and coordinates:
        parts = [_part(item, f"{place}/{at}") for at, item in enumerate(coordinates)]
    else:
        raise Problem("not a Polygon or MultiPolygon in GeoJSON", geometry.locator)
    _check_valid(shapely.MultiPolygon([part.polygon for part in parts]), place)
    return parts


def _part(coordinates: Any, place: str) -> Part:
    if not isinstance(coordinates, list) or not coordinates:
        raise Problem("not a list of rings", place)
    rings = [_ring(ring, f"{place}/{at}") for at, ring in enumerate(coordinates)]
    polygon = shapely.Polygon(rings[0], rings[1:])
    _check_valid(polygon, place)
    return Part(coordinates, polygon)


def _ring(ring: Any, place: str) -> list[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) < _LEAST_POSITIONS:
        raise Problem("a ring needs at least four positions", place)
    positions = [_position(position, f"{place}/{at}") for at, position in enumerate(ring)]
    if positions[0] != positions[-1]:
        raise Problem("the ring is not closed: its last position is not its first", f"{place}/{len(ring) - 1}")
    return positions


def _position(position: Any, place: str) -> tuple[float, float]:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) != 2 or not all(type(number) in (int, float) and math.isfinite(number) for number in numbers):
        raise Problem("not a position: a longitude and a latitude", place)
    longitude, latitude = numbers
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise Problem(f"({longitude:g}, {latitude:g}) is not on the globe", place)
    return float(longitude), float(latitude)


def _check_valid(shape: shapely.Polygon | shapely.MultiPolygon, place: str) -> None:
    if not shape.is_valid or not shape.area:
        reason = shapely.is_valid_reason(shape) if not shape.is_valid else "it has no area"
        raise Problem(f"an impossible shape: {reason}", place)


def middle(part: Part) -> str:
    """Return the middle of a circle as WKT."""
    west, south, east, north = part.polygon.bounds
    return f"POINT ({round((west + east) / 2, _DECIMALS)!r} {round((south + north) / 2, _DECIMALS)!r})"


def outline(parts: Sequence[Part]) -> str:
    """Return the outline of the strips along a route, widened and simplified, as WKT: one line or several."""
    strips = shapely.simplify(shapely.MultiPolygon([part.polygon for part in parts]), _TOLERANCE / 2)
    wide = shapely.simplify(shapely.buffer(strips, _WIDTH, quad_segs=2), _TOLERANCE)
    return str(shapely.to_wkt(shapely.boundary(wide), rounding_precision=_DECIMALS))
