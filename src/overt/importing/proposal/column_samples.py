"""Reads the columns of a file, with samples of their values, for a proposed source.yml."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from overt.importing.cells import Cell, cell_text, escape_pointer
from overt.importing.readers import read_rows
from overt.importing.readers.file_layout_guess import Sniffed
from overt.language.single_line import single_line

MAX_ROWS = 20_000
"""Maximum number of rows that a proposal reads."""
MAX_TEXTS = 5_000
"""Maximum number of distinct texts of a column that are counted."""
_TOTAL = re.compile(r"((grand|sub)[ -]?)?totals?\W*|sum\W*|合计|总计", re.IGNORECASE)
_MAX_ITEMS = 20


@dataclass
class ColumnSample:
    """A column, or in JSON a pointer to a value inside a row, and its texts."""

    name: str
    rows: int = 0
    """Number of rows that were read."""
    filled: int = 0
    """Number of these rows in which the column is not empty."""
    texts: Counter[str] = field(default_factory=Counter)
    totals: dict[str, None] = field(default_factory=dict)
    """Texts that mark a row of totals, such as `Total`. The proposal ignores the other cells of such a row."""
    is_secret: bool = False
    """Whether the texts are about persons, so that no samples may be shown."""
    is_list: bool = False
    """Whether a row can have several texts, such as a list in JSON."""

    @property
    def is_unique(self) -> bool:
        """Whether every row has a text, and no row repeats one of the first `MAX_TEXTS` texts.

        False if there are no rows, or if a row can have several texts.
        """
        if self.is_list or not self.filled == self.rows > 0:
            return False
        return len(self.texts) == self.texts.total() == min(self.rows, MAX_TEXTS)

    def samples(self, limit: int = 3, longest: int = 40) -> list[str]:
        """Return up to `limit` of the most frequent texts, each on one line and cut to `longest` characters.

        The list is empty if the texts are about persons.
        """
        if self.is_secret:
            return []
        texts = [single_line(text) for text, _ in self.texts.most_common(limit)]
        return [text if len(text) <= longest else f"{text[:longest]}…" for text in texts]


def read_columns(sniffed: Sniffed) -> list[ColumnSample]:
    """Return the columns of a file in their order, with the texts of its first `MAX_ROWS` rows.

    Raises FileProblem for a file that cannot be read.
    """
    columns: dict[str, ColumnSample] = {}
    is_json = sniffed.format in ("json", "jsonl", "geojson")
    rows = 0
    for _, cells in islice(read_rows(sniffed.input(), sniffed.spec()), MAX_ROWS):
        if not is_json and (total := _total(cells, sniffed.fill_down)):
            columns.setdefault(total, ColumnSample(total)).totals[cells[total].text] = None
            continue
        rows += 1
        filled: set[str] = set()
        for name, cell in cells.items():
            for pointer, text in _values(name, cell) if is_json else [(name, cell.text)]:
                column = columns.setdefault(pointer, ColumnSample(pointer, is_list="/*" in pointer))
                if text:
                    filled.add(pointer)
                    if text in column.texts or len(column.texts) < MAX_TEXTS:
                        column.texts[text] += 1
        for pointer in filled:
            columns[pointer].filled += 1
    for column in columns.values():
        column.rows = rows
    return list(columns.values())


def names_by_group(sniffed: Sniffed, column: str, group: str) -> list[tuple[str, list[str]]]:
    """Return the texts of a column in file order, each with the texts that the column `group` has in the same rows.

    Only the first `MAX_ROWS` rows are read, and at most `MAX_TEXTS` texts are returned. Raises FileProblem for a file that
    cannot be read.
    """
    groups: dict[str, dict[str, None]] = {}
    for _, cells in islice(read_rows(sniffed.input(), sniffed.spec()), MAX_ROWS):
        name, other = cells.get(column), cells.get(group)
        if name and other and (name.text in groups or len(groups) < MAX_TEXTS):
            groups.setdefault(name.text, {})[other.text] = None
    return [(name, list(texts)) for name, texts in groups.items()]


def _total(cells: Mapping[str, Cell], fill_down: Sequence[str]) -> str | None:
    """Return the column that marks a row as a row of totals; None for other rows.

    It is the column of the first filled cell, ignoring the columns in `fill_down`. At most half of the cells may be filled, so
    that a company named Total does not count.
    """
    filled = [name for name, cell in cells.items() if cell and name not in fill_down]
    is_total = filled and len(filled) * 2 <= len(cells) and _TOTAL.fullmatch(cells[filled[0]].text)
    return filled[0] if is_total else None


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
        for item in value[:_MAX_ITEMS]:
            yield from _nested(item, f"{pointer}/*")
    else:
        yield pointer, cell_text(value).strip()
