"""Columns in which no two rows may have the same value."""

from functools import partial

from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.row_cells import RowCells
from overt.model.errors import quote_text


class UniqueColumns:
    """The values of unique columns in the imported rows, each with its place."""

    def __init__(self, ctx: Context, role: str) -> None:
        self._texts = {column: ctx.unique_texts() for column in ctx.spec.mapping[role].unique}

    def check(self, cells: RowCells) -> None:
        """Collect a problem for each value that an earlier row has, and store the other values once the row is imported."""
        for column, texts in self._texts.items():
            cell = cells.get(column)
            if not cell:
                continue
            if place := texts.get(cell.text):
                message = f"duplicate {column} {quote_text(cell.text)}: it is already in {place}"
                cells.add_problem(Problem(message, cell.locator, value=cell.text))
            else:
                cells.row.when_imported(partial(texts.add, {cell.text: f"{cells.row.file} {cells.row.locator}"}))
