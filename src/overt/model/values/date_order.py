"""The order of EDTF dates that differ in precision: what is surely the first, and what may come before it."""

import datetime

from overt.model.values.dates import date_bounds


def first_day(text: str) -> datetime.date:
    """Return the first day that an EDTF date can mean. By it, the latest of some dates is the one that is surely not earlier."""
    return date_bounds(text)[0]


def last_day(text: str) -> datetime.date:
    """Return the last day that an EDTF date can mean. By it, the earliest of some dates is the one that is surely not later."""
    return date_bounds(text)[1]


def may_be_earlier(text: str, other: str) -> bool:
    """Return whether a date can mean a day before the last one that another can mean: “2011” and “by 2018” before March 2011."""
    return first_day(text) < last_day(other)


def may_be_later(text: str, other: str) -> bool:
    """Return whether a date can mean a day after the first one that another can mean."""
    return last_day(text) > first_day(other)
