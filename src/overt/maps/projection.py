"""The Equal Earth projection (Šavrič, Patterson and Jenny, 2019). It shows areas in true proportion, as shaded maps need."""

import math
from collections.abc import Callable

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
LIMIT_X = 2.7066299836960748
"""Value of x at 180° on the equator."""
_LIMIT_Y = 1.3173627591574133
"""Value of y at the pole."""
WIDTH = 9600
"""Width of the map in drawing units. A unit is a tenth of a pixel at 960 pixels, so rounding to integers is precise enough."""
HEIGHT = round(WIDTH * _LIMIT_Y / LIMIT_X)

Projection = Callable[[float, float], tuple[float, float]]
"""Function from longitude and latitude in degrees to x and y in drawing units."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to drawing units; y grows downwards."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = math.radians(longitude) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return (x / LIMIT_X + 1) * WIDTH / 2, (1 - y / _LIMIT_Y) * HEIGHT / 2


def unproject(x: float, y: float) -> tuple[float, float]:
    """Return the longitude and latitude in degrees of a point in drawing units, by Newton's method.

    A point to the left or right of the map gets a longitude more than 180° away from Greenwich.
    """
    target = (1 - 2 * y / HEIGHT) * _LIMIT_Y
    theta = target / _A1
    for _ in range(12):
        square = theta * theta
        sixth = square**3
        error = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)) - target
        theta -= error / (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    square = theta * theta
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    longitude = (2 * x / WIDTH - 1) * LIMIT_X * _M * slope / math.cos(theta)
    return math.degrees(longitude), math.degrees(math.asin(max(-1.0, min(1.0, math.sin(theta) / _M))))


def pacific_longitude(longitude: float) -> float:
    """Return a longitude counted from the 180th meridian."""
    return longitude + 180 if longitude < 0 else longitude - 180


def project_pacific(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to drawing units on a map centred on the 180th meridian."""
    return project(pacific_longitude(longitude), latitude)
