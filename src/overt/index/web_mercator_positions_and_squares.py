"""Points on the web map (Mercator), and its squares, numbered so that those within a tile are consecutive (Z-order)."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Degrees = float | NDArray[Any]
SQUARE_ZOOM = 20
"""Zoom level of the numbered squares: about 40 metres at the equator."""
_LIMIT = 85.0511287798066
"""Maximum latitude of the web map, which shows the world as a square."""


def position(longitude: Degrees, latitude: Degrees) -> tuple[Any, Any]:
    """Return the position of points on the Mercator map: x from 0 (west) to 1 (east), y from 0 (north) to 1 (south)."""
    sine = np.sin(np.radians(np.clip(latitude, -_LIMIT, _LIMIT)))
    return (longitude / 360 + 0.5) % 1, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def nearest_to_median(longitude: Any, latitude: Any, starts: Any) -> Any:
    """Return, for each group of points, the index of the point nearest to the group's median.

    If several points are equally near, it is the first of them. A mark at that point lies on one of the group's places, and not
    in the sea between them. `starts`: the index of each group's first point.
    """
    counts = np.diff(np.append(starts, len(longitude)))
    group = np.repeat(np.arange(len(starts)), counts)
    middles = [axis[np.lexsort((axis, group))][starts + counts // 2] for axis in (longitude, latitude)]
    spread = (longitude - middles[0][group]) ** 2 + (latitude - middles[1][group]) ** 2
    nearest = np.flatnonzero(spread == np.minimum.reduceat(spread, starts)[group])
    return nearest[np.searchsorted(nearest, starts)]


def distinct_counts(values: Any, starts: Any) -> Any:
    """Return the number of distinct values in each group of points. A project, for example, can have several points in a group.

    `values`: a non-negative integer for each point; `starts`: the index of each group's first point.
    """
    group = np.repeat(np.arange(len(starts), dtype=np.int64), np.diff(np.append(starts, len(values))))
    span = int(values.max(initial=0)) + 1
    return np.bincount(np.unique(group * span + values) // span, minlength=len(starts))


def square_of(longitude: Degrees, latitude: Degrees) -> Any:
    """Return the square number of each point. 180 degrees east and 180 degrees west are the same meridian."""
    maximum = (1 << SQUARE_ZOOM) - 1
    across, down = (
        np.clip(np.floor(part * (maximum + 1)), 0, maximum).astype(np.int64) for part in position(longitude, latitude)
    )
    return interleaved(across, down)


def interleaved(x: Any, y: Any) -> Any:
    """Interleave the bits of two numbers. In each pair of bits, the higher one is from `y`."""
    return _spread(x) | _spread(y) << 1


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """Return the first and the last square of a tile."""
    bits = 2 * (SQUARE_ZOOM - z)
    first = interleaved(x, y) << bits
    return first, first + (1 << bits) - 1


def _spread(value: Any) -> Any:
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333)):
        value = (value | value << shift) & mask
    return (value | value << 1) & 0x5555555555555555
