"""Circles on maps that show a number per country: proportional areas, no overlaps, and names that cover no other circle."""

import math
from collections.abc import Sequence
from itertools import combinations

import pytest
import shapely

from overt.maps.count_circle_name_positions import place_names
from overt.maps.count_circle_sizes_and_positions import (
    LARGEST,
    PIXELS,
    CountCircle,
    CountryNumber,
    key_circles,
    place_circles,
    unit_radius,
)
from overt.maps.country_shapes import CountryShape

VIEW = (0.0, 0.0, float(PIXELS), 400.0)
"""One drawing unit is one pixel."""


def country(code: str, x: float, y: float) -> CountryShape:
    box = (x - 5, y - 5, x + 5, y + 5)
    return CountryShape(code, code, False, False, "", (shapely.box(*box),), x, y, box, box)


def overlapping(circles: Sequence[CountCircle]) -> int:
    """Return the number of pairs of circles that overlap by more than a pixel."""
    return sum(
        math.dist((left.x, left.y), (right.x, right.y)) < left.outer + right.outer - 1 for left, right in combinations(circles, 2)
    )


def test_areas_are_in_proportion_and_the_largest_has_the_largest_radius() -> None:
    shapes = [country("AA", 100, 100), country("BB", 300, 100), country("CC", 500, 100)]
    numbers = {"AA": CountryNumber(1), "BB": CountryNumber(9), "CC": CountryNumber(4, apart=21)}
    by_code = {circle.code: circle for circle in place_circles(shapes, numbers, VIEW)}
    assert by_code["BB"].radius == pytest.approx(3 * by_code["AA"].radius)
    assert by_code["CC"].outer == pytest.approx(LARGEST) == pytest.approx(5 * by_code["AA"].radius), "4 and 21 are 25"
    assert by_code["CC"].radius == pytest.approx(2 * by_code["AA"].radius)
    assert [by_code[code].has_number for code in ("AA", "BB", "CC")] == [False, True, False]


def test_small_numbers_have_no_large_circles() -> None:
    assert unit_radius([CountryNumber(1)]) < LARGEST / 2


def test_crowded_circles_are_moved_apart_a_little_and_always_in_the_same_way() -> None:
    shapes = [country(f"A{at}", 200 + 7 * (at % 3), 200 + 7 * (at // 3)) for at in range(6)]
    numbers = {shape.code: CountryNumber(2) for shape in shapes} | {"BB": CountryNumber(40)}
    shapes.append(country("BB", 600, 200))
    circles = place_circles(shapes, numbers, VIEW)
    unmoved = [circle._replace(x=shape.x, y=shape.y) for circle in circles for shape in shapes if shape.code == circle.code]
    assert overlapping(unmoved) > 5 and overlapping(circles) == 0
    moved = [math.dist((circle.x, circle.y), (start.x, start.y)) for circle, start in zip(circles, unmoved, strict=True)]
    assert 0 < max(moved) <= 8.01
    assert circles == place_circles(shapes[::-1], dict(reversed(numbers.items())), VIEW)
    assert circles[0].code == "BB", "small ones are on top"


def test_no_circle_is_cut_off() -> None:
    [circle] = place_circles([country("AA", PIXELS - 1, 1)], {"AA": CountryNumber(9)}, VIEW)
    assert circle.x + circle.outer <= PIXELS and circle.y - circle.outer >= 0


def test_two_circles_at_one_place_are_moved_apart() -> None:
    twins = place_circles([country("AA", 100, 100), country("BB", 100, 100)], dict.fromkeys(("AA", "BB"), CountryNumber(1)), VIEW)
    assert overlapping(twins) == 0


def test_names_touch_their_circle_and_cover_no_other() -> None:
    shapes = [country("AA", 400, 200), *(country(f"B{at}", 400 + 40 * math.cos(at), 200 + 40 * math.sin(at)) for at in range(4))]
    numbers = {shape.code: CountryNumber(5) for shape in shapes}
    circles = place_circles(shapes, numbers, VIEW)
    [name] = place_names(shapes, circles, {"AA": ["Name"]}, VIEW)
    assert math.hypot(name.x, name.y) < 45
    assert not place_names(shapes, circles, {"AA": ["A very long name that has no room at all here " * 6]}, VIEW)
    corner = place_circles([country("CC", 20, 380)], {"CC": CountryNumber(5)}, VIEW)
    assert not place_names([country("CC", 20, 380)], corner, {"CC": ["Name"]}, VIEW, occupied=[(0, 300, 200, 400)])


def test_a_name_without_room_beside_its_circle_has_a_line_that_crosses_no_other() -> None:
    """Eight neighbouring circles leave no room for a long name, but a line fits between two of them."""
    ring = [country(f"B{at}", 400 + 44 * math.cos(at * math.pi / 4), 200 + 44 * math.sin(at * math.pi / 4)) for at in range(8)]
    shapes = [country("AA", 400, 200), *ring]
    numbers = {"AA": CountryNumber(9)} | {shape.code: CountryNumber(3) for shape in ring}
    circles = place_circles(shapes, numbers, VIEW)
    [name] = place_names(shapes, circles, {"AA": ["A longer", "name of it"]}, VIEW)
    assert name.line
    largest = circles[0]
    assert math.hypot(*name.line[:2]) == pytest.approx(largest.outer)
    line = shapely.LineString([(largest.x + x, largest.y + y) for x, y in (name.line[:2], name.line[2:])])
    assert all(line.distance(shapely.Point(circle.x, circle.y)) > circle.outer for circle in circles[1:])
    assert not place_names(shapes, circles, {"AA": ["A longer", "name of it"]}, VIEW, occupied=[(350, 150, 450, 250)])


def test_the_key_has_three_numbers_of_the_map() -> None:
    numbers = {f"A{at}": CountryNumber(number) for at, number in enumerate((1, 1, 2, 5, 8, 11))} | {
        "CN": CountryNumber(0, apart=22)
    }
    key = key_circles(numbers)
    assert [circle.number for circle in key] == [1, 5, 11]
    assert all(left.x + left.radius < right.x - right.radius for left, right in combinations(key, 2))
    assert [circle.number for circle in key_circles({"AA": CountryNumber(3)})] == [3]
