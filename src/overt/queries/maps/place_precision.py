"""How a place is drawn of which more or less is known: as a sign alone, or in a circle as wide as the place may lie around it."""

from math import cos, radians

_SOFTNESS = {"exact": 0, "locality": 1, "admin2": 2, "admin1": 3}
_AROUND = {"locality": 5, "admin2": 30, "admin1": 90}
"""Kilometres around its point within which a place may lie, where no source says it."""
_KILOMETRES = 40_075 / 512
"""Of one pixel of the web map at the equator at zoom 0, whose world is 512 pixels wide."""
_DECIMALS = 3


def softness(precision: str) -> int:
    """0 for the site itself, 1 for the town, 2 for the district, 3 for the province and whatever is less exact."""
    return _SOFTNESS.get(precision, 3)


def around(precision: str, radius: float | None, latitude: float) -> float:
    """Radius of the circle in which a place may lie, in pixels of the web map at zoom 0; 0 where there is none.

    `radius`: in kilometres, as a source says it. Mercator's map draws a kilometre wider the farther it is from the equator.
    """
    kilometres = radius or _AROUND.get(precision, 0)
    return round(kilometres / _KILOMETRES / max(0.1, cos(radians(latitude))), _DECIMALS)
