"""Series by year as lines, and sparklines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from overt.charts.axis_layout import labelled_years, spread, ticks
from overt.charts.chart import (  # fmt: skip
    NARROW,
    SERIES_TONES,
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
    number_cell,
)
from overt.charts.text_layout import text_width, truncate

_HEIGHT = 190
_DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4], [1, 4])
"""Dash pattern of each series, so that readers never depend on colour alone."""
_NAME_GAP = 15
"""Minimum distance in pixels between names at the ends of lines."""


@dataclass(frozen=True)
class Line:
    """A series as values by year. A year that is missing, or whose value is None, is a gap."""

    name: str
    values: Mapping[int, Number | None]
    links: Mapping[int, str] = field(default_factory=dict)
    """Link targets for the cells of the table, by year."""


@dataclass(frozen=True)
class Sparkline:
    """A small line for a table cell. The numbers are in other cells of the table."""

    label: str
    """Description of the line in words; empty if its row in the table already describes it."""
    drawing: Drawing | None


def make_line_chart(
    text: ChartText,
    measure: Measure,
    series: Sequence[Line],
    *,
    year_header: str,
    years: tuple[int, int] = (2000, 2024),
    bounds: tuple[float | None, float | None] = (None, None),
) -> Chart:
    """Make a chart of up to seven series of one measure, each with its last value and, if there are several, its name.

    `year_header`: header of the column of years. `years`: first and last year of the axis, which is longer if the series are.
    `bounds`: lowest and highest possible value, if the measure has them. Raises ValueError for more than seven series.
    """
    if len(series) > len(_DASHES):
        raise ValueError(f"{len(series)} lines in one chart; seven at most can be told apart")
    known_years = {year for line in series for year, value in line.values.items() if value is not None}
    table = Table(
        (*header_cells([year_header]), *header_cells([line.name for line in series], numbers=len(series))),
        tuple((Cell(str(year), year), *(_cell(line, year, measure) for line in series)) for year in sorted(known_years)),
    )
    drawn = [{year: value for year in line.values if (value := finite_number(line.values[year])) is not None} for line in series]
    if not any(drawn):
        return Chart(text, table, {})
    span = min([years[0], *known_years]), max([years[1], *known_years])
    drawings = {
        name: _drawing(measure, series, drawn, span, bounds, width) for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
    return Chart(text, table, drawings)


def make_sparkline(
    label: str, values: Mapping[int, Number | None], *, years: tuple[int, int] = (2000, 2024), tone: str = SERIES_TONES[0]
) -> Sparkline:
    """Make a sparkline of one series, with a point for its last value. It has no drawing if there are fewer than three values."""
    known = {year: value for year in values if (value := finite_number(values[year])) is not None}
    if len(known) < 3:
        return Sparkline(label, None)
    rows = _runs(known, tone, "0")
    low, high = min(known.values()), max(known.values())
    margin = (high - low or 1) * 0.12
    scale = {"first": min([years[0], *known]), "last": max([years[1], *known]), "least": low - margin, "most": high + margin}
    return Sparkline(label, Drawing("sparkline", 112, 22, (4, 3, 4, 3), {"rows": rows, "points": _points(rows, known)}, scale))


def _cell(line: Line, year: int, measure: Measure) -> Cell:
    cell = number_cell(line.values.get(year), measure)
    return Cell(cell.text, cell.value, line.links.get(year), number=True)


def _runs(values: Mapping[int, float], tone: str, name: str) -> list[dict[str, Any]]:
    """Return points in order. Consecutive years have the same run number, and each run is one line."""
    rows, run = [], 0
    for year in sorted(values):
        run += year - 1 not in values
        rows.append({"year": year, "value": values[year], "run": f"{name}/{run}", "tone": tone})
    return rows


def _points(rows: Sequence[dict[str, Any]], values: Mapping[int, float]) -> list[dict[str, Any]]:
    """Return the points to draw: the last value, and values between two gaps, which no line would show."""
    return [row for row in rows if row["year"] == max(values) or not {row["year"] - 1, row["year"] + 1} & values.keys()]


def _drawing(
    measure: Measure,
    series: Sequence[Line],
    drawn: Sequence[Mapping[int, float]],
    span: tuple[int, int],
    bounds: tuple[float | None, float | None],
    total_width: int,
) -> Drawing:
    numbers = [value for values in drawn for value in values.values()]
    steps = ticks(min(numbers) if bounds[0] is None else bounds[0], max(numbers) if bounds[1] is None else bounds[1])
    left = 8 + max(text_width(measure.short(step)) for step in steps)
    ends = _end_labels(measure, series, drawn, steps, 190 if total_width == WIDE else 104)
    right = 16 + max(text_width(end["name"]) for end in ends)
    width = round(total_width - left - right)
    rows, points = [], []
    for at, values in enumerate(drawn):
        runs = _runs(values, SERIES_TONES[at], str(at))
        rows += [{**row, "dash": _DASHES[at]} for row in runs]
        points += _points(runs, values)
    scale = {
        "first": span[0], "last": span[1], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps], "years": labelled_years(*span, width),
    }  # fmt: skip
    margins = (round(left), 10, round(right), 26)
    return Drawing("lines", width, _HEIGHT, margins, {"rows": rows, "points": points, "ends": ends}, scale)


def _end_labels(
    measure: Measure, series: Sequence[Line], drawn: Sequence[Mapping[int, float]], steps: Sequence[float], width: float
) -> list[dict[str, Any]]:
    """Return the last values and, for several series, the names at the ends of lines, moved apart so that they don't overlap."""
    nonempty = [(line, values) for line, values in zip(series, drawn, strict=True) if values]
    scale = _HEIGHT / (steps[-1] - steps[0])
    targets = [(values[max(values)] - steps[0]) * scale for _, values in nonempty]
    places = spread(targets, _NAME_GAP, 4, _HEIGHT - 4)
    last = max(max(values) for _, values in nonempty)
    labels = []
    for (line, values), place in zip(nonempty, places, strict=True):
        number = measure.short(values[max(values)])
        name = number
        if len(series) > 1:
            name = f"{truncate(line.name, width - text_width(f' {number}'))}\u2002{number}"
        labels.append({"year": last, "beside": steps[0] + place / scale, "name": name})
    return labels
