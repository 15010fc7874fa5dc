"""Spans: the earliest and latest days on which something may have begun and ended, and whether it was in place in a period.

`in_place` uses only the bounds: something that began at an unknown time was possibly in place at any earlier time. Pages, the
API and commands count by `in_place_on_record`, which counts nothing before its first date on record. `in_place_on_record` and
the conditions of `in_place_sql` are the same rule, for Python and for SQL.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from overt.model.values.dates import EARLIEST, LATEST, date_bounds

_UNITS = {"?": 1, "~": 1, "%": 2}
"""How far a date can be off, in units of its precision (days, months or years), by qualifier."""
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_DAY = timedelta(days=1)
NEVER_COUNTED = ("denied", "cancelled", "unverified")
"""Statuses of projects that never count as in place, whatever their dates."""
NOT_DOCUMENTED = ("announced", "cancelled", "denied", "unverified")
"""Statuses of projects that aren't counted as documented systems. Lists still show them."""


class InPlace(StrEnum):
    """Whether something was in place in a period, according to the sources."""

    CERTAINLY = "certainly"
    """It was in place on some day of the period, however the sources' dates are read."""
    POSSIBLY = "possibly"
    """It was in place in some readings of the dates, but not in others."""
    NOT = "not"
    """It was in place in no reading of the dates, it has not begun (see `Span.begun`), or it was not yet on record."""


class Span(NamedTuple):
    """Bounds of the beginning and end of something. None means no bound: without `begin_latest`, it may never have begun.

    The end is the first day on which something is no longer in place.
    """

    begin_earliest: date | None = None
    begin_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    begun: bool = True
    """False if sources only plan it, or if it was given up before it began. It is then never in place."""


def make_span(bounds: Iterable[date | None], *, begun: bool) -> Span:
    """Return a span. `bounds`: its four bounds, in the order of the fields."""
    begin_earliest, begin_latest, end_earliest, end_latest = bounds
    return Span(begin_earliest, begin_latest, end_earliest, end_latest, begun)


def in_place(span: Span, first: date, last: date) -> InPlace:
    """Return whether something with this span was in place on some day from `first` to `last`."""
    begin = span.begin_earliest or EARLIEST
    if not span.begun or begin > last or (span.end_latest or LATEST) <= first:
        return InPlace.NOT
    # Everything that began is in place on its first day, so it can't end before the next day.
    first_end = max(span.end_earliest or EARLIEST, begin + _ONE_DAY)
    certain = span.begin_latest is not None and span.begin_latest <= last and first_end > first
    return InPlace.CERTAINLY if certain else InPlace.POSSIBLY


def first_day(span: Span) -> date | None:
    """Return the first date on record: the first day on which something can have begun. If no source gives a beginning, that is
    the day by which it had begun or ended. None if there is no date.
    """
    return span.begin_earliest or span.begin_latest or span.end_earliest


def last_day(span: Span) -> date | None:
    """Return the last day on which something can have been in place; None if there is no date.

    If no source gives an end, that is the last day on which a source says that it was in place.
    """
    first = first_day(span)
    if first is None:
        return None
    days = (span.end_earliest and span.end_earliest - _ONE_DAY, span.begin_latest, first)
    return max(first, span.end_latest - _ONE_DAY) if span.end_latest else max(day for day in days if day)


def in_place_on_record(span: Span, first: date, last: date) -> InPlace:
    """Return the result of `in_place`, but `not` if the period is before the first date on record, or if there is no such date.

    So something with an unknown beginning isn't counted before its first date.
    """
    day = first_day(span)
    return InPlace.NOT if day is None or day > last else in_place(span, first, last)


def is_first_on_record_after(span: Span, last: date) -> bool:
    """Return whether something has begun, but no source says when, and its first date on record is after a day or unknown."""
    day = first_day(span)
    return span.begun and span.begin_earliest is None and (day is None or day > last)


def first_day_sql(prefix: str = "") -> str:
    """Return SQL that gives the result of `first_day` for a row of the table `spans`. `prefix`: the table's name and a dot."""
    return f"coalesce({prefix}begin_earliest, {prefix}begin_latest, {prefix}end_earliest)"


def in_place_sql(first: str, last: str, *, prefix: str = "", counts: str = "true") -> str:
    """Return SQL, for DuckDB and SQLite, that gives the result of `in_place_on_record` for a row of the table `spans`.

    `first`, `last`: expressions of the columns' type: dates in DuckDB, ISO 8601 strings in SQLite. `prefix`: the table's name
    and a dot. `counts`: a condition; a row that does not meet it is never in place.
    """
    columns = ("begin_earliest", "begin_latest", "end_earliest", "end_latest", "begun")
    begin, begin_latest, end, end_latest, begun = (f"{prefix}{column}" for column in columns)
    day = first_day_sql(prefix)
    return (
        f"CASE WHEN NOT {begun} OR NOT {counts} OR {day} IS NULL OR {day} > {last} OR {end_latest} <= {first} "
        # An end after `first` or a beginning on or after `first` shows that something was in place on or after `first`.
        f"THEN 'not' WHEN {begin_latest} <= {last} AND ({end} > {first} OR {begin} >= {first}) THEN 'certainly' "
        "ELSE 'possibly' END"
    )


@lru_cache(maxsize=65536)
def date_limits(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day that an EDTF date can mean; None for an open end.

    Unlike `date_bounds`, this function reads the qualifiers: a date that is uncertain (`?`) or approximate (`~`) can be one unit
    of its precision earlier or later, and one that is both (`%`) two units. Raises ValueProblem for text that is not a date.
    """
    qualified = any(mark in text for mark in _UNITS) and text.count("/") < 2
    parts = [_limits(part) for part in text.split("/")] if qualified else [date_bounds(text)]
    low, high = parts[0][0], parts[-1][1]
    return (None if low == EARLIEST else low), (None if high == LATEST else high)


def _limits(text: str) -> tuple[date, date]:
    """Return the first and last day that a date, or one side of an interval, can mean."""
    if text in ("", ".."):
        return EARLIEST, LATEST
    units = max((units for mark, units in _UNITS.items() if mark in text), default=0)
    plain = text.translate(dict.fromkeys(map(ord, _UNITS)))
    low, high = date_bounds(plain)
    if _DAY.fullmatch(plain):
        return low - units * _ONE_DAY, high + units * _ONE_DAY
    months = units if _MONTH.fullmatch(plain) else 12 * units
    return _months_later(low, -months), _months_later(high + _ONE_DAY, months) - _ONE_DAY


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)
