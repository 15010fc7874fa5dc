"""Geometry as WKT (OGC Simple Features), longitude before latitude, WGS 84 degrees."""

import math
import re

import shapely

from overt.model.errors import ValueProblem, quote_text

DECIMALS = 6
"""Number of decimal places of degrees: a tenth of a metre, finer than any source."""
_EXPONENT = re.compile(r"-?\d[\d.]*[eE][+-]?\d+")


def canonical_geometry(text: str) -> str:
    """Return the canonical WKT of a geometry: without heights, and with at most `DECIMALS` decimal places.

    Raises ValueProblem for an empty geometry, for text that is not WKT, and for coordinates that are not on the globe.
    """
    try:
        shape = shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, TypeError, ValueError):
        shape = None
    if shape is None or shape.is_empty:
        raise ValueProblem(f"{quote_text(text)} is not a geometry in WKT")
    west, south, east, north = shape.bounds
    if not all(math.isfinite(bound) for bound in (west, south, east, north)):
        raise ValueProblem(f"{quote_text(text)} has a coordinate that is not a number")
    if south < -90 or north > 90:
        hint = " (are longitude and latitude swapped?)" if south >= -180 and north <= 180 and west >= -90 and east <= 90 else ""
        raise ValueProblem(f"latitude {south if south < -90 else north:g} is beyond the poles{hint}")
    if west < -180 or east > 180:
        raise ValueProblem(f"longitude {west if west < -180 else east:g} is beyond ±180")
    wkt = shapely.to_wkt(shapely.force_2d(shape), rounding_precision=DECIMALS, trim=True)
    return _EXPONENT.sub(_decimal, wkt)  # GEOS writes 0.00001 as 1e-5, which many readers of WKT don't understand.


def _decimal(match: re.Match[str]) -> str:
    """Convert a number from exponent notation to plain decimals. A zero loses its sign."""
    return f"{round(float(match[0]), DECIMALS) or 0:.{DECIMALS}f}".rstrip("0").rstrip(".")


def point(longitude: str, latitude: str) -> str:
    """Return the WKT of a point, given as two decimal strings. Raises ValueProblem if one is not a number or is off the globe."""
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        raise ValueProblem(f"{quote_text(longitude)}, {quote_text(latitude)} are not a longitude and a latitude") from None
    return canonical_geometry(f"POINT ({x!r} {y!r})")
