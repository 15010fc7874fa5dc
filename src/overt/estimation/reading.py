"""Overlap tables read from CSV."""

import csv
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from overt.estimation.lists import Lists, add_row, check_names
from overt.model.errors import UsageError, counted, shown

if TYPE_CHECKING:
    from _csv import Reader as _Reader

COUNT = "count"
"""Name of the last column."""
MOST_BYTES = 128 * 1024 * 1024
"""A table of 20 lists with every cell filled takes 50 MB."""
_LONGEST_HEADER = 64 * 1024


def read_lists(path: Path) -> Lists:
    """An overlap table: CSV in UTF-8, one column of 0/1 per list, and a last column `count`.

    Commas, semicolons or tabs; a byte order mark, quotes and either line end are fine. A row that is not there counts nobody.
    Raises UsageError in one line that names file and line.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(
                f"{path}: is larger than {MOST_BYTES // 1024**2} MB; a table has one row for each combination of lists"
            )
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file, path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no text in UTF-8 (byte {error.start}); save the table as CSV in UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV ({error}); a table has 0/1 columns and a last column `{COUNT}`") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error


def _read(file: TextIO, path: Path) -> Lists:
    first = file.readline(_LONGEST_HEADER)
    if "\0" in first:
        raise UsageError(f"{path}: is no text; save the table as CSV in UTF-8")
    reader = csv.reader(itertools.chain([first], file), delimiter=_delimiter(first), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if header[-1:] != [COUNT] or len(header) < 2:
        raise UsageError(f"{path}:1: the last column has to be `{COUNT}` (the header is {shown(first.strip())})")
    names = tuple(header[:-1])
    try:
        check_names(names)
        return Lists.from_cells(names, _table(reader, names, path))
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: is no CSV ({error})") from error
    except UsageError as error:
        raise error if str(error).startswith(f"{path}:") else UsageError(f"{path}: {error}") from error


def _table(reader: "_Reader", names: tuple[str, ...], path: Path) -> dict[tuple[int, ...], int]:
    table: dict[tuple[int, ...], int] = {}
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if len(row) not in (0, len(names) + 1):
            raise UsageError(f"{where}: has {counted(len(row), 'column')}, the header {len(names) + 1}")
        if row:
            cells = [cell.strip() for cell in row]
            add_row(table, tuple(_on(cell, where) for cell in cells[:-1]), _count(cells[-1], where), len(names), where)
    return table


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _on(cell: str, where: str) -> int:
    if cell not in ("0", "1"):
        raise UsageError(f"{where}: {shown(cell)} is neither 0 nor 1")
    return int(cell)


def _count(cell: str, where: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 15):
        raise UsageError(f"{where}: {shown(cell)} is no count; a count is a whole number, 0 or more")
    return int(cell)
