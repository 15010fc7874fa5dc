"""Charts of horizontal bars, one per row: values of groups, and shares of groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.axis_layout import ticks
from overt.charts.chart import (  # fmt: skip
    NARROW,
    PLAIN_TONE,
    WIDE,
    Cell,
    Chart,
    ChartText,
    Drawing,
    Measure,
    Number,
    Series,
    Table,
    finite_number,
    header_cells,
    number_cell,
)
from overt.charts.text_layout import text_width, truncate

MAX_ROWS = 40
"""Maximum number of rows in one drawing; the table has all rows."""
_MAX_NAME_WIDTH = 250
"""Maximum width of a name beside its bar, in pixels."""
_NAME_SIZE = 13
_MAX_NUMBER_WIDTH = 120


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart. It has no bar if its value is None (unknown)."""

    name: str
    value: Number | None
    link: str | None = None
    """Address that the row in the table links to."""
    text: str = ""
    """Text beside the bar; if empty, the number."""


@dataclass(frozen=True)
class Share:
    """How many of a group's projects or cables involve one organisation, or involve no known organisation.

    Shares can overlap, so they need not add up to the total.
    """

    group: Series
    name: str
    part: int
    total: int
    link: str | None = None
    tone: str | None = None
    """Colour of the bar; None for the group's colour."""


def make_bar_chart(text: ChartText, measure: Measure, rows: Sequence[Bar], *, name_header: str, tone: str = PLAIN_TONE) -> Chart:
    """Make a chart with a bar from zero for each of the first `MAX_ROWS` rows, in their order.

    There is no drawing if none of these rows has a known value. `name_header`: header of the column of names. `tone`: colour of
    the bars, as a `var(--…)` of style.css.
    """
    table = Table(
        (*header_cells([name_header]), *header_cells([measure.header], numbers=1)),
        tuple((Cell(row.name, link=row.link), number_cell(row.value, measure)) for row in rows),
    )
    drawn: list[dict[str, Any]] = []
    for row in rows[:MAX_ROWS]:
        value = finite_number(row.value)
        short = row.text or (measure.unknown if row.value is None else measure.short(row.value))
        drawn.append(
            {
                "name": row.name,
                "value": value,
                "at": max(0.0, value or 0),
                "short": truncate(short, _MAX_NUMBER_WIDTH),
                "tone": tone,
                "heading": False,
            }
        )
    known = [row["value"] for row in drawn if row["value"] is not None]
    if not known:
        return Chart(text, table, {})
    minimum = ticks(min(known), 0)[0] if min(known) < 0 else 0
    return Chart(text, table, _both_widths(drawn, minimum, max(0, *known) or 1), max(0, len(rows) - MAX_ROWS))


def make_share_chart(
    text: ChartText,
    rows: Sequence[Share],
    table: Table,
    *,
    label: Callable[[int, int], str],
) -> Chart:
    """Make a chart with a heading for each group and, below it, a bar for each share of the group's total.

    `rows`: the shares. They are drawn group by group, at most `MAX_ROWS` of them; if there are none, there is no drawing.
    `table`: the table with all rows. `label`: function that writes the label beside a bar, such as `12 of 20`.
    """
    grouped = [row for group in dict.fromkeys(row.group for row in rows) for row in rows if row.group == group]
    drawn: list[dict[str, Any]] = []
    group: Series | None = None
    for row in grouped[:MAX_ROWS]:
        if row.group != group:
            group = row.group
            drawn.append({"name": group.name, "sign": group.sign, "tone": group.tone, "heading": True})
        share = row.part / row.total if row.total else 0
        drawn.append(
            {
                "name": row.name, "value": share, "at": 1, "full": 1,
                "short": truncate(label(row.part, row.total), _MAX_NUMBER_WIDTH), "tone": row.tone or row.group.tone,
                "heading": False,
            }
        )  # fmt: skip
    undrawn = max(0, len(table.rows) - len(rows[:MAX_ROWS]))
    return Chart(text, table, _both_widths(drawn, 0, 1) if drawn else {}, undrawn)


def share_cells(row: Share, exact: Callable[[Number], str]) -> tuple[Cell, ...]:
    """Return a row of a table of shares: group, name, part, total, percentage. `exact`: function that writes a number."""
    percent = round(100 * row.part / row.total, 1) if row.total else None
    numbers = (Cell("–" if number is None else exact(number), number, number=True) for number in (row.part, row.total, percent))
    return (Cell(row.group.name), Cell(row.name, link=row.link), *numbers)


def _both_widths(rows: list[dict[str, Any]], minimum: float, maximum: float) -> dict[str, Drawing]:
    keyed = [{**row, "key": str(at)} for at, row in enumerate(rows)]
    scale = {"least": minimum, "most": maximum, "keys": [row["key"] for row in keyed]}
    return {"wide": _names_beside(keyed, scale), "narrow": _names_above(keyed, scale)}


def _names_beside(rows: list[dict[str, Any]], scale: dict[str, Any]) -> Drawing:
    truncated = _truncate_names(rows, _MAX_NAME_WIDTH, WIDE - 40)
    left = 12 + max(text_width(row["name"], _NAME_SIZE) for row in truncated if not row["heading"])
    return _drawing(truncated, scale | {"barHeight": 14, "nameAlign": "right", "nameRight": -10, "left": -left}, WIDE, left, 24)


def _names_above(rows: list[dict[str, Any]], scale: dict[str, Any]) -> Drawing:
    """Draw names above their bars, because a narrow chart has no room for both in one row."""
    place = {"barHeight": 12, "barDown": 8, "nameAlign": "left", "nameRight": 0, "nameDown": -8}
    return _drawing(_truncate_names(rows, NARROW, NARROW - 20), scale | place, NARROW, 0, 40)


def _truncate_names(rows: list[dict[str, Any]], width: float, heading_width: float) -> list[dict[str, Any]]:
    return [{**row, "name": truncate(row["name"], heading_width if row["heading"] else width, _NAME_SIZE)} for row in rows]


def _drawing(rows: list[dict[str, Any]], values: dict[str, Any], width: int, left: float, row_height: int) -> Drawing:
    right = 10 + max(text_width(row.get("short", "")) for row in rows)
    margins = (round(left), 2, round(right), 4)
    return Drawing("bars", round(width - left - right), row_height * len(rows), margins, {"rows": rows}, values)
