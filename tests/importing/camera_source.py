"""A small source of cameras for tests: files for it, their import, and the values of its records."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import orjson
import pytest

from overt.importing.folder_import_without_archive import folder_files
from overt.importing.snapshot_importer_run import Outcome, refuse_problems, run_source
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError

CONTENT = Catalogue(Path(__file__).parent)
SLUG = "cameras"
COLUMNS = ("Id", "Name", "Type", "Country", "Ordered", "State", "Vendor", "Contact", "Updated")
GOOD = {
    "Id": "1", "Name": "Harbour", "Type": "camera", "Country": "Kenya", "Ordered": "2019-05", "State": "in use",
    "Vendor": "Bluestem", "Contact": "A. Person", "Updated": "2024-01-02",
}  # fmt: skip


def make_csv(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    """Return CSV with every cell in quotes."""

    def line(cells: Sequence[str]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"

    return line(columns) + "".join(line([row.get(column, "") for column in columns]) for row in rows)


def make_json(rows: Sequence[Mapping[str, object]]) -> bytes:
    return orjson.dumps({"cameras": list(rows)})


def make_workbook(rows: Sequence[Mapping[str, object]], sheet: str = "Cameras") -> bytes:
    """Return a workbook with a title row above the header, as publishers make them."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["Register of cameras"])
    page.append(list(COLUMNS))
    for row in rows:
        page.append([row.get(column) for column in COLUMNS])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def run(folder: Path, files: Mapping[str, bytes | str], *, complete: bool = False, content: Catalogue = CONTENT) -> Outcome:
    """Write files to a folder and import them. `complete`: check the counts that source.yml declares for complete files."""
    for name, data in files.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return run_source(SLUG, content, folder_files(content, SLUG, folder), complete=complete)


def refusal(folder: Path, files: Mapping[str, bytes | str], *, complete: bool = False) -> str:
    """Return the error with which an import of these files is refused. It must be one short line that names the source."""
    with pytest.raises(OvertError) as caught:
        refuse_problems(CONTENT.sources[SLUG], run(folder, files, complete=complete).report)
    line = str(caught.value)
    assert "\n" not in line and len(line) < 400, line
    assert line.startswith("cameras: "), line
    return line


def values(outcome: Outcome, record: str) -> dict[str, set[str]]:
    """Return the values of one record by property."""
    properties: dict[str, set[str]] = {}
    for claim in outcome.claims:
        if claim.record == f"{SLUG}:{record}":
            properties.setdefault(claim.property, set()).add(claim.value)
    return properties
