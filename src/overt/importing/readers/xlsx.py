"""XLSX (ECMA-376), read by openpyxl after a check of the archive's unpacked size."""

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from overt.archive import ArchiveError, check_zip_bomb
from overt.importing.cells import Cell, cell_text
from overt.importing.errors import FileProblem
from overt.importing.readers.csv import MAX_COLUMNS, check_header
from overt.importing.readers.input import InputFile
from overt.model.errors import quote_text
from overt.model.source import FileSpec

MAX_BYTES = 200_000_000
"""Maximum size of an unpacked workbook, in bytes."""
MAX_RATIO = 200
"""Maximum compression ratio of parts above a megabyte."""
MAX_PARTS = 5_000
LAST_ROW = 1_048_576
"""The last row that the format allows. To reach a row beyond it, the reader would have to go through all empty rows before it."""


def _check(file: InputFile) -> None:
    """Refuse a file that is not a workbook, or too large, before anything is unpacked."""
    with file.path.open("rb") as handle:
        start = handle.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise FileProblem(f"{file.name}: the file is empty; download it again")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a workbook; was the download refused? download it again")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(f"{file.name}: an old or encrypted workbook (.xls); open it and save it as .xlsx without a password")
    try:
        check_zip_bomb(file.path, MAX_BYTES, MAX_RATIO, MAX_PARTS)
    except ArchiveError as error:
        reason = str(error).removeprefix(f"{file.path}: ")
        if "bomb" not in reason:
            raise FileProblem(f"{file.name}: not an XLSX workbook, its zip archive cannot be read; download it again") from None
        raise FileProblem(f"{file.name}: {reason}; save the sheet as CSV if the file is good") from None


@contextmanager
def _open(file: InputFile) -> Iterator[Workbook]:
    _check(file)
    with file.path.open("rb") as handle:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns about styles and extensions, which are not data.
                workbook = openpyxl.load_workbook(handle, read_only=True, data_only=True)
        except Exception as error:  # openpyxl passes on all exceptions of its parsers.
            raise FileProblem(
                f"{file.name}: not an XLSX workbook that can be read ({type(error).__name__}); open it and save it again"
            ) from None
        try:
            yield workbook
        finally:
            workbook.close()


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows below the header of one sheet. Empty rows, and unnamed empty columns at the end, are skipped."""
    with _open(file) as workbook:
        if not workbook.sheetnames:
            raise FileProblem(f"{file.name}: the workbook has no sheet; open it and save it again")
        name = spec.sheet or workbook.sheetnames[0]
        if name not in workbook.sheetnames:
            raise FileProblem(
                f"{file.name}: there is no sheet {name!r} (it has {', '.join(map(repr, workbook.sheetnames[:6]))});"
                " `sheet:` of source.yml says which is read"
            )
        header: list[str] = []
        for number, values in enumerate(_rows(file, workbook, name), start=1):
            texts = [cell_text(value) for value in values]
            while texts and not texts[-1].strip():
                texts.pop()
            if number < spec.header or not texts:
                continue
            if not header:
                header = check_header(file, texts)
                continue
            if len(texts) > MAX_COLUMNS:
                raise FileProblem(f"{file.name}: row={number}: has {len(texts):,} cells (at most {MAX_COLUMNS:,})")
            columns = [*header, *(f"(column {index})" for index in range(len(header) + 1, len(texts) + 1))]
            texts += [""] * (len(columns) - len(texts))
            place = f"sheet={name};row={number}"
            yield (
                place,
                {
                    column: Cell(unicodedata.normalize("NFC", text).strip(), f"{place};col={column}", file.capture, text)
                    for column, text in zip(columns, texts, strict=True)
                },
            )
        if not header:
            raise FileProblem(f"{file.name}: sheet {name!r} is empty; download the file again")


def _rows(file: InputFile, workbook: Workbook, name: str) -> Iterator[tuple[Any, ...]]:
    """Yield all rows of a sheet, whatever size it declares. Raises FileProblem for a truncated workbook."""
    number = 0
    try:
        sheet: Any = workbook[name]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > LAST_ROW:
                break
            yield row
    except Exception as error:
        raise FileProblem(
            f"{file.name}: sheet={name};row={number + 1}: the sheet breaks off"
            f" ({type(error).__name__}: {quote_text(str(error))}); download the file again"
        ) from None
    if number > LAST_ROW:
        raise FileProblem(
            f"{file.name}: sheet {name!r} has rows beyond {LAST_ROW:,}, the last that the format allows; download the file again"
        )
