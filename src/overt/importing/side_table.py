"""A file that other rows look things up in."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from overt.importing.cells import Row
from overt.importing.problems import Problem


class SideTable:
    """Rows by the text of a key column. A row counts as imported once an imported row has asked for it."""

    def __init__(self, role: str, key: str) -> None:
        self.role = role
        self._key = key
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._asked: list[Row] = []
        self._used: dict[int, Row] = {}
        self._total = 0

    def add(self, row: Row) -> None:
        """Take in one row."""
        self._rows[row[self._key].text].append(row)
        self._total += 1

    def __getitem__(self, key: object) -> list[Row]:
        """All rows of a key, in file order; none where there are none."""
        found = self._rows.get(str(key), [])
        self._asked += found
        return found

    def __contains__(self, key: object) -> bool:
        return str(key) in self._rows

    def settle(self, *, imported: bool) -> None:
        """The asking row came to its end."""
        if imported:
            self._used |= {id(row): row for row in self._asked}
        self._asked = []

    def account(self) -> Counter[str]:
        """How many rows were imported, and how many nobody used."""
        return Counter(imported=len(self._used), unused=self._total - len(self._used))

    def problems(self) -> Iterator[tuple[Row, Problem]]:
        """Used rows with a column that nobody read."""
        for row in self._used.values():
            if left := next(row.leftovers(), None):
                yield row, left
