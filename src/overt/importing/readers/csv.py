"""CSV (RFC 4180), read strictly and in bounded memory."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.errors import format_count, quote_text
from overt.model.source import FileSpec

MAX_ROW = 4_000_000
"""Maximum length of a row in characters, over all its lines, so that a line of 2 GB or an unclosed quote is not read into
memory.
"""
MAX_COLUMNS = 2_000
csv.field_size_limit(MAX_ROW)


class _Lines:
    """The physical lines of a text file, with a limit on the length of a row."""

    def __init__(self, file: InputFile, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._row_length = 0

    def end_row(self) -> None:
        """Start counting the length of the next row."""
        self._row_length = 0

    def __iter__(self) -> Iterator[str]:
        with self._file.path.open("rb") as binary:
            encoding = "utf-8-sig" if self._encoding == "utf-8" else self._encoding
            text = io.TextIOWrapper(binary, encoding=encoding, errors="strict", newline="")
            number = 0
            while line := self._read(text, number):
                number += 1
                self._row_length += len(line)
                if self._row_length >= MAX_ROW:
                    self._refuse(
                        number, f"the row is longer than {MAX_ROW:,} characters; is a quote left open, or is this not a table?"
                    )
                if "\0" in line:
                    self._refuse(number, f"has a zero byte, so it is not {self._encoding} text; save it as {self._encoding}")
                yield line

    def _read(self, text: io.TextIOWrapper, number: int) -> str:
        try:
            return text.readline(MAX_ROW)
        except UnicodeDecodeError as error:
            number += 1 + error.object[: error.start].count(b"\n")
            byte = error.object[error.start]
            self._refuse(number, f"not {self._encoding} text (byte {byte:#04x}); save it as {self._encoding}")

    def _refuse(self, number: int, reason: str) -> NoReturn:
        raise FileProblem(f"{self._file.name}: line {number}: {reason}") from None


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows below the header. Rows are numbered as in a spreadsheet, so the header is usually `row=1`. Empty rows are
    skipped.
    """
    lines = _Lines(file, spec.encoding)
    reader = csv.reader(iter(lines), strict=True, delimiter=spec.delimiter)
    header: list[str] = []
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            lines.end_row()
            if number < spec.header:
                continue
            if not header:
                header = check_header(file, values)
            elif any(value.strip() for value in values):
                if len(values) != len(header):
                    raise FileProblem(
                        f"{file.name}: row={number}: has {format_count(len(values), 'cell')}, the header {len(header)};"
                        " is the file cut off, or its quoting broken? download it again"
                    )
                yield f"row={number}", _cells(file, number, header, values)
    except csv.Error as error:
        raise FileProblem(
            f"{file.name}: row={number + 1}: {error}; is the file cut off, or its quoting broken? download it again"
        ) from None
    if not header:
        raise FileProblem(f"{file.name}: the file is empty; download it again")


def _cells(file: InputFile, number: int, header: list[str], values: list[str]) -> dict[str, Cell]:
    return {
        column: Cell(unicodedata.normalize("NFC", value).strip(), f"row={number};col={column}", file.capture, value)
        for column, value in zip(header, values, strict=True)
    }


def check_header(file: InputFile, cells: list[str]) -> list[str]:
    """Return the column names. Raises FileProblem if there are none, if two are equal, or if the file is a web page."""
    header = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
    if header and header[0].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a table; was the download refused? download it again")
    if not any(header):
        raise FileProblem(f"{file.name}: the header row is empty; `header:` of source.yml says which row has the column names")
    if len(header) > MAX_COLUMNS:
        raise FileProblem(f"{file.name}: has {len(header):,} columns (at most {MAX_COLUMNS:,}); is this the right file?")
    counts = Counter(column for column in header if column)
    if duplicates := [column for column, count in counts.items() if count > 1]:
        raise FileProblem(f"{file.name}: there are two columns {quote_text(duplicates[0])}; rename one of them")
    return [column or f"(column {number})" for number, column in enumerate(header, start=1)]
