"""The cells of a row as a mapping reads them, and the problems found in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NoReturn

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.input_row import Row


class RowCells:
    """The cells of a row. Problems are collected until all values are read."""

    def __init__(self, row: Row, is_json: bool, other_names: Mapping[str, Sequence[str]]) -> None:
        """`other_names`: columns and the names that they have in other editions of the file."""
        self.row = row
        self.problems: list[Problem] = []
        self._is_json = is_json
        self._other_names = other_names
        self._replaced: dict[str, Cell] = {}

    def replace(self, cells: dict[str, Cell]) -> None:
        """Replace the row's cells in these columns, for one record of `each:` or `per_column:`. `{}` restores them."""
        self._replaced = cells

    def get(self, column: str) -> Cell:
        """Return the first cell of a column; an empty one if the row has none."""
        for cell in self.all(column):
            return cell
        return self._empty(column)

    def all(self, column: str) -> Iterable[Cell]:
        """Return the cells of a column: a single cell or, in JSON, the cells that a pointer with `*` reaches."""
        if (cell := self._replaced.get(column)) is not None:
            return (cell,)
        if column in self._other_names:
            return self._under_any((column, *self._other_names[column]))
        return self._under(column)

    def _under_any(self, names: Sequence[str]) -> Sequence[Cell]:
        """Return the cells under the first of these names that has a non-empty cell.

        If all cells are empty, return those under the first name that the row has.
        """
        cells_of_names = [list(self._under(name)) for name in names]
        filled = (cells for cells in cells_of_names if any(cells))
        return next(filled, None) or next(filter(None, cells_of_names), ())

    def _under(self, column: str) -> Iterable[Cell]:
        """Return the cells of a column by its name in the file.

        JSON cells are read only when the caller gets to them, because values that nothing reads are problems.
        """
        if self._is_json and column.startswith("/"):
            name, *steps = (step.replace("~1", "/").replace("~0", "~") for step in column[1:].split("/"))
            top = self.row.get(name)
            return () if top is None else _descend(top, steps)
        cell = self.row.get(column)
        return () if cell is None else (cell,)

    def _empty(self, column: str) -> Cell:
        return Cell("", f"{self.row.locator};col={column}", "", "")

    def add_problem(self, problem: Problem) -> None:
        """Collect a problem. The row is refused after all of its values have been read."""
        self.problems.append(problem)

    def refuse(self) -> NoReturn:
        """Raise a Problem that contains all problems found in the row. There must be at least one."""
        first, *more = list({(problem.locator, str(problem)): problem for problem in self.problems}.values())
        first.more = more
        raise first


def _descend(cell: Cell, steps: list[str]) -> Iterator[Cell]:
    if not steps:
        yield cell
    elif steps[0] == "*":
        for item in cell.cells():
            yield from _descend(item, steps[1:])
    else:
        yield from _descend(cell.child(steps[0]), steps[1:])
