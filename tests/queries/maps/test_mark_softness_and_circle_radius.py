"""The less precisely a place is known, the wider and softer its mark. A source's own radius takes precedence."""

import pytest

from overt.queries.maps.mark_softness_and_circle_radius import circle_radius, softness


def test_less_known_is_softer() -> None:
    assert [softness(precision) for precision in ("exact", "locality", "admin2", "admin1", "schematic")] == [0, 1, 2, 3, 3]


@pytest.mark.parametrize(
    ("precision", "radius", "latitude", "pixels"),
    [
        ("exact", None, 0, 0),
        ("locality", None, 0, 0.064),  # 5 km in a world of 40,075 km and 512 pixels
        ("admin2", None, 0, 0.383),
        ("admin1", None, 0, 1.150),
        ("admin1", 12.0, 0, 0.153),
        ("locality", 12.0, 60, 0.307),
        ("locality", 0.0, 60, 0.128),
        ("schematic", None, 60, 0),
        ("locality", None, -90, 0.639),
    ],
)
def test_the_circle_is_as_wide_on_the_ground(precision: str, radius: float | None, latitude: float, pixels: float) -> None:
    assert circle_radius(precision, radius, latitude) == pixels
