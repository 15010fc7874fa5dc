"""Cells of workbooks become text, and careless workbooks are either read completely or refused."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from overt.importing.cells import cell_text
from overt.importing.errors import FileProblem
from overt.importing.readers import xlsx
from overt.importing.readers.input_file import InputFile
from overt.model.source import FileSpec

SPEC = FileSpec(patterns=["*.xlsx"], format="xlsx")


def save(path: Path, rows: list[list[Any]]) -> InputFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return InputFile("table", path.name, "c" * 64, path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (" x ", " x "), (True, "true"), (False, "false"), (3, "3"), (3.0, "3"), (0.1, "0.1"),
        (1e20, "1e+20"),
        (datetime.datetime(2019, 5, 1), "2019-05-01"), (datetime.datetime(2019, 5, 1, 12, 30), "2019-05-01T12:30:00"),
        (datetime.date(2019, 5, 1), "2019-05-01"), (datetime.time(12, 30), "12:30:00"),
    ],
)  # fmt: skip
def test_cell_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_rows_know_their_number_in_the_sheet(tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", [["a", "b"], [1, 2.5], [], [datetime.date(2020, 1, 2), None]])
    rows = {place: {column: cell.text for column, cell in cells.items()} for place, cells in xlsx.read_rows(file, SPEC)}
    assert rows == {"sheet=Sheet;row=2": {"a": "1", "b": "2.5"}, "sheet=Sheet;row=4": {"a": "2020-01-02", "b": ""}}


def test_a_cell_beyond_the_last_named_column_is_not_overlooked(tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", [["a", None, None], ["1", None, "note"], ["2"]])
    assert [{column: cell.text for column, cell in cells.items()} for _, cells in xlsx.read_rows(file, SPEC)] == [
        {"a": "1", "(column 2)": "", "(column 3)": "note"},
        {"a": "2"},
    ]


def test_a_sheet_that_declares_a_wrong_size_is_read_completely(tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", [["a", "b"], ["1", "2"], ["3", "4"]])
    buffer = io.BytesIO()
    with zipfile.ZipFile(file.path) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"'))
    assert b'ref="A1:A1"' in zipfile.ZipFile(buffer).read("xl/worksheets/sheet1.xml")
    file.path.write_bytes(buffer.getvalue())
    assert [[cell.text for cell in cells.values()] for _, cells in xlsx.read_rows(file, SPEC)] == [["1", "2"], ["3", "4"]]


def test_too_many_cells(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="row=2: has 3,000 cells"):
        list(xlsx.read_rows(save(tmp_path / "x.xlsx", [["a"], ["1"] * 3_000]), SPEC))
    with pytest.raises(FileProblem, match="has 3,000 columns"):
        list(xlsx.read_rows(save(tmp_path / "y.xlsx", [[f"c{number}" for number in range(3_000)]]), SPEC))


def test_an_empty_sheet(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="sheet 'Sheet' is empty"):
        list(xlsx.read_rows(save(tmp_path / "x.xlsx", []), SPEC))


def test_a_file_without_an_extension_is_read(tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", [["a"], ["1"]])
    file.path.rename(tmp_path / "ab12")
    assert len(list(xlsx.read_rows(InputFile("table", "x.xlsx", "c" * 64, tmp_path / "ab12"), SPEC))) == 1
