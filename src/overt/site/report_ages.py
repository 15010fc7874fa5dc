"""Ages of reports and statuses at the date of an edition."""

from datetime import date

from overt.model.values.date_comparison import last_day


def whole_years(reported: str, edition: str) -> int:
    """Return the minimum number of whole years between a report and an edition; 0 if the report is later.

    `reported`: the report's date (EDTF), whose last possible day counts. `edition`: the edition's day (ISO).
    """
    first, last = last_day(reported), date.fromisoformat(edition)
    return max(0, last.year - first.year - ((last.month, last.day) < (first.month, first.day)))
