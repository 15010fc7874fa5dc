"""XLSX (ECMA-376) through openpyxl, after a look at what the archive would unpack to."""

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from overt.archive import ArchiveError, check_zip_bomb
from overt.importing.cells import Cell, cell_text
from overt.importing.problems import FileProblem
from overt.importing.readers.csv import MOST_COLUMNS, check_header
from overt.importing.readers.input import InputFile
from overt.model.errors import quote_text
from overt.model.source import FileSpec

LARGEST = 200_000_000
"""Largest workbook once unpacked, in bytes, and largest ratio of unpacked to packed for parts above a megabyte."""
LARGEST_RATIO = 200
MOST_PARTS = 5_000
LAST_ROW = 1_048_576
"""The last row that the format allows; a row numbered beyond it would be reached over a sea of empty ones."""


def _check(file: InputFile) -> None:
    """Refuse what is not a workbook, or would be too large a one, before anything of it is unpacked."""
    with file.path.open("rb") as handle:
        start = handle.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise FileProblem(f"{file.name}: the file is empty; get it again")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a workbook; was the download refused? get it again")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(f"{file.name}: an old or encrypted workbook (.xls); open it and save it as .xlsx without a password")
    try:
        check_zip_bomb(file.path, LARGEST, LARGEST_RATIO, MOST_PARTS)
    except ArchiveError as error:
        reason = str(error).removeprefix(f"{file.path}: ")
        if "bomb" not in reason:
            raise FileProblem(f"{file.name}: not an XLSX workbook, its zip archive cannot be read; get it again") from None
        raise FileProblem(f"{file.name}: {reason}; save the sheet as CSV if the file is good") from None


@contextmanager
def _open(file: InputFile) -> Iterator[Workbook]:
    _check(file)
    with file.path.open("rb") as handle:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not data
                workbook = openpyxl.load_workbook(handle, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises whatever its parser does on a broken workbook
            raise FileProblem(
                f"{file.name}: not an XLSX workbook that can be read ({type(error).__name__}); open it and save it again"
            ) from None
        try:
            yield workbook
        finally:
            workbook.close()


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Rows below the header of one sheet; empty rows and unnamed trailing columns that hold nothing are passed over."""
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
            if len(texts) > MOST_COLUMNS:
                raise FileProblem(f"{file.name}: row={number}: has {len(texts):,} cells (at most {MOST_COLUMNS:,})")
            columns = [*header, *(f"(column {at})" for at in range(len(header) + 1, len(texts) + 1))]
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
            raise FileProblem(f"{file.name}: sheet {name!r} is empty; get the file again")


def _rows(file: InputFile, workbook: Workbook, name: str) -> Iterator[tuple[Any, ...]]:
    """All rows of a sheet, whatever size it declares; a workbook that breaks half-way is one clear problem."""
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
            f" ({type(error).__name__}: {quote_text(str(error))}); get the file again"
        ) from None
    if number > LAST_ROW:
        raise FileProblem(f"{file.name}: sheet {name!r} has rows beyond {LAST_ROW:,}, which no workbook may; get the file again")
