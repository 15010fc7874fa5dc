"""CSV (RFC 4180), read strictly and in bounded memory."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

from overt.importing.cells import Cell
from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.errors import format_count, quote_text
from overt.model.source import FileSpec

LONGEST_ROW = 4_000_000
"""Longest row, in characters, over all of its lines: a line of 2 GB, or a quote that never closes, is not read into memory."""
MOST_COLUMNS = 2_000
csv.field_size_limit(LONGEST_ROW)


class _Lines:
    """The physical lines of a text file, with a bound on the length of a row."""

    def __init__(self, file: InputFile, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._taken = 0

    def row_ends(self) -> None:
        """The lines given so far were a whole row."""
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        with self._file.path.open("rb") as binary:
            encoding = "utf-8-sig" if self._encoding == "utf-8" else self._encoding
            text = io.TextIOWrapper(binary, encoding=encoding, errors="strict", newline="")
            number = 0
            while line := self._read(text, number):
                number += 1
                self._taken += len(line)
                if self._taken >= LONGEST_ROW:
                    self._refuse(
                        number, f"the row is longer than {LONGEST_ROW:,} characters; is a quote left open, or is this no table?"
                    )
                if "\0" in line:
                    self._refuse(number, f"holds a zero byte, so it is not {self._encoding} text; save it as {self._encoding}")
                yield line

    def _read(self, text: io.TextIOWrapper, number: int) -> str:
        try:
            return text.readline(LONGEST_ROW)
        except UnicodeDecodeError as error:
            number += 1 + error.object[: error.start].count(b"\n")
            wrong = error.object[error.start]
            self._refuse(number, f"not {self._encoding} text (byte {wrong:#04x}); save it as {self._encoding}")

    def _refuse(self, number: int, why: str) -> NoReturn:
        raise FileProblem(f"{self._file.name}: line {number}: {why}") from None


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Rows after the header; `row=1` is the header, as a spreadsheet numbers them. Wholly empty rows are passed over."""
    lines = _Lines(file, spec.encoding)
    reader = csv.reader(iter(lines), strict=True, delimiter=spec.delimiter)
    header: list[str] = []
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            lines.row_ends()
            if number < spec.header:
                continue
            if not header:
                header = check_header(file, values)
            elif any(value.strip() for value in values):
                if len(values) != len(header):
                    raise FileProblem(
                        f"{file.name}: row={number}: has {format_count(len(values), 'cell')}, the header {len(header)};"
                        " is the file cut off, or its quoting broken? get it again"
                    )
                yield f"row={number}", _cells(file, number, header, values)
    except csv.Error as error:
        raise FileProblem(
            f"{file.name}: row={number + 1}: {error}; is the file cut off, or its quoting broken? get it again"
        ) from None
    if not header:
        raise FileProblem(f"{file.name}: the file is empty; get it again")


def _cells(file: InputFile, number: int, header: list[str], values: list[str]) -> dict[str, Cell]:
    return {
        column: Cell(unicodedata.normalize("NFC", value).strip(), f"row={number};col={column}", file.capture, value)
        for column, value in zip(header, values, strict=True)
    }


def check_header(file: InputFile, cells: list[str]) -> list[str]:
    """The column names. Raises FileProblem when there are none, one stands twice, or it is the start of a web page."""
    header = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
    if header and header[0].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a table; was the download refused? get it again")
    if not any(header):
        raise FileProblem(f"{file.name}: the header row is empty; `header:` of source.yml says which row holds the column names")
    if len(header) > MOST_COLUMNS:
        raise FileProblem(f"{file.name}: has {len(header):,} columns (at most {MOST_COLUMNS:,}); is this the right file?")
    named = Counter(column for column in header if column)
    if twice := [column for column, times in named.items() if times > 1]:
        raise FileProblem(f"{file.name}: column {quote_text(twice[0])} stands twice; which one is meant? rename the other")
    return [column or f"(column {number})" for number, column in enumerate(header, start=1)]
