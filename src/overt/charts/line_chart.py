"""Series by year as lines, and sparklines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
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
from overt.charts.text_layout import text_width, truncate

_HEIGHT = 190
_TONE = layer_tone("networks")
_END_HEIGHT = 14
"""Height of a line of text at the ends of lines, in pixels."""
_MAX_NAME_SHARE = 0.36
"""Maximum width of a line's name, as a share of the drawing."""
_YEARS = 2000, 2024
"""First and last year that every axis includes, so that drawings of different series can be compared."""


@dataclass(frozen=True)
class Line:
    """A series as values by year. A year that is missing, or whose value is None, is a gap."""

    name: str
    values: Mapping[int, Number | None]
    links: Mapping[int, str] = field(default_factory=dict)
    """Link targets for the cells of the table, by year."""
    tone: str = _TONE


def make_line_chart(
    text: ChartText, measure: Measure, line: Line, *, year_header: str, ends: tuple[float, float] | None = None
) -> Chart:
    """Make a chart of a series, with its last value at the end of the line.

    `year_header`: header of the column of years. `ends`: two values that the axis of values includes, such as the ends of an
    index's scale; None for the lowest and highest value.
    """
    return make_lines_chart(text, measure, (line,), year_header=year_header, ends=ends)


def make_lines_chart(
    text: ChartText, measure: Measure, lines: Sequence[Line], *, year_header: str, ends: tuple[float, float] | None = None
) -> Chart:
    """Make a chart of several series on one axis. Each line ends in its last value, with its name if there are several.

    The table has a row for each year with a value and a column for each line. Without any value, there is no drawing. The other
    parameters are those of `make_line_chart`.
    """
    years = sorted({year for line in lines for year, value in line.values.items() if value is not None})
    headers = header_cells([line.name for line in lines], numbers=len(lines))
    rows = tuple((Cell(str(year), year), *(_cell(line, year, measure) for line in lines)) for year in years)
    table = Table((*header_cells([year_header]), *headers), rows)
    drawn = [(line, values) for line in lines if (values := _drawable(line.values))]
    if not drawn:
        return Chart(text, table, {})
    return Chart(text, table, {"wide": _drawing(measure, drawn, WIDE, ends), "narrow": _drawing(measure, drawn, NARROW, ends)})


def make_sparkline(values: Mapping[int, Number | None]) -> Drawing | None:
    """Return the drawing of a series for a table cell; None if it has fewer than three known values."""
    known = _drawable(values)
    if len(known) < 3:
        return None
    rows = _runs(known, "", _TONE)
    low, high = min(known.values()), max(known.values())
    margin = (high - low or 1) * 0.12
    scale = {"first": min(_YEARS[0], *known), "last": max(_YEARS[1], *known), "least": low - margin, "most": high + margin}
    return Drawing("sparkline", 112, 22, (4, 3, 4, 3), {"rows": rows, "points": _points(rows, known)}, scale)


def _drawable(values: Mapping[int, Number | None]) -> dict[int, float]:
    return {year: value for year in values if (value := finite_number(values[year])) is not None}


def _cell(line: Line, year: int, measure: Measure) -> Cell:
    if line.values.get(year) is None:
        return Cell("", "", number=True)
    cell = number_cell(line.values[year], measure)
    return Cell(cell.text, cell.value, line.links.get(year), number=True)


def _runs(values: Mapping[int, float], name: str, tone: str) -> list[dict[str, Any]]:
    """Return a point for each year, in order. Consecutive years have the same `run`, and each run is drawn as one line."""
    rows, run = [], 0
    for year in sorted(values):
        run += year - 1 not in values
        rows.append({"year": year, "value": values[year], "run": f"{name}/{run}" if name else run, "tone": tone})
    return rows


def _points(rows: Sequence[dict[str, Any]], values: Mapping[int, float]) -> list[dict[str, Any]]:
    """Return the points to draw as dots: the last one, and those between two gaps, through which no line runs."""
    return [row for row in rows if row["year"] == max(values) or not {row["year"] - 1, row["year"] + 1} & values.keys()]


def _drawing(
    measure: Measure, lines: Sequence[tuple[Line, Mapping[int, float]]], total_width: int, axis: tuple[float, float] | None
) -> Drawing:
    several = len(lines) > 1
    numbers = [value for _, values in lines for value in values.values()]
    low, high = axis or (min(numbers), max(numbers))
    steps = ticks(min(low, *numbers), max(high, *numbers))
    left = 8 + max(text_width(measure.short(step)) for step in steps)
    names = {
        line.name: truncate(f"{line.name} {measure.short(values[max(values)])}", total_width * _MAX_NAME_SHARE)
        if several
        else measure.short(values[max(values)])
        for line, values in lines
    }
    right = 16 + max(map(text_width, names.values()))
    width = round(total_width - left - right)
    years = [year for _, values in lines for year in values]
    span = min(_YEARS[0], *years), max(_YEARS[1], *years)
    scale = {
        "first": span[0], "last": span[1], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps], "years": labelled_years(*span, width),
    }  # fmt: skip
    rows = [_runs(values, line.name if several else "", line.tone) for line, values in lines]
    heights = _place_ends([values[max(values)] for _, values in lines], steps)
    ends = [
        {"year": max(values), "beside": height, "name": names[line.name]}
        for (line, values), height in zip(lines, heights, strict=True)
    ]
    points = [point for run, (_, values) in zip(rows, lines, strict=True) for point in _points(run, values)]
    data = {"rows": [row for run in rows for row in run], "points": points, "ends": ends}
    return Drawing("lines", width, _HEIGHT, (round(left), 10, round(right), 26), data, scale)


def _place_ends(values: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Return the height of each line's label, as a value on the axis. Labels are a line of text apart and within the drawing."""
    scale = _HEIGHT / (steps[-1] - steps[0])
    heights = [max(4.0, min((value - steps[0]) * scale, _HEIGHT - 4)) for value in values]
    order = sorted(range(len(values)), key=lambda at: heights[at])
    for lower, upper in pairwise(order):
        heights[upper] = max(heights[upper], heights[lower] + _END_HEIGHT)
    highest = _HEIGHT - 4.0
    for at in reversed(order):
        heights[at] = min(heights[at], highest)
        highest = heights[at] - _END_HEIGHT
    return [steps[0] + height / scale for height in heights]
