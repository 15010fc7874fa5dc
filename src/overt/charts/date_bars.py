"""EDTF dates as lengths of a bar: firm where they are sure, faint from the first day that they can mean to the last."""

import re
from calendar import isleap
from datetime import date

from overt.model.errors import ValueProblem
from overt.model.values.dates import EARLIEST, LATEST, date_bounds

Part = tuple[float, float, float]
"""From, to (years with fractions), opacity."""
_OPEN = 2.0
"""Years over which an end that the source leaves open fades out."""
_STEPS = (0.6, 0.3)
"""Opacity of what is not sure, from near what is sure outwards."""
_DOUBT = re.compile("[?~%]")
_THINNEST = 0.12
"""Years that a bar is long at least, to be seen."""


def parts_of(begin: str | None, end: str | None) -> list[Part]:
    """A span in parts: faint from the first day that its beginning can be to the last, firm to the first that its end can
    be, and faint again. All of it is fainter where a source doubts a date (`2019?`, `~`). Nothing when no date can be read.
    """
    start, stop = _bounds(begin), _bounds(end)
    if start is None or stop is None:
        known = start or stop
        found = _faint(*known) if known else []
    elif stop[0] <= start[1]:  # they overlap: nothing between them is sure
        found = _faint(min(start[0], stop[0]), max(start[1], stop[1]))
    else:
        before = _fade(start[1], start[0]) if start[1] - start[0] > _THINNEST else []
        after = _fade(stop[0], stop[1]) if stop[1] - stop[0] > _THINNEST else []
        found = [*before, (start[1] if before else start[0], max(stop[0], start[0] + _THINNEST), 1), *after]
    doubted = _DOUBT.search(f"{begin or ''}{end or ''}") is not None
    return [(low, high, firm * _STEPS[0] if doubted else firm) for low, high, firm in found]


def _bounds(text: str | None) -> tuple[float, float] | None:
    """First and last day that a date can mean, in years with fractions; open ends are cut short."""
    if not text:
        return None
    try:
        low, high = date_bounds(text)
    except ValueProblem:
        return None
    if low == EARLIEST and high == LATEST:
        return None
    first = _place(high, 1) - _OPEN if low == EARLIEST else _place(low, 0)
    last = _place(low, 0) + _OPEN if high == LATEST else _place(high, 1)
    return first, last


def _place(day: date, end: int) -> float:
    """Where a day begins, or ends, in years."""
    return day.year + (day.timetuple().tm_yday - 1 + end) / (366 if isleap(day.year) else 365)


def _faint(low: float, high: float) -> list[Part]:
    """A range without anything sure in it: faint, and fainter towards its ends. One of some weeks is a mark."""
    if high - low <= _THINNEST:
        return [(low, low + _THINNEST, 1)]
    step = (high - low) / 2 / len(_STEPS)
    return [(low + step * at, high - step * at, _STEPS[-1]) for at in range(len(_STEPS))]


def _fade(near: float, far: float) -> list[Part]:
    """A range in steps that grow fainter from `near` to `far`."""
    step = (far - near) / len(_STEPS)
    found = [(near + step * at, near + step * (at + 1), firm) for at, firm in enumerate(_STEPS)]
    return [(min(low, high), max(low, high), firm) for low, high, firm in found]
