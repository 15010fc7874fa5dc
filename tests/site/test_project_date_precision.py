"""Dates of projects are as precise as published."""

import pytest

from overt.site.project.agreed_and_in_use_dates import as_precise_as_published


@pytest.mark.parametrize(
    ("day", "published", "text"),
    [
        ("2019-04-01", ["2019-04", "2018-12-23"], "2019-04"),
        ("2019-04-01", ["2019-04~"], "2019-04"),
        ("2019-04-01", ["2019-04", "2019-04-01"], "2019-04-01"),
        ("2019-01-01", ["2019"], "2019"),
        ("2019-04-24", ["2019-04"], "2019-04-24"),
        ("", ["2019-04"], ""),
    ],
)
def test_a_month_does_not_become_its_first_day(day: str, published: list[str], text: str) -> None:
    assert as_precise_as_published(day, published) == text
