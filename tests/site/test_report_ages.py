"""The age of a report is the number of whole years elapsed, not the difference of year numbers."""

import pytest

from overt.site.report_ages import whole_years


@pytest.mark.parametrize(
    ("reported", "years"),
    [("2021-12-23", 4), ("2021-11-29", 5), ("2019-01-16", 7), ("2013-03", 13), ("2021", 4), ("../2023-10", 3), ("2027-01-01", 0)],
)
def test_ages_are_whole_years_elapsed(reported: str, years: int) -> None:
    assert whole_years(reported, "2026-11-29") == years
