"""The parts of a chart: its text, its numbers, its table, and its drawing for each width."""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

from overt.charts.page_svg_drawing import ReadyDrawing

Number = int | float | Decimal
WIDE, NARROW = 680, 340
"""Widths of drawings in pixels: for a column of text, and for a phone or half a column. The page shows the one that fits."""
PLAIN_TONE = "var(--shade-5)"


@dataclass(frozen=True)
class ChartText:
    """The text of a chart, in the reader's language."""

    name: str
    """Name of the chart: letters, digits and hyphens, unique on its page. It is part of ids, addresses and file names."""
    title: str
    summary: str
    """One sentence for readers who can't see the drawing: what it shows, for which period, and its highest value."""
    sources: tuple[tuple[str, str], ...]
    """Titles of sources, and the addresses of their pages."""
    if_empty: str
    """The sentence that replaces the chart if there is nothing to draw."""
    note: str = ""
    """A note on what the numbers include and what they leave out."""
    headline: str = ""
    """A sentence above the title in files, where the heading of the chart's page is missing."""
    caveat: str = ""
    """A caution below the drawing in files; its page has it elsewhere."""


@dataclass(frozen=True)
class Measure:
    """The heading and number formats of a chart's measure."""

    header: str
    """Heading of the column of numbers, with the unit."""
    short: Callable[[Number], str]
    """Function that writes a number beside a mark or on an axis."""
    exact: Callable[[Number], str]
    """Function that writes a number in the table."""
    unknown: str = "unknown"


@dataclass(frozen=True)
class Series:
    """A series of a chart. In a chart of several, each has a symbol or a name, so that colour is not the only distinction."""

    id: str
    name: str
    tone: str = PLAIN_TONE
    """Colour, as a `var(--…)` of style.css."""
    sign: str = ""
    opacity: float = 1
    """Opacity of its bars: below 1 for the paler of two series of one colour."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    text: str
    value: object = None
    """Value of the cell in a file, if it differs from the text."""
    link: str | None = None
    number: bool = False
    """Whether the cell contains a number or, in a header, whether its column contains numbers."""


@dataclass(frozen=True)
class Table:
    """The table with the numbers behind a chart."""

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A drawing to be made: a specification from `specs/`, and its data. Lengths are in pixels."""

    spec: str
    width: float
    """Width of the part with data, without the margins."""
    height: float
    margins: tuple[float, float, float, float]
    """Left, top, right and bottom margin."""
    data: Mapping[str, list[dict[str, Any]]]
    values: Mapping[str, Any] = field(default_factory=dict)
    """Values of the signals in the specification."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        left, top, right, bottom = self.margins
        return round(left + self.width + right), round(top + self.height + bottom)

    def request(self) -> bytes:
        """Return, as JSON for the drawing process, everything that determines the drawing."""
        parts = (self.spec, self.width, self.height, self.margins, self.data, self.values)
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=float)

    def key(self) -> str:
        """Return the digest of the request, so that equal drawings are drawn once."""
        return hashlib.sha256(self.request()).hexdigest()


@dataclass(frozen=True)
class Chart:
    """A chart with its text, table and drawing. A sentence replaces it if it has no drawing, unless it is `table_only`.

    Vega-Lite draws `drawings`. `ready` is a drawing that a page makes itself, such as a map. No chart has both.
    """

    text: ChartText
    table: Table
    drawings: Mapping[str, Drawing]
    """Drawings by width: `wide` and `narrow`."""
    undrawn_rows: int = 0
    """Number of rows that are only in the table."""
    table_only: bool = False
    """Whether the chart has no drawing because its table is as quick to read."""
    ready: ReadyDrawing | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no drawing, and no table in its place (`table_only`)."""
        return not self.drawn and not self.table_only

    @property
    def drawn(self) -> bool:
        """Whether there is a drawing, by Vega-Lite or `ready`."""
        return bool(self.drawings) or self.ready is not None


def layer_tone(layer: str) -> str:
    """Return the colour of a layer of the vocabulary `layers`, as a `var(--…)` of style.css."""
    return f"var(--{layer})"


def finite_number(value: Number | None) -> float | None:
    """Return a number that can be drawn; None if it is unknown, infinite or NaN."""
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def header_cells(texts: Iterable[str], numbers: int = 0) -> tuple[Cell, ...]:
    """Return the header cells of a table, the last `numbers` of them for columns of numbers."""
    headers = tuple(texts)
    return tuple(Cell(text, number=at >= len(headers) - numbers) for at, text in enumerate(headers))


def number_cell(value: Number | None, measure: Measure) -> Cell:
    """Return a cell with a number at full precision, or with the measure's word for an unknown number."""
    return Cell(measure.unknown if value is None else measure.exact(value), value if value is not None else "", number=True)
