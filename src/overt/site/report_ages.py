"""Ages of reports and statuses at the date of an edition."""

from datetime import date

from overt.model.values.date_comparison import last_day


def whole_years(reported: str, edition: str) -> int:
    """Return how many whole years passed between two days, at least; 0 if the first is later.

    `reported`: a date (EDTF), of which the last possible day counts; `edition`: a day (ISO).
    """
    first, last = last_day(reported), date.fromisoformat(edition)
    return max(0, last.year - first.year - ((last.month, last.day) < (first.month, first.day)))
