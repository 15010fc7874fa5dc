"""The drawing of vertical bars by year: columns, their parts, and the labels beside and above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from overt.charts.axis_layout import labelled_years, ticks
from overt.charts.chart import WIDE, Drawing, Measure, Series
from overt.charts.text_layout import text_width, truncate

_HEIGHT = 170
_MIN_HEIGHT, _HEIGHT_PER_ITEM = 60, 40
"""Minimum height of a drawing, and height per item. They keep a bar of one item from looking like a tower."""
_MAX_BAR_WIDTH = 56
"""Maximum width of a bar in pixels. With only three years, bars would otherwise look like walls."""
_UNDATED_OPACITY = 0.45
_KEY_HEIGHT = 20
_MAX_KEY_WIDTH = 170
"""Maximum width of a name in a key beside the bars. A key with a longer name is below them, so that no name is cut off."""
_SWATCH, _SWATCH_WIDTH = "■", 34
_MAX_UNDATED_WIDTH = 90
_UNDATED = "undated"
"""Id of the column for items without a year. Its label can be anything."""


@dataclass(frozen=True)
class YearColumns:
    """Years, each with the values of its series, stacked in the order of `series`."""

    measure: Measure
    series: tuple[Series, ...]
    stack: Mapping[int | None, Mapping[str, float]]
    undated: str
    """Label for items without a year."""
    integers: bool
    """Whether the numbers are counts."""
    adds_up: bool = True
    """Whether the years of a series can be added, because each item is in one year only. The key then shows the sums."""

    def drawing(self, total_width: int) -> Drawing:
        """Return the drawing for a width."""
        wide, undated_label = total_width == WIDE, truncate(self.undated, _MAX_UNDATED_WIDTH)
        years = [year for year in self.stack if year is not None]
        columns = [str(year) for year in range(min(years), max(years) + 1)] if years else []
        has_undated = _UNDATED in self._sums and self._sums[_UNDATED] > 0
        places = [*columns, *([" "] if columns else []), _UNDATED] if has_undated else columns
        names = [self.measure.short(step) for step in self._steps]
        left = 8 + max(map(text_width, names))
        keys = self._keys(total_width)
        beside = wide and bool(keys) and max(text_width(key["name"]) for key in keys) <= _MAX_KEY_WIDTH
        right = 14 + max(18 + text_width(key["name"]) for key in keys) if beside else 4.0
        right = max(right, text_width(undated_label) / 2) if has_undated else right
        width = round(min(total_width - left - right, _MAX_BAR_WIDTH * len(places)))
        labelled = [str(year) for year in labelled_years(min(years), max(years), width)] if years else []
        if has_undated:  # The long label of this column must not cover the label of the last year.
            room = (text_width(undated_label) + text_width("2000")) / 2 + 4
            labelled = [year for year in labelled if (len(places) - 1 - places.index(year)) * width / len(places) >= room]
        in_row = 2 if all(text_width(key["name"]) <= total_width / 2 - _SWATCH_WIDTH for key in keys) else 1
        bottom = 26 + (0 if beside else _KEY_HEIGHT * -(-len(keys) // in_row))
        placed = self._place_keys_beside(keys, width) if beside else self._place_keys_below(keys, left, total_width, in_row)
        data = {
            "rows": self._parts(), "signs": self._signs(width / len(places)) if keys else [],
            "marked": self._totals(places, width, width + right), "keys": placed,
        }  # fmt: skip
        values = {
            "most": self._steps[-1], "ticks": self._steps, "tickNames": names, "columns": places,
            "named": [*labelled, _UNDATED] if has_undated else labelled, "undatedName": undated_label,
        }  # fmt: skip
        margins = (round(left), 20, total_width - width - round(left), bottom)
        return Drawing("years", width, self._height, margins, data, values)

    @cached_property
    def _sums(self) -> dict[str, float]:
        return {_column_id(year): sum(values.values()) for year, values in self.stack.items()}

    @cached_property
    def _steps(self) -> list[float]:
        return ticks(0, max(self._sums.values()), integers=self.integers)

    @cached_property
    def _height(self) -> int:
        minimum = max(_MIN_HEIGHT, _KEY_HEIGHT * len(self.series))
        return round(min(_HEIGHT, max(minimum, _HEIGHT_PER_ITEM * self._steps[-1]))) if self.integers else _HEIGHT

    def _parts(self) -> list[dict[str, Any]]:
        return [
            {
                "column": _column_id(year), "value": values[series.id], "order": at, "tone": series.tone,
                "firm": series.opacity * (_UNDATED_OPACITY if year is None else 1),
            }
            for year, values in self.stack.items() for at, series in enumerate(self.series) if values.get(series.id)
        ]  # fmt: skip

    def _signs(self, column_width: float) -> list[dict[str, Any]]:
        """Return symbols for the parts that have room for one, so that readers never depend on colour alone.

        There are none if all series have the same symbol; they then differ in shade.
        """
        signs: list[dict[str, Any]] = []
        if len({series.sign for series in self.series}) == 1:
            return signs
        for year, values in self.stack.items():
            below = 0.0
            for series in self.series:
                value = values.get(series.id, 0)
                if value * self._height / self._steps[-1] >= 12 and column_width >= 9.5:
                    signs.append({"column": _column_id(year), "middle": below + value / 2, "sign": series.sign})
                below += value
        return signs

    def _totals(self, places: Sequence[str], width: float, end: float) -> list[dict[str, Any]]:
        """Return the numbers above bars.

        If the numbers fit side by side, every bar has one. Otherwise only the highest of the years' bars has one or, if no bar
        is for a year, the bar for items without a year.
        """
        numbers = {name: self.measure.short(value) for name, value in self._sums.items() if value}
        column_width = width / len(places)
        if not all(text_width(text) + 4 <= column_width for text in numbers.values()):
            dated = [name for name in numbers if name != _UNDATED] or numbers
            highest = max(dated, key=lambda name: (self._sums[name], name))
            numbers = {highest: truncate(numbers[highest], 160)}
        totals = []
        for name, text in numbers.items():
            middle, half = (places.index(name) + 0.5) * column_width, text_width(text) * 0.55
            shift = max(0.0, half - middle) - max(0.0, middle + half - end)
            totals.append({"column": name, "value": self._sums[name], "short": text, "shift": round(shift, 1)})
        return totals

    def _keys(self, total_width: int) -> list[dict[str, Any]]:
        """Return the key: symbol, name and possibly sum of each series, from top to bottom; empty if there is only one series.

        A series without a symbol has a swatch instead. Only a name that is too long for a whole line is shortened.
        """
        keys = []
        for series in reversed(self.series) if len(self.series) > 1 else ():
            total = self.measure.short(round(sum(values.get(series.id, 0) for values in self.stack.values()), 6))
            ending = f"\u2002{total}" if self.adds_up else ""
            name = f"{truncate(series.name, total_width - _SWATCH_WIDTH - text_width(ending))}{ending}"
            keys.append({"sign": series.sign or _SWATCH, "tone": series.tone, "firm": series.opacity, "name": name})
        return keys

    def _place_keys_beside(self, keys: list[dict[str, Any]], width: float) -> list[dict[str, Any]]:
        """Return the entries of the key with positions to the right of the bars, one below the other."""
        top = max(4.0, (self._height - _KEY_HEIGHT * len(keys)) / 2)
        return [{**key, "x": width + 12, "y": top + _KEY_HEIGHT * at} for at, key in enumerate(keys)]

    def _place_keys_below(self, keys: list[dict[str, Any]], left: float, total_width: int, in_row: int) -> list[dict[str, Any]]:
        """Return the entries of the key with positions below the bars, in one or two columns (`in_row`)."""
        middle, top = total_width / 2, self._height + 36
        return [
            {**key, "x": at % in_row * middle - left + 2, "y": top + _KEY_HEIGHT * (at // in_row)} for at, key in enumerate(keys)
        ]


def _column_id(year: int | None) -> str:
    return _UNDATED if year is None else str(year)
