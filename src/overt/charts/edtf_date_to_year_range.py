"""What is known of a date, as a range on an axis of years."""

from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

from overt.model.errors import ValueProblem
from overt.model.values.date_comparison import has_open_start
from overt.model.values.dates import date_bounds

_MONTH_YEARS = 0.12
"""A range of at most this length in years, as of a month, is one mark."""


class DateRange(NamedTuple):
    """What is known of a date: its first possible day and the day after its last one, in years with fractions."""

    low: float
    high: float
    is_open: bool
    """Whether it is only a latest date, as `../2019`. The range is then that year, month or day."""

    @property
    def middle(self) -> float:
        """The middle of the range, where a mark stands for all of it."""
        return (self.low + self.high) / 2

    @property
    def is_short(self) -> bool:
        """Whether it is at most about a month, so that one mark can show it."""
        return self.high - self.low <= _MONTH_YEARS


def date_range(text: str | None) -> DateRange | None:
    """Return what is known of a date (EDTF); None if it is missing or unreadable.

    Of an interval without a beginning or without an end, this is the date that is known.
    """
    is_open = has_open_start(text)
    known = (text or "").strip("./") if is_open or (text or "").endswith(("/..", "/")) else text
    if not known:
        return None
    try:
        low, high = date_bounds(known)
    except ValueProblem:
        return None
    return DateRange(decimal_year(low), decimal_year(high + timedelta(1)), is_open)


def decimal_year(day: date) -> float:
    """Return the start of a day as a decimal year: 2019.5 is the middle of 2019."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)
