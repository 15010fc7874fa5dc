"""The annotated timeline of a country as SVG: a lane for each kind of event, with labels for major events."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.charts.axis_layout import labelled_years
from overt.charts.edtf_date_to_year_range import DateRange, date_range
from overt.charts.text_layout import text_width, wrap_text

WIDTH = 1120
_LEFT, _RIGHT = 130, 12
_AXIS, _SPACE = 26, 8
"""Height of the axis, and of the space above and below the marks and labels of a lane, in pixels."""
_NAME_SIZE = 12.5
_LABELS = ((250, 2), (190, 3), (320, 2), (130, 3), (420, 1), (360, 3))
"""Width (in pixels) and maximum number of lines of a complete label, in the order in which they are tried."""
_CUT_LABELS = ((360, 2), (250, 2), (130, 2), (90, 2), (90, 1))
"""The same for a shortened label, which is tried if there is no room for the complete one.

A shortened label is better than none, because a mark without a name tells readers nothing.
"""
_CUT = "…"
_LINE_HEIGHT = 14
_GAP = 14
"""Minimum horizontal space between two labels, in pixels."""
_MARK = 5.5
_BAR, _MIN_BAR = 10, 4
_EARLIER = 16
"""Length, in pixels, of the dashes to the left of a mark, which mean that only the latest possible date is known."""
_EARLIER_YEARS = 0.25
"""Minimum space for such dashes on the axis, in years."""
_QUALIFIER = re.compile("[?~%]")
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
    """Whether `end` is when the event ended, as for a blocked service, rather than when a project came into use."""
    counts: bool = True
    """Whether the entry counts as documented, because it is not denied, cancelled or unverified."""
    details: str = ""
    """Tooltip of the entry's mark, with its name and dates. If empty, the tooltip has only the name."""


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
    """0 for a label above the middle of the lane, 1 for a label below it."""
    at_end: bool
    """Whether the text ends at its mark rather than beginning there."""


class _Placed(NamedTuple):
    """An entry with at least one known date."""

    entry: Entry
    begin: DateRange | None
    end: DateRange | None
    soft: bool
    """Whether a date is called approximate or uncertain, or is only known to a year or a longer range."""

    @property
    def low(self) -> float:
        return min(known.low for known in (self.begin, self.end) if known)

    @property
    def earliest(self) -> float:
        """Position of the left end of the entry's marks on the axis, in years. Dashes (`_EARLIER`) are included."""
        is_open = any(known.is_open for known in (self.begin, self.end) if known)
        return max(self.low - (_EARLIER_YEARS if is_open else 0), _EARLIEST_YEAR)

    @property
    def high(self) -> float:
        return max(known.high for known in (self.begin, self.end) if known)

    @property
    def start(self) -> float:
        """Position of the entry's first mark on the axis, in years."""
        known = self.begin or self.end
        assert known is not None
        return known.low if self.has_length else known.middle

    @property
    def has_length(self) -> bool:
        """Whether both dates are known and differ. If so, the entry has a bar, or a line that leads to its mark."""
        return self.begin is not None and self.end is not None and self.entry.begin != self.entry.end


def draw_timeline(lanes: Sequence[Lane], label: str, until: int = 0) -> Markup | None:
    """Return the timeline, or None if no entry reaches `_EARLIEST_YEAR`.

    `label`: description for screen readers. `until`: a year that the axis contains, such as that of the edition.
    """
    rows = [(lane, placed) for lane in lanes if (placed := _place(lane.entries))]
    if not rows:
        return None
    first = math.floor(min(item.earliest for _, placed in rows for item in placed))
    last = math.ceil(max(item.high for _, placed in rows for item in placed))
    last = max(last, first + 1, until + 1)
    drawn = [(lane, placed, _place_labels(placed, first, last)) for lane, placed in rows]
    heights = [(_height(labels, 0), _height(labels, 1)) for _, _, labels in drawn]
    height = sum(map(sum, heights)) + _AXIS
    years = [year for year in labelled_years(first, last, WIDTH - _LEFT - _RIGHT) if _x(year, first, last) < WIDTH - 20]
    parts = [f'<svg class="story" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{escape(label)}">']
    grid = "".join(f"M{_x(year, first, last):.0f} 0V{height - _AXIS + 4}" for year in years)
    parts.append(f'<path class="story-line" d="{grid}"/>')
    top = 0
    for (lane, placed, labels), (above, below) in zip(drawn, heights, strict=True):
        parts += _draw_lane(lane, placed, labels, top + above, first, last)
        top += above + below
    parts += [f'<text class="story-year" x="{_x(year, first, last):.0f}" y="{height - 8}">{year}</text>' for year in years]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def _place(entries: Iterable[Entry]) -> list[_Placed]:
    placed = []
    for entry in entries:
        begin, end = date_range(entry.begin), date_range(entry.end)
        if begin and end and not end.is_open and end.low < begin.low <= end.high:
            end = end._replace(low=begin.low)  # An event can't have ended before it began.
        known = [value for value in (begin, end) if value]
        if known and max(value.high for value in known) >= _EARLIEST_YEAR:
            qualified = bool(_QUALIFIER.search(f"{entry.begin or ''}{entry.end or ''}"))
            begin, end = (value and value._replace(low=max(value.low, _EARLIEST_YEAR)) for value in (begin, end))
            placed.append(_Placed(entry, begin, end, qualified or not all(value.is_short for value in known)))
    return sorted(placed, key=lambda item: (item.low, item.high, item.entry.name))


