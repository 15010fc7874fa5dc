"""CSV (RFC 4180), read strictly and in bounded memory."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NoReturn

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.encoding_and_delimiter import (
    SAMPLE_BYTES,
    encoding_advice,
    guess_delimiter,
    is_mistaken_utf8,
    quote_delimiter,
)
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.table_header_and_rows import Line, read_table
from overt.model.source import FileSpec

MAX_ROW = 4_000_000
"""Maximum length of a row in characters, over all its lines. It keeps a line of 2 GB or an unclosed quote from being read into
memory.
"""
csv.field_size_limit(MAX_ROW)


class _Lines:
    """The physical lines of a text file, with a limit on the length of a row."""

    def __init__(self, file: InputFile, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._row_length = 0
        self.last = ""
        """The last line that was read."""

    def end_row(self) -> None:
        """Start counting the length of the next row."""
        self._row_length = 0

    def __iter__(self) -> Iterator[str]:
        with self._file.path.open("rb") as binary:
            sample = binary.read(SAMPLE_BYTES)
            if is_mistaken_utf8(sample, self._encoding):
                self._refuse(1, f"not {self._encoding} text; {encoding_advice(sample, self._encoding)}")
            binary.seek(0)
            encoding = "utf-8-sig" if codecs.lookup(self._encoding).name == "utf-8" else self._encoding
            text = io.TextIOWrapper(binary, encoding=encoding, errors="strict", newline="")
            number = 0
            while line := self._read(text, number):
                number += 1
                line = line.removeprefix("\ufeff") if number == 1 else line
                self.last = line
                self._row_length += len(line)
                if self._row_length >= MAX_ROW:
                    self._refuse(
                        number, f"the row is longer than {MAX_ROW:,} characters; is a quote left open, or is this not a table?"
                    )
                if "\0" in line:
                    self._refuse(
                        number,
                        f"has a zero byte, so it is not {self._encoding} text; {encoding_advice(sample, self._encoding)}",
                    )
                yield line

    def _read(self, text: io.TextIOWrapper, number: int) -> str:
        try:
            return text.readline(MAX_ROW)
        except UnicodeDecodeError as error:
            number += 1 + error.object[: error.start].count(b"\n")
            byte = error.object[error.start]
            advice = encoding_advice(error.object, self._encoding)
            self._refuse(number, f"not {self._encoding} text (byte {byte:#04x}); {advice}")
        except UnicodeError:  # The UTF-16 codec raises it for a file without a byte order mark.
            with self._file.path.open("rb") as binary:
                sample = binary.read(SAMPLE_BYTES)
            self._refuse(1, f"not {self._encoding} text; {encoding_advice(sample, self._encoding)}")

    def _refuse(self, number: int, reason: str) -> NoReturn:
        raise FileProblem(f"{self._file.name}: line {number}: {reason}") from None


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows below the header. Rows are numbered as in a spreadsheet, so the header is usually `row=1`. Empty rows are
    skipped. Raises FileProblem for a file that differs from its description.
    """
    return read_table(file, spec, _check_delimiter(file, spec, read_lines(file, spec)))


def read_lines(file: InputFile, spec: FileSpec) -> Iterator[Line]:
    """Yield all rows as lists of strings, numbered from 1. Raises FileProblem for a file that is not valid CSV."""
    check_kind(file, "csv")
    lines = _Lines(file, spec.encoding)
    number = 0
    try:
        for number, values in enumerate(csv.reader(iter(lines), strict=True, delimiter=spec.delimiter), start=1):
            lines.end_row()
            yield number, values
    except csv.Error as error:
        delimiter = guess_delimiter(lines.last)
        if number < spec.header_rows[-1] and delimiter not in (None, spec.delimiter):
            raise FileProblem(_wrong_delimiter(file, delimiter)) from None
        raise FileProblem(
            f"{file.name}: row={number + 1}: {error}; is the file cut off, or its quoting broken? download it again"
        ) from None


def split_lines(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """Return the cells of the first lines of a file, up to an error in its quoting."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter))
    return rows


def _check_delimiter(file: InputFile, spec: FileSpec, lines: Iterator[Line]) -> Iterator[Line]:
    """Yield the lines unchanged.

    Raises FileProblem if the header is a single cell and, like the row below it, contains another delimiter.
    """
    other = None
    for number, texts in lines:
        if number == spec.header_rows[-1] and len(texts) == 1:
            other = guess_delimiter(texts[0])
        elif other and number > spec.header_rows[-1]:
            if any(other in text for text in texts):
                raise FileProblem(_wrong_delimiter(file, other))
            other = None
        yield number, texts


def _wrong_delimiter(file: InputFile, delimiter: str) -> str:
    return f"{file.name}: the column names are all in one cell; is {quote_delimiter(delimiter)} missing in source.yml?"
