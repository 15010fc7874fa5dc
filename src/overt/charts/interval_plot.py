"""Estimates: a point for each, on a line that shows its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.axis_layout import ticks
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

_LONGEST_NAME = 230
_NAME_SIZE = 13


@dataclass(frozen=True)
class Interval:
    """A row. Without `low` and `high` it is a counted number; without a value it is unknown."""

    name: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    link: str | None = None


def make_interval_plot(
    text: ChartText, measure: Measure, rows: Sequence[Interval], *, headers: tuple[str, str, str], zero: bool = True
) -> Chart:
    """Make a chart with a point and its interval for each row, in the order of the rows.

    `headers`: of the name, the low and the high bound; the header of the number comes from the measure. `zero`: whether the scale
    begins at zero, as it must unless numbers can be negative.
    """
    header = (*header_cells([headers[0]]), *header_cells([measure.header, headers[1], headers[2]], numbers=3))
    body = (
        (Cell(row.name, link=row.link), *(number_cell(value, measure) for value in (row.value, row.low, row.high)))
        for row in rows
    )
    table = Table(header, tuple(body))
    values = (finite_number(value) for row in rows for value in (row.value, row.low, row.high))
    numbers = [number for number in values if number is not None]
    if not numbers:
        return Chart(text, table, {})
    steps = ticks(min(0, *numbers) if zero else min(numbers), max(numbers))
    drawings = {name: _drawing(measure, rows, steps, width) for name, width in (("wide", WIDE), ("narrow", NARROW))}
    return Chart(text, table, drawings)


def _drawing(measure: Measure, rows: Sequence[Interval], steps: list[float], total_width: int) -> Drawing:
    wide = total_width == WIDE
    drawn = []
    for at, row in enumerate(rows):
        value, low, high = finite_number(row.value), finite_number(row.low), finite_number(row.high)
        known = [number for number in (value, low, high) if number is not None]
        drawn.append(
            {
                "key": str(at), "name": truncate(row.name, _LONGEST_NAME if wide else NARROW, _NAME_SIZE), "value": value,
                "low": low if high is not None else None, "high": high if low is not None else None, "tone": SERIES_TONES[0],
                "at": max(known) if known else steps[0],
                "short": truncate(measure.unknown if row.value is None else measure.short(row.value), 120),
            }
        )  # fmt: skip
    if wide:
        left = 12 + max(text_width(str(row["name"]), _NAME_SIZE) for row in drawn)
    else:
        left = text_width(measure.short(steps[0])) / 2
    right = 14 + max(text_width(str(row["short"])) for row in drawn)
    names_above: dict[str, Any] = {"nameAlign": "left", "nameRight": -left, "nameDown": -8, "barDown": 8}
    values = {
        "keys": [row["key"] for row in drawn], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps],
    }  # fmt: skip
    return Drawing(
        "intervals",
        round(total_width - left - right),
        (26 if wide else 40) * len(drawn),
        (round(left), 4, round(right), 26),
        {"rows": drawn},
        values | ({} if wide else names_above),
    )
