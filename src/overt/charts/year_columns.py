"""The drawing of standing bars by year: columns, the parts of each, and what stands beside and above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from overt.charts.chart import WIDE, Drawing, Measure, Series
from overt.charts.text_layout import breadth, fit, named_years, ticks

_HEIGHT = 170
_LOWEST, _OF_ONE = 60, 40
"""Heights of drawings whose bars are of a few things: a bar of one thing is no tower."""
_BROADEST = 56
"""Pixels of a bar at most: of three years the bars would be walls."""
_FAINT = 0.45
"""Opacity of what has no year."""
_KEY_STEP = 20
_LONGEST_UNDATED = 90
_UNDATED = "undated"
"""The column of what has no year. What it is called is said beside it: it may be anything."""


@dataclass(frozen=True)
class Columns:
    """Years, each with the values of its series, which lie upon each other in the order of `series`."""

    measure: Measure
    series: tuple[Series, ...]
    stack: Mapping[int | None, Mapping[str, float]]
    undated: str
    whole: bool

    def drawing(self, room: int) -> Drawing:
        """The picture for a width."""
        wide, undated = room == WIDE, fit(self.undated, _LONGEST_UNDATED)
        years = [year for year in self.stack if year is not None]
        columns = [str(year) for year in range(min(years), max(years) + 1)] if years else []
        apart = _UNDATED in self._sums and self._sums[_UNDATED] > 0
        places = [*columns, *([" "] if columns else []), _UNDATED] if apart else columns
        names = [self.measure.short(step) for step in self._steps]
        left = 8 + max(map(breadth, names))
        keys = self._keys(room)
        right = 14 + max(18 + breadth(key["name"]) for key in keys) if wide and keys else 4.0
        right = max(right, breadth(undated) / 2) if apart else right
        width = round(min(room - left - right, _BROADEST * len(places)))
        named = [str(year) for year in named_years(min(years), max(years), width)] if years else []
        if apart:  # its name is long, and must not lie upon the last year's
            room_of_name = (breadth(undated) + breadth("2000")) / 2 + 4
            named = [name for name in named if (len(places) - 1 - places.index(name)) * width / len(places) >= room_of_name]
        bottom = 26 + (0 if wide else _KEY_STEP * ((len(keys) + 1) // 2))
        data = {
            "rows": self._parts(), "signs": self._signs(width / len(places)) if keys else [],
            "marked": self._marked(places, width, width + right), "keys": self._placed(keys, width, left, room),
        }  # fmt: skip
        values = {
            "most": self._steps[-1], "ticks": self._steps, "tickNames": names, "columns": places,
            "named": [*named, _UNDATED] if apart else named, "undatedName": undated,
        }  # fmt: skip
        return Drawing("years", width, self._height, (round(left), 20, room - width - round(left), bottom), data, values)

    @cached_property
    def _sums(self) -> dict[str, float]:
        return {_column(year): sum(held.values()) for year, held in self.stack.items()}

    @cached_property
    def _steps(self) -> list[float]:
        return ticks(0, max(self._sums.values()), whole=self.whole)

    @cached_property
    def _height(self) -> int:
        least = max(_LOWEST, _KEY_STEP * len(self.series))
        return round(min(_HEIGHT, max(least, _OF_ONE * self._steps[-1]))) if self.whole else _HEIGHT

    def _parts(self) -> list[dict[str, Any]]:
        return [
            {
                "column": _column(year), "value": held[one.id], "order": at, "tone": one.tone,
                "firm": _FAINT if year is None else 1,
            }
            for year, held in self.stack.items() for at, one in enumerate(self.series) if held.get(one.id)
        ]  # fmt: skip

    def _signs(self, column: float) -> list[dict[str, Any]]:
        """Signs in the parts that are large enough to hold one, so that a part is never told by its colour alone."""
        found = []
        for year, held in self.stack.items():
            below = 0.0
            for one in self.series:
                value = held.get(one.id, 0)
                if value * self._height / self._steps[-1] >= 12 and column >= 9.5:
                    found.append({"column": _column(year), "middle": below + value / 2, "sign": one.sign})
                below += value
        return found

    def _marked(self, places: Sequence[str], width: float, end: float) -> list[dict[str, Any]]:
        """Numbers above bars: above each where they fit side by side, else above the highest of the years."""
        named = {name: self.measure.short(value) for name, value in self._sums.items() if value}
        column = width / len(places)
        if not all(breadth(text) + 4 <= column for text in named.values()):
            highest = max([name for name in named if name != _UNDATED] or named, key=lambda name: (self._sums[name], name))
            named = {highest: fit(named[highest], 160)}
        found = []
        for name, text in named.items():
            middle, half = (places.index(name) + 0.5) * column, breadth(text) * 0.55
            shift = max(0.0, half - middle) - max(0.0, middle + half - end)
            found.append({"column": name, "value": self._sums[name], "short": text, "shift": round(shift, 1)})
        return found

    def _keys(self, room: int) -> list[dict[str, Any]]:
        """What each layer is, from the top one down: sign, name and sum. One alone needs none."""
        longest = 150 if room == WIDE else room / 2 - 34
        found = []
        for one in reversed(self.series) if len(self.series) > 1 else ():
            total = self.measure.short(round(sum(held.get(one.id, 0) for held in self.stack.values()), 6))
            name = f"{fit(one.name, longest - breadth(f' {total}'))}\u2002{total}"
            found.append({"sign": one.sign, "tone": one.tone, "name": name})
        return found

    def _placed(self, keys: list[dict[str, Any]], width: float, left: float, room: int) -> list[dict[str, Any]]:
        """Beside the bars, or below them in two columns where there is no room beside."""
        if room == WIDE:
            down = max(4.0, (self._height - _KEY_STEP * len(keys)) / 2)
            return [{**key, "x": width + 12, "y": down + _KEY_STEP * at} for at, key in enumerate(keys)]
        middle, down = room / 2, self._height + 36
        return [{**key, "x": at % 2 * middle - left + 2, "y": down + _KEY_STEP * (at // 2)} for at, key in enumerate(keys)]


def _column(year: int | None) -> str:
    return _UNDATED if year is None else str(year)
