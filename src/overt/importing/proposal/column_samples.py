"""The columns of a file with their texts, as far as a proposal needs them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from overt.importing.cells import Cell, cell_text, escape_pointer
from overt.importing.readers import read_rows
from overt.importing.readers.sniffing import Sniffed

MOST_ROWS = 20_000
"""Number of rows that a proposal looks at."""
MOST_TEXTS = 5_000
"""Number of distinct texts of a column that are counted."""
_MOST_ITEMS = 20


@dataclass
class ColumnSample:
    """A column, or in JSON a pointer to a value inside a row, and its texts."""

    name: str
    rows: int = 0
    """Number of rows that were looked at."""
    filled: int = 0
    """Number of those rows in which the column has a text."""
    texts: Counter[str] = field(default_factory=Counter)
    is_secret: bool = False
    """Whether the texts are about persons, so that no sample of them is shown."""
    is_list: bool = False
    """Whether a row can have several texts, as a list in JSON does."""

    @property
    def is_unique(self) -> bool:
        """Whether every row has a text of its own."""
        return self.filled == self.rows > 0 and not self.is_list and len(self.texts) == self.rows

    def samples(self, most: int = 3, longest: int = 40) -> list[str]:
        """Return some texts on one line, cut to a length, the most frequent first."""
        if self.is_secret:
            return []
        texts = [" ".join(text.split()) for text, _ in self.texts.most_common(most)]
        return [text if len(text) <= longest else f"{text[:longest]}…" for text in texts]


def read_columns(sniffed: Sniffed) -> list[ColumnSample]:
    """Return the columns of a file in their order. Raises FileProblem for a file that cannot be read."""
    columns: dict[str, ColumnSample] = {}
    is_json = sniffed.format in ("json", "jsonl", "geojson")
    rows = 0
    for _, cells in islice(read_rows(sniffed.input(), sniffed.spec()), MOST_ROWS):
        rows += 1
        filled: set[str] = set()
        for name, cell in cells.items():
            for pointer, text in _values(name, cell) if is_json else [(name, cell.text)]:
                column = columns.setdefault(pointer, ColumnSample(pointer, is_list="/*" in pointer))
                if text:
                    filled.add(pointer)
                    if text in column.texts or len(column.texts) < MOST_TEXTS:
                        column.texts[text] += 1
        for pointer in filled:
            columns[pointer].filled += 1
    for column in columns.values():
        column.rows = rows
    return list(columns.values())


def _values(name: str, cell: Cell) -> Iterator[tuple[str, str]]:
    if isinstance(cell.json, dict | list):
        yield from _nested(cell.json, f"/{escape_pointer(name)}")
    else:
        yield name, cell.text


def _nested(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _nested(member, f"{pointer}/{escape_pointer(key)}")
    elif isinstance(value, list):
        for item in value[:_MOST_ITEMS]:
            yield from _nested(item, f"{pointer}/*")
    else:
        yield pointer, cell_text(value).strip()
