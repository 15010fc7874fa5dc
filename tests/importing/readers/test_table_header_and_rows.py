"""Tables with titles, several header rows, cells to fill down and columns without a name, and places of parts of cells."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from overt.importing.errors import FileProblem
from overt.importing.readers import read_places, read_rows
from overt.importing.readers.table_header_and_rows import join_header
from tests.importing.readers.files import ods, ods_row, rows, save, spec, workbook

LINES = [
    ["Register of cameras", "", "", "", ""],
    ["No", "Supplier", "", "Place", ""],
    ["", "Name", "Country", "Town", "Notes\n(ours)"],
    ["1", "Bluestem", "Kenya", "Alder", ""],
    ["", "Quartz", "Kenya", "", "x"],
]
NAMES = ["No", "Supplier Name", "Supplier Country", "Place Town", "Place Notes (ours)"]


def files(folder: Path, lines: list[list[str]]) -> dict[str, Any]:
    cells = [",".join('"' + cell + '"' for cell in line) for line in lines]
    return {
        "csv": save(folder, "x.csv", "\n".join(cells)),
        "xlsx": save(folder, "x.xlsx", workbook({"A": lines})),
        "ods": save(folder, "x.ods", ods({"A": "".join(ods_row(*line) for line in lines)})),
    }


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
def test_two_header_rows_below_a_title(tmp_path: Path, format_: str) -> None:
    file = files(tmp_path, LINES)[format_]
    assert [list(row.values()) for row in rows(file, spec(format_, header=[2, 3]))] == LINES[3:]
    assert [list(row) for row in rows(file, spec(format_, header=[2, 3]))] == [NAMES, NAMES]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([["a", "b"]], ["a", "b"]),
        ([["A", "", "B", ""], ["1", "2", "1", "2"]], ["A 1", "A 2", "B 1", "B 2"]),
        ([["A", "", "", ""], ["x", "", "y", ""], ["1", "2", "3", "4"]], ["A x 1", "A x 2", "A y 3", "A y 4"]),
        ([["A", "", "B", ""], ["x", "", "", "y"], ["1", "2", "3", "4"]], ["A x 1", "A x 2", "B 3", "B y 4"]),
        ([["", "A"], ["1", "2"]], ["1", "A 2"]),
        ([["A", ""], ["1", ""]], ["A 1", ""]),
        ([["A", "B"], ["", ""]], ["A", "B"]),
        ([["A"], ["1", "2"]], ["A 1", "A 2"]),
        ([["A\r\n (text)", "b  c"]], ["A (text)", "b  c"]),
    ],
)
def test_names_of_several_rows(lines: list[list[str]], names: list[str]) -> None:
    assert join_header(lines) == names


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
def test_filling_down(tmp_path: Path, format_: str) -> None:
    lines = [["No", "Project", "Supplier"], ["", "", "A"], ["1", "Alder", "B"], ["", "", "C"], ["", "", ""], ["2", "", "D"]]
    file = files(tmp_path, lines)[format_]
    filled = spec(format_, fill_down=["No", "Project"])
    assert [list(row.values()) for row in rows(file, filled)] == [
        ["", "", "A"], ["1", "Alder", "B"], ["1", "Alder", "C"], ["2", "Alder", "D"],
    ]  # fmt: skip
    places = [[cell.locator.rpartition("row=")[2] for cell in cells.values()] for _, cells in read_rows(file, filled)]
    assert places[2] == ["3;col=No", "3;col=Project", "4;col=Supplier"]
    assert places[3] == ["6;col=No", "3;col=Project", "6;col=Supplier"]


def test_a_column_to_fill_that_is_not_there(tmp_path: Path) -> None:
    file = save(tmp_path, "x.csv", "No,Project\n1,2\n")
    with pytest.raises(FileProblem, match=r"x.csv: there is no column 'Nr' to fill down \(it has 'No', 'Project', …\)"):
        rows(file, spec("csv", fill_down=["Nr"]))


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(("header", "row"), [(9, "9"), ([5, 6], "6")])
def test_a_header_beyond_the_end(tmp_path: Path, format_: str, header: int | list[int], row: str) -> None:
    file = files(tmp_path, LINES)[format_]
    with pytest.raises(FileProblem, match=rf"ends at row 5, but `header:` of source.yml says that row {row} has the"):
        rows(file, spec(format_, header=header))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"header": 0}, "greater than or equal to 1"),
        ({"header": []}, "at least 1 item"),
        ({"header": [1, 2, 3, 4]}, "at most 3 items"),
        ({"header": [2, 1]}, "must name different rows from top to bottom"),
        ({"header": [2, 2]}, "must name different rows from top to bottom"),
        ({"format_": "json", "fill_down": ["a"]}, "`fill_down` is for tables"),
        ({"format_": "jsonl", "records": "/a"}, "`records` is for json and geojson"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        spec(**({"format_": "csv"} | options))


@pytest.mark.parametrize("lines", [[["(column 2)", ""], ["a", "b"]], [["(column 3)", "x"], ["a", "b", "c"]]])
def test_a_column_named_like_an_unnamed_one_hides_none(tmp_path: Path, lines: list[list[str]]) -> None:
    file = save(tmp_path, "x.xlsx", workbook({"A": lines}))
    with pytest.raises(FileProblem, match=r"\(column [23]\)"):
        rows(file, spec("xlsx"))


def test_a_column_may_be_named_by_its_own_number(tmp_path: Path) -> None:
    file = save(tmp_path, "x.xlsx", workbook({"A": [["No", "(column 2)"], ["1", "b"]]}))
    assert rows(file, spec("xlsx")) == [{"No": "1", "(column 2)": "b"}]


def test_a_part_of_a_cell_is_found_again(tmp_path: Path) -> None:
    file = save(tmp_path, "t.csv", "id,text\n1,The police bought Acme cameras.\n")
    cell = next(cells["text"].locator for _, cells in read_rows(file, spec("csv")))
    parts = {cell, f"{cell};characters=18-22", f"{cell};characters=90-95", "row=99;col=text;characters=0-4"}
    assert read_places(file, spec("csv"), parts) == {
        cell: "The police bought Acme cameras.",
        f"{cell};characters=18-22": "Acme",
        f"{cell};characters=90-95": "",
    }
