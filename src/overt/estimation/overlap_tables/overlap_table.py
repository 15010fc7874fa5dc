"""Overlap tables: how many people (or incidents) stand on exactly which of several lists."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from overt.estimation.estimates import TWO_LISTS
from overt.model.errors import UsageError, quote_text

MOST_LISTS = 60
"""Lists that a table may have."""
MOST_PEOPLE = 10**15
"""People that a table may count: beyond, numbers of them are no longer told apart to the last one."""
MOST_CELLS = 12
"""Lists up to which all cells are gone through: 4,095 of them."""
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
"""Classes of signs that turn the direction of a text."""


@dataclass(frozen=True, eq=False)
class Lists:
    """An overlap table of t lists. Make one with `Lists.of` or `read_lists`, which check and sort.

    `patterns` (cells × t): which lists, for each cell that holds somebody; no row is all false, no two are equal; those on
    fewest lists first, then by the lists in their order. `counts` (cells): how many, each positive. Cells that are not there hold
    nobody. Those on no list are what is asked for, and in no cell.
    """

    names: tuple[str, ...]
    patterns: NDArray[np.bool_]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, names: Sequence[str], patterns: Iterable[Sequence[int]], counts: Iterable[int]) -> Self:
        """A table from rows of 0/1 and their counts, checked; rows that count nobody are left out.

        Raises UsageError for fewer than two lists, equal names, a row of zeros, equal rows, a negative or fractional count, and
        a list with nobody on it.
        """
        wanted = tuple(names)
        check_names(wanted)
        table: dict[tuple[int, ...], int] = {}
        for number, (row, count) in enumerate(zip(patterns, counts, strict=True), start=1):
            add_row(table, tuple(int(on) for on in row), count, len(wanted), f"row {number}")
        return cls.from_cells(wanted, table)

    @classmethod
    def from_cells(cls, names: tuple[str, ...], table: dict[tuple[int, ...], int]) -> Self:
        """A table from checked cells. Raises UsageError when it, or a list of it, is empty, and beyond `MOST_PEOPLE`."""
        rows = sorted((row for row, count in table.items() if count), key=lambda row: (sum(row), tuple(-on for on in row)))
        held = np.array(rows, dtype=np.bool_).reshape(len(rows), len(names))
        if not rows:
            raise UsageError("the table counts nobody: every list is empty")
        empty = [name for name, on in zip(names, held.sum(axis=0).tolist(), strict=True) if not on]
        if empty:
            raise UsageError(f"nobody stands on {' and '.join(empty)}; leave that column out")
        if (total := sum(table.values())) > MOST_PEOPLE:
            raise UsageError(f"the table counts {total:,} people, and {MOST_PEOPLE:,} is the most that is reckoned with")
        return cls(names, held, np.array([table[row] for row in rows], dtype=np.int64))

    @property
    def observed(self) -> int:
        """How many stand on at least one list."""
        return int(self.counts.sum())

    @property
    def shared(self) -> int:
        """How many stand on two lists or more; lists that are equal are one."""
        patterns = np.unique(self.patterns, axis=1)
        return int(self.counts[patterns.sum(axis=1) > 1].sum())

    @property
    def distinct(self) -> int:
        """How many lists differ: those with the same people are one list."""
        return int(np.unique(self.patterns, axis=1).shape[1])

    def cells(self) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """All 2^t − 1 cells in the order of `patterns`, and how many each holds. Raises UsageError beyond `MOST_CELLS` lists."""
        patterns = all_patterns(len(self.names))
        counts = np.zeros(len(patterns), dtype=np.int64)
        weights = 1 << np.arange(len(self.names), dtype=np.int64)
        place = np.zeros(1 << len(self.names), dtype=np.int64)
        place[patterns @ weights] = np.arange(len(patterns))
        counts[place[self.patterns @ weights]] = self.counts
        return patterns, counts

    def totals(self) -> NDArray[np.int64]:
        """How many stand on each list (t)."""
        total: NDArray[np.int64] = self.counts @ self.patterns
        return total

    def overlaps(self) -> NDArray[np.int64]:
        """How many stand on both of two lists (t × t); the diagonal holds `totals`."""
        shared: NDArray[np.int64] = self.patterns.T.astype(np.int64) @ (self.counts[:, None] * self.patterns)
        return shared

    def degrees(self) -> NDArray[np.int64]:
        """How many stand on exactly 1, 2 … t lists (t)."""
        on = np.bincount(self.patterns.sum(axis=1), weights=self.counts, minlength=len(self.names) + 1)
        return on[1:].astype(np.int64)

    def keep(self, names: Sequence[str]) -> "Lists":
        """The table of these lists alone, in their order here; who stands on none of them is not observed in it.

        Raises UsageError for a name that is no list's.
        """
        for name in names:
            if name not in self.names:
                raise UsageError(f"there is no list {name!r} in the table (there are {', '.join(self.names)})")
        places = [at for at, name in enumerate(self.names) if name in set(names)]
        table: dict[tuple[int, ...], int] = {}
        for row, count in zip(self.patterns[:, places].astype(int).tolist(), self.counts.tolist(), strict=True):
            if any(row):
                table[tuple(row)] = table.get(tuple(row), 0) + count
        return Lists.from_cells(tuple(self.names[at] for at in places), table)

    def drop(self, name: str) -> "Lists":
        """The table without a list; who stood on that list alone is not observed in it. Raises UsageError for an unknown name."""
        if name not in self.names:
            raise UsageError(f"there is no list {name!r} in the table (there are {', '.join(self.names)})")
        return self.keep([other for other in self.names if other != name])


def too_few(lists: Lists) -> str:
    """Why fewer than three lists that differ tell nothing; empty where there are enough."""
    if lists.distinct > 2:
        return ""
    if len(lists.names) < 3:
        return TWO_LISTS
    number = "two" if lists.distinct == 2 else "one"
    return f"the table has {len(lists.names)} lists, but equal ones are one, which leaves {number}: {TWO_LISTS}"


def _steers(sign: str) -> bool:
    """Whether a sign would steer a terminal or turn the direction of what stands around it; joiners of letters do not."""
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(sign) in _TURNS


def check_names(names: tuple[str, ...]) -> None:
    """Raises UsageError for fewer than two lists, for too many, and for names that are empty, equal or
    hold control characters."""
    if len(names) < 2:
        raise UsageError("the table has one list, and with one list there is no overlap to estimate from; two or more are needed")
    if len(names) > MOST_LISTS:
        raise UsageError(
            f"the table has {len(names)} lists, and {MOST_LISTS} is the most that is done here; join lists of one kind"
        )
    if strange := next((name for name in names if any(map(_steers, name))), None):
        raise UsageError(f"the name of a list holds a control character: {quote_text(strange)}")
    if not all(names) or len(set(names)) < len(names):
        raise UsageError(f"each list needs a name of its own (there are {', '.join(map(repr, names))})")


def all_patterns(lists: int) -> NDArray[np.bool_]:
    """The 2^t − 1 cells of t lists (cells × t), those of fewest lists first. Raises UsageError beyond `MOST_CELLS` lists."""
    if lists > MOST_CELLS:
        raise UsageError(
            f"{lists} lists make {2**lists - 1:,} cells, and all cells are gone through up to {MOST_CELLS} lists only; "
            "`independence`, `main-effects`, `chapman`, `chao`, `chao-mth` and `lcmcr` need the filled cells "
            "alone, or take fewer lists"
        )
    codes = np.arange(1, 1 << lists)
    bits = (codes[:, None] >> np.arange(lists - 1, -1, -1)) & 1
    order = np.lexsort((-codes, bits.sum(axis=1)))
    return bits[order].astype(np.bool_)


def add_row(table: dict[tuple[int, ...], int], row: tuple[int, ...], count: float, lists: int, where: str) -> None:
    """Put one row into a table in the making. Raises UsageError that says what is wrong and `where`."""
    if len(row) != lists or any(on not in (0, 1) for on in row):
        raise UsageError(f"{where}: a row says 0 or 1 for each of the {lists} lists")
    if count != count or count != int(count) or count < 0:
        raise UsageError(f"{where}: {count} is no count; a count is a whole number, 0 or more")
    if not any(row):
        raise UsageError(
            f"{where}: nobody can be counted who stands on no list; that number is what is asked for, so leave the row out"
        )
    if row in table:
        raise UsageError(f"{where}: the row {','.join(map(str, row))} stands twice; add up the two counts")
    table[row] = int(count)
