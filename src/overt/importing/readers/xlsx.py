"""XLSX (ECMA-376), read by openpyxl after a check of the archive's unpacked size."""

import datetime
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from overt.importing.cells import Cell, cell_text
from overt.importing.errors import FileProblem
from overt.importing.readers.cell_number_formats import add_currency, currency_of_format, date_text, precision_of_format
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.sheet_choice_and_missing_formula_values import MissingValues, choose_sheet
from overt.importing.readers.table_header_and_rows import Line, read_table
from overt.model.errors import quote_text
from overt.model.source import FileSpec

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
LAST_ROW = 1_048_576
"""The last row that the format allows."""


@contextmanager
def open_workbook(file: InputFile) -> Iterator[Workbook]:
    """Open a workbook. Raises FileProblem for a file that is not a readable XLSX workbook."""
    check_kind(file, "xlsx")
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
    """Yield the rows below the header of one sheet. Empty rows, and unnamed empty columns at the end, are skipped.

    Raises FileProblem for a broken file, and for one that differs from its description.
    """
    with open_workbook(file) as workbook:
        name = choose_sheet(file, spec.sheet, read_sheets(workbook))
        lines = read_lines(file, workbook, name, spec.header_rows[0])
        yield from read_table(file, spec, lines, place=f"sheet={name};", ragged=True)


def read_sheets(workbook: Workbook) -> list[tuple[str, bool]]:
    """Return the name of each worksheet, and whether it is visible. Sheets without cells, such as charts, are left out."""
    return [(sheet.title, sheet.sheet_state == "visible") for sheet in workbook.worksheets]


def merged_rows(workbook: Workbook, name: str) -> Iterator[tuple[int, int]]:
    """Yield the column and the first row of each cell that is merged with cells below it."""
    rest = b""
    sheet: Any = workbook[name]  # openpyxl doesn't read merged cells in read-only mode.
    with sheet._get_source() as source:
        while chunk := source.read(1 << 20):
            text = rest + chunk
            for match in _MERGED.finditer(text):
                (column, first), (_, last) = (coordinate_to_tuple(cell)[::-1] for cell in match[1].decode().split(":"))
                if last > first:
                    yield column, first
            rest = text[text.rfind(b"<") :]


def read_lines(file: InputFile, workbook: Workbook, name: str, first_row: int = 1) -> Iterator[Line]:
    """Yield the rows of a sheet that are not empty. The size that the sheet declares is ignored.

    `first_row`: the first row in which a formula must have a value. Raises FileProblem for a broken sheet, for rows beyond
    `LAST_ROW`, and for formulas without a value.
    """
    missing = MissingValues(file, name, first_row)
    number = 0
    try:
        for row, texts in _Parser(workbook, workbook[name], missing).lines():
            if row <= number:
                raise ValueError(f"row {row} comes after row {number}")
            if row > LAST_ROW:
                break
            number = row
            if texts and not missing:
                yield row, texts
        else:
            row = number
    except Exception as error:
        raise FileProblem(
            f"{file.name}: sheet={name};row={number + 1}: the sheet breaks off"
            f" ({type(error).__name__}: {quote_text(str(error))}); download the file again"
        ) from None
    if row > LAST_ROW:
        raise FileProblem(
            f"{file.name}: sheet {name!r} has rows beyond {LAST_ROW:,}, the last that the format allows; download the file again"
        )
    if missing:
        missing.refuse()


class _Parser(WorkSheetParser):
    """Parses only the cells of a sheet.

    openpyxl's own parser also reads print settings and the like, and fails or warns if they are unusual. It also drops a formula
    without a value, and reads all empty rows before a filled one.
    """

    def __init__(self, workbook: Any, sheet: Any, missing: MissingValues) -> None:
        self._open = sheet._get_source
        self._missing = missing
        self._day_styles = workbook._date_formats
        self._duration_styles = workbook._timedelta_formats
        self._number_formats = _NumberFormats(sheet)
        super().__init__(b"", sheet._shared_strings, data_only=True, epoch=workbook.epoch)

    def lines(self) -> Iterator[Line]:
        """Yield each row as a list of strings up to the last filled cell."""
        with self._open() as source:
            for _, element in iterparse(source):
                if element.tag == ROW_TAG:
                    number, cells = self.parse_row(element)
                    element.clear()
                    yield number, _texts(cells)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Return a cell, and note a formula without a value.

        A number in a date style becomes a date or duration, or `#VALUE!` if it is out of range. A date is as precise as its
        format shows it, and an amount has the currency of its format.
        """
        cell: dict[str, Any] = super().parse_cell(element)
        value, style = cell["value"], cell["style_id"]
        if value is None:
            if len(element) and element.get("t") != "str" and _lost_value(element):
                self._missing.add(cell["row"], cell["column"])
        elif style in self._day_styles and cell["data_type"] == "n":
            try:
                cell["value"] = from_excel(value, self.epoch, timedelta=style in self._duration_styles)
            except (OverflowError, ValueError):
                cell["value"] = "#VALUE!"
        elif cell["data_type"] == "n" and (currency := currency_of_format(self._number_formats[style])):
            cell["value"] = add_currency(cell_text(value), currency)
        if isinstance(cell["value"], datetime.date):
            precision = precision_of_format(self._number_formats[style])
            cell["value"] = cell["value"] if precision == "day" else date_text(cell["value"], precision)
        return cell


class _NumberFormats(dict[int, str]):
    """The code of the number format of each style of cells; empty for a style that the workbook doesn't define.

    In openpyxl's public interface, only a cell gives the format of its style, so a cell is made when a style first occurs.
    """

    def __init__(self, sheet: Any) -> None:
        super().__init__()
        self._sheet = sheet

    def __missing__(self, style: int) -> str:
        try:
            code = str(ReadOnlyCell(self._sheet, 1, 1, None, "n", style).number_format)
        except IndexError:
            code = ""
        self[style] = code
        return code


def _lost_value(element: Element) -> bool:
    return element.find(FORMULA_TAG) is not None and not element.findtext(VALUE_TAG)


def _texts(cells: list[dict[str, Any]]) -> list[str]:
    texts: list[str] = []
    for cell in cells:
        text = cell_text(cell["value"])
        if text.strip():
            if cell["column"] <= len(texts):
                raise ValueError(f"column {cell['column']} comes after column {len(texts)}")
            texts += [""] * (cell["column"] - 1 - len(texts))
            texts.append(text)
    return texts
