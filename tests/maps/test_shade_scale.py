"""Which shade of a map a number gets."""

from overt.maps.shade_scale import shade_of


def test_shades() -> None:
    assert [shade_of(count, (1, 3, 10)) for count in (0, 1, 2, 3, 9, 10, 500)] == [0, 1, 1, 2, 2, 3, 3]
