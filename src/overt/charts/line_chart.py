"""Series by year as lines, and lines as small as a word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overt.charts.chart import (  # fmt: skip
    NARROW,
    SERIES_TONES,
    WIDE,
    About,
    Cell,
    Chart,
    Drawing,
    Measure,
    Number,
    Table,
    cells,
    drawable,
    number_cell,
)
from overt.charts.text_layout import apart, breadth, fit, named_years, ticks

_HEIGHT = 190
_DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4], [1, 4])
"""Each series has its own, so that it is never told by its colour alone."""
_NAMES_APART = 15
"""Pixels between names at the ends of lines."""


@dataclass(frozen=True)
class Line:
    """A series: its values by year. A year that is missing, or None, is a gap."""

    name: str
    values: Mapping[int, Number | None]
    links: Mapping[int, str] = field(default_factory=dict)
    """Where the cells of the table lead."""


@dataclass(frozen=True)
class Sparkline:
    """A line for a cell of a table whose other cells say its numbers."""

    label: str
    """What it shows, in words; empty where its row says so."""
    drawing: Drawing | None


def lines(
    about: About,
    measure: Measure,
    series: Sequence[Line],
    *,
    first: str,
    years: tuple[int, int] = (2000, 2024),
    bounds: tuple[float | None, float | None] = (None, None),
) -> Chart:
    """Up to seven series of one measure, each with its name at its end. `bounds`: ends of the scale, where it has any.

    `first`: header of the column of years. Raises ValueError for more than seven series: these are several charts.
    """
    if len(series) > len(_DASHES):
        raise ValueError(f"{len(series)} lines in one chart; seven at most can be told apart")
    held = {year for one in series for year, value in one.values.items() if value is not None}
    table = Table(
        (*cells([first]), *cells([one.name for one in series], numbers=len(series))),
        tuple((Cell(str(year), year), *(_cell(one, year, measure) for one in series)) for year in sorted(held)),
    )
    drawn = [{year: value for year in one.values if (value := drawable(one.values[year])) is not None} for one in series]
    if not any(drawn):
        return Chart(about, table, {})
    span = min([years[0], *held]), max([years[1], *held])
    pictures = {name: _drawing(measure, series, drawn, span, bounds, room) for name, room in (("wide", WIDE), ("narrow", NARROW))}
    return Chart(about, table, pictures)


def sparkline(
    label: str, values: Mapping[int, Number | None], *, years: tuple[int, int] = (2000, 2024), tone: str = SERIES_TONES[0]
) -> Sparkline:
    """A small line of one series; its last value is a point. Fewer than three values are read as quickly."""
    held = {year: value for year in values if (value := drawable(values[year])) is not None}
    if len(held) < 3:
        return Sparkline(label, None)
    rows = _runs(held, tone, "0")
    low, high = min(held.values()), max(held.values())
    room = (high - low or 1) * 0.12
    place = {"first": min([years[0], *held]), "last": max([years[1], *held]), "least": low - room, "most": high + room}
    return Sparkline(label, Drawing("sparkline", 112, 22, (4, 3, 4, 3), {"rows": rows, "points": _points(rows, held)}, place))


def _cell(one: Line, year: int, measure: Measure) -> Cell:
    held = number_cell(one.values.get(year), measure)
    return Cell(held.text, held.value, one.links.get(year), number=True)


def _runs(held: Mapping[int, float], tone: str, name: str) -> list[dict[str, Any]]:
    """Points in order; those of years that follow each other are of one run, and a run is one line."""
    rows, run = [], 0
    for year in sorted(held):
        run += year - 1 not in held
        rows.append({"year": year, "value": held[year], "run": f"{name}/{run}", "tone": tone})
    return rows


def _points(rows: Sequence[dict[str, Any]], held: Mapping[int, float]) -> list[dict[str, Any]]:
    """The last value, and those between two gaps, which no line shows."""
    return [row for row in rows if row["year"] == max(held) or not {row["year"] - 1, row["year"] + 1} & held.keys()]


def _drawing(
    measure: Measure,
    series: Sequence[Line],
    drawn: Sequence[Mapping[int, float]],
    span: tuple[int, int],
    bounds: tuple[float | None, float | None],
    room: int,
) -> Drawing:
    values = [value for held in drawn for value in held.values()]
    steps = ticks(min(values) if bounds[0] is None else bounds[0], max(values) if bounds[1] is None else bounds[1])
    left = 8 + max(breadth(measure.short(step)) for step in steps)
    ends = _ends(measure, series, drawn, steps, 190 if room == WIDE else 104)
    right = 16 + max(breadth(end["name"]) for end in ends)
    width = round(room - left - right)
    rows, points = [], []
    for at, held in enumerate(drawn):
        runs = _runs(held, SERIES_TONES[at], str(at))
        rows += [{**row, "dash": _DASHES[at]} for row in runs]
        points += [
            row for row in runs if (row["year"] - 1 not in held and row["year"] + 1 not in held) or row["year"] == max(held)
        ]
    place = {
        "first": span[0], "last": span[1], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps], "years": named_years(*span, width),
    }  # fmt: skip
    margins = (round(left), 10, round(right), 26)
    return Drawing("lines", width, _HEIGHT, margins, {"rows": rows, "points": points, "ends": ends}, place)


def _ends(
    measure: Measure, series: Sequence[Line], drawn: Sequence[Mapping[int, float]], steps: Sequence[float], room: float
) -> list[dict[str, Any]]:
    """Names and last numbers at the ends of lines, moved apart where they would cover each other."""
    there = [(one, held) for one, held in zip(series, drawn, strict=True) if held]
    scale = _HEIGHT / (steps[-1] - steps[0])
    wanted = [(held[max(held)] - steps[0]) * scale for _, held in there]
    places = apart(wanted, _NAMES_APART, 4, _HEIGHT - 4)
    last = max(max(held) for _, held in there)
    found = []
    for (one, held), place in zip(there, places, strict=True):
        number = measure.short(held[max(held)])
        name = number if len(series) == 1 else f"{fit(one.name, room - breadth(f' {number}'))}\u2002{number}"
        found.append({"year": last, "beside": steps[0] + place / scale, "name": name})
    return found
