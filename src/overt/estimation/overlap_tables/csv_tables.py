"""Overlap tables read from CSV, as spreadsheets, R and pandas write them."""

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from overt.estimation.overlap_tables.overlap_table import MOST_PEOPLE, Lists, add_row, check_names
from overt.model.errors import UsageError, format_count, quote_text

COUNT = "count"
"""Name of the column of counts."""
MOST_BYTES = 128 * 1024 * 1024
"""A table of 20 lists with every cell filled takes 50 MB."""
_LONGEST_HEADER = 64 * 1024
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks of spreadsheets begin: zip (xlsx, ods) and OLE (xls)."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How text in UTF-16 begins, as spreadsheets save "Unicode text"."""
_WHOLE = re.compile(r"([0-9]{1,16})(?:[.,]0{1,2})?")
"""A whole number. `40.0` is one; `40.000` may be forty or forty thousand."""
_VAST = re.compile(r"0*[1-9][0-9]{16,}(?:[.,]0{1,2})?")
"""A whole number far above `MOST_PEOPLE`."""
_ON = {"1": 1, "0": 0, "true": 1, "false": 0}


def read_lists(path: Path) -> Lists:
    """An overlap table: CSV in UTF-8, one column of 0/1 per list, and a column `count`, the last one or any other.

    Commas, semicolons, tabs or spaces, also as a first line `sep=;` says; a byte order mark, quotes, names of rows as R writes
    them, `40.0`, TRUE and FALSE, empty lines and columns at the end, and either line end are fine. A row that is not there counts
    nobody. Raises UsageError in one line that names file and line.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(
                f"{path}: is larger than {MOST_BYTES // 1024**2} MB; a table has one row for each combination of lists"
            )
        with path.open("rb") as begun:
            start = begun.read(4)
        if start in _BOOKS:
            raise UsageError(f"{path}: is a workbook of a spreadsheet, and no text; save the table there as CSV in UTF-8")
        if start[:2] in _WIDE:
            raise UsageError(f"{path}: is no text in UTF-8 but in UTF-16; save the table as CSV in UTF-8")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file, path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no text in UTF-8 (byte {error.start}); save the table as CSV in UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path}: is no CSV ({error}); a table has 0/1 columns and a last column `{COUNT}`") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error


def _read(file: TextIO, path: Path) -> Lists:
    first, line = file.readline(_LONGEST_HEADER), 1
    delimiter = None
    if told := re.fullmatch(r'"?sep=(.)"?\s*', first):  # spreadsheets say so what separates the columns
        delimiter = told[1]
        first, line = file.readline(_LONGEST_HEADER), 2
    if "\0" in first:
        raise UsageError(f"{path}: is no text; save the table as CSV in UTF-8")
    reader = csv.reader(
        itertools.chain([first], file), delimiter=delimiter or _delimiter(first), strict=True, skipinitialspace=True
    )
    if first.lstrip().startswith("#"):
        raise UsageError(f"{path}:{line}: begins with a comment (#), and a table has none; delete such lines")
    header = _trimmed(next(reader, []))
    if len(header) == 1 and "|" in first:
        raise UsageError(f"{path}:{line}: columns are separated by |, which is not read; use commas, or a first line sep=|")
    columns = _columns(header, f"{path}:{line}", quote_text(first.strip()))
    try:
        check_names(columns.names)
        rows = ((line - 1 + reader.line_num, _trimmed(row, columns.size)) for row in reader)
        return Lists.from_cells(columns.names, _table(rows, columns, path))
    except csv.Error as error:
        raise UsageError(f"{path}:{line - 1 + reader.line_num}: is no CSV ({error})") from error
    except UsageError as error:
        raise error if str(error).startswith(f"{path}:") else UsageError(f"{path}: {error}") from error


@dataclass(frozen=True)
class _Columns:
    """What the columns are: the lists' names, the place of the count, and whether the first column names the rows."""

    names: tuple[str, ...]
    count: int
    rows_named: bool
    size: int


def _columns(header: list[str], where: str, said: str) -> _Columns:
    places = [at for at, name in enumerate(header) if name.casefold() == COUNT]
    if not places or len(header) < 2:
        raise UsageError(f"{where}: the last column has to be `{COUNT}`, and no column is named so (the header is {said})")
    if len(places) > 1:
        raise UsageError(f"{where}: {len(places)} columns are named `{COUNT}`; one says how many, so rename the others")
    named = header[0] == ""
    names = tuple(name for at, name in enumerate(header) if at != places[0] and not (at == 0 and named))
    return _Columns(names, places[0], named, len(header))


def _table(rows: Iterator[tuple[int, list[str]]], columns: _Columns, path: Path) -> dict[tuple[int, ...], int]:
    table: dict[tuple[int, ...], int] = {}
    beside: int | None = None
    names: set[str] = set()
    for line, row in rows:
        where = f"{path}:{line}"
        if not any(row):
            continue
        if beside is None:  # R writes the names of rows without a name of their column
            beside = int(len(row) == columns.size + 1 and not columns.rows_named)
        if len(row) != columns.size + beside:
            raise UsageError(f"{where}: has {format_count(len(row), 'column')}, the header {columns.size}")
        if beside or columns.rows_named:
            names.add(row[0])
        cells = row[beside:]
        on = [cell for at, cell in enumerate(cells) if at != columns.count and not (at == 0 and columns.rows_named)]
        try:
            add_row(table, tuple(_on(cell, where) for cell in on), _count(cells[columns.count], where), len(columns.names), where)
        except UsageError as error:
            raise _unnamed(names, path) or error from error
    if unnamed := _unnamed(names, path):
        raise unnamed
    return table


def _unnamed(names: set[str], path: Path) -> UsageError | None:
    """What is wrong where what would be names of rows is 0 and 1: a list without a name."""
    if not names or not names <= {"0", "1"}:
        return None
    return UsageError(f"{path}: the first column holds 0 and 1 and has no name; each list needs a name of its own")


def _trimmed(row: list[str], size: int = 0) -> list[str]:
    """Cells without spaces around them, and without empty ones at the end, beyond `size`, which spreadsheets add."""
    cells = [cell.strip() for cell in row]
    while len(cells) > size and not cells[-1]:
        cells.pop()
    return cells


def _delimiter(header: str) -> str:
    most = max(",;\t", key=header.count)
    return most if most in header or " " not in header.strip() else " "


def _on(cell: str, where: str) -> int:
    whole = _WHOLE.fullmatch(cell)
    on = _ON.get(whole[1] if whole else cell.casefold())
    if on is None:
        raise UsageError(f"{where}: {quote_text(cell)} is neither 0 nor 1")
    return on


def _count(cell: str, where: str) -> int:
    if _VAST.fullmatch(cell):
        raise UsageError(f"{where}: {quote_text(cell)} is above {MOST_PEOPLE:,}, the most that is reckoned with")
    whole = _WHOLE.fullmatch(cell)
    if not whole:
        raise UsageError(f"{where}: {quote_text(cell)} is no count; a count is a whole number, 0 or more")
    return int(whole[1])
