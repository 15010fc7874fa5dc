"""A series by year as a line, and sparklines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overt.charts.axis_layout import labelled_years, ticks
from overt.charts.chart import (  # fmt: skip
    NARROW,
    WIDE,
    Cell,
    Chart,
    ChartText,
    Drawing,
    Measure,
    Number,
    Table,
    finite_number,
    header_cells,
    layer_tone,
    number_cell,
)
from overt.charts.text_layout import text_width

_HEIGHT = 190
_TONE = layer_tone("networks")
_YEARS = 2000, 2024
"""First and last year that every axis includes, so that drawings of different series can be compared."""


@dataclass(frozen=True)
class Line:
    """A series as values by year. A year that is missing, or whose value is None, is a gap."""

    name: str
    values: Mapping[int, Number | None]
    links: Mapping[int, str] = field(default_factory=dict)
    """Link targets for the cells of the table, by year."""


def make_line_chart(
    text: ChartText, measure: Measure, line: Line, *, year_header: str, ends: tuple[float, float] | None = None
) -> Chart:
    """Make a chart of a series, with its last value at the end of the line.

    `year_header`: header of the column of years. `ends`: two values that the axis of values includes, such as the ends of an
    index's scale; None for the lowest and highest value.
    """
    years = sorted(year for year, value in line.values.items() if value is not None)
    table = Table(
        (*header_cells([year_header]), *header_cells([line.name], numbers=1)),
        tuple((Cell(str(year), year), _cell(line, year, measure)) for year in years),
    )
    drawn = _drawable(line.values)
    if not drawn:
        return Chart(text, table, {})
    return Chart(text, table, {"wide": _drawing(measure, drawn, WIDE, ends), "narrow": _drawing(measure, drawn, NARROW, ends)})


def make_sparkline(values: Mapping[int, Number | None]) -> Drawing | None:
    """Draw a series for a table cell, with a point for its last value; None if it has fewer than three values."""
    known = _drawable(values)
    if len(known) < 3:
        return None
    rows = _runs(known)
    low, high = min(known.values()), max(known.values())
    margin = (high - low or 1) * 0.12
    scale = {"first": min(_YEARS[0], *known), "last": max(_YEARS[1], *known), "least": low - margin, "most": high + margin}
    return Drawing("sparkline", 112, 22, (4, 3, 4, 3), {"rows": rows, "points": _points(rows, known)}, scale)


def _drawable(values: Mapping[int, Number | None]) -> dict[int, float]:
    return {year: value for year in values if (value := finite_number(values[year])) is not None}


def _cell(line: Line, year: int, measure: Measure) -> Cell:
    cell = number_cell(line.values[year], measure)
    return Cell(cell.text, cell.value, line.links.get(year), number=True)


def _runs(values: Mapping[int, float]) -> list[dict[str, Any]]:
    """Return points in order. Consecutive years have the same run number, and each run is one line."""
    rows, run = [], 0
    for year in sorted(values):
        run += year - 1 not in values
        rows.append({"year": year, "value": values[year], "run": run, "tone": _TONE})
    return rows


def _points(rows: Sequence[dict[str, Any]], values: Mapping[int, float]) -> list[dict[str, Any]]:
    """Return the points to draw: the last value, and values between two gaps, which no line would show."""
    return [row for row in rows if row["year"] == max(values) or not {row["year"] - 1, row["year"] + 1} & values.keys()]


def _drawing(measure: Measure, values: Mapping[int, float], total_width: int, axis: tuple[float, float] | None) -> Drawing:
    low, high = axis or (min(values.values()), max(values.values()))
    steps = ticks(min(low, *values.values()), max(high, *values.values()))
    left = 8 + max(text_width(measure.short(step)) for step in steps)
    last = max(values)
    end = measure.short(values[last])
    right = 16 + text_width(end)
    width = round(total_width - left - right)
    rows = _runs(values)
    span = min(_YEARS[0], *values), max(_YEARS[1], *values)
    scale = {
        "first": span[0], "last": span[1], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps], "years": labelled_years(*span, width),
    }  # fmt: skip
    ends = [{"year": last, "beside": _beside(values[last], steps), "name": end}]
    margins = (round(left), 10, round(right), 26)
    return Drawing("lines", width, _HEIGHT, margins, {"rows": rows, "points": _points(rows, values), "ends": ends}, scale)


def _beside(value: float, steps: Sequence[float]) -> float:
    """Return the value at whose height the last value is written: at least 4 pixels from the top and the bottom."""
    scale = _HEIGHT / (steps[-1] - steps[0])
    return steps[0] + max(4, min((value - steps[0]) * scale, _HEIGHT - 4)) / scale
