"""Where the names of circles go on a map: directly beside the circle or, if there is no room, farther off with a line to it."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from shapely import LineString, Point
from shapely import box as rectangle

from overt.charts.text_layout import text_width
from overt.maps.count_circle_sizes_and_positions import LINE, PIXELS, CountCircle
from overt.maps.country_shapes import Box, CountryShape, boxes_overlap, is_inside
from overt.maps.label_positions import Land

NAME_SIZE = 12
"""Size of names, in pixels."""
_GAPS, _FAR_GAPS = (3, 9), range(14, 53, 4)
"""Distances in pixels between a circle and its name (without a line; with a line), in the order in which they are tried."""
_DIRECTIONS, _FAR_DIRECTIONS = 16, 48
"""Number of directions in which a name is tried at each distance: without a line, and with one."""
_CLEARANCE = 0.5
"""Minimum distance in pixels of a name, and of a line, from circles."""

Line = tuple[float, float, float, float]
"""A line: x and y of its beginning, then x and y of its end."""


class CircleName(NamedTuple):
    """The name beside a circle. Positions are relative to the circle's middle, in pixels for the given width of the map."""

    code: str
    lines: Sequence[str]
    x: float
    """Horizontal middle of the text."""
    y: float
    """Vertical middle of the text, with all its lines."""
    line: Line | None = None
    """A line from the edge of the circle to the text, if the text isn't directly beside the circle."""


class _Place(NamedTuple):
    """A place for a name. `box` and `line` are in drawing units."""

    name: CircleName
    box: Box
    line: LineString | None


def place_names(
    shapes: Sequence[CountryShape],
    circles: Sequence[CountCircle],
    names: Mapping[str, Sequence[str]],
    view: Box,
    pixels: float = PIXELS,
    occupied: Collection[Box] = (),
) -> list[CircleName]:
    """Return the places of names beside their circles. A name without room is left out.

    A name covers no circle, no other name or line, and no box of `occupied`. It takes the first distance at which there is room
    and, at that distance, the place that covers the least land of other countries. If there is no room directly beside the
    circle, the name lies farther off and has a line to the circle. The line crosses no other circle, no name or line, and no
    box of `occupied`.

    `names`: the lines of each name, by code; the first names are placed first. `view`: the visible part of the map, in drawing
    units. `pixels`: the width of the view on a page, by which sizes are scaled.
    """
    unit = (view[2] - view[0]) / pixels
    by_code = {circle.code: circle for circle in circles}
    by_shape = {shape.code: shape for shape in shapes}
    land, placed = Land([shape for shape in shapes if boxes_overlap(shape.box, view)], unit), list[_Place]()
    for code, lines in names.items():
        circle = by_code.get(code)
        if circle is None:
            continue
        for gap in (*_GAPS, *_FAR_GAPS):
            free = [
                place
                for place in _places(circle, lines, gap, unit)
                if is_inside(place.box, view)
                and not any(boxes_overlap(place.box, area) for area in (*occupied, *(other.box for other in placed)))
                and not any(other.line is not None and other.line.intersects(rectangle(*place.box)) for other in placed)
                and not _covers(place.box, circles, unit)
                and not (place.line is not None and _crosses(place.line, circle, circles, placed, occupied, unit))
            ]
            if free:
                placed.append(min(free, key=lambda place: round(land.other_share(by_shape[code], place.box), 2)))
                break
    return [place.name for place in placed]


def _places(circle: CountCircle, lines: Sequence[str], gap: float, unit: float) -> Iterator[_Place]:
    """Yield places for a circle's name in all directions at the distance `gap`, in pixels."""
    width, height = max(text_width(line, NAME_SIZE) for line in lines), len(lines) * NAME_SIZE * LINE
    is_far = gap in _FAR_GAPS
    directions = _FAR_DIRECTIONS if is_far else _DIRECTIONS
    for at in range(directions):
        x, y = _beside(circle.outer + gap, width, height, 2 * math.pi * at / directions)
        line = _line_to(x, y, width, height, circle.outer) if is_far else None
        box = (
            circle.x + (x - width / 2) * unit, circle.y + (y - height / 2) * unit,
            circle.x + (x + width / 2) * unit, circle.y + (y + height / 2) * unit,
        )  # fmt: skip
        drawn = line and LineString([(circle.x + line[end] * unit, circle.y + line[end + 1] * unit) for end in (0, 2)])
        yield _Place(CircleName(circle.code, lines, x, y, line), box, drawn)


def _beside(away: float, width: float, height: float, angle: float) -> tuple[float, float]:
    """Return the middle of a box of this size that touches a circle with the radius `away` in a direction."""
    across, down = math.cos(angle), math.sin(angle)
    return (
        across * away + (width / 2 if across > 1e-6 else -width / 2 if across < -1e-6 else 0) * min(1, abs(across) * 1.5),
        down * away + (height / 2) * max(-1, min(1, down * 1.5)),
    )


def _line_to(x: float, y: float, width: float, height: float, radius: float) -> Line:
    """Return the shortest line from a circle around 0, 0 to a box with this middle."""
    end_x, end_y = min(max(0, x - width / 2), x + width / 2), min(max(0, y - height / 2), y + height / 2)
    away = math.hypot(end_x, end_y)
    return end_x * radius / away, end_y * radius / away, end_x, end_y


def _covers(box: Box, circles: Sequence[CountCircle], unit: float) -> bool:
    for circle in circles:
        x, y = min(max(circle.x, box[0]), box[2]), min(max(circle.y, box[1]), box[3])
        if math.hypot(x - circle.x, y - circle.y) < (circle.outer + _CLEARANCE) * unit:
            return True
    return False


def _crosses(
    line: LineString,
    circle: CountCircle,
    circles: Sequence[CountCircle],
    placed: Sequence[_Place],
    occupied: Collection[Box],
    unit: float,
) -> bool:
    """Return whether the line of a circle crosses another circle, a placed name or its line, or an occupied box."""
    boxes = (*occupied, *(other.box for other in placed))
    return (
        any(line.distance(Point(other.x, other.y)) < (other.outer + _CLEARANCE) * unit for other in circles if other != circle)
        or any(line.intersects(rectangle(*area)) for area in boxes)
        or any(other.line is not None and line.intersects(other.line) for other in placed)
    )
