"""Compares EDTF dates that differ in precision: sort keys, which of two dates is earlier, and whether a date is over."""

import datetime
import re
from collections.abc import Iterable

from overt.model.values.dates import date_bounds

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def first_day(text: str) -> datetime.date:
    """Return the first day that an EDTF date can mean: the key by which to find the latest of several dates."""
    return date_bounds(text)[0]


def last_day(text: str) -> datetime.date:
    """Return the last day that an EDTF date can mean: the key by which to find the earliest of several dates."""
    return date_bounds(text)[1]


def latest_date(dates: Iterable[str | None]) -> str | None:
    """Return the latest of several EDTF dates by their first days; None if there are none. “About 2025” comes before May 2025."""
    return max(filter(None, dates), key=lambda date: (first_day(date), date), default=None)


def has_open_start(text: str | None) -> bool:
    """Return whether a date is an EDTF interval without a beginning, such as `../2019`, which sentences give as “by 2019”."""
    return (text or "").startswith(("../", "/"))


def may_be_earlier(text: str, other: str) -> bool:
    """Return whether a date may be earlier than another: its first possible day precedes the last possible day of the other.

    “2011” and “by 2018” may both be earlier than March 2011.
    """
    return first_day(text) < last_day(other)


def may_be_later(text: str, other: str) -> bool:
    """Return whether a date may be later than another: its last possible day follows the first possible day of the other."""
    return last_day(text) > first_day(other)


def is_before(text: str, other: str) -> bool:
    """Return whether a date is before another: its last possible day precedes the first possible day of the other.

    A month or year that contains the other day isn't before it.
    """
    return last_day(text) < first_day(other)


def is_single_day(text: str) -> bool:
    """Return whether a date (EDTF) is a day, even an uncertain one, and not a month, a year or an interval."""
    return bool(_DAY.fullmatch(text.rstrip("~?%")))


def is_over(end: str, day: str) -> bool:
    """Return whether a date (EDTF) is on or before a day (ISO). A month, year or interval isn't over before its last day."""
    return last_day(end) <= first_day(day)
