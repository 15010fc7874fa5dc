"""Code shared by the readers of workbooks: the choice of a sheet, the letters of columns, and formulas without a value."""

from collections.abc import Sequence
from typing import NoReturn

from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile

_MAX_NAMED = 5
"""Maximum number of cells that a message lists. Messages about sheets list one more."""


class MissingValues:
    """Cells with a formula that was saved without its value. Programs that write workbooks without computing them save such
    cells.
    """

    def __init__(self, file: InputFile, sheet: str, first_row: int) -> None:
        self._file = file
        self._sheet = sheet
        self._first_row = first_row
        """The first row that is read. Formulas in titles above it don't matter."""
        self._cells: list[str] = []
        self._count = 0

    def add(self, row: int, column: int) -> None:
        """Add a cell by the numbers of its row and column."""
        if row < self._first_row:
            return
        self._count += 1
        if self._count <= _MAX_NAMED:
            self._cells.append(f"{column_letters(column)}{row}")

    def __bool__(self) -> bool:
        return bool(self._count)

    def refuse(self) -> NoReturn:
        """Raise FileProblem for the formulas without a stored value. The message names the first of their cells."""
        rest = f" and {self._count - len(self._cells):,} more" if self._count > len(self._cells) else ""
        raise FileProblem(
            f"{self._file.name}: sheet={self._sheet}: {', '.join(self._cells)}{rest}: a formula without a stored value; open the"
            " file in a spreadsheet program and save it, so that the values are stored"
        )


def column_letters(number: int) -> str:
    """Return the letters of a column by its number, from 1: A, B … Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def choose_sheet(file: InputFile, name: str | None, sheets: Sequence[tuple[str, bool]]) -> str:
    """Return the name of the sheet to read: `name` or, if it is None, the first visible sheet.

    `sheets`: the name of each sheet, and whether it is visible. If all are hidden, the first one is read. Raises FileProblem if
    there is no sheet, or none with this name.
    """
    if not sheets:
        raise FileProblem(f"{file.name}: the workbook has no sheet; open it and save it again")
    if name is None:
        return next((sheet for sheet, visible in sheets if visible), sheets[0][0])
    if name not in (sheet for sheet, _ in sheets):
        listed = ", ".join(f"{sheet!r}{'' if visible else ' (hidden)'}" for sheet, visible in sheets[: _MAX_NAMED + 1])
        raise FileProblem(f"{file.name}: there is no sheet {name!r} (it has {listed}); `sheet:` of source.yml says which is read")
    return name
