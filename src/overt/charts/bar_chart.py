"""Bars that lie, a row each: by group, and shares of groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import (  # fmt: skip
    NARROW,
    PLAIN_TONE,
    WIDE,
    About,
    Cell,
    Chart,
    Drawing,
    Measure,
    Number,
    Series,
    Table,
    cells,
    drawable,
    number_cell,
)
from overt.charts.text_layout import breadth, fit, ticks

DRAWN = 40
"""Rows of one drawing; the table has all."""
_LONGEST_NAME = 250
"""Pixels of a name that stands beside its bar."""
_NAME_SIZE = 13
_LONGEST_NUMBER = 120


@dataclass(frozen=True)
class Bar:
    """A row. A value of None is not known: the row stays, without a bar."""

    name: str
    value: Number | None
    link: str | None = None
    """Where its row in the table leads."""


@dataclass(frozen=True)
class Share:
    """How many of the things of a group somebody has a part in. Several may have a part in one, so shares need not add up."""

    group: Series
    name: str
    part: int
    whole: int
    link: str | None = None
    tone: str | None = None
    """A colour of its own, where it is not the group's."""


def bars(
    about: About, measure: Measure, rows: Sequence[Bar], *, first: str, tone: str = PLAIN_TONE, table: Table | None = None
) -> Chart:
    """A bar from zero for each row, in the order given. `first`: header of the column of names."""
    held = table or Table(
        (*cells([first]), *cells([measure.header], numbers=1)),
        tuple((Cell(row.name, link=row.link), number_cell(row.value, measure)) for row in rows),
    )
    drawn: list[dict[str, Any]] = []
    for row in rows[:DRAWN]:
        value = drawable(row.value)
        short = measure.unknown if row.value is None else measure.short(row.value)
        drawn.append(
            {
                "name": row.name,
                "value": value,
                "at": max(0.0, value or 0),
                "short": fit(short, _LONGEST_NUMBER),
                "tone": tone,
                "heading": False,
            }
        )
    known = [row["value"] for row in drawn if row["value"] is not None]
    if not known:
        return Chart(about, held, {})
    least = ticks(min(known), 0)[0] if min(known) < 0 else 0
    return Chart(about, held, _both(drawn, least, max(0, *known) or 1), max(0, len(rows) - DRAWN))


def shares(
    about: About,
    rows: Sequence[Share],
    *,
    columns: tuple[str, str, str, str, str],
    said: Callable[[int, int], str],
    exact: Callable[[Number], str],
    table: Table | None = None,
) -> Chart:
    """Who has a part in how much of each group: bars out of a whole, rows of one group under its heading.

    `columns`: headers for the group, the name, the part, the whole and the percentage. `said`: what stands beside a bar, such
    as `12 of 20`. `exact`: how numbers are written in the table. `table`: one that has more than what is drawn.
    """
    grouped = [row for group in dict.fromkeys(row.group for row in rows) for row in rows if row.group == group]
    held = table or Table(
        (*cells(columns[:2]), *cells(columns[2:], numbers=3)), tuple(share_cells(row, exact) for row in grouped)
    )
    drawn: list[dict[str, Any]] = []
    group: Series | None = None
    for row in grouped[:DRAWN]:
        if row.group != group:
            group = row.group
            drawn.append({"name": group.name, "sign": group.sign, "tone": group.tone, "heading": True})
        share = row.part / row.whole if row.whole else 0
        drawn.append(
            {
                "name": row.name, "value": share, "at": 1, "full": 1, "short": fit(said(row.part, row.whole), _LONGEST_NUMBER),
                "tone": row.tone or row.group.tone, "heading": False,
            }
        )  # fmt: skip
    return Chart(about, held, _both(drawn, 0, 1) if drawn else {}, max(0, len(held.rows) - len(rows[:DRAWN])))


def share_cells(row: Share, exact: Callable[[Number], str]) -> tuple[Cell, ...]:
    """A row of a table of shares: group, name, part, whole, percentage."""
    percent = round(100 * row.part / row.whole, 1) if row.whole else None
    numbers = (Cell("–" if held is None else exact(held), held, number=True) for held in (row.part, row.whole, percent))
    return (Cell(row.group.name), Cell(row.name, link=row.link), *numbers)


def _both(rows: list[dict[str, Any]], least: float, most: float) -> dict[str, Drawing]:
    held = [{**row, "key": str(at)} for at, row in enumerate(rows)]
    scale = {"least": least, "most": most, "keys": [row["key"] for row in held]}
    return {"wide": _beside(held, scale), "narrow": _above(held, scale)}


def _beside(rows: list[dict[str, Any]], scale: dict[str, Any]) -> Drawing:
    """Names before their bars."""
    named = _named(rows, _LONGEST_NAME, WIDE - 40)
    left = 12 + max(breadth(row["name"], _NAME_SIZE) for row in named if not row["heading"])
    return _drawing(named, scale | {"barHeight": 14, "nameAlign": "right", "nameRight": -10, "left": -left}, WIDE, left, 24)


def _above(rows: list[dict[str, Any]], scale: dict[str, Any]) -> Drawing:
    """Names above their bars: a narrow place has no room for both in a row."""
    place = {"barHeight": 12, "barDown": 8, "nameAlign": "left", "nameRight": 0, "nameDown": -8}
    return _drawing(_named(rows, NARROW, NARROW - 20), scale | place, NARROW, 0, 40)


def _named(rows: list[dict[str, Any]], room: float, room_of_headings: float) -> list[dict[str, Any]]:
    return [{**row, "name": fit(row["name"], room_of_headings if row["heading"] else room, _NAME_SIZE)} for row in rows]


def _drawing(rows: list[dict[str, Any]], values: dict[str, Any], whole: int, left: float, step: int) -> Drawing:
    right = 10 + max(breadth(row.get("short", "")) for row in rows)
    return Drawing(
        "bars", round(whole - left - right), step * len(rows), (round(left), 2, round(right), 4), {"rows": rows}, values
    )
