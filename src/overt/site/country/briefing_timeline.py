"""The annotated timeline of a country as SVG: a lane for each kind of event, with labels for major events."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.charts.axis_layout import labelled_years
from overt.charts.date_segments import date_segments
from overt.charts.text_layout import text_width, wrap_text

WIDTH = 1120
_LEFT, _RIGHT = 130, 12
_LANE, _AXIS = 104, 26
_NAME_SIZE = 12.5
_LABELS = ((250, 2), (190, 3), (320, 2), (130, 3), (420, 1))
"""Widths and maximum numbers of lines of a complete label, in the order in which they are tried."""
_CUT_LABELS = ((250, 2), (130, 2), (90, 2), (90, 1))
"""Widths and maximum numbers of lines of a shortened label, if the complete one has no room.

A shortened label is better than none: a mark without a name tells readers nothing.
"""
_CUT = "…"
_LINE_HEIGHT = 14
_GAP = 14
"""Minimum space between two labels."""
_MARK = 5.5
_BAR = 10
_EARLIEST_YEAR = 1995
"""Earliest possible first year of the axis. Older entries are only in the list of events."""
_MAX_LINKED = 40
"""Maximum number of entries in a lane that link to their page and can be labelled. The others are only ticks."""


class Entry(NamedTuple):
    """An event on a day or over a period."""

    name: str
    address: str
    begin: str | None
    """EDTF date; None if unknown. At least one of `begin` and `end` is known."""
    end: str | None
    """EDTF date; None if unknown."""
    weight: int
    """Entries with the largest weight are labelled first."""
    lasts: bool = False
    """Whether `end` is when it ended, as of a block, and not when it came into use."""
    counts: bool = True
    """Whether it counts as documented: not denied, cancelled or unverified."""


class Lane(NamedTuple):
    """A row of the timeline."""

    id: str
    """Id of the layer that determines the colour."""
    name: str
    entries: Sequence[Entry]


class _Label(NamedTuple):
    lines: Sequence[str]
    span: tuple[float, float]
    side: int
    """0 above the lane, 1 below it."""
    at_end: bool
    """Whether the text ends at its mark."""


class _Placed(NamedTuple):
    entry: Entry
    low: float
    high: float
    soft: bool


def draw_timeline(lanes: Sequence[Lane], label: str, until: int = 0) -> Markup | None:
    """Return the timeline, or None if no entry reaches `_EARLIEST_YEAR`.

    `label`: description for screen readers. `until`: a year that the axis contains, such as that of the edition.
    """
    rows = [(lane, placed) for lane in lanes if (placed := _place(lane.entries))]
    if not rows:
        return None
    first = math.floor(min(item.low for _, placed in rows for item in placed))
    last = math.ceil(max(item.high for _, placed in rows for item in placed))
    last = max(last, first + 1, until + 1)
    height = _LANE * len(rows) + _AXIS
    parts = [f'<svg class="story" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{escape(label)}">']
    for at, (lane, placed) in enumerate(rows):
        parts += _draw_lane(lane, placed, _LANE * at + _LANE / 2, first, last)
    parts += [
        f'<text class="story-year" x="{_x(year, first, last):.0f}" y="{height - 8}">{year}</text>'
        for year in labelled_years(first, last, WIDTH - _LEFT - _RIGHT)
        if _x(year, first, last) < WIDTH - 20
    ]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def _place(entries: Iterable[Entry]) -> list[_Placed]:
    placed = []
    for entry in entries:
        segments = date_segments(entry.begin, entry.end)
        if segments and max(high for _, high, _ in segments) >= _EARLIEST_YEAR:
            low, high = min(low for low, _, _ in segments), max(high for _, high, _ in segments)
            placed.append(_Placed(entry, max(low, _EARLIEST_YEAR), high, all(opacity < 1 for _, _, opacity in segments)))
    return sorted(placed, key=lambda item: (item.low, item.high, item.entry.name))


def _x(year: float, first: int, last: int) -> float:
    return _LEFT + (year - first) / (last - first) * (WIDTH - _LEFT - _RIGHT)


def _draw_lane(lane: Lane, placed: Sequence[_Placed], middle: float, first: int, last: int) -> list[str]:
    by_weight = sorted(placed, key=lambda item: -item.entry.weight)
    linked = set(by_weight[:_MAX_LINKED])
    parts = [
        f'<text class="story-lane" x="0" y="{middle + 4:.0f}">{escape(lane.name)}</text>',
        f'<path class="story-line" d="M{_LEFT} {middle:.0f}H{WIDTH - _RIGHT}"/>',
        f'<g class="layer--{escape(lane.id)}">',
    ]
    rest = "".join(f"M{_middle(item, first, last):.0f} {middle - 7:.0f}v14" for item in placed if item not in linked)
    if rest:
        parts.append(f'<path class="story-ticks" d="{rest}"/>')
    parts += [_draw_mark(item, middle, first, last) for item in placed if item in linked]
    parts.append("</g>")
    taken: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for item in by_weight[:_MAX_LINKED]:
        start = _x(item.low, first, last) if _has_length(item) else _middle(item, first, last) - _MARK
        label = next(_places_for(item.entry.name, start, taken), None)
        if label is not None:
            taken[label.side].append(label.span)
            x, end = f'x="{label.span[1] if label.at_end else label.span[0]:.0f}"', ' class="story-end"' if label.at_end else ""
            top = middle + (-13 - _LINE_HEIGHT * (len(label.lines) - 1) if label.side == 0 else 23)
            for number, line in enumerate(label.lines):
                parts.append(f'<text{end} {x} y="{top + number * _LINE_HEIGHT:.0f}">{escape(line)}</text>')
    return parts


def _places_for(name: str, start: float, taken: Sequence[Sequence[tuple[float, float]]]) -> Iterator[_Label]:
    """Yield the free places for a label at a mark.

    Sizes come in the order of `_LABELS`, then of `_CUT_LABELS`. For each size, places to the right of the mark come before
    those to the left, and places above the lane before those below it. `taken`: the spans of labels above and below the lane.
    """
    for widest, most in (*_LABELS, *_CUT_LABELS):
        lines = wrap_text(name, widest, _NAME_SIZE, most)
        if lines[-1].endswith(_CUT) and (widest, most) in _LABELS:
            continue
        width = max(text_width(line, _NAME_SIZE) for line in lines)
        for at_end in (False, True):
            span = (start - width + 2 * _MARK, start + 2 * _MARK) if at_end else (start, start + width)
            for side in (0, 1):
                if span[0] >= _LEFT - 4 and span[1] <= WIDTH and _free(span, taken[side]):
                    yield _Label(lines, span, side, at_end)


def _free(span: tuple[float, float], taken: Iterable[tuple[float, float]]) -> bool:
    return all(span[1] + _GAP <= low or span[0] - _GAP >= high for low, high in taken)


def _has_length(item: _Placed) -> bool:
    """Return whether both dates are known and differ, so that a bar or a line to the mark is drawn."""
    return bool(item.entry.begin and item.entry.end and item.entry.begin != item.entry.end)


def _middle(item: _Placed, first: int, last: int) -> float:
    """Return where the mark of an entry is: in the middle of its range or, if the range has no beginning, at its end."""
    return _x(item.high if _has_open_beginning(item) else (item.low + item.high) / 2, first, last)


def _has_open_beginning(item: _Placed) -> bool:
    """Return whether a date of the entry is only a latest day: an EDTF interval without a beginning, such as `../2019`."""
    return any((date or "").startswith(("../", "/")) for date in (item.entry.begin, item.entry.end))


def _draw_mark(item: _Placed, middle: float, first: int, last: int) -> str:
    title = f"<title>{escape(item.entry.name)}</title>"
    classes = " ".join(name for name, applies in (("soft", item.soft), ("hollow", not item.entry.counts)) if applies)
    style = f' class="{classes}"' if classes else ""
    left, right = _x(item.low, first, last), _x(item.high, first, last)
    if _has_length(item) and item.entry.lasts:
        width = max(right - left, 4)
        shape = f'<rect{style} x="{left:.0f}" y="{middle - _BAR / 2:.0f}" width="{width:.0f}" height="{_BAR}"/>'
    elif _has_length(item):
        shape = (
            f'<path class="story-step" d="M{left:.0f} {middle:.0f}H{right:.0f}M{left:.0f} {middle - 4:.0f}v8"/>'
            f'<circle{style} cx="{right:.0f}" cy="{middle:.0f}" r="{_MARK}"/>'
        )
    else:
        shape = f'<circle{style} cx="{_middle(item, first, last):.0f}" cy="{middle:.0f}" r="{_MARK}"/>'
        if item.soft and not _has_open_beginning(item):
            shape = f'<path class="story-range" d="M{left:.0f} {middle:.0f}H{right:.0f}"/>{shape}'
    return f'<a href="{escape(item.entry.address)}">{title}{shape}</a>'
