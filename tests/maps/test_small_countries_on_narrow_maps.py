"""Small countries on narrow maps, on which their outlines are too small to see."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from overt.language.language import ENGLISH
from overt.maps.country_shapes import Box, CountryShape, load_world
from overt.maps.svg_map import INHABITED, MapCountry, draw_map

WEST: Box = (0, INHABITED[1], 4000, INHABITED[3])
"""A part of the world without Singapore and Luxembourg."""


@pytest.fixture(scope="module")
def shapes() -> list[CountryShape]:
    return load_world(Path(str(files("overt"))) / "static/built/world.json")


def drawn_countries(shapes: list[CountryShape], view: Box, reduction: float, shade: int) -> set[str]:
    """Give all small countries this shade, and return the codes of those that the map draws."""
    small = {
        shape.code: MapCountry(1, shape.name, f"/country/{shape.code}", shade) for shape in shapes if shape.code and shape.small
    }
    svg = draw_map(ENGLISH, shapes, small, [], [], label="Map", view=view, reduction=reduction)
    return set(re.findall("/country/([A-Z]{2})", svg))


@pytest.mark.parametrize("reduction", [1, 960 / 560, 4])
def test_shaded_small_countries_are_on_every_map_of_the_world(shapes: list[CountryShape], reduction: float) -> None:
    small = {shape.code for shape in shapes if shape.code and shape.small}
    assert {"SG", "LU", "VA"} < small
    assert drawn_countries(shapes, INHABITED, reduction, 3) == small


def test_small_countries_outside_the_view_or_without_a_shade_have_no_circle(shapes: list[CountryShape]) -> None:
    assert drawn_countries(shapes, WEST, 4, 3) & {"SG", "LU", "VA", "BB"} == {"BB"}
    assert "SG" not in drawn_countries(shapes, INHABITED, 4, 0)
