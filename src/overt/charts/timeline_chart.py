"""A timeline: one row for each series, one bar for each span between two dates, and ticks for single events.

If only the year of a date is known, the bar is faint from the first day of that year to its last.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.axis_layout import labelled_years
from overt.charts.chart import NARROW, WIDE, Cell, Chart, ChartText, Drawing, Series, Table, header_cells
from overt.charts.date_segments import Segment, date_segments
from overt.charts.text_layout import text_width, truncate

MAX_SPANS = 400
"""Maximum number of bars in one drawing; the table has all bars."""
_MAX_LANES = 14
"""Maximum number of lanes in a row. If bars need more lanes, some overlap in the last one."""
_EVENT_HEIGHT = 18
"""Height of the row of events."""
_MIN_HEIGHT = 16
_PADDING = 6
_NAME_HEIGHT = 20
"""Height of a name above its row."""
_Row = tuple[Series, list[list[Segment]], list[int]]
"""A series, its bars, and the lane of each bar."""


@dataclass(frozen=True)
class Span:
    """A bar between two EDTF dates, either of which may be missing."""

    series: Series
    name: str
    begin: str | None
    end: str | None
    link: str | None = None


@dataclass(frozen=True)
class Event:
    """A tick below the rows, at the first possible day of an EDTF date."""

    name: str
    date: str
    link: str | None = None


def make_timeline(
    text: ChartText,
    spans: Sequence[Span],
    events: Sequence[Event] = (),
    *,
    headers: tuple[str, str, str, str],
    event_series: Series,
    write_date: Callable[[str | None], str],
) -> Chart:
    """Make a timeline: a row for each series, in the order of `spans`, then a row for events.

    Only the first `MAX_SPANS` spans with a date are drawn; the table has all. There is no drawing if nothing has a date.
    `headers`: headers of the columns for series, name, start and end. `event_series`: name, colour and symbol of the events.
    `write_date`: function that writes an EDTF date in words.
    """
    body = [
        (Cell(span.series.name), Cell(span.name, link=span.link), *_dates(write_date, span.begin, span.end)) for span in spans
    ]
    body += [
        (Cell(event_series.name), Cell(event.name, link=event.link), *_dates(write_date, event.date, None)) for event in events
    ]
    table = Table(header_cells(headers), tuple(body))
    bars = [(span, segments) for span in spans if (segments := date_segments(span.begin, span.end))]
    marks = [segments for event in events if (segments := date_segments(event.date, None))]
    if not bars and not marks:
        return Chart(text, table, {})
    ends = [end for segments in (*(segments for _, segments in bars), *marks) for segment in segments for end in segment[:2]]
    axis = int(min(ends)), int(max(ends)) + 1
    rows = _rows(bars[:MAX_SPANS])
    ticks = [(segments[0][0], segments[0][2]) for segments in marks]
    drawings = {name: _drawing(rows, ticks, event_series, axis, width) for name, width in (("wide", WIDE), ("narrow", NARROW))}
    return Chart(text, table, drawings, len(spans) - len(bars[:MAX_SPANS]))


def _dates(write_date: Callable[[str | None], str], begin: str | None, end: str | None) -> tuple[Cell, Cell]:
    return Cell(write_date(begin), begin or ""), Cell(write_date(end), end or "")


def _rows(bars: Sequence[tuple[Span, list[Segment]]]) -> list[_Row]:
    """Return the row of each series: its bars, each in the first free lane."""
    rows = []
    for series in dict.fromkeys(span.series for span, _ in bars):
        members = sorted(
            (segments for span, segments in bars if span.series == series),
            key=lambda segments: (_start(segments), _end(segments)),
        )
        lane_ends: list[float] = []
        lanes = []
        for segments in members:
            lane = next((at for at, end in enumerate(lane_ends) if end <= _start(segments)), len(lane_ends))
            if lane == len(lane_ends) and lane < _MAX_LANES:
                lane_ends.append(0)
            lane = min(lane, _MAX_LANES - 1)
            lane_ends[lane] = max(lane_ends[lane], _end(segments) + 0.1)
            lanes.append(lane)
        rows.append((series, members, lanes))
    return rows


def _start(segments: Iterable[Segment]) -> float:
    return min(segment[0] for segment in segments)


def _end(segments: Iterable[Segment]) -> float:
    return max(segment[1] for segment in segments)


def _drawing(
    rows: Sequence[_Row],
    ticks: Sequence[tuple[float, float]],
    event_series: Series,
    axis: tuple[int, int],
    total_width: int,
) -> Drawing:
    wide = total_width == WIDE
    all_series = [series for series, _, _ in rows] + ([event_series] if ticks else [])
    names = {series.id: truncate(series.name, 170 if wide else total_width - 30, 13) for series in all_series}
    left = 34 + max(text_width(name, 13) for name in names.values()) if wide else 16
    data: dict[str, list[dict[str, Any]]] = {"parts": [], "rules": [], "ticks": [], "names": []}
    bottom = 0.0
    for series in all_series:
        bars = next(((members, lanes) for row_series, members, lanes in rows if row_series is series), None)
        lane_count = max(bars[1]) + 1 if bars else 0
        top = bottom + _PADDING + (0 if wide else _NAME_HEIGHT)
        height, lane_height = _row_height(lane_count) if bars else (_EVENT_HEIGHT, 0)
        middle = top + height / 2 if wide else bottom + 16
        data["names"].append(
            {
                "sign": series.sign,
                "name": names[series.id],
                "tone": series.tone,
                "left": -round(left) if wide else -14,
                "top": middle,
            }
        )
        if bottom:
            data["rules"].append({"from": axis[0], "to": axis[1], "top": bottom, "bottom": bottom})
        if bars:
            data["parts"] += _draw_bars(series, *bars, top + (height - lane_count * lane_height) / 2, lane_height)
        else:
            place = {"top": top, "bottom": top + _EVENT_HEIGHT, "tone": series.tone}
            data["ticks"] = [{"from": at, "firm": 1 if opacity == 1 else 0.6, **place} for at, opacity in ticks]
        bottom = top + height + _PADDING
    width = round(total_width - left - 16)
    values = {"first": axis[0], "last": axis[1], "years": labelled_years(*axis, width)}
    return Drawing("timeline", width, round(bottom), (round(left), 0, 16, 26), data, values)


def _draw_bars(
    series: Series, bars: Sequence[list[Segment]], lanes: Sequence[int], top: float, lane_height: float
) -> list[dict[str, Any]]:
    parts = []
    gap = 1.5 if lane_height > 4 else 0.5
    for segments, lane in zip(bars, lanes, strict=True):
        place = {"top": top + lane * lane_height, "bottom": top + (lane + 1) * lane_height - gap, "tone": series.tone}
        parts += [{"from": low, "to": high, "firm": opacity, **place} for low, high, opacity in segments]
    return parts


def _row_height(lanes: int) -> tuple[float, float]:
    """Return the height of a row with this many lanes, and the height of a lane."""
    lane_height = 9 if lanes <= 3 else 6 if lanes <= 8 else 4
    return max(_MIN_HEIGHT, lanes * lane_height), lane_height
