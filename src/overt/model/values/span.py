"""Spans: the earliest and latest days on which something may have begun and ended, and whether it was in place in a period.

`in_place` and the conditions of `in_place_sql` are the same rule, for Python and for SQL.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from overt.model.values.dates import EARLIEST, LATEST, date_bounds

_UNITS = {"?": 1, "~": 1, "%": 2}
"""Number of units of its precision by which a date can be off, by qualifier."""
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_DAY = timedelta(days=1)


class InPlace(StrEnum):
    """Whether something was in place in a period, according to the sources."""

    CERTAINLY = "certainly"
    """It was in place on some day of the period, however the sources' dates are read."""
    POSSIBLY = "possibly"
    """It was in place in some readings of the dates, but not in others."""
    NOT = "not"
    """It was not in place in any reading, or it has not begun (see `Span.begun`)."""


class Span(NamedTuple):
    """Bounds of a beginning and an end. None means no bound: without `begin_latest`, it may never have begun.

    The end is the first day on which it is no longer in place.
    """

    begin_earliest: date | None = None
    begin_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    begun: bool = True
    """False if sources only plan it, or if it was given up before it began. It is then in place on no day."""


def make_span(bounds: Iterable[date | None], *, begun: bool) -> Span:
    """Return the span with four bounds, in the order of the fields."""
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


def in_place_sql(first: str, last: str, *, prefix: str = "") -> str:
    """Return SQL, for DuckDB and SQLite, that gives the result of `in_place` for a row of the table `spans`.

    `first`, `last`: expressions of the columns' type: dates in DuckDB, ISO 8601 strings in SQLite. `prefix`: the table's name
    and a dot.
    """
    columns = ("begin_earliest", "begin_latest", "end_earliest", "end_latest", "begun")
    begin, begin_latest, end, end_latest, begun = (f"{prefix}{column}" for column in columns)
    return (
        f"CASE WHEN NOT {begun} OR {begin} > {last} OR {end_latest} <= {first} THEN 'not' "
        # An end after `first`, or a beginning on or after it: either shows that it was in place on or after `first`.
        f"WHEN {begin_latest} <= {last} AND ({end} > {first} OR {begin} >= {first}) THEN 'certainly' ELSE 'possibly' END"
    )


@lru_cache(maxsize=65536)
def date_limits(text: str) -> tuple[date | None, date | None]:
    """Return the first and last day that an EDTF date can mean; None for an open end.

    Unlike `date_bounds`, this function reads the qualifiers: a date that is uncertain (`?`) or approximate (`~`) can be one unit
    of its precision earlier or later, one that is both (`%`) two units. Raises ValueProblem for text that is not a date.
    """
    qualified = any(mark in text for mark in _UNITS) and text.count("/") < 2
    parts = [_limits(part) for part in text.split("/")] if qualified else [date_bounds(text)]
    low, high = parts[0][0], parts[-1][1]
    return (None if low == EARLIEST else low), (None if high == LATEST else high)


def _limits(text: str) -> tuple[date, date]:
    """Return the limits of a date or of a side of an interval."""
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
