"""XLSX (ECMA-376) through openpyxl, after a look at what the archive would unpack to."""

import datetime
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from overt.importing.cells import Cell
from overt.importing.problems import FileProblem
from overt.importing.readers.csv import check_header
from overt.importing.readers.input import InputFile
from overt.model.source import FileSpec

LARGEST = 200_000_000
"""Largest workbook once unpacked, in bytes, and largest ratio of unpacked to packed for parts above a megabyte."""
LARGEST_RATIO = 200
MOST_COLUMNS = 2_000


def _check(file: InputFile) -> None:
    with file.path.open("rb") as handle:
        start = handle.read(512).lstrip().lower()
    if not start:
        raise FileProblem(f"{file.name}: the file is empty")
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a workbook; was the download refused?")
    try:
        with zipfile.ZipFile(file.path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise FileProblem(f"{file.name}: not an XLSX workbook (its zip archive cannot be read)") from None
    total = sum(part.file_size for part in parts)
    worst = max((part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > 1_000_000), default=0)
    if total > LARGEST or worst > LARGEST_RATIO or len(parts) > 5_000:
        raise FileProblem(
            f"{file.name}: would unpack to {total:,} bytes from {file.path.stat().st_size:,}; refused as a compressed bomb"
        )


def cell_text(value: Any) -> str:
    """A cell's value as text: whole numbers without `.0`, days in ISO order, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Rows below the header of one sheet; empty rows and unnamed trailing columns that hold nothing are passed over."""
    _check(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not data
            workbook = openpyxl.load_workbook(io.BytesIO(file.path.read_bytes()), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parser does on a broken workbook
        raise FileProblem(f"{file.name}: not an XLSX workbook that can be read ({type(error).__name__})") from None
    try:
        name = spec.sheet or workbook.sheetnames[0]
        if name not in workbook.sheetnames:
            raise FileProblem(f"{file.name}: there is no sheet {name!r} (it has {', '.join(map(repr, workbook.sheetnames[:6]))})")
        header: list[str] = []
        rows = workbook[name].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for number, values in enumerate(_guard(file, rows), start=1):
            texts = [cell_text(value) for value in values]
            if number < spec.header or not any(text.strip() for text in texts):
                continue
            if not header:
                while texts and not texts[-1].strip():
                    texts.pop()
                header = check_header(file, [text.strip() for text in texts])
                continue
            beyond = [f"(column {at})" for at in range(len(header) + 1, len(texts) + 1) if texts[at - 1].strip()]
            place = f"sheet={name};row={number}"
            yield (
                place,
                {
                    column: Cell(unicodedata.normalize("NFC", text).strip(), f"{place};col={column}", file.capture, text)
                    for column, text in [
                        *zip(header, texts + [""] * (len(header) - len(texts)), strict=False),
                        *((column, texts[int(column[8:-1]) - 1]) for column in beyond),
                    ]
                },
            )
        if not header:
            raise FileProblem(f"{file.name}: sheet {name!r} is empty")
    finally:
        workbook.close()


def _guard(file: InputFile, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Pass rows on; a workbook that breaks half-way is one clear problem."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise FileProblem(f"{file.name}: the sheet breaks off ({type(error).__name__}: {str(error)[:80]})") from None
        yield row
