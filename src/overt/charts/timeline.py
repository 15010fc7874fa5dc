"""What happened when: a row for each layer, a bar for each project from its agreement to its use, and single events as ticks.

A date that is known to a year only is faint from its first day to its last; what is sure lies between.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import NARROW, WIDE, About, Cell, Chart, Drawing, Series, Table, cells
from overt.charts.date_bars import Part, parts_of
from overt.charts.text_layout import breadth, fit, named_years

MOST_SPANS = 400
"""Bars of one drawing; the table has all."""
_LANES = 14
"""Bars above each other in a row at most, before they cover one another."""
_EVENTS = 18
"""Height of the row of events."""
_LEAST_HEIGHT = 16
_PAD = 6
_NAME = 20
"""Height of a name that stands above its row."""
Row = tuple[Series, list[list[Part]], list[int]]
"""A series, its bars, and the lane of each."""


@dataclass(frozen=True)
class Span:
    """One bar: EDTF dates; either may be missing."""

    series: Series
    name: str
    begin: str | None
    end: str | None
    link: str | None = None


@dataclass(frozen=True)
class Event:
    """One tick below the rows: an EDTF date, of which the first day is drawn."""

    name: str
    when: str
    link: str | None = None


def timeline(
    about: About,
    spans: Sequence[Span],
    events: Sequence[Event] = (),
    *,
    columns: tuple[str, str, str, str],
    event_series: Series,
    write: Callable[[str | None], str],
    years: tuple[int, int] | None = None,
) -> Chart:
    """Rows in the order in which their series first come, then one of events.

    `columns`: headers for the series, the name, begin and end. `write`: EDTF in words. `years`: what is shown; else all.
    """
    body = [(Cell(one.series.name), Cell(one.name, link=one.link), *_dates(write, one.begin, one.end)) for one in spans]
    body += [(Cell(event_series.name), Cell(one.name, link=one.link), *_dates(write, one.when, None)) for one in events]
    table = Table(cells(columns), tuple(body))
    drawn = [(one, parts) for one in spans if (parts := parts_of(one.begin, one.end))]
    at = [(one, parts) for one in events if (parts := parts_of(one.when, None))]
    if not drawn and not at:
        return Chart(about, table, {})
    ends = [end for _, parts in (*drawn, *at) for part in parts for end in part[:2]]
    shown = years or (int(min(ends)), int(max(ends)) + 1)
    rows = _rows(drawn[:MOST_SPANS], shown)
    ticks = [(parts[0][0], parts[0][2]) for _, parts in at if shown[0] <= parts[0][0] <= shown[1]]
    if not rows and not ticks:
        return Chart(about, table, {})
    pictures = {name: _drawing(rows, ticks, event_series, shown, room) for name, room in (("wide", WIDE), ("narrow", NARROW))}
    return Chart(about, table, pictures, len(spans) - len(drawn[:MOST_SPANS]))


def _dates(write: Callable[[str | None], str], begin: str | None, end: str | None) -> tuple[Cell, Cell]:
    return Cell(write(begin), begin or ""), Cell(write(end), end or "")


def _rows(drawn: Sequence[tuple[Span, list[Part]]], shown: tuple[int, int]) -> list[Row]:
    """For each series its bars that lie within what is shown, each in the first lane that is free."""
    found = []
    for series in dict.fromkeys(one.series for one, _ in drawn):
        held = sorted((parts for one, parts in drawn if one.series == series), key=lambda parts: (_from(parts), _to(parts)))
        held = [parts for parts in held if _to(parts) >= shown[0] and _from(parts) <= shown[1]]
        free: list[float] = []
        lanes = []
        for parts in held:
            lane = next((at for at, end in enumerate(free) if end <= _from(parts)), len(free))
            if lane == len(free) and lane < _LANES:
                free.append(0)
            lane = min(lane, _LANES - 1)
            free[lane] = max(free[lane], _to(parts) + 0.1)
            lanes.append(lane)
        if held:
            found.append((series, held, lanes))
    return found


def _from(parts: Iterable[Part]) -> float:
    return min(part[0] for part in parts)


def _to(parts: Iterable[Part]) -> float:
    return max(part[1] for part in parts)


def _drawing(
    rows: Sequence[Row], ticks: Sequence[tuple[float, float]], event_series: Series, shown: tuple[int, int], room: int
) -> Drawing:
    wide = room == WIDE
    there = [series for series, _, _ in rows] + ([event_series] if ticks else [])
    names = {series.id: fit(series.name, 170 if wide else room - 30, 13) for series in there}
    left = 34 + max(breadth(name, 13) for name in names.values()) if wide else 16
    data: dict[str, list[dict[str, Any]]] = {"parts": [], "rules": [], "ticks": [], "names": []}
    down = 0.0
    for series in there:
        bars = next(((held, lanes) for one, held, lanes in rows if one is series), None)
        lane_count = max(bars[1]) + 1 if bars else 0
        top = down + _PAD + (0 if wide else _NAME)
        height, lane = _row_height(lane_count) if bars else (_EVENTS, 0)
        middle = top + height / 2 if wide else down + 16
        data["names"].append(
            {
                "sign": series.sign,
                "name": names[series.id],
                "tone": series.tone,
                "left": -round(left) if wide else -14,
                "top": middle,
            }
        )
        if down:
            data["rules"].append({"from": shown[0], "to": shown[1], "top": down, "bottom": down})
        if bars:
            data["parts"] += _bars(series, *bars, top + (height - lane_count * lane) / 2, lane, shown)
        else:
            place = {"top": top, "bottom": top + _EVENTS, "tone": series.tone}
            data["ticks"] = [{"from": at, "firm": 1 if firm == 1 else 0.6, **place} for at, firm in ticks]
        down = top + height + _PAD
    width = round(room - left - 16)
    values = {"first": shown[0], "last": shown[1], "years": named_years(*shown, width)}
    return Drawing("timeline", width, round(down), (round(left), 0, 16, 26), data, values)


def _bars(
    series: Series, held: Sequence[list[Part]], lanes: Sequence[int], top: float, lane: float, shown: tuple[int, int]
) -> list[dict[str, Any]]:
    found = []
    for parts, at in zip(held, lanes, strict=True):
        place = {"top": top + at * lane, "bottom": top + (at + 1) * lane - (1.5 if lane > 4 else 0.5), "tone": series.tone}
        for low, high, firm in parts:
            if high > shown[0] and low < shown[1]:
                found.append({"from": max(low, shown[0]), "to": min(high, shown[1]), "firm": firm, **place})
    return found


def _row_height(lanes: int) -> tuple[float, float]:
    """Of a row with so many bars above each other, and of one of them."""
    one = 9 if lanes <= 3 else 6 if lanes <= 8 else 4
    return max(_LEAST_HEIGHT, lanes * one), one
