"""What a chart is made of: its words, its numbers, its table, and what is drawn at each width."""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson

Number = int | float | Decimal
WIDE, NARROW = 680, 340
"""Widths in pixels: for a column of text, and for a phone or a half of a column. The page shows the one that fits."""
PLAIN_TONE = "var(--shade-5)"
SERIES_TONES = tuple(
    f"var(--{name})" for name in ("networks", "surveillance", "data-centres", "censorship", "finance", "cables", "agreements")
)
"""The Okabe–Ito set in a fixed order, for series that are no layers; never more than seven at once."""


@dataclass(frozen=True)
class About:
    """What is said of a chart, in the reader's language."""

    name: str
    """Letters, digits and hyphens, once on a page: it stands in ids, addresses and names of files."""
    title: str
    summary: str
    """One sentence for those who do not see the drawing: what is shown, from when to when, how high."""
    sources: tuple[tuple[str, str], ...]
    """Who says so: titles of sources, and the addresses of their pages."""
    empty: str
    """The sentence that stands for the chart when there is nothing to draw."""
    note: str = ""
    """What is counted and what is not."""


@dataclass(frozen=True)
class Measure:
    """How the numbers of a chart are written."""

    header: str
    """Heading of their column, with the unit."""
    short: Callable[[Number], str]
    """Beside a mark and on an axis."""
    exact: Callable[[Number], str]
    """In the table."""
    unknown: str = "not known"


@dataclass(frozen=True)
class Series:
    """Something that is told apart by a colour and, always, a sign or a name."""

    id: str
    name: str
    tone: str = PLAIN_TONE
    """`var(--…)` of style.css."""
    sign: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    text: str
    value: object = None
    """As a file has it; None: as it is shown."""
    link: str | None = None
    number: bool = False


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart. Only the headers of columns of numbers are numbers."""

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """One picture to be drawn: a specification of `specs/`, and what it needs. Lengths are in pixels."""

    spec: str
    width: float
    """Of the part that has data; margins are around it."""
    height: float
    margins: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    data: Mapping[str, list[dict[str, Any]]]
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture."""
        left, top, right, bottom = self.margins
        return round(left + self.width + right), round(top + self.height + bottom)

    def order(self) -> bytes:
        """All that decides the picture, as JSON."""
        parts = (self.spec, self.width, self.height, self.margins, self.data, self.values)
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=float)

    def key(self) -> str:
        """Digest of the order: equal drawings are drawn once."""
        return hashlib.sha256(self.order()).hexdigest()


@dataclass(frozen=True)
class Chart:
    """A chart in all its forms. When there is nothing to draw it is empty, and its sentence stands in its place."""

    about: About
    table: Table
    drawings: Mapping[str, Drawing]
    """`wide` and `narrow`."""
    undrawn: int = 0
    """Rows that are in the table alone."""
    told: bool = False
    """Whether its table says in one glance what a drawing would, so that there is none."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.drawings and not self.told


def layer_tone(layer: str) -> str:
    """The colour of a layer of the vocabulary."""
    return f"var(--{layer})"


def drawable(value: Number | None) -> float | None:
    """A number that has a place on paper, or None."""
    if value is None:
        return None
    held = float(value)
    return held if math.isfinite(held) else None


def cells(texts: Iterable[str], numbers: int = 0) -> tuple[Cell, ...]:
    """Headers of columns, the last of which are numbers."""
    held = tuple(texts)
    return tuple(Cell(text, number=at >= len(held) - numbers) for at, text in enumerate(held))


def number_cell(value: Number | None, measure: Measure) -> Cell:
    """A number as exact as it is known."""
    return Cell(measure.unknown if value is None else measure.exact(value), value if value is not None else "", number=True)
