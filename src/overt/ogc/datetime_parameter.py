"""The parameter `datetime`: an instant or an interval (RFC 3339), whose dates may be whole months or years."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime

Days = tuple[int | None, int | None]
"""First and last day, counted from 1970; None where the span is open."""
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_FOURTH = "(0[48]|[2468][048]|[13579][26])"
_DAY = (
    f"({_YEAR}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    f"|([0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29)"
)
_CLOCK = r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_INSTANT = f"({_YEAR}(-(0[1-9]|1[0-2]))?|{_DAY}({_CLOCK})?)"
PATTERN = rf"^({_INSTANT}(/({_INSTANT}|\.\.)?)?|(\.\.)?/{_INSTANT}|\.\./(\.\.)?|/\.\.)$"
"""What can be meant, as a regular expression of ECMA-262; it cannot say that an interval must not end before it begins."""
_MEANT = re.compile(PATTERN)
_FIRST = date(1970, 1, 1).toordinal()


def interval(text: str) -> Days:
    """The days that are meant. Raises ValueError for what cannot be meant."""
    if not _MEANT.fullmatch(text):
        raise ValueError(text)
    first, slash, last = text.partition("/")
    if not slash:
        return _span(first)
    begin, end = (None if side in ("", "..") else _span(side) for side in (first, last))
    found = (begin[0] if begin else None, end[1] if end else None)
    if found[0] is not None and found[1] is not None and found[0] > found[1]:
        raise ValueError(text)
    return found


def _span(text: str) -> tuple[int, int]:
    """First and last day of an instant; a year or a month stands for its days."""
    if len(text) > len("2019-05-01"):
        day = _moment(text)
        return day, day
    year, month, day_of_month = (int(part) for part in f"{text}-0-0".split("-")[:3])
    last = date(year, month or 12, day_of_month or monthrange(year, month or 12)[1])
    return _day(date(year, month or 1, day_of_month or 1)), _day(last)


def _moment(text: str) -> int:
    moment = datetime.fromisoformat(text.upper())
    try:
        return _day(moment.astimezone(UTC).date())
    except OverflowError:  # in UTC it is before the year 1 or after 9999
        return _day(moment.date())


def _day(meant: date) -> int:
    return meant.toordinal() - _FIRST
