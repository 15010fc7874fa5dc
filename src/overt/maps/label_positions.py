"""Places for the name of a country on a map: on its own land, touching it, or farther off with a line to it."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import shapely

from overt.maps.country_shapes import Box, CountryShape, boxes_overlap

_GAP = 3
"""Distance between a country's outline and a name beside it, in pixels. Names above or below are half as far away."""
_REACHES = (14, 22, 32, 44, 56)
"""Distances between a country's middle and a name with a line to it, in pixels."""
_DIRECTIONS = 16
"""Number of directions in which a name with a line is tried at each distance."""
_MOST_OWN, _SOME_OWN = 0.75, 0.4
"""Minimum share of a name's box that its country covers if the name lies on it: in general, and if the rest is in the sea."""
_LITTLE = 0.12
"""A name's box, or its part outside the name's own country, counts as being in the sea if other land covers at most this share
of the box."""
_SHORTEST_LINE = 8
"""Minimum length of a line, in pixels. A name that would have a shorter line is not placed there."""
_DETAIL = 1.5
"""Maximum deviation of the outlines that are compared with names, in pixels."""


class LabelPlace(NamedTuple):
    """A place for a name: its box, and the line from the country to it, if there is one."""

    box: Box
    line: tuple[float, float, float, float] | None = None


class Land:
    """The land of a map: computes how much of a box a country covers, and how far a country extends in a band."""

    def __init__(self, shapes: Sequence[CountryShape], unit: float) -> None:
        self._shapes = shapes
        self._tolerance = _DETAIL * unit

    def own_share(self, shape: CountryShape, box: Box) -> float:
        """Return the share of a box that a country covers, from 0 to 1."""
        if not boxes_overlap(box, shape.box):
            return 0.0
        covered = sum(shapely.clip_by_rect(polygon, *box).area for polygon in shape.outlines(self._tolerance))
        return covered / ((box[2] - box[0]) * (box[3] - box[1]))

    def other_share(self, shape: CountryShape, box: Box) -> float:
        """Return the share of a box that countries other than `shape` cover."""
        return sum(self.own_share(other, box) for other in self._shapes if other.code != shape.code)

    def extent(self, shape: CountryShape, band: Box) -> Box | None:
        """Return the bounds of the part of a country in a band of the map; None if there is none."""
        pieces = [shapely.clip_by_rect(polygon, *band) for polygon in shape.outlines(self._tolerance)]
        bounds = [piece.bounds for piece in pieces if not piece.is_empty]
        if not bounds:
            return None
        west, top, east, bottom = zip(*bounds, strict=True)
        return min(west), min(top), max(east), max(bottom)


def label_places(
    land: Land,
    shape: CountryShape,
    width: float,
    height: float,
    unit: float,
    coloured: Sequence[CountryShape],
    *,
    over_others: bool,
) -> Iterator[LabelPlace]:
    """Yield places for a country's name, the best first. All sizes are in drawing units; `unit` is the size of a pixel.

    `coloured`: other countries whose colour a name must not hide. `over_others`: whether a name with a line may also lie on
    land without such a colour.
    """
    inside = _box(shape.x, shape.y, width, height)
    share = land.own_share(shape, inside)
    if share >= _MOST_OWN or (share >= _SOME_OWN and land.other_share(shape, inside) <= _LITTLE):
        yield LabelPlace(inside)
    for box in _touching(land, shape, width, height, unit):
        if land.other_share(shape, box) <= _LITTLE and _is_free(land, box, coloured):
            yield LabelPlace(box)
    with_line = [place for reach in _REACHES for place in _with_line(shape, reach * unit, width, height, unit)]
    free = [(land.other_share(shape, place.box), place) for place in with_line if _is_free(land, place.box, coloured)]
    yield from (place for share, place in free if share <= _LITTLE and land.own_share(shape, place.box) <= _LITTLE)
    if over_others:
        yield from (place for share, place in free if share > _LITTLE)


def _touching(land: Land, shape: CountryShape, width: float, height: float, unit: float) -> Iterator[Box]:
    """Yield a box to the right, to the left, above and below a country, close to its outline and in line with its middle."""
    gap = _GAP * unit
    x, y = shape.x, shape.y
    if shape.small:
        row = column = (x - gap, y - gap, x + gap, y + gap)
    else:
        west, top, east, bottom = shape.box
        row = land.extent(shape, (west, y - height / 2, east, y + height / 2)) or (x, y, x, y)
        column = land.extent(shape, (x - width / 4, top, x + width / 4, bottom)) or (x, y, x, y)
    yield row[2] + gap, y - height / 2, row[2] + gap + width, y + height / 2
    yield row[0] - gap - width, y - height / 2, row[0] - gap, y + height / 2
    yield x - width / 2, column[1] - gap / 2 - height, x + width / 2, column[1] - gap / 2
    yield x - width / 2, column[3] + gap / 2, x + width / 2, column[3] + gap / 2 + height


def _with_line(shape: CountryShape, reach: float, width: float, height: float, unit: float) -> Iterator[LabelPlace]:
    """Yield places with a line in all directions from the middle of a country, `reach` away from it.

    Places whose line would be shorter than `_SHORTEST_LINE` are left out.
    """
    for at in range(_DIRECTIONS):
        angle = 2 * math.pi * at / _DIRECTIONS
        across, down = math.cos(angle), math.sin(angle)
        end_x, end_y = shape.x + reach * across, shape.y + reach * down
        box = _box(end_x + across * width / 2, end_y + down * height / 2, width, height)
        x, y = min(max(shape.x, box[0]), box[2]), min(max(shape.y, box[1]), box[3])
        if math.hypot(x - shape.x, y - shape.y) >= _SHORTEST_LINE * unit:
            yield LabelPlace(box, (shape.x, shape.y, x, y))


def _is_free(land: Land, box: Box, coloured: Sequence[CountryShape]) -> bool:
    """Return whether a box hides none of the coloured countries; up to 3 % of the box may lie on each.

    A small country is a dot at its middle, which the box must not cover.
    """
    for other in coloured:
        if other.small and boxes_overlap(box, (other.x, other.y, other.x, other.y)):
            return False
        if land.own_share(other, box) > _LITTLE / 4:
            return False
    return True


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2
