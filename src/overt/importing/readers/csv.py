"""CSV (RFC 4180), read strictly and in bounded memory."""

import csv
import io
from collections.abc import Iterator
from typing import NoReturn

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.file_kinds import check_kind
from overt.importing.readers.input import InputFile
from overt.importing.readers.table import Line, read_table
from overt.model.source import FileSpec

MAX_ROW = 4_000_000
"""Maximum length of a row in characters, over all its lines, so that a line of 2 GB or an unclosed quote is not read into
memory.
"""
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
    return read_table(file, spec, read_lines(file, spec))


def read_lines(file: InputFile, spec: FileSpec) -> Iterator[Line]:
    """Yield all rows as texts, numbered from 1. Raises FileProblem."""
    check_kind(file, "csv")
    lines = _Lines(file, spec.encoding)
    number = 0
    try:
        for number, values in enumerate(csv.reader(iter(lines), strict=True, delimiter=spec.delimiter), start=1):
            lines.end_row()
            yield number, values
    except csv.Error as error:
        raise FileProblem(
            f"{file.name}: row={number + 1}: {error}; is the file cut off, or its quoting broken? download it again"
        ) from None
