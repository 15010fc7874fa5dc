"""CSV (RFC 4180), read strictly and in bounded memory."""

import csv
import io
import unicodedata
from collections.abc import Iterator

from overt.importing.cells import Cell
from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.source import FileSpec

LONGEST_ROW = 4_000_000
"""Longest physical line, in characters; a longer one is not a table (a 2 GB line must not be read into memory)."""
csv.field_size_limit(LONGEST_ROW)


def _lines(file: InputFile, encoding: str) -> Iterator[str]:
    number = 0
    with file.path.open("rb") as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="strict", newline="")
        while True:
            try:
                line = text.readline(LONGEST_ROW)
            except UnicodeDecodeError as error:
                raise FileProblem(
                    f"{file.name}: line {number + 1}: not {encoding} text (byte {error.object[error.start]:#04x}); save it as {encoding}"
                ) from None
            if not line:
                return
            number += 1
            if len(line) >= LONGEST_ROW:
                raise FileProblem(f"{file.name}: line {number} is longer than {LONGEST_ROW:,} characters; this is not a table")
            if "\0" in line:
                raise FileProblem(f"{file.name}: line {number} holds a zero byte; this is not a text file")
            yield line


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Rows after the header; `row=1` is the header, as a spreadsheet numbers them. Wholly empty rows are passed over."""
    reader = csv.reader(_lines(file, spec.encoding), strict=True, delimiter=spec.delimiter)
    header: list[str] = []
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            if number < spec.header:
                continue
            if not header:
                header = check_header(file, [value.strip() for value in values])
            elif any(value.strip() for value in values):
                if len(values) != len(header):
                    raise FileProblem(
                        f"{file.name}: row {number} has {len(values)} cells, the header {len(header)}; is the file cut off or its quoting broken?"
                    )
                yield (
                    f"row={number}",
                    {
                        column: Cell(
                            unicodedata.normalize("NFC", value).strip(),
                            f"row={number};col={column}",
                            file.capture,
                            value,
                        )
                        for column, value in zip(header, values, strict=True)
                    },
                )
    except csv.Error as error:
        raise FileProblem(f"{file.name}: after row {number}: {error}; is the file cut off or its quoting broken?") from None
    if not header:
        raise FileProblem(f"{file.name}: the file is empty")


def check_header(file: InputFile, header: list[str]) -> list[str]:
    """The column names. Raises FileProblem when there are none, one stands twice, or it is the start of a web page."""
    if header and header[0].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a table; was the download refused?")
    if not any(header):
        raise FileProblem(f"{file.name}: the header row is empty")
    named = [column for column in header if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise FileProblem(f"{file.name}: column {twice[0]!r} stands twice")
    return [column or f"(column {number})" for number, column in enumerate(header, start=1)]
