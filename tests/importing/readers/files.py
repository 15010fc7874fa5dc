"""Files for tests of readers, and the content that is read from them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from overt.importing.cells import Cell
from overt.importing.readers import read_places, read_rows
from overt.importing.readers.input_file import InputFile
from overt.model.source import FileSpec

Sheets = Mapping[str, Sequence[Sequence[Any]]]
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
    ' manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def save(folder: Path, name: str, data: bytes | str) -> InputFile:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return InputFile("table", name, "c" * 64, path)


def spec(format_: str, **options: Any) -> FileSpec:
    return FileSpec(patterns=["*"], format=format_, **options)  # type: ignore[arg-type]


def rows(file: InputFile, spec: FileSpec) -> list[dict[str, str]]:
    """Return a file's rows as strings. Every cell's place must lead back to the cell's text."""
    read = [cells for _, cells in read_rows(file, spec)]
    cells: list[Cell] = [cell for row in read for cell in row.values()]
    places = read_places(file, spec, {cell.locator for cell in cells})
    assert [places[cell.locator] for cell in cells] == [cell.raw for cell in cells]
    return [{column: cell.text for column, cell in row.items()} for row in read]


def workbook(sheets: Sheets, change: Callable[[openpyxl.Workbook], object] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(tables: Mapping[str, str], *, hidden: Sequence[str] = (), parts: Mapping[str, str] | None = None) -> bytes:
    """Return an OpenDocument spreadsheet. `tables`: XML by name; `hidden`: names of hidden tables; `parts`: further files."""
    styles = (
        '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="on" style:family="table"><style:table-properties table:display="true"/></style:style>'
    )
    body = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{"off" if name in hidden else "on"}">{xml}</table:table>'
        for name, xml in tables.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} {CALCEXT}><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return the XML of a row. A cell that is not XML yet becomes text. `repeated`: how often the row occurs."""
    body = "".join(cell if cell.startswith("<") else ods_text(cell) for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{body}</table:table-row>'


def ods_text(text: str, attributes: str = "") -> str:
    if not text:
        return f"<table:table-cell {attributes}/>"
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{escape(text)}</text:p></table:table-cell>'


def ods_value(kind: str, attribute: str, value: str, text: str = "", extra: str = "") -> str:
    body = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}" {extra}>{body}</table:table-cell>'
