"""What is known of a date, as a range on an axis of years."""

from calendar import isleap
from datetime import date, timedelta
from typing import NamedTuple

from overt.model.errors import ValueProblem
from overt.model.values.date_comparison import has_open_start
from overt.model.values.dates import date_bounds

_MONTH_YEARS = 0.12
"""Maximum length, in years, of a range that one mark can show: a little more than a month."""


class DateRange(NamedTuple):
    """What is known of a date: its first possible day and the day after its last one, in years with fractions."""

    low: float
    high: float
    is_open: bool
    """Whether only a latest date is known, as in `../2019`. The range is then that year, month or day."""

    @property
    def middle(self) -> float:
        """The middle of the range, which is where a single mark for the range is drawn."""
        return (self.low + self.high) / 2

    @property
    def is_short(self) -> bool:
        """Whether the range is at most about a month long, so that one mark can show it."""
        return self.high - self.low <= _MONTH_YEARS


def date_range(text: str | None) -> DateRange | None:
    """Return the range of years that an EDTF date covers; None if it is missing or can't be parsed.

    If only one end of an interval is known, return the range of that date.
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
