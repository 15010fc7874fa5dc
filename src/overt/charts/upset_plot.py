"""A plot of set intersections (UpSet, Lex and others 2014): a bar and a line of dots for each combination of sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import NARROW, WIDE, Cell, Chart, ChartText, Drawing, Measure, Table, header_cells, number_cell
from overt.charts.text_layout import text_width, truncate

_NAME_SIZE = 13
_MAX_NAME_WIDTH = 250
_BAR_HEIGHT = 96
"""Height of the highest bar, in pixels."""
_COLUMN_WIDTH, _ROW_HEIGHT = 30, 24
_SET_BAR_WIDTH = 44
"""Length of the longest bar of a set, in pixels."""
_Row = dict[str, Any]


@dataclass(frozen=True)
class UpsetSet:
    """A set, and the number of items in it."""

    name: str
    value: int
    link: str | None = None


@dataclass(frozen=True)
class Combination:
    """The number of items that are in exactly these sets. `sets` are indexes into the sequence of sets."""

    sets: frozenset[int]
    value: int
    link: str | None = None


def make_upset_plot(
    text: ChartText,
    measure: Measure,
    sets: Sequence[UpsetSet],
    combinations: Sequence[Combination],
    *,
    sets_header: str,
    separator: str,
) -> Chart:
    """Make a plot of sets, in their order, and combinations, the largest first.

    In the wide drawing, sets are rows and combinations are columns; in the narrow drawing, it is the other way round.
    Combinations that don't fit are only in the table. There is no drawing if there are no items. `sets_header`: header of the
    table's column of sets. `separator`: the string between two names in that column.
    """
    ordered = sorted(combinations, key=lambda combination: (-combination.value, len(combination.sets), sorted(combination.sets)))
    rows = tuple(
        (
            Cell(separator.join(sets[at].name for at in sorted(combination.sets)), link=combination.link),
            number_cell(combination.value, measure),
        )
        for combination in ordered
    )
    table = Table((*header_cells([sets_header]), *header_cells([measure.header], numbers=1)), rows)
    if not sets or not any(combination.value for combination in ordered):
        return Chart(text, table, {})
    drawn = ordered[: _column_count(measure, sets)]
    drawings = {"wide": _draw_columns(measure, sets, drawn), "narrow": _draw_rows(measure, sets, drawn)}
    return Chart(text, table, drawings, len(ordered) - len(drawn))


def _column_count(measure: Measure, sets: Sequence[UpsetSet]) -> int:
    """Return how many combinations fit into a wide drawing. A narrow drawing shows the same number."""
    return int((WIDE - _columns_left(measure, sets)) // _COLUMN_WIDTH)


def _columns_left(measure: Measure, sets: Sequence[UpsetSet]) -> float:
    """Return the x position of the first column, after the names, bars and numbers of the sets."""
    name_width = min(_MAX_NAME_WIDTH, max(text_width(row.name, _NAME_SIZE) for row in sets))
    return name_width + 10 + _SET_BAR_WIDTH + 8 + _number_width(measure, sets) + 10


def _number_width(measure: Measure, rows: Sequence[UpsetSet | Combination]) -> float:
    return max(text_width(measure.short(row.value), _NAME_SIZE) for row in rows)


def _draw_columns(measure: Measure, sets: Sequence[UpsetSet], combinations: Sequence[Combination]) -> Drawing:
    """Draw a row for each set, a column for each combination."""
    left, top = _columns_left(measure, sets), _BAR_HEIGHT + 28
    maximum, largest = max(combination.value for combination in combinations), max(row.value for row in sets)
    middles = [top + _ROW_HEIGHT * (at + 0.5) for at in range(len(sets))]
    data = _empty_data()
    for column, combination in enumerate(combinations):
        x = left + _COLUMN_WIDTH * (column + 0.5)
        height = _bar_length(_BAR_HEIGHT, combination.value, maximum)
        data["bars"].append(_box(x - 8, top - 10 - height, x + 8, top - 10))
        number = truncate(measure.short(combination.value), _COLUMN_WIDTH + 6)
        data["middles"].append(_text(x, top - 13 - height, number))
        data["dots"] += [_dot(x, y, at in combination.sets) for at, y in enumerate(middles)]
        if len(combination.sets) > 1:
            data["lines"].append(_box(x, middles[min(combination.sets)], x, middles[max(combination.sets)]))
    width = left + _COLUMN_WIDTH * len(combinations)
    begin = left - 10 - _number_width(measure, sets) - 8 - _SET_BAR_WIDTH
    for at, row in enumerate(sets):
        if at % 2 == 0:
            data["stripes"].append(_box(0, middles[at] - _ROW_HEIGHT / 2, width, middles[at] + _ROW_HEIGHT / 2))
        data["begins"].append(_text(2, middles[at], truncate(row.name, begin - 10, _NAME_SIZE)))
        end = begin + _bar_length(_SET_BAR_WIDTH, row.value, largest)
        data["bars"].append(_box(begin, middles[at] - 4, end, middles[at] + 4))
        data["ends"].append(_text(left - 10, middles[at], measure.short(row.value)))
    margins = (0, 4, max(0, WIDE - round(width)), 4)
    return Drawing("upset", round(width), round(top + _ROW_HEIGHT * len(sets)), margins, data)


def _draw_rows(measure: Measure, sets: Sequence[UpsetSet], combinations: Sequence[Combination]) -> Drawing:
    """Draw the sets above one another, each with a letter, and below them a row for each combination."""
    data = _empty_data()
    for at, row in enumerate(sets):
        y = 12 + 20 * at
        data["begins"] += [_text(4, y, _letter(at)), _text(24, y, truncate(row.name, NARROW - 90, _NAME_SIZE))]
        data["ends"].append(_text(NARROW - 4, y, measure.short(row.value)))
    step = min(22.0, 180 / len(sets))
    columns = [12 + step * at for at in range(len(sets))]
    top = 20 * len(sets) + 22
    data["middles"] = [_text(x, top, _letter(at)) for at, x in enumerate(columns)]
    begin = columns[-1] + 22
    room = NARROW - begin - 12 - _number_width(measure, combinations)
    maximum = max(combination.value for combination in combinations)
    for at, combination in enumerate(combinations):
        middle = top + 8 + _ROW_HEIGHT * (at + 0.5)
        if at % 2 == 0:
            data["stripes"].append(_box(0, middle - _ROW_HEIGHT / 2, NARROW, middle + _ROW_HEIGHT / 2))
        data["dots"] += [_dot(x, middle, column in combination.sets) for column, x in enumerate(columns)]
        if len(combination.sets) > 1:
            data["lines"].append(_box(columns[min(combination.sets)], middle, columns[max(combination.sets)], middle))
        length = _bar_length(room, combination.value, maximum)
        data["bars"].append(_box(begin, middle - 6, begin + length, middle + 6))
        data["begins"].append(_text(begin + length + 6, middle, measure.short(combination.value)))
    return Drawing("upset", NARROW, round(top + 8 + _ROW_HEIGHT * len(combinations)), (0, 2, 0, 4), data)


def _empty_data() -> dict[str, list[_Row]]:
    return {name: [] for name in ("bars", "stripes", "lines", "dots", "middles", "ends", "begins")}


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def _bar_length(room: float, value: int, maximum: int) -> float:
    return max(1.0, room * value / maximum) if value else 0.0


def _dot(x: float, y: float, on: bool) -> _Row:
    return {"x": round(x, 1), "y": round(y, 1), "on": on}


def _box(x: float, y: float, to_x: float, to_y: float) -> _Row:
    return {name: round(value, 1) for name, value in (("x", x), ("y", y), ("to_x", to_x), ("to_y", to_y))}


def _text(x: float, y: float, text: str) -> _Row:
    return {"x": round(x, 1), "y": round(y, 1), "text": text}
