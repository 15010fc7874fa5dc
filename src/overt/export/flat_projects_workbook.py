"""The flat table of projects as an Excel workbook, with a sheet that explains its columns."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from overt.export.csv_files import escaped_cells_loss
from overt.export.export_result_and_losses import ExportResult, Loss, record_losses
from overt.export.public_release_reader import PublicRelease
from overt.language.safe_csv import escape_formula
from overt.model.errors import OvertError
from overt.release.flat_projects import COLUMNS, NAME

MAX_ROWS = 1_048_575
"""Maximum number of rows of a sheet below its header."""
_MAX_CELL_LENGTH = 32_767
_TEXT = "@"
_WIDTHS = {"name": 60, "name_zh": 30, "document_url": 40, "source_title": 40, "kind_name": 30}
_WIDTH = 16


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write a sheet with a row for each project, and one that explains the columns.

    Text that looks like a formula gets an apostrophe in front, text that is too long for a cell is truncated, and control
    characters are removed. Equal releases give equal bytes.

    Raises OvertError for a release with too many projects, and for a release by an older Overt, which lacks the flat table.
    """
    if NAME not in release.tables:
        raise OvertError(f"xlsx: the release has no table {NAME}, because an older Overt made it; run `overt release` again")
    if release.record_counts.get("project", 0) > MAX_ROWS:
        raise OvertError(f"xlsx: a sheet has at most {MAX_ROWS:,} rows; export csv instead, or a part with --subset")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("projects")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{release.record_counts.get('project', 0) + 1}"
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    sheet.append(list(COLUMNS))
    cut = escaped = 0
    for row in _read_rows(release):
        cells = []
        for value in row:
            if isinstance(value, str):
                safe = escape_formula(value)
                escaped += safe is not value
                text = ILLEGAL_CHARACTERS_RE.sub("", str(safe))
                cut += len(text) > _MAX_CELL_LENGTH
                cell = WriteOnlyCell(sheet, text[:_MAX_CELL_LENGTH])
                cell.data_type, cell.number_format = "s", _TEXT
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    meanings = book.create_sheet("columns")
    for line in (("column", "meaning"), *COLUMNS.items(), ("release", release.id)):
        meanings.append(list(line))
    memory = io.BytesIO()
    book.save(memory)
    _write_without_times(memory, target, release.edition.manifest["date"])
    written = {"project": release.record_counts.get("project", 0)}
    losses = record_losses(release, written, "the workbook has a row a project; others are only named in it")
    too_long = Loss("cells that are too long", cut, f"a cell has at most {_MAX_CELL_LENGTH:,} characters")
    return ExportResult(written, (*losses, escaped_cells_loss(escaped), *([too_long] if cut else ())))


def _read_rows(release: PublicRelease) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    for batch in release.batches(f"SELECT {columns} FROM {NAME} ORDER BY id"):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_without_times(source: io.BytesIO, target: Path, day: str) -> None:
    """Copy the workbook, a ZIP file, with the release's day (1980-01-01 if it is earlier) instead of the current time."""
    moment = f"{day if day > '1980' else '1980-01-01'}T00:00:00Z"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _CORE.format(moment=moment).encode()
            info = zipfile.ZipInfo(entry.filename, datetime.fromisoformat(moment).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)


_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Overt</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
)
