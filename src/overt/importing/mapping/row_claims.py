"""The statements of one row: claims about its records, each with the documents that the row cites."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.value_readers import Reading
from overt.importing.record_draft import RecordDraft


class Cited(NamedTuple):
    """A document that a row cites, and the cell with the place in the document. Each is None if the row lacks it."""

    document: RecordDraft | None
    place: Cell | None


class Statements:
    """States values of records, with a claim for each document that the row cites."""

    def __init__(self, cells: RowCells, cited: Sequence[Cited]) -> None:
        self._cells = cells
        self._cited = cited or (Cited(None, None),)

    @property
    def documents(self) -> list[RecordDraft | None]:
        """The documents that the row cites; a single None if it cites none."""
        return [cited.document for cited in self._cited]

    def add(
        self,
        draft: RecordDraft,
        name: str,
        reading: Reading,
        value: "RecordDraft | str | None" = None,
        *,
        original: str | None = None,
        rule: str | None = None,
        cited: bool = True,
    ) -> None:
        """State a reading, or another value that its cells support. Problems are collected in the row's cells.

        `original`: the source's words; None for those of the reading. `rule`: the rule by which the value is coded; None if it
        is stated. `cited`: whether to make a claim for each cited document; otherwise a single claim cites none.
        """
        for document, place in self._cited if cited else (Cited(None, None),):
            try:
                draft.add(
                    name,
                    reading.cell if value is None else value,
                    at=reading.at if place is None else [*reading.at, place],
                    lang=reading.lang,
                    unit=reading.unit,
                    original=reading.original if original is None else original,
                    valid_from=reading.valid_from,
                    valid_to=reading.valid_to,
                    document=document,
                    basis="stated" if rule is None else "coded",
                    rule=rule,
                )
            except Problem as problem:
                self._cells.add_problem(problem)
                return
