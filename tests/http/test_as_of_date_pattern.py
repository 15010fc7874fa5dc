import re
from datetime import date

import pytest

from overt.http.as_of_date_pattern import as_of_pattern
from overt.index.accepted_filter_values import DATE_PATTERN

DATES = [
    f"{year}{rest}"
    for year in (1000, 1600, 1700, 1999, 2000, 2004, 2019, 2020, 2023, 2024, 2025, 2026, 2027, 2028, 2030, 2999)
    for rest in ["", *(f"-{month:02}{day}" for month in range(14) for day in ["", *(f"-{number:02}" for number in range(33))])]
]


@pytest.mark.parametrize(
    "day", ["2000-10-10", "2019-12-31", "2023-07-30", "2024-02-29", "2026-02-03", "2026-03-01", "2028-12-09", "2030-01-01"]
)
def test_only_dates_that_begin_by_the_day_of_the_edition_match(day: str) -> None:
    expected = {text for text in DATES if re.search(DATE_PATTERN, text) and (text + "-01-01")[:10] <= day}
    assert {text for text in DATES if re.search(as_of_pattern(date.fromisoformat(day)), text)} == expected
