"""Axis ticks and labelled years."""

import pytest

from overt.charts.axis_layout import labelled_years, ticks


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 7, [0, 2, 4, 6, 8]),
        (0, 100, [0, 50, 100]),
        (0, 1.76e9, [0, 5e8, 1e9, 1.5e9, 2e9]),
        (0, 0.03, [0, 0.01, 0.02, 0.03]),
        (-1.2, 1.3, [-2, -1, 0, 1, 2]),
        (5, 5, [5, 5.5, 6]),
    ],
)
def test_ticks_are_round_and_cover_the_data(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_ticks_of_counts_are_integers() -> None:
    assert ticks(0, 1, integers=True) == [0, 1]
    assert ticks(0, 1) != [0, 1]


def test_years_are_labelled_as_often_as_they_fit() -> None:
    assert labelled_years(2000, 2024, 560) == list(range(2000, 2025, 2))
    assert labelled_years(2000, 2024, 200) == [2000, 2010, 2020]
    assert labelled_years(2019, 2019, 60) == [2019]
    assert labelled_years(2001, 2003, 10) == [2002]
