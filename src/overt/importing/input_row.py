"""Rows of files, which track whether each of their cells was used."""

import difflib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import NoReturn, Protocol, Self

from overt.importing.cells import Cell, escape_pointer
from overt.importing.errors import FileProblem, OutOfScope, Problem
from overt.model.errors import ValueProblem, quote_text

OTHER_LAYOUT = "is this another edition of the file? use the one that `overt sources` lists, or a newer Overt"
"""Advice for users who did not write the importer."""
UNUSED = "is neither used nor ignored"
"""Part of the message about a column that nothing reads."""


class RowOwner(Protocol):
    """The import that a row belongs to. It records the row's outcome."""

    @property
    def editable(self) -> bool: ...  # noqa: D102
    def begin_row(self, row: "Row") -> None: ...  # noqa: D102
    def finish_row(self, row: "Row", outcome: Problem | OutOfScope | None) -> bool: ...  # noqa: D102


class Row:
    """A row of a table, an object of a JSON file, or a block of a text.

    Use it in a `with` block; its outcome is decided when the block ends.
    """

    def __init__(
        self, owner: RowOwner, cells: dict[str, Cell], locator: str, file: str, role: str, ignored: set[str], persons: set[str]
    ) -> None:
        self._owner = owner
        self._cells = {column: cell for column, cell in cells.items() if column not in persons}
        self._used: set[str] = set()
        self._ignored = ignored
        self._when_imported: list[Callable[[], object]] = []
        self.locator = locator
        self.file = file
        self.role = role

    def __getitem__(self, column: str) -> Cell:
        """Return the cell of a column, and count the column as used. Raises FileProblem if the file has no such column."""
        cell = self.get(column)
        if cell is None:
            unused = [name for name in self._cells if name not in self._used and name not in self._ignored]
            similar = difflib.get_close_matches(column, unused, n=1, cutoff=0.5)
            hint = f"is it now {similar[0]!r}?" if similar else f"it has {', '.join(map(repr, list(self._cells)[:6]))}, …"
            todo = "change importer.py if so" if self._owner.editable else OTHER_LAYOUT
            raise FileProblem(f"{self.file}: {self.locator}: column {column!r} is missing ({hint}); {todo}")
        return cell

    def get(self, column: str) -> Cell | None:
        """Return the cell of a column that some layouts lack, and count the column as used; None if it is missing."""
        self._used.add(column)
        return self._cells.get(column)

    def __contains__(self, column: str) -> bool:
        return column in self._cells

    def columns(self) -> list[str]:
        """Return all column names except those of columns about persons."""
        return list(self._cells)

    def when_imported(self, action: Callable[[], object]) -> None:
        """Run an action once the row is imported, so that a refused row has no effect on later rows."""
        self._when_imported.append(action)

    def ignore(self, *columns: str) -> None:
        """Ignore columns, or values inside them given by pointers (`/properties/color`), in this row."""
        self._ignored.update(columns)

    def out_of_scope(self, rule: str) -> NoReturn:
        """Leave the row out by a rule of `scope:` in source.yml. Raises OutOfScope, which ends the row's `with` block."""
        raise OutOfScope(rule)

    def problem(self, message: str, cell: Cell | None = None) -> NoReturn:
        """Refuse the row. `cell`: the wrong cell, if there is one. Raises Problem, which ends the row's `with` block."""
        raise Problem(message, cell.locator if cell else self.locator)

    def unused_values(self) -> list[Problem]:
        """Return a problem for each filled column, and each nested value of a used column, that was neither used nor ignored."""
        return list(self._unused())

    def _unused(self) -> Iterator[Problem]:
        for column, cell in self._cells.items():
            if column in self._ignored:
                continue
            if column not in self._used:
                if cell.raw.strip():
                    yield Problem(self._unused_message(f"column {quote_text(column)}"), self.locator, value=column)
            elif isinstance(cell.json, dict | list):
                for locator, pointer in cell.unread(f"/{escape_pointer(column)}", self._ignored):
                    yield Problem(self._unused_message(quote_text(pointer)), locator, value=pointer)

    def _unused_message(self, what: str) -> str:
        if self._owner.editable:
            return f"{what} {UNUSED}; read it in the mapping, or name it under `ignore:` of source.yml"
        return f"{what} {UNUSED} by this Overt; {OTHER_LAYOUT}"

    def __enter__(self) -> Self:
        self._owner.begin_row(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is None:
            unused = self.unused_values()
            for problem in unused[:1]:
                problem.more = unused[1:]
            if self._owner.finish_row(self, unused[0] if unused else None):
                for action in self._when_imported:
                    action()
            return False
        if isinstance(error, ValueProblem):
            error = Problem(str(error), self.locator)
        if isinstance(error, Problem | OutOfScope):
            self._owner.finish_row(self, error)
            return True
        return False
