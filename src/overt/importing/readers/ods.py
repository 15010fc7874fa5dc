"""OpenDocument spreadsheets (ISO 26300), read row by row from the stream of `content.xml`."""

import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.ods_cells import CELLS, COLUMNS_REPEATED, TABLE, cell_text, has_lost_value
from overt.importing.readers.sheet_choice_and_missing_formula_values import MissingValues, choose_sheet
from overt.importing.readers.table_header_and_rows import MAX_COLUMNS, Line, read_table
from overt.model.source import FileSpec

LAST_ROW = 1_048_576
"""The last row that spreadsheet programs allow."""
MAX_REPEATED_CELLS = 5_000_000
"""Maximum number of cells that repeated rows add. A few bytes can repeat a row a million times."""
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SHEET, _ROW, _SHAPES = f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}shapes"
_ROWS_REPEATED = f"{TABLE}number-rows-repeated"


class _Sheet(NamedTuple):
    """Marks the start of a sheet in the stream of rows."""

    name: str
    visible: bool


class _Row(NamedTuple):
    """A row element, and the number of successive rows that it stands for."""

    repeated: int
    element: Element


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows below the header of one sheet. Empty rows, and unnamed empty columns at the end, are skipped.

    Raises FileProblem for a broken file, and for one that differs from its description.
    """
    name, lines = open_sheet(file, spec.sheet, spec.header_rows[0])
    yield from read_table(file, spec, lines, place=f"sheet={name};", ragged=True)


def read_sheets(file: InputFile) -> list[tuple[str, bool]]:
    """Return the name of each sheet, and whether it is visible. Raises FileProblem for a broken file."""
    return [(part.name, part.visible) for part in _parts(file) if isinstance(part, _Sheet)]


def open_sheet(file: InputFile, name: str | None, first_row: int = 1) -> tuple[str, Iterator[Line]]:
    """Return the chosen sheet's name, and its non-empty rows. Raises FileProblem for an unknown sheet or a broken file.

    `name`: None for the first visible sheet, or the first sheet if all are hidden. `first_row`: the first row in which a formula
    must have a value. Reading the rows also raises FileProblem for formulas without a value, for cells that cannot be read, and
    for too many rows or cells.
    """
    parts, sheets = _parts(file), list[tuple[str, bool]]()
    for part in parts:
        if isinstance(part, _Sheet):
            if part.name == name or (name is None and part.visible):
                return part.name, _read_lines(file, part.name, parts, MissingValues(file, part.name, first_row))
            sheets.append((part.name, part.visible))
    return open_sheet(file, choose_sheet(file, name, sheets), first_row)  # All sheets are hidden.


def _read_lines(file: InputFile, sheet: str, parts: Iterator[_Sheet | _Row], missing: MissingValues) -> Iterator[Line]:
    number = repeated_cells = 0
    for part in parts:
        if isinstance(part, _Sheet):
            break
        try:
            texts = _texts(file, sheet, number + 1, part.element, missing)
        except (ValueError, RecursionError) as error:
            raise FileProblem(
                f"{file.name}: sheet={sheet};row={number + 1}: a cell cannot be read ({type(error).__name__}); open the file and"
                " save it again"
            ) from None
        if texts and number + part.repeated > LAST_ROW:
            raise FileProblem(
                f"{file.name}: sheet {sheet!r} has rows beyond {LAST_ROW:,}, the last that the format allows;"
                " download the file again"
            )
        repeated_cells += len(texts) * (part.repeated - 1)
        if repeated_cells > MAX_REPEATED_CELLS:
            raise FileProblem(
                f"{file.name}: sheet {sheet!r} repeats more than {MAX_REPEATED_CELLS:,} cells; refused as a decompression bomb;"
                " save the sheet as CSV if the file is good"
            )
        for offset in range(part.repeated if texts and not missing else 0):
            yield number + offset + 1, list(texts)
        number += part.repeated
    if missing:
        missing.refuse()


def _texts(file: InputFile, sheet: str, number: int, row: Element, missing: MissingValues) -> list[str]:
    """Return the texts of a row's cells up to the last filled one, and note in `missing` which values the file lacks.

    Raises FileProblem for more than `MAX_COLUMNS` cells, and ValueError for a cell that can't be read.
    """
    texts: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        repeated = _repetition(cell.get(COLUMNS_REPEATED))
        text = cell_text(cell)
        if has_lost_value(cell):
            missing.add(number, len(texts) + empty + 1)
        if not text.strip():
            empty += repeated
            continue
        if len(texts) + empty + repeated > MAX_COLUMNS:
            raise FileProblem(
                f"{file.name}: sheet={sheet};row={number}: has {len(texts) + empty + repeated:,} cells (at most {MAX_COLUMNS:,})"
            )
        texts += [""] * empty + [text] * repeated
        empty = 0
    return texts


def _repetition(text: str | None) -> int:
    return max(int(text), 1) if text else 1


def _parts(file: InputFile) -> Iterator[_Sheet | _Row]:
    """Yield the sheets and their rows in order. Raises FileProblem for a broken file."""
    check_kind(file, "ods")
    path: list[Element] = []
    hidden: set[str] = set()
    sheets = shapes = 0
    try:
        with zipfile.ZipFile(file.path) as archive, archive.open("content.xml") as stream:
            events: Any = iterparse(stream, events=("start", "end"), forbid_dtd=True)
            for event, element in events:
                if event == "start":
                    path.append(element)
                    sheets += element.tag == _SHEET
                    shapes += element.tag == _SHAPES
                    if element.tag == _SHEET and sheets == 1 and not shapes:
                        yield _Sheet(element.get(f"{TABLE}name", ""), element.get(f"{TABLE}style-name") not in hidden)
                    continue
                path.pop()
                sheets -= element.tag == _SHEET
                shapes -= element.tag == _SHAPES
                if element.tag == f"{_STYLE}table-properties" and element.get(f"{TABLE}display") == "false":
                    hidden.add(path[-1].get(f"{_STYLE}name", ""))
                elif element.tag == _ROW and sheets == 1 and not shapes:
                    yield _Row(_repetition(element.get(_ROWS_REPEATED)), element)
                    del path[-1][:]  # Rows that have been read are not kept in memory.
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as error:
        raise FileProblem(
            f"{file.name}: not an OpenDocument spreadsheet that can be read ({type(error).__name__}); open it and save it again"
        ) from None
