"""Overlap tables: the number of people (or incidents) on each combination of several lists."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from overt.estimation.array_types import Integers, Mask
from overt.estimation.estimate_result_and_verdicts import TWO_LISTS
from overt.model.errors import UsageError, quote_text

MAX_LISTS = 60
"""Maximum number of lists that a table may have."""
MAX_PEOPLE = 10**15
"""Maximum number of people that a table may count. Doubles are exact for integers up to nine times this number."""
MAX_CELLS = 12
"""Maximum number of lists for which all cells (4,095) are enumerated."""
_DIRECTION_CLASSES = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Bidirectional classes of the characters that change the direction of text."""
Cells = dict[tuple[int, ...], int]
"""Counts by cell. A cell is a tuple with 0 or 1 for each list."""


@dataclass(frozen=True, eq=False)
class OverlapTable:
    """An overlap table of t lists.

    Create it with `OverlapTable.from_rows` or `read_overlap_table`, which check and sort the cells.

    `patterns` (cells × t): which lists each filled cell is on. No row is all false, and no two are equal. Cells are sorted by
    their number of lists, then by the order of the lists. `counts` (cells): positive numbers. A missing cell counts nobody.
    People on no list, whose number is estimated, are in no cell.
    """

    names: tuple[str, ...]
    patterns: Mask
    counts: Integers

    @classmethod
    def from_rows(cls, names: Sequence[str], patterns: Iterable[Sequence[int]], counts: Iterable[int]) -> Self:
        """Make a table from rows of 0 and 1 and their counts. Rows that count nobody are left out.

        Raises UsageError for names that `check_list_names` rejects, rows that `add_cell` rejects, such as equal rows or a row of
        zeros, and tables that `from_cells` rejects.
        """
        list_names = tuple(names)
        check_list_names(list_names)
        cells: Cells = {}
        for number, (row, count) in enumerate(zip(patterns, counts, strict=True), start=1):
            add_cell(cells, tuple(int(on) for on in row), count, len(list_names), f"row {number}")
        return cls.from_cells(list_names, cells)

    @classmethod
    def from_cells(cls, names: tuple[str, ...], cells: Cells) -> Self:
        """Make a table from checked cells.

        Raises UsageError if the table counts nobody, if nobody is on one of the lists, and for more than `MAX_PEOPLE` people.
        """
        rows = sorted((row for row, count in cells.items() if count), key=lambda row: (sum(row), tuple(-on for on in row)))
        patterns = np.array(rows, dtype=np.bool_).reshape(len(rows), len(names))
        if not rows:
            raise UsageError("the table counts nobody: every list is empty")
        empty = [name for name, on in zip(names, patterns.sum(axis=0).tolist(), strict=True) if not on]
        if empty:
            raise UsageError(f"nobody is on {' and '.join(empty)}; leave out such a column")
        if (total := sum(cells.values())) > MAX_PEOPLE:
            raise UsageError(f"the table counts {total:,} people; {MAX_PEOPLE:,} is the most that Overt can estimate from")
        return cls(names, patterns, np.array([cells[row] for row in rows], dtype=np.int64))

    @property
    def observed(self) -> int:
        """Number of people on at least one list."""
        return int(self.counts.sum())

    @property
    def shared(self) -> int:
        """Number of people on two or more lists; identical lists count once."""
        patterns = np.unique(self.patterns, axis=1)
        return int(self.counts[patterns.sum(axis=1) > 1].sum())

    @property
    def distinct(self) -> int:
        """Number of different lists; lists with exactly the same people count once."""
        return int(np.unique(self.patterns, axis=1).shape[1])

    def cells(self) -> tuple[Mask, Integers]:
        """Return all 2^t − 1 cells in the order of `patterns`, with the count of each.

        Raises UsageError for more than `MAX_CELLS` lists.
        """
        patterns = all_patterns(len(self.names))
        counts = np.zeros(len(patterns), dtype=np.int64)
        weights = 1 << np.arange(len(self.names), dtype=np.int64)
        position = np.zeros(1 << len(self.names), dtype=np.int64)
        position[patterns @ weights] = np.arange(len(patterns))
        counts[position[self.patterns @ weights]] = self.counts
        return patterns, counts

    def totals(self) -> Integers:
        """Return the number of people on each list (t)."""
        total: Integers = self.counts @ self.patterns
        return total

    def overlaps(self) -> Integers:
        """Return the number of people on both lists of each pair (t × t). The diagonal has the `totals`."""
        shared: Integers = self.patterns.T.astype(np.int64) @ (self.counts[:, None] * self.patterns)
        return shared

    def degrees(self) -> Integers:
        """Return the number of people on exactly 1, 2, …, t lists (t)."""
        people = np.bincount(self.patterns.sum(axis=1), weights=self.counts, minlength=len(self.names) + 1)
        return people[1:].astype(np.int64)

    def select(self, names: Sequence[str]) -> "OverlapTable":
        """Return the table of these lists, in this table's order. People on none of them are no longer counted.

        Raises UsageError for an unknown name, and if `names` is empty.
        """
        for name in names:
            self._check_name(name)
        columns = [column for column, name in enumerate(self.names) if name in set(names)]
        cells: Cells = {}
        for row, count in zip(self.patterns[:, columns].astype(int).tolist(), self.counts.tolist(), strict=True):
            if any(row):
                cells[tuple(row)] = cells.get(tuple(row), 0) + count
        return OverlapTable.from_cells(tuple(self.names[column] for column in columns), cells)

    def drop(self, name: str) -> "OverlapTable":
        """Return the table without a list. People on that list only are no longer counted.

        Raises UsageError for an unknown name, and for the only list.
        """
        self._check_name(name)
        return self.select([other for other in self.names if other != name])

    def _check_name(self, name: str) -> None:
        if name not in self.names:
            raise UsageError(f"there is no list {name!r} in the table (there are {', '.join(self.names)})")


