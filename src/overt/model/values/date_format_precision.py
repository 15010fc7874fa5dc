"""The precision of dates in a given format: day, month or year."""

import re
from functools import cache
from typing import Literal

from overt.model.errors import ValueProblem, quote_text

SERIAL = "serial"
"""The format of dates that spreadsheets write as a number of days since the end of 1899."""
Precision = Literal["day", "month", "year"]
_YEAR, _MONTH, _DAY = frozenset("Yy"), frozenset("mbB"), frozenset("dj")
_FURTHER = frozenset("aAHIMSfpzZ")
"""Directives for weekdays and times, which are read and ignored."""


@cache
def format_precision(format_: str) -> Precision:
    """Return the precision of a date in a format of `strptime`, or in the format `SERIAL`.

    Raises ValueProblem for a format without a year, with a day of the month but no month, or with an unknown directive.
    """
    if format_ == SERIAL:
        return "day"
    directives = set(re.findall(r"%(.?)", format_.replace("%%", "")))
    if unknown := sorted(directives - _YEAR - _MONTH - _DAY - _FURTHER):
        raise ValueProblem(
            f"{quote_text(format_)} is not a format of dates: %{unknown[0]} is not known; use %d, %m, %b, %B, %Y or %y"
        )
    if not directives & _YEAR:
        raise ValueProblem(f"{quote_text(format_)} has no year (%Y), so it gives no date")
    if "d" in directives and not directives & _MONTH:
        raise ValueProblem(f"{quote_text(format_)} has a day, but no month (%m)")
    return "day" if directives & _DAY else "month" if directives & _MONTH else "year"
