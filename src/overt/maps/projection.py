"""Equal Earth (Šavrič, Patterson and Jenny, 2019): areas in true proportion, which shading by country needs."""

import math
from collections.abc import Callable

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_LIMIT_X = 2.7066299836960748
"""x at 180° on the equator."""
_LIMIT_Y = 1.3173627591574133
"""y at the pole."""
WIDTH = 9600
"""Drawing units across; whole units are a tenth of a pixel at 960 pixels, fine enough to round to."""
HEIGHT = round(WIDTH * _LIMIT_Y / _LIMIT_X)

Projection = Callable[[float, float], tuple[float, float]]
"""Drawing units from degrees."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Drawing units from degrees; y grows downwards."""
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = math.radians(longitude) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return (x / _LIMIT_X + 1) * WIDTH / 2, (1 - y / _LIMIT_Y) * HEIGHT / 2


def turned(longitude: float) -> float:
    """A longitude counted from the 180th meridian."""
    return longitude + 180 if longitude < 0 else longitude - 180


def project_turned(longitude: float, latitude: float) -> tuple[float, float]:
    """Drawing units on a map that has the 180th meridian in its middle."""
    return project(turned(longitude), latitude)
