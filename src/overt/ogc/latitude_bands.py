"""Points in bands of latitude, each sorted from west to east, so that a box is one slice of each band."""

from typing import NamedTuple

import numpy as np

from overt.queries.projects_in_memory import Array

_BANDS = 720
"""Number of bands from pole to pole, a quarter of a degree each."""
_BAND = 1_000.0
"""Distance between the keys of neighbouring bands: more than 360, so that longitudes of different bands don't overlap."""


class Box(NamedTuple):
    """A box in degrees. If `west` is greater than `east`, it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def parts(self) -> "list[Box]":
        """Split the box at the antimeridian."""
        if self.west <= self.east:
            return [self]
        return [Box(self.west, self.south, 180.0, self.north), Box(-180.0, self.south, self.east, self.north)]


class Bands:
    """Points, each with its owner: the number of the project or site that it belongs to."""

    def __init__(self, owners: Array, longitudes: Array, latitudes: Array) -> None:
        bands = _band(latitudes)
        keys = bands * _BAND + longitudes
        order = np.argsort(keys, kind="stable")
        self._keys, self._latitudes, self._owners = keys[order], latitudes[order], owners[order]

    def within(self, box: Box) -> list[Array]:
        """Return the owners of the points in a box or on its edge, as several arrays.

        The arrays go from south to north, twice if the box crosses the antimeridian. An owner is repeated for each of its points.
        """
        return [owners for part in box.parts() for owners in self._part(part)]

    def _part(self, box: Box) -> list[Array]:
        first, last = int(_band(np.float64(box.south))), int(_band(np.float64(box.north)))
        bands = np.arange(first, last + 1) * _BAND
        starts = np.searchsorted(self._keys, bands + box.west, "left").tolist()
        ends = np.searchsorted(self._keys, bands + box.east, "right").tolist()
        inner = len(starts) - 1
        parts = []
        for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if start < end:
                owners = self._owners[start:end]
                if at in (0, inner):  # The first and last band have points beyond the edges of the box.
                    latitudes = self._latitudes[start:end]
                    owners = owners[(latitudes >= box.south) & (latitudes <= box.north)]
                parts.append(owners)
        return parts


def _band(latitudes: Array | np.float64) -> Array:
    numbers: Array = np.clip(np.floor((latitudes + 90) * (_BANDS / 180)), 0, _BANDS - 1)
    return numbers