def too_few_lists(table: OverlapTable) -> str:
    """Return why a table has too few different lists for a model; an empty string if it has three or more."""
    if table.distinct > 2:
        return ""
    if len(table.names) < 3:
        return TWO_LISTS
    number = "two" if table.distinct == 2 else "one"
    return f"the table has {len(table.names)} lists, but equal ones are one, which leaves {number}: {TWO_LISTS}"


def _is_control(character: str) -> bool:
    """Return whether a character would control a terminal or change the direction of the text around it.

    The result is false for zero-width joiners, which some scripts need.
    """
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(character) in _DIRECTION_CLASSES
    )


def check_list_names(names: tuple[str, ...]) -> None:
    """Raise UsageError for too few or too many lists, and for invalid names.

    At least 2 lists and at most `MAX_LISTS` are valid. A name must not be empty, occur twice or contain a control character.
    """
    if len(names) < 2:
        raise UsageError("the table has one list, and one list has no overlap to estimate from; give two or more")
    if len(names) > MAX_LISTS:
        raise UsageError(f"the table has {len(names)} lists; {MAX_LISTS} is the most. Join lists of one kind")
    if control := next((name for name in names if any(map(_is_control, name))), None):
        raise UsageError(f"the name of a list has a control character: {quote_text(control)}")
    if not all(names) or len(set(names)) < len(names):
        raise UsageError(f"each list needs a name of its own (there are {', '.join(map(repr, names))})")


def all_patterns(lists: int) -> Mask:
    """Return the 2^t − 1 cells of t lists (cells × t), those on the fewest lists first.

    Raises UsageError for more than `MAX_CELLS` lists.
    """
    if lists > MAX_CELLS:
        raise UsageError(
            f"{lists} lists make {2**lists - 1:,} cells, and this method uses all cells, for up to {MAX_CELLS} lists; "
            "`independence`, `main-effects`, `chapman`, `chao`, `chao-mth` and `lcmcr` need the filled cells "
            "alone, or take fewer lists"
        )
    codes = np.arange(1, 1 << lists)
    bits = (codes[:, None] >> np.arange(lists - 1, -1, -1)) & 1
    order = np.lexsort((-codes, bits.sum(axis=1)))
    return bits[order].astype(np.bool_)


def add_cell(cells: Cells, row: tuple[int, ...], count: float, lists: int, where: str) -> None:
    """Add a row, which has 0 or 1 for each of `lists` lists, and its count to `cells`.

    Raises UsageError, beginning with `where`, if the row or the count is invalid, or if `cells` already has the row.
    """
    if len(row) != lists or any(on not in (0, 1) for on in row):
        raise UsageError(f"{where}: a row needs 0 or 1 for each of the {lists} lists")
    if count != count or count != int(count) or count < 0:
        raise UsageError(f"{where}: {count} is not a count; a count is a whole number, 0 or more")
    if not any(row):
        raise UsageError(f"{where}: nobody can be counted who is on no list; leave the row out, its count is what is estimated")
    if row in cells:
        raise UsageError(f"{where}: the row {','.join(map(str, row))} is there twice; add up the two counts")
    cells[row] = int(count)
