"""Names of countries on maps: on their land, next to it, in the sea with a line, or left out."""

import re

import shapely

from overt.maps.country_name_labels import country_names
from overt.maps.country_shapes import CountryShape

VIEW = (0.0, 0.0, 400.0, 200.0)
"""One drawing unit is one pixel."""


def country(code: str, west: float, north: float, east: float, south: float, *, small: bool = False) -> CountryShape:
    box = (west, north, east, south)
    return CountryShape(code, code, False, small, "", (shapely.box(*box),), (west + east) / 2, (north + south) / 2, box, box)


def placed(
    shapes: list[CountryShape], names: dict[str, str], *, over_others: bool = False, retries: int = 0
) -> dict[str, tuple[float, bool]]:
    """Return the horizontal position of each name's middle, and whether a line leads to the name."""
    svg = country_names(shapes, names, VIEW, pixels=400, size=12, most=9, avoided=names, over_others=over_others, retries=retries)
    parts = re.findall(r'(<path class="name-line"[^>]*>)?<text class="place-name country-name" x="([\d.-]+)"[^>]*>([^<]*)<', svg)
    return {name: (float(x), bool(line)) for line, x, name in parts}


def test_a_name_with_room_is_on_its_country() -> None:
    assert placed([country("AA", 100, 50, 300, 150)], {"AA": "Name"}) == {"Name": (200.0, False)}


def test_a_name_without_room_touches_its_country_in_the_sea() -> None:
    [(x, has_line)] = placed([country("AA", 100, 90, 110, 110)], {"AA": "Long name"}).values()
    assert x > 110 and not has_line


def test_a_name_among_neighbours_is_in_the_sea_with_a_line_or_left_out() -> None:
    inland = country("AA", 190, 90, 200, 110)
    west, east = country("BB", 150, 60, 190, 140), country("CC", 200, 60, 400, 140)
    [(_, has_line)] = placed([inland, west, east], {"AA": "Name"}).values()
    assert has_line, "there is sea north and south"
    everywhere = [inland, country("BB", 0, 0, 190, 200), country("CC", 200, 0, 400, 200)]
    assert not placed(everywhere, {"AA": "Name"})
    [(_, has_line)] = placed(everywhere, {"AA": "Name"}, over_others=True).values()
    assert has_line, "on land without a colour"
    assert "Name" not in placed(everywhere, {"AA": "Name", "BB": "B", "CC": "C"}, over_others=True), "never on coloured land"


def test_no_line_crosses_another_marked_country() -> None:
    """Such a line would make the name look like the other country's. The name is moved or, without a free place, left out."""
    inland, belt = country("AA", 190, 90, 200, 110), country("BB", 201, 0, 206, 200)
    plain = [inland, belt, country("CC", 0, 0, 188, 200), country("DD", 207, 0, 400, 200)]
    x, has_line = placed(plain, {"AA": "Name", "BB": "B"}, over_others=True)["Name"]
    assert has_line and x < 190, "to the west, where nothing is marked"
    around = [inland, belt, country("EE", 184, 0, 188, 200), country("FF", 184, 80, 206, 88), country("GG", 184, 112, 206, 120)]
    marked = {"AA": "Name", "BB": "B", "EE": "E", "FF": "F", "GG": "G"}
    everything = [*around, country("CC", 0, 0, 183, 200), country("DD", 207, 0, 400, 200)]
    assert "Name" not in placed(everything, marked, over_others=True)
    assert placed(everything, marked, over_others=True, retries=1)["Name"][1], "unless all names are needed"


def test_first_names_have_the_first_choice() -> None:
    twins = [country("AA", 100, 90, 104, 110), country("BB", 108, 90, 112, 110)]
    assert next(iter(placed(twins, {"BB": "Second twin", "AA": "First twin"}))) == "Second twin"