def _x(year: float, first: int, last: int) -> float:
    return _LEFT + (year - first) / (last - first) * (WIDTH - _LEFT - _RIGHT)


def _linked(placed: Sequence[_Placed]) -> list[_Placed]:
    """Return the entries that link to their page and can be labelled, those with the largest weight first."""
    return sorted(placed, key=lambda item: -item.entry.weight)[:_MAX_LINKED]


def _place_labels(placed: Sequence[_Placed], first: int, last: int) -> list[_Label]:
    taken: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    labels = []
    for item in _linked(placed):
        start = _x(item.start, first, last) - (0 if item.has_length else _MARK)
        label = next(_places_for(item.entry.name, start, taken), None)
        if label is not None:
            taken[label.side].append(label.span)
            labels.append(label)
    return labels


def _height(labels: Sequence[_Label], side: int) -> int:
    """Return the height of a lane above its middle (side 0) or below it (side 1), in pixels."""
    return _SPACE + _LINE_HEIGHT * (1 + max((len(label.lines) for label in labels if label.side == side), default=0))


def _draw_lane(
    lane: Lane, placed: Sequence[_Placed], labels: Sequence[_Label], middle: float, first: int, last: int
) -> list[str]:
    linked = set(_linked(placed))
    parts = [
        f'<text class="story-lane" x="0" y="{middle + 4:.0f}">{escape(lane.name)}</text>',
        f'<path class="story-line" d="M{_LEFT} {middle:.0f}H{WIDTH - _RIGHT}"/>',
        f'<g class="layer--{escape(lane.id)}">',
    ]
    rest = "".join(f"M{_x(item.start, first, last):.0f} {middle - 7:.0f}v14" for item in placed if item not in linked)
    if rest:
        parts.append(f'<path class="story-ticks" d="{rest}"/>')
    parts += [_draw_mark(item, middle, first, last) for item in placed if item in linked]
    parts.append("</g>")
    for label in labels:
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


def _draw_mark(item: _Placed, middle: float, first: int, last: int) -> str:
    title = f"<title>{escape(item.entry.details or item.entry.name)}</title>"
    classes = " ".join(name for name, applies in (("soft", item.soft), ("hollow", not item.entry.counts)) if applies)
    style = f' class="{classes}"' if classes else ""

    def at(year: float) -> float:
        return _x(year, first, last)

    begin, end, known = item.begin, item.end, item.end or item.begin
    assert known is not None
    if item.has_length and begin and end and item.entry.lasts:
        shape = _range_line(begin, middle, first, last) + _range_line(end, middle, first, last)
        if begin.high <= end.low:
            width = max(at(end.low) - at(begin.high), _MIN_BAR)
            shape += f'<rect{style} x="{at(begin.high):.0f}" y="{middle - _BAR / 2:.0f}" width="{width:.0f}" height="{_BAR}"/>'
        elif begin.is_short:
            shape += f'<rect{style} x="{at(begin.low):.0f}" y="{middle - _BAR / 2:.0f}" width="{_MIN_BAR}" height="{_BAR}"/>'
        else:
            shape += f'<circle{style} cx="{at(begin.middle):.0f}" cy="{middle:.0f}" r="{_MARK}"/>'
    else:
        shape = _range_line(known, middle, first, last)
        if item.has_length and begin and end and begin.middle < end.middle:
            step = f"M{at(begin.middle):.0f} {middle:.0f}H{at(end.middle):.0f}M{at(begin.middle):.0f} {middle - 4:.0f}v8"
            shape += f'<path class="story-step" d="{step}"/>'
        shape += f'<circle{style} cx="{at(known.middle):.0f}" cy="{middle:.0f}" r="{_MARK}"/>'
    return f'<a href="{escape(item.entry.address)}">{title}{shape}</a>'


def _range_line(known: DateRange, middle: float, first: int, last: int) -> str:
    """Return a thin line over the range of possible dates, with dashes to its left if the date may be even earlier.

    A day or month has no such line.
    """
    low, high = _x(known.low, first, last), _x(known.high, first, last)
    line = f'<path class="story-range" d="M{low:.0f} {middle:.0f}H{high:.0f}"/>' if not known.is_short else ""
    if known.is_open:
        right = low if line else _x(known.middle, first, last) - _MARK
        line += f'<path class="story-range earlier" d="M{max(right - _EARLIER, _LEFT):.0f} {middle:.0f}H{right:.0f}"/>'
    return line
