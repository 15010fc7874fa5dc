"""Spans between EDTF dates as segments of a bar: opaque on days that certainly belong to the span, and fading towards the
earliest and the latest possible day.
"""

import re
from datetime import timedelta

from overt.charts.edtf_date_to_year_range import decimal_year
from overt.model.errors import ValueProblem
from overt.model.values.dates import EARLIEST, LATEST, date_bounds

Segment = tuple[float, float, float]
"""Start and end (years with fractions), and opacity."""
_OPEN_YEARS = 2.0
"""Number of years over which an open start or end fades out."""
_FADE = (0.6, 0.3)
"""Opacities of the uncertain parts, from the certain part outwards."""
_QUALIFIER = re.compile("[?~%]")
_MIN_YEARS = 0.12
"""Minimum length of a bar in years; a shorter bar would be invisible."""


def date_segments(begin: str | None, end: str | None) -> list[Segment]:
    """Return a span as segments; empty if neither date is known.

    The bar is faint from the first to the last possible day of the beginning, opaque until the first possible day of the end,
    and faint again until the last. If one date is unknown, or the end may precede the beginning's last possible day, the bar
    fades towards both ends instead. Uncertainty of a few weeks is not drawn. All of the bar is fainter if a source qualifies a
    date (`2019?`, `2019~`, `2019%`).
    """
    start, stop = _bounds(begin), _bounds(end)
    if start is None or stop is None:
        known = start or stop
        segments = _uncertain(*known) if known else []
    elif stop[0] <= start[1]:  # The two ranges overlap, so no day between them is certain.
        segments = _uncertain(min(start[0], stop[0]), max(start[1], stop[1]))
    else:
        before = _fade(start[1], start[0]) if start[1] - start[0] > _MIN_YEARS else []
        after = _fade(stop[0], stop[1]) if stop[1] - stop[0] > _MIN_YEARS else []
        segments = [*before, (start[1] if before else start[0], max(stop[0], start[0] + _MIN_YEARS), 1), *after]
    qualified = _QUALIFIER.search(f"{begin or ''}{end or ''}") is not None
    return [(low, high, opacity * _FADE[0] if qualified else opacity) for low, high, opacity in segments]


def _bounds(text: str | None) -> tuple[float, float] | None:
    """Return the start of the first and the end of the last possible day of a date, in years with fractions.

    An open start or end is cut off after `_OPEN_YEARS`. None if the date is missing, unreadable, or open on both sides.
    """
    if not text:
        return None
    try:
        low, high = date_bounds(text)
    except ValueProblem:
        return None
    if low == EARLIEST and high == LATEST:
        return None
    first = decimal_year(high + timedelta(1)) - _OPEN_YEARS if low == EARLIEST else decimal_year(low)
    last = decimal_year(low) + _OPEN_YEARS if high == LATEST else decimal_year(high + timedelta(1))
    return first, last


def _uncertain(low: float, high: float) -> list[Segment]:
    """Return the segments of a range without any certain day, fading towards its ends.

    A range of a few weeks is one opaque mark.
    """
    if high - low <= _MIN_YEARS:
        return [(low, low + _MIN_YEARS, 1)]
    step = (high - low) / 2 / len(_FADE)
    return [(low + step * at, high - step * at, _FADE[-1]) for at in range(len(_FADE))]


def _fade(near: float, far: float) -> list[Segment]:
    """Return the segments from `near` to `far`, each fainter than the one before."""
    step = (far - near) / len(_FADE)
    steps = [(near + step * at, near + step * (at + 1), opacity) for at, opacity in enumerate(_FADE)]
    return [(min(low, high), max(low, high), opacity) for low, high, opacity in steps]
