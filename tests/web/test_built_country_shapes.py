"""The shapes of countries that the front end build puts into the package."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from overt.model.content_catalogue import Catalogue

BUILT = Path(str(files("overt"))) / "static/built"


@pytest.fixture(scope="module")
def world() -> dict[str, dict]:
    features = json.loads((BUILT / "world.json").read_bytes())["features"]
    return {feature["properties"]["code"]: feature for feature in features}


def test_every_country_has_a_shape(world: dict[str, dict], content: Catalogue) -> None:
    countries = {code for code, area in content.areas.areas.items() if area.kind == "country"}
    assert countries <= set(world)
    assert {code for code in world if code} <= set(content.areas.areas)


def test_the_map_names_countries_as_the_pages_do(world: dict[str, dict], content: Catalogue) -> None:
    names = {code: feature["properties"]["name"] for code, feature in world.items()}
    assert names.pop("") == "Siachen Glacier"
    assert names == {code: content.areas.areas[code].label for code in names}


def test_shapes_are_small_and_lie_on_the_earth(world: dict[str, dict]) -> None:
    assert (BUILT / "world.json").stat().st_size <= 360_000
    for code, feature in world.items():
        west, south, east, north = shape(feature["geometry"]).bounds
        assert -180 <= west < east <= 180, code
        assert -90 <= south < north <= 90, code


def test_the_encoded_shapes_are_equal(world: dict[str, dict]) -> None:
    encoded = json.loads((BUILT / "world-steps.json").read_bytes())
    for code, _, disputed, _, _, _, polygons in encoded["areas"]:
        if code:
            rings = [ring for polygon in polygons for ring in polygon]
            geometry = world[code]["geometry"]
            expected = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            first = [[steps[0] / encoded["unit"], steps[1] / encoded["unit"]] for steps in rings]
            assert first == [ring[0] for polygon in expected for ring in polygon], code
            for steps, ring in zip(rings, (ring for polygon in expected for ring in polygon), strict=True):
                assert [sum(steps[::2]), sum(steps[1::2])] == steps[:2], "a ring ends where it starts"
                assert len(steps) == 2 * len(ring)
            assert bool(disputed) == world[code]["properties"]["disputed"]


def test_nothing_spans_the_antimeridian(world: dict[str, dict]) -> None:
    for code in ("RU", "FJ", "NZ", "US", "KI"):
        for part in shape(world[code]["geometry"]).geoms:
            west, _, east, _ = part.bounds
            assert east - west < 180, code


def test_labels_are_inside_their_countries(world: dict[str, dict]) -> None:
    for code, feature in world.items():
        properties = feature["properties"]
        assert shape(feature["geometry"]).distance(Point(properties["x"], properties["y"])) < 0.05, code


def test_disputed_areas_are_their_own_shapes(world: dict[str, dict]) -> None:
    disputed = {code for code, feature in world.items() if feature["properties"]["disputed"]}
    assert disputed == {"", "EH", "FK", "GS", "IO", "PS", "TW", "XK", "X-CRIMEA", "X-NORTHERN-CYPRUS", "X-SOMALILAND"}
    simferopol = Point(34.1, 44.95)
    assert [code for code, feature in world.items() if shape(feature["geometry"]).contains(simferopol)] == ["X-CRIMEA"]


def test_parts_of_a_country_with_a_code_of_their_own(world: dict[str, dict]) -> None:
    for code, place in {"GF": (-53, 4), "RE": (55.5, -21.1), "SJ": (16, 78.5), "BQ": (-68.3, 12.2), "TV": (179.2, -8.5)}.items():
        assert shape(world[code]["geometry"]).distance(Point(place)) < 0.2, code
    assert not shape(world["FR"]["geometry"]).intersects(Point(-53, 4))
