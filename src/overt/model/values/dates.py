"""Dates of any precision: Extended Date/Time Format, EDTF (Library of Congress, 2019; ISO 8601-2)."""

import calendar
import datetime
import re
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from overt.model.errors import ValueProblem, quote_text

EARLIEST = datetime.date(1, 1, 1)
LATEST = datetime.date(9999, 12, 31)
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?")
"""Matches a month or a day. These are parsed here because the EDTF grammar takes ten milliseconds for each."""
_QUARTER = re.compile(r"([12][0-9]{3})-3([3-6])")
"""Matches a quarter of a year, which EDTF writes as month 33 to 36. It is parsed here because the EDTF grammar is slow."""
_PERIOD = re.compile(r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
"""Matches a year, a month or a day. The day may be one that doesn't exist, such as 2019-02-31."""
_MAX_LENGTH = 50
"""Maximum length of a date, in characters, because the EDTF grammar is slow on long strings."""
_LONG_YEAR = re.compile(r"[YE]|[0-9]{5}|S[0-9]{3}")
"""Matches the EDTF forms of years with more than four digits, whose computation can take forever: `Y170000002`, `Y17E7`."""
_MIN_YEAR, _MAX_YEAR = 1800, 2200
"""Years outside this range are typing errors (`0209`, `20021`), so they are refused and reported to the editor."""


@lru_cache(maxsize=65536)
def canonical_date(text: str) -> str:
    """Return an EDTF date in canonical form: `2019`, `2019-03`, `2019-03-05`, `2019?`, `2017/2021`, `201X`, `../2021`.

    Raises ValueProblem for other text, days that don't exist, years outside 1800–2200, and intervals that end before they begin.
    """
    text = text.strip()
    low, high = date_bounds(text)
    start, _, end = text.rpartition("/")
    # An open end has a bound, too. A placeholder such as 9999-12-31 has the same one, but it is not an open end.
    for bound, is_open in ((low, "/" in text and start in ("", "..")), (high, "/" in text and end in ("", ".."))):
        if not is_open and not _MIN_YEAR <= bound.year <= _MAX_YEAR:
            raise ValueProblem(f"{quote_text(text)} is not a possible date: the year must lie in 1800–2200")
    if low > high:
        raise ValueProblem(f"{quote_text(text)} ends before it begins")
    return text


@lru_cache(maxsize=65536)
def date_bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day that an EDTF date can mean. An open end is `EARLIEST` or `LATEST`.

    Raises ValueProblem for text that is not a date.
    """
    if _YEAR.fullmatch(text):
        return datetime.date(int(text), 1, 1), datetime.date(int(text), 12, 31)
    if match := _DAY.fullmatch(text):
        year, month, last = int(match[1]), int(match[2]), calendar.monthrange(int(match[1]), int(match[2]))[1]
        if match[3] is None:
            return datetime.date(year, month, 1), datetime.date(year, month, last)
        if int(match[3]) <= last:
            day = datetime.date(year, month, int(match[3]))
            return day, day
    if match := _QUARTER.fullmatch(text):
        year, last_month = int(match[1]), 3 * (int(match[2]) - 2)
        return datetime.date(year, last_month - 2, 1), datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
    if len(text) > _MAX_LENGTH or text.count("/") > 1 or _LONG_YEAR.search(text):
        raise ValueProblem(f"{quote_text(text)} is not a date (write 2019, 2019-03, 2019-03-05 or another EDTF form)")
    if "/" in text:
        start, _, end = text.partition("/")
        low = EARLIEST if start in ("", "..") else date_bounds(start)[0]
        high = LATEST if end in ("", "..") else date_bounds(end)[1]
        if start in ("", "..") and end in ("", ".."):
            raise ValueProblem(f"{quote_text(text)} is not a date: an interval needs a beginning or an end")
        return low, high
    try:
        parsed: Any = parse_edtf(text)
        low_parts, high_parts = parsed.lower_strict(), parsed.upper_strict()
        return datetime.date(*low_parts[:3]), datetime.date(*high_parts[:3])
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        raise ValueProblem(f"{quote_text(text)} is not a date (write 2019, 2019-03, 2019-03-05 or another EDTF form)") from None


def period_bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a day, month or year.

    Raises ValueProblem for other text, including other EDTF dates: intervals, seasons, and dates with `?`, `~`, `%` or `X`.
    """
    if not _PERIOD.fullmatch(text):
        raise ValueProblem(f"{quote_text(text)} is not a day, month or year (write 2018-05-17, 2018-05 or 2018)")
    return date_bounds(text)


def canonical_year(text: str) -> str:
    """Return a year from 1800 to 2200 as four digits. `2004.0`, as spreadsheets write it, is 2004.

    Raises ValueProblem for other text.
    """
    text = text.strip().removesuffix(".0")
    if not _YEAR.fullmatch(text) or not _MIN_YEAR <= int(text) <= _MAX_YEAR:
        raise ValueProblem(f"{quote_text(text)} is not a year (four digits, 1800–2200)")
    return text
