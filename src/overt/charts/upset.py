"""How many things are in exactly which sets: a bar and a column of dots for each combination (UpSet, Lex and others 2014)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import NARROW, WIDE, About, Cell, Chart, Drawing, Measure, Table, cells, number_cell
from overt.charts.text_layout import breadth, fit

_SIZE = 13
_LONGEST_NAME = 250
_BARS = 96
"""Pixels of the highest bar."""
_COLUMN, _ROW = 30, 24
_SET_BARS = 44
"""Pixels of the longest bar of a set."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A set, and how many are in it."""

    name: str
    value: int
    link: str | None = None


@dataclass(frozen=True)
class Combination:
    """How many are in exactly these sets, told by their places in the list of sets."""

    sets: frozenset[int]
    value: int
    link: str | None = None


def upset(about: About, measure: Measure, sets: Sequence[Held], found: Sequence[Combination], *, first: str, join: str) -> Chart:
    """Sets as rows in their order, combinations as columns, the largest first; those for which there is no room are in the table.

    `first`: header of the column of the table that names sets; `join`: what stands between their names there.
    """
    order = sorted(found, key=lambda one: (-one.value, len(one.sets), sorted(one.sets)))
    rows = tuple(
        (Cell(join.join(sets[at].name for at in sorted(one.sets)), link=one.link), number_cell(one.value, measure))
        for one in order
    )
    table = Table((*cells([first]), *cells([measure.header], numbers=1)), rows)
    if not sets or not any(one.value for one in order):
        return Chart(about, table, {})
    shown = order[: _columns(measure, sets)]
    drawings = {"wide": _beside(measure, sets, shown), "narrow": _below(measure, sets, shown)}
    return Chart(about, table, drawings, len(order) - len(shown))


def _columns(measure: Measure, sets: Sequence[Held]) -> int:
    """Combinations that a wide drawing has room for; a narrow one has the same."""
    return int((WIDE - _left(measure, sets)) // _COLUMN)


def _left(measure: Measure, sets: Sequence[Held]) -> float:
    """Where the columns begin: after names, bars and numbers of the sets."""
    name = min(_LONGEST_NAME, max(breadth(one.name, _SIZE) for one in sets))
    return name + 10 + _SET_BARS + 8 + _numbers(measure, sets) + 10


def _numbers(measure: Measure, sets: Sequence[Held]) -> float:
    return max(breadth(measure.short(one.value), _SIZE) for one in sets)


def _beside(measure: Measure, sets: Sequence[Held], shown: Sequence[Combination]) -> Drawing:
    """A row for each set, a column for each combination."""
    left, top = _left(measure, sets), _BARS + 28
    most, largest = max(one.value for one in shown), max(one.value for one in sets)
    middle = [top + _ROW * (at + 0.5) for at in range(len(sets))]
    data = _nothing()
    for column, one in enumerate(shown):
        x = left + _COLUMN * (column + 0.5)
        high = _long(_BARS, one.value, most)
        data["bars"].append(_box(x - 8, top - 10 - high, x + 8, top - 10))
        data["middles"].append(_text(x, top - 13 - high, fit(measure.short(one.value), _COLUMN + 6)))
        data["dots"] += [_dot(x, y, at in one.sets) for at, y in enumerate(middle)]
        if len(one.sets) > 1:
            data["lines"].append(_box(x, middle[min(one.sets)], x, middle[max(one.sets)]))
    width = left + _COLUMN * len(shown)
    begin = left - 10 - _numbers(measure, sets) - 8 - _SET_BARS
    for at, held in enumerate(sets):
        if at % 2 == 0:
            data["stripes"].append(_box(0, middle[at] - _ROW / 2, width, middle[at] + _ROW / 2))
        data["begins"].append(_text(2, middle[at], fit(held.name, begin - 10, _SIZE)))
        data["bars"].append(_box(begin, middle[at] - 4, begin + _long(_SET_BARS, held.value, largest), middle[at] + 4))
        data["ends"].append(_text(left - 10, middle[at], measure.short(held.value)))
    return Drawing("upset", round(width), round(top + _ROW * len(sets)), (0, 4, max(0, WIDE - round(width)), 4), data)


def _below(measure: Measure, sets: Sequence[Held], shown: Sequence[Combination]) -> Drawing:
    """The sets above one another, each with a letter; below them a row for each combination."""
    data = _nothing()
    for at, held in enumerate(sets):
        line = 12 + 20 * at
        data["begins"] += [_text(4, line, _letter(at)), _text(24, line, fit(held.name, NARROW - 90, _SIZE))]
        data["ends"].append(_text(NARROW - 4, line, measure.short(held.value)))
    step = min(22.0, 180 / len(sets))
    places = [12 + step * at for at in range(len(sets))]
    top = 20 * len(sets) + 22
    data["middles"] = [_text(x, top, _letter(at)) for at, x in enumerate(places)]
    begin = places[-1] + 22
    room = NARROW - begin - 12 - max(breadth(measure.short(one.value), _SIZE) for one in shown)
    most = max(one.value for one in shown)
    for row, one in enumerate(shown):
        y = top + 8 + _ROW * (row + 0.5)
        if row % 2 == 0:
            data["stripes"].append(_box(0, y - _ROW / 2, NARROW, y + _ROW / 2))
        data["dots"] += [_dot(x, y, at in one.sets) for at, x in enumerate(places)]
        if len(one.sets) > 1:
            data["lines"].append(_box(places[min(one.sets)], y, places[max(one.sets)], y))
        long = _long(room, one.value, most)
        data["bars"].append(_box(begin, y - 6, begin + long, y + 6))
        data["begins"].append(_text(begin + long + 6, y, measure.short(one.value)))
    return Drawing("upset", NARROW, round(top + 8 + _ROW * len(shown)), (0, 2, 0, 4), data)


def _nothing() -> dict[str, list[Row]]:
    return {name: [] for name in ("bars", "stripes", "lines", "dots", "middles", "ends", "begins")}


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def _long(room: float, value: int, most: int) -> float:
    return max(1.0, room * value / most) if value else 0.0


def _dot(x: float, y: float, on: bool) -> Row:
    return {"x": round(x, 1), "y": round(y, 1), "on": on}


def _box(x: float, y: float, to_x: float, to_y: float) -> Row:
    return {name: round(held, 1) for name, held in (("x", x), ("y", y), ("to_x", to_x), ("to_y", to_y))}


def _text(x: float, y: float, text: str) -> Row:
    return {"x": round(x, 1), "y": round(y, 1), "text": text}
