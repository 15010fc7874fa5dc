"""Estimates: a point for each, on a line from the least to the most that it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from overt.charts.text_layout import breadth, fit, ticks

_LONGEST_NAME = 230
_NAME_SIZE = 13


@dataclass(frozen=True)
class Interval:
    """A row. Without `low` and `high` it is a number that was counted; without a value it is not known."""

    name: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    link: str | None = None


def intervals(
    about: About, measure: Measure, rows: Sequence[Interval], *, columns: tuple[str, str, str], zero: bool = True
) -> Chart:
    """A point and its range for each row, in the order given.

    `columns`: headers for the name, the least and the most; that of the number is the measure's. `zero`: the scale begins at
    zero, as it must unless numbers can be below it.
    """
    header = (*cells([columns[0]]), *cells([measure.header, columns[1], columns[2]], numbers=3))
    body = (
        (Cell(row.name, link=row.link), *(number_cell(held, measure) for held in (row.value, row.low, row.high))) for row in rows
    )
    table = Table(header, tuple(body))
    numbers = [held for row in rows for one in (row.value, row.low, row.high) if (held := drawable(one)) is not None]
    if not numbers:
        return Chart(about, table, {})
    steps = ticks(min(0, *numbers) if zero else min(numbers), max(numbers))
    pictures = {name: _drawing(measure, rows, steps, room) for name, room in (("wide", WIDE), ("narrow", NARROW))}
    return Chart(about, table, pictures)


def _drawing(measure: Measure, rows: Sequence[Interval], steps: list[float], room: int) -> Drawing:
    wide = room == WIDE
    drawn = []
    for at, row in enumerate(rows):
        value, low, high = drawable(row.value), drawable(row.low), drawable(row.high)
        known = [held for held in (value, low, high) if held is not None]
        drawn.append(
            {
                "key": str(at), "name": fit(row.name, _LONGEST_NAME if wide else NARROW, _NAME_SIZE), "value": value,
                "low": low if high is not None else None, "high": high if low is not None else None, "tone": SERIES_TONES[0],
                "at": max(known) if known else steps[0],
                "short": fit(measure.unknown if row.value is None else measure.short(row.value), 120),
            }
        )  # fmt: skip
    left = 12 + max(breadth(str(row["name"]), _NAME_SIZE) for row in drawn) if wide else breadth(measure.short(steps[0])) / 2
    right = 14 + max(breadth(str(row["short"])) for row in drawn)
    above: dict[str, Any] = {"nameAlign": "left", "nameRight": -left, "nameDown": -8, "barDown": 8}
    values = {
        "keys": [row["key"] for row in drawn], "least": steps[0], "most": steps[-1], "ticks": steps,
        "tickNames": [measure.short(step) for step in steps],
    }  # fmt: skip
    height = (26 if wide else 40) * len(drawn)
    return Drawing(
        "intervals",
        round(room - left - right),
        height,
        (round(left), 4, round(right), 26),
        {"rows": drawn},
        values | ({} if wide else above),
    )
