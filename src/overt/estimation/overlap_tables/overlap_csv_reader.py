"""Reads overlap tables in CSV, as spreadsheets, R and pandas write them."""

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from overt.estimation.overlap_tables.overlap_table import MAX_PEOPLE, Cells, OverlapTable, add_cell, check_list_names
from overt.model.errors import UsageError, format_count, quote_text

COUNT = "count"
"""Name of the column of counts."""
MAX_BYTES = 128 * 1024 * 1024
"""Maximum size of a file. A table of 20 lists with every cell filled takes 50 MB."""
_MAX_HEADER_LENGTH = 64 * 1024
_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of spreadsheet workbooks: zip (xlsx, ods) and OLE (xls)."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, in which spreadsheets save "Unicode text"."""
_WHOLE_NUMBER = re.compile(r"([0-9]{1,16})(?:[.,]0{1,2})?")
"""Matches an integer of up to 16 digits, including forms such as `40.0`.

`40.000` does not match, because it may mean forty or forty thousand.
"""
_VAST_NUMBER = re.compile(r"0*[1-9][0-9]{16,}(?:[.,]0{1,2})?")
"""Matches an integer far above `MAX_PEOPLE`."""
_MEMBERSHIP = {"1": 1, "0": 0, "true": 1, "false": 0}


def read_overlap_table(path: Path) -> OverlapTable:
    """Read an overlap table from CSV in UTF-8: a column of 0 and 1 for each list, and a column `count`.

    Columns are separated by commas, semicolons, tabs or spaces, or by the character that a first line `sep=;` sets. Byte order
    marks, quotes, row names as R writes them, `40.0`, TRUE and FALSE, empty lines, empty columns at the end, and either line end
    are accepted. A missing row means that there is nobody in its cell.

    Raises UsageError for a file that can't be read, is larger than `MAX_BYTES` or isn't such a table, with a message that names
    the file and, where possible, the line.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(
                f"{path}: is larger than {MAX_BYTES // 1024**2} MB; a table has one row for each combination of lists"
            )
        with path.open("rb") as opened:
            start = opened.read(4)
        if start in _WORKBOOK_SIGNATURES:
            raise UsageError(f"{path}: is a spreadsheet workbook; save the table as CSV in UTF-8")
        if start[:2] in _UTF16_MARKS:
            raise UsageError(f"{path}: is UTF-16, not UTF-8; save the table as CSV in UTF-8")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file, path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 (byte {error.start}); save the table as CSV in UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path}: is not CSV ({error}); a table has 0/1 columns and a last column `{COUNT}`") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error


def _read(file: TextIO, path: Path) -> OverlapTable:
    first, line = file.readline(_MAX_HEADER_LENGTH), 1
    delimiter = None
    if separator := re.fullmatch(r'"?sep=(.)"?\s*', first):  # Spreadsheets declare the separator like this.
        delimiter = separator[1]
        first, line = file.readline(_MAX_HEADER_LENGTH), 2
    if "\0" in first:
        raise UsageError(f"{path}: is not text; save the table as CSV in UTF-8")
    reader = csv.reader(
        itertools.chain([first], file), delimiter=delimiter or _guess_delimiter(first), strict=True, skipinitialspace=True
    )
    if first.lstrip().startswith("#"):
        raise UsageError(f"{path}:{line}: begins with a comment (#); delete such lines")
    header = _trim(next(reader, []))
    if len(header) == 1 and "|" in first:
        raise UsageError(f"{path}:{line}: columns are separated by |; use commas, or a first line sep=|")
    columns = _parse_header(header, f"{path}:{line}", quote_text(first.strip()))
    try:
        check_list_names(columns.names)
        rows = ((line - 1 + reader.line_num, _trim(row, columns.size)) for row in reader)
        return OverlapTable.from_cells(columns.names, _parse_rows(rows, columns, path))
    except csv.Error as error:
        raise UsageError(f"{path}:{line - 1 + reader.line_num}: is not CSV ({error})") from error
    except UsageError as error:
        raise error if str(error).startswith(f"{path}:") else UsageError(f"{path}: {error}") from error


@dataclass(frozen=True)
class _Columns:
    """The columns of a file."""

    names: tuple[str, ...]
    """Names of the lists."""
    count: int
    """Position of the column of counts."""
    rows_named: bool
    """Whether the header begins with an empty cell, above a column of row names."""
    size: int


def _parse_header(header: list[str], where: str, quoted: str) -> _Columns:
    counts = [column for column, name in enumerate(header) if name.casefold() == COUNT]
    if not counts or len(header) < 2:
        raise UsageError(f"{where}: no column is named `{COUNT}`; it should be the last column (the header is {quoted})")
    if len(counts) > 1:
        raise UsageError(f"{where}: {len(counts)} columns are named `{COUNT}`; rename all but the one with the counts")
    rows_named = header[0] == ""
    names = tuple(name for column, name in enumerate(header) if column != counts[0] and not (column == 0 and rows_named))
    return _Columns(names, counts[0], rows_named, len(header))


def _parse_rows(rows: Iterator[tuple[int, list[str]]], columns: _Columns, path: Path) -> Cells:
    cells: Cells = {}
    extra: int | None = None
    row_names: set[str] = set()
    for line, row in rows:
        where = f"{path}:{line}"
        if not any(row):
            continue
        if extra is None:  # R writes row names in a column that has no header.
            extra = int(len(row) == columns.size + 1 and not columns.rows_named)
        if len(row) != columns.size + extra:
            raise UsageError(f"{where}: has {format_count(len(row), 'column')}, the header has {columns.size}")
        if extra or columns.rows_named:
            row_names.add(row[0])
        texts = row[extra:]
        on = [text for column, text in enumerate(texts) if column != columns.count and not (column == 0 and columns.rows_named)]
        try:
            membership = tuple(_parse_membership(text, where) for text in on)
            add_cell(cells, membership, _parse_count(texts[columns.count], where), len(columns.names), where)
        except UsageError as error:
            raise _unnamed_list(row_names, path) or error from error
    if unnamed := _unnamed_list(row_names, path):
        raise unnamed
    return cells


def _unnamed_list(row_names: set[str], path: Path) -> UsageError | None:
    """Return the error for a list without a name, whose 0 and 1 look like row names; None if there is no such list."""
    if not row_names or not row_names <= {"0", "1"}:
        return None
    return UsageError(f"{path}: the first column has 0 and 1 and no name; each list needs a name of its own")


def _trim(row: list[str], size: int = 0) -> list[str]:
    """Strip cells, and remove the empty cells beyond `size` that spreadsheets add at the end."""
    cells = [cell.strip() for cell in row]
    while len(cells) > size and not cells[-1]:
        cells.pop()
    return cells


def _guess_delimiter(header: str) -> str:
    most = max(",;\t", key=header.count)
    return most if most in header or " " not in header.strip() else " "


def _parse_membership(text: str, where: str) -> int:
    number = _WHOLE_NUMBER.fullmatch(text)
    on = _MEMBERSHIP.get(number[1] if number else text.casefold())
    if on is None:
        raise UsageError(f"{where}: {quote_text(text)} is neither 0 nor 1")
    return on


def _parse_count(text: str, where: str) -> int:
    if _VAST_NUMBER.fullmatch(text):
        raise UsageError(f"{where}: {quote_text(text)} is above {MAX_PEOPLE:,}, the most that Overt can estimate from")
    number = _WHOLE_NUMBER.fullmatch(text)
    if not number:
        raise UsageError(f"{where}: {quote_text(text)} is not a count; a count is a whole number, 0 or more")
    return int(number[1])
