"""Circles whose areas are proportional to a number per country, and where they go on a map."""

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from overt.charts.text_layout import text_width
from overt.maps.country_shapes import Box, CountryShape, boxes_overlap

PIXELS = 820
"""Default width of a map on a page, in pixels, for which radii and font sizes are given.

If the map is narrower or wider, they shrink or grow with it.
"""
LARGEST = 18
"""Radius in pixels of the largest circle of a map, with its ring."""
_LARGEST_OF_ONE = 5
"""Maximum radius in pixels of a circle for 1, so that a map of small numbers has no large circles."""
_WITH_NUMBER = 7.5
"""Minimum radius in pixels of a circle with its number inside."""
NUMBER_SIZE = 11
"""Size of numbers in circles, in pixels."""
_STEPS, _FARTHEST = 60, 8
"""Number of rounds in which circles are moved apart, and maximum distance in pixels that a circle may be moved."""
LINE = 1.15
"""Height of a line, as a multiple of the font size."""
KEY_MARGIN, _KEY_GAP, _KEY_WIDTH = 14, 14, 110
"""Space around the key and between its circles, and minimum width of the key, in pixels."""
KEY_TITLE_GAP = 8
"""Distance between the largest circle of the key and the title above it, in pixels."""


class CountryNumber(NamedTuple):
    """The number that is counted in a country, and how its circle is drawn."""

    number: int
    apart: int = 0
    """Number of state programmes, which `number` leaves out. It determines the area of a dashed ring around the circle."""
    hollow: bool = False
    """Whether only the outline of the circle is drawn, because nothing counted there has a named customer or operator."""


class CountCircle(NamedTuple):
    """The circle of a country. Positions are in drawing units, radii in pixels for the given width of the map."""

    code: str
    x: float
    y: float
    radius: float
    """Radius of the circle for `number`; 0 if there is only a ring."""
    outer: float
    """Radius of the ring; equal to `radius` if there is none."""
    counted: CountryNumber

    @property
    def has_number(self) -> bool:
        """Whether there is room for the number inside."""
        return self.counted.number > 0 and _fits(self.counted.number, self.radius)


class KeyCircle(NamedTuple):
    """A circle of the key, in pixels for the given width of the map."""

    number: int
    x: float
    """Distance of its middle from the left edge of the key."""
    radius: float


def unit_radius(numbers: Collection[CountryNumber]) -> float:
    """Return the radius, in pixels, of a circle for 1, so that the largest circle with its ring has the radius `LARGEST`.

    It is at most `_LARGEST_OF_ONE`, so the largest circle of small numbers is smaller.
    """
    largest = max((counted.number + counted.apart for counted in numbers), default=1)
    return min(_LARGEST_OF_ONE, LARGEST / math.sqrt(max(largest, 1)))


def fits_inside(number: int, base_radius: float) -> bool:
    """Return whether a number fits inside its circle. `base_radius`: from `unit_radius`."""
    return _fits(number, base_radius * math.sqrt(number))


def _fits(number: int, radius: float) -> bool:
    return radius >= _WITH_NUMBER and text_width(str(number), NUMBER_SIZE) <= 1.8 * radius


def place_circles(
    shapes: Sequence[CountryShape], numbers: Mapping[str, CountryNumber], view: Box, pixels: float = PIXELS
) -> list[CountCircle]:
    """Return the circles of all countries in a view, the largest first, so that small ones are drawn on top.

    A circle lies at its country's label. Where circles would overlap, they are moved apart by at most `_FARTHEST` pixels.
    No circle is cut off by the edge of the view.

    `view`: the visible part of the map, in drawing units; `pixels`: its width on a page, by which radii are scaled.
    """
    base_radius, unit = unit_radius(numbers.values()), (view[2] - view[0]) / pixels
    at = {
        shape.code: (shape.x, shape.y)
        for shape in shapes
        if numbers.get(shape.code) and boxes_overlap((shape.x, shape.y, shape.x, shape.y), view)
    }
    circles = [
        CountCircle(code, *at[code], base_radius * math.sqrt(n.number), base_radius * math.sqrt(n.number + n.apart), n)
        for code, n in sorted(numbers.items())
        if code in at and n.number + n.apart > 0
    ]
    inside = [
        circle._replace(
            x=min(max(circle.x, view[0] + circle.outer * unit), view[2] - circle.outer * unit),
            y=min(max(circle.y, view[1] + circle.outer * unit), view[3] - circle.outer * unit),
        )
        for circle in _moved_apart(circles, unit)
    ]
    return sorted(inside, key=lambda circle: (-circle.outer, circle.code))


def _moved_apart(circles: Sequence[CountCircle], unit: float) -> list[CountCircle]:
    places = [[circle.x / unit, circle.y / unit] for circle in circles]
    starts = [tuple(place) for place in places]
    near = [
        (left, right)
        for left, right in combinations(range(len(circles)), 2)
        if math.dist(starts[left], starts[right]) < circles[left].outer + circles[right].outer + 2 * _FARTHEST
    ]
    for _ in range(_STEPS):
        for left, right in near:
            across, down = places[right][0] - places[left][0], places[right][1] - places[left][1]
            distance = math.hypot(across, down)
            reach = circles[left].outer + circles[right].outer
            if distance >= reach:
                continue
            if distance == 0:
                across, distance = 1e-6, 1e-6
            # The smaller circle gives way more.
            for place, other, sign in ((places[left], right, -1), (places[right], left, 1)):
                step = sign * (reach - distance) * circles[other].outer / reach / distance / 2
                place[0] += across * step
                place[1] += down * step
        for place, start in zip(places, starts, strict=True):
            if (away := math.dist(place, start)) > _FARTHEST:
                place[0], place[1] = (start[axis] + (place[axis] - start[axis]) * _FARTHEST / away for axis in (0, 1))
    return [circle._replace(x=x * unit, y=y * unit) for circle, (x, y) in zip(circles, places, strict=True)]


def key_circles(numbers: Mapping[str, CountryNumber]) -> list[KeyCircle]:
    """Return circles for at most three numbers: the smallest, the largest, and the one nearest to the middle of their radii."""
    present = sorted({counted.number for counted in numbers.values() if counted.number > 0})
    if len(present) > 3:
        middle = (math.sqrt(present[0]) + math.sqrt(present[-1])) / 2
        between = min(present[1:-1], key=lambda number: (abs(math.sqrt(number) - middle), number))
        present = [present[0], between, present[-1]]
    base_radius, x = unit_radius(numbers.values()), 0.0
    circles = []
    for number in present:
        radius = base_radius * math.sqrt(number)
        half = max(radius, text_width(str(number), NUMBER_SIZE) / 2)
        circles.append(KeyCircle(number, x + half, radius))
        x += 2 * half + _KEY_GAP
    return circles


def key_box(numbers: Mapping[str, CountryNumber], view: Box, pixels: float = PIXELS) -> Box:
    """Return the box of the key in the lower left corner of a view, with its title and margin."""
    circles, unit = key_circles(numbers), (view[2] - view[0]) / pixels
    across = max([_KEY_WIDTH, *(circle.x + circle.radius for circle in circles)])
    largest = 2 * max((circle.radius for circle in circles), default=0)
    down = KEY_MARGIN + NUMBER_SIZE * LINE + largest + KEY_TITLE_GAP + NUMBER_SIZE
    return view[0], view[3] - down * unit, view[0] + (KEY_MARGIN + across) * unit, view[3]
