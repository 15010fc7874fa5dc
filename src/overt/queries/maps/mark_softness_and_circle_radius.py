"""Precision of places: how softly a mark is drawn, and the radius of the circle that contains the place."""

from math import cos, radians

_SOFTNESS = {"exact": 0, "locality": 1, "admin2": 2, "admin1": 3}
_RADII = {"locality": 5, "admin2": 30, "admin1": 90}
"""Radius in kilometres for places whose source doesn't state a radius."""
_PIXEL = 40_075 / 512
"""Kilometres per pixel of the web map at the equator at zoom 0, where the world is 512 pixels wide."""
_DECIMALS = 3


def softness(precision: str) -> int:
    """Return 0 for an exact site, 1 for a town, 2 for a district, and 3 for a province or anything less precise."""
    return _SOFTNESS.get(precision, 3)


def circle_radius(precision: str, radius: float | None, latitude: float) -> float:
    """Return the radius of the circle in which a place may lie, in pixels of the web map at zoom 0.

    Places without such a circle get 0. `radius`: in kilometres, from the source. The Mercator projection enlarges distances away
    from the equator.
    """
    kilometres = radius or _RADII.get(precision, 0)
    return round(kilometres / _PIXEL / max(0.1, cos(radians(latitude))), _DECIMALS)
