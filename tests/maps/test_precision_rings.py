"""Rings around places: their size on the globe, their layer, and places without a ring."""

import math

import pytest

from overt.maps.precision_rings import draw_ring, ring
from overt.queries.maps.map_marks import MapPlace


def place(radius: float | None, latitude: float = 45.0, longitude: float = 10.0) -> MapPlace:
    return MapPlace(
        "ovt-a", "A", None, "networks", [], None, None, "[]", "A", "locality", radius, "IT", longitude, latitude, None
    )


@pytest.mark.parametrize("latitude", [0.0, 45.0, -70.0])
def test_every_corner_is_as_far_as_the_radius(latitude: float) -> None:
    corners = list(ring(place(20, latitude)))
    assert len(corners) > 20
    for east, north in corners:
        a, b = math.radians(latitude), math.radians(north)
        chord = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(east - 10) / 2) ** 2
        assert 2 * 6371 * math.asin(math.sqrt(chord)) == pytest.approx(20, rel=1e-6)


def test_a_ring_is_drawn_in_the_layer_of_its_project() -> None:
    path = draw_ring(place(20))
    assert 'class="ring layer--networks"' in path
    assert path.count("L") == len(list(ring(place(20)))) - 1


@pytest.mark.parametrize("row", [place(None), place(0.0), place(20)._replace(longitude=None, latitude=None)])
def test_no_radius_or_no_point_is_no_ring(row: MapPlace) -> None:
    assert draw_ring(row) == ""
