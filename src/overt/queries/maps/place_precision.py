"""How precisely a place is known, for drawing: as a plain mark, or with a circle around the area in which the place may lie."""

from math import cos, radians

_SOFTNESS = {"exact": 0, "locality": 1, "admin2": 2, "admin1": 3}
_AROUND = {"locality": 5, "admin2": 30, "admin1": 90}
"""Radius in kilometres within which a place may lie, by precision, if no source states a radius."""
_KILOMETRES = 40_075 / 512
"""Kilometres per pixel of the web map at the equator at zoom 0, where the world is 512 pixels wide."""
_DECIMALS = 3


def softness(precision: str) -> int:
    """Return how imprecise a place is: 0 for the exact site, 1 for a town, 2 for a district, 3 for a province or less."""
    return _SOFTNESS.get(precision, 3)


def around(precision: str, radius: float | None, latitude: float) -> float:
    """Return the radius, in pixels of the web map at zoom 0, of the circle in which a place may lie; 0 for no circle.

    `radius`: in kilometres, as a source states it. Mercator's projection draws a kilometre larger the farther it is from the
    equator.
    """
    kilometres = radius or _AROUND.get(precision, 0)
    return round(kilometres / _KILOMETRES / max(0.1, cos(radians(latitude))), _DECIMALS)
