"""The parameter `datetime`: an instant or an interval (RFC 3339), in which a date can also be a month or a year."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime

Days = tuple[int | None, int | None]
"""First and last day as numbers of days since 1970; None on a side that is open."""
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_MULTIPLE_OF_FOUR = "(0[48]|[2468][048]|[13579][26])"
_DAY = (
    f"({_YEAR}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    f"|([0-9]{{2}}{_MULTIPLE_OF_FOUR}|{_MULTIPLE_OF_FOUR}00)-02-29)"
)
_CLOCK = r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_INSTANT = f"({_YEAR}(-(0[1-9]|1[0-2]))?|{_DAY}({_CLOCK})?)"
PATTERN = rf"^({_INSTANT}(/({_INSTANT}|\.\.)?)?|(\.\.)?/{_INSTANT}|\.\./(\.\.)?|/\.\.)$"
"""Regular expression (ECMA-262) for valid values. It also matches intervals that end before they begin."""
_MATCHER = re.compile(PATTERN)
_FIRST = date(1970, 1, 1).toordinal()


def interval(text: str) -> Days:
    """Parse an instant or interval into days. Raises ValueError for other text, and if the interval ends before it begins."""
    if not _MATCHER.fullmatch(text):
        raise ValueError(text)
    first, slash, last = text.partition("/")
    if not slash:
        return _span(first)
    begin, end = (None if side in ("", "..") else _span(side) for side in (first, last))
    days = (begin[0] if begin else None, end[1] if end else None)
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise ValueError(text)
    return days


def _span(text: str) -> tuple[int, int]:
    """Return the first and last day of an instant, a day, a month or a year."""
    if len(text) > len("2019-05-01"):
        day = _moment_day(text)
        return day, day
    year, month, day_of_month = (int(part) for part in f"{text}-0-0".split("-")[:3])
    last = date(year, month or 12, day_of_month or monthrange(year, month or 12)[1])
    return _day(date(year, month or 1, day_of_month or 1)), _day(last)


def _moment_day(text: str) -> int:
    moment = datetime.fromisoformat(text.upper())
    try:
        return _day(moment.astimezone(UTC).date())
    except OverflowError:
        # In UTC this is before the year 1 or after the year 9999, so the local day counts.
        return _day(moment.date())


def _day(day: date) -> int:
    return day.toordinal() - _FIRST
