"""Squares of the web map (Mercator), as tiles are cut: numbered so that all squares within a larger one follow each other."""

import math

DEEPEST = 20
"""The zoom whose squares are numbered: about 40 metres at the equator."""
_LIMIT = 85.0511287798066
"""The latitude at which the square world of the web map ends."""


def position(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point is in the world of the web map, from 0 to 1, from west to east and from north to south."""
    sine = math.sin(math.radians(max(-_LIMIT, min(_LIMIT, latitude))))
    return (longitude / 360 + 0.5) % 1, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def square_of(longitude: float, latitude: float) -> int:
    """The square that a point is in."""
    across, down = position(longitude, latitude)
    most = (1 << DEEPEST) - 1
    return interleaved(min(most, int(across * (most + 1))), max(0, min(most, int(down * (most + 1)))))


def interleaved(x: int, y: int) -> int:
    """One number of two: their bits in turn, y's the higher."""
    return _spread(x) | _spread(y) << 1


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """First and last square of a tile."""
    bits = 2 * (DEEPEST - z)
    first = interleaved(x, y) << bits
    return first, first + (1 << bits) - 1


def _spread(value: int) -> int:
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333)):
        value = (value | value << shift) & mask
    return (value | value << 1) & 0x5555555555555555
