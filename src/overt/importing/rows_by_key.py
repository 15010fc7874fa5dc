"""A table whose rows an importer looks up by a key while it reads the rows of another file."""

from collections import defaultdict

from overt.importing.input_row import Row
from overt.importing.snapshot_report import Report


class LookupTable:
    """Rows by the value of a key column. A row counts as imported once an imported row has looked it up."""

    def __init__(self, role: str, key: str) -> None:
        self.role = role
        self._key = key
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._pending: list[Row] = []
        self._used: dict[int, Row] = {}
        self._total = 0

    def add(self, row: Row) -> None:
        """Add a row to the table, under the value in its key column."""
        self._rows[row[self._key].text].append(row)
        self._total += 1

    def __getitem__(self, key: object) -> list[Row]:
        """Return all rows with a key, in file order, and record that they were looked up. The list can be empty."""
        rows = self._rows.get(str(key), [])
        self._pending += rows
        return rows

    def __contains__(self, key: object) -> bool:
        return str(key) in self._rows

    def finish_row(self, *, imported: bool) -> None:
        """Record whether the row that did the lookups was imported."""
        if imported:
            self._used |= {id(row): row for row in self._pending}
        self._pending = []

    def add_to_report(self, report: Report) -> None:
        """Account for all rows. Rows that no imported row looked up are out of scope. Others with unread values are problems."""
        unused = self._total - len(self._used)
        report.rows_by_role[self.role] += self._total
        report.imported += len(self._used)
        if unused:
            report.out_of_scope["side-table-unused"] += unused
        for row in self._used.values():
            if problem := next(iter(row.unused_values()), None):
                report.add_problem(row.file, problem.locator, problem)
                report.imported -= 1
