"""The small test source, and ways to feed it."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import orjson
import pytest

from overt.importing.golden import folder_files
from overt.importing.runner import Outcome, refuse_problems, run_source
from overt.model.content import Catalogue
from overt.model.errors import OvertError

CONTENT = Catalogue(Path(__file__).parent)
SLUG = "cameras"
COLUMNS = ("Id", "Name", "Type", "Country", "Ordered", "State", "Vendor", "Contact", "Updated")
GOOD = {
    "Id": "1", "Name": "Harbour", "Type": "camera", "Country": "Kenya", "Ordered": "2019-05", "State": "in use",
    "Vendor": "Bluestem", "Contact": "A. Person", "Updated": "2024-01-02",
}  # fmt: skip


def csv_of(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> str:
    """CSV with every cell in quotes."""

    def line(cells: Sequence[str]) -> str:
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"

    return line(columns) + "".join(line([row.get(column, "") for column in columns]) for row in rows)


def json_of(rows: Sequence[Mapping[str, object]]) -> bytes:
    return orjson.dumps({"cameras": list(rows)})


def workbook_of(rows: Sequence[Mapping[str, object]], sheet: str = "Cameras") -> bytes:
    """A workbook with a title row above the header, as publishers make them."""
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


def run(folder: Path, files: Mapping[str, bytes | str], *, whole: bool = False, content: Catalogue = CONTENT) -> Outcome:
    """Import these files alone."""
    for name, data in files.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return run_source(SLUG, content, folder_files(content, SLUG, folder), whole=whole)


def refusal(folder: Path, files: Mapping[str, bytes | str], *, whole: bool = False) -> str:
    """The line by which an import of these files is refused, as the command line would print it."""
    with pytest.raises(OvertError) as caught:
        refuse_problems(CONTENT.sources[SLUG], run(folder, files, whole=whole).report)
    line = str(caught.value)
    assert "\n" not in line and len(line) < 400, line
    assert line.startswith("cameras: "), line
    return line


def values(outcome: Outcome, record: str) -> dict[str, set[str]]:
    """The values of one record by property."""
    found: dict[str, set[str]] = {}
    for claim in outcome.claims:
        if claim.record == f"{SLUG}:{record}":
            found.setdefault(claim.property, set()).add(claim.value)
    return found
