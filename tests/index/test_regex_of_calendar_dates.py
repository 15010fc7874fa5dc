"""The pattern of dates in descriptions accepts the same days as the calendar."""

import re
from datetime import date, timedelta

import pytest

from overt.index.accepted_filter_values import DATE_PATTERN


def test_pattern_accepts_every_day_of_the_calendar() -> None:
    pattern = re.compile(DATE_PATTERN)
    days = (date(1999, 12, 31) + timedelta(days) for days in range(36_600))
    assert all(pattern.search(day.isoformat()) for day in days)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13", "0999", "2024-1", "2024-02-29x"]
)
def test_pattern_refuses_what_is_no_date(text: str) -> None:
    assert not re.search(DATE_PATTERN, text)
