"""Shades of countries by their number of projects."""

from overt.language.language import ENGLISH
from overt.maps.shade_scale import shade_breaks, shade_labels, shade_of


def test_shades() -> None:
    assert shade_breaks([]) == ()
    assert shade_breaks([1, 1, 2]) == (1, 2)
    assert shade_breaks([1, 1, 2, 5, 9, 12]) == (1, 2, 3, 5, 8)
    assert shade_breaks([0, 10, 64]) == (1, 5, 10, 25, 50)
    assert shade_breaks([1, 1, 2, 5, 9, 12, 30, 61, 100]) == (1, 10, 25, 50, 100)
    breaks = shade_breaks([1, 10, 64, 1500])
    assert breaks == (1, 10, 50, 200, 1000) and shade_of(10, breaks) < shade_of(64, breaks)
    assert shade_breaks([5000]) == (1, 10, 100, 1000)
    assert [shade_of(count, (1, 3, 10)) for count in (0, 1, 2, 3, 9, 10, 500)] == [0, 1, 1, 2, 2, 3, 3]
    assert shade_labels((1, 2, 5), ENGLISH) == ["1", "2–4", "5 and more"]
