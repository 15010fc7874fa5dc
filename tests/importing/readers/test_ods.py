"""OpenDocument spreadsheets are read like other workbooks."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from overt.importing.errors import FileProblem
from overt.importing.readers import read_rows
from tests.importing.readers.files import ods, ods_row, ods_text, ods_value, rows, save, spec

ODS = spec("ods")
HEADER = ods_row("a", "b")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (ods_value("float", "value", "0.1", "0,1"), "0.1"),
        (ods_value("float", "value", "3", "3,00"), "3"),
        (ods_value("percentage", "value", "0.25", "25 %"), "0.25"),
        (ods_value("currency", "value", "1200000", "€ 1,2 m"), "1200000"),
        (ods_value("currency", "value", "3000000", "3.000.000,00 €", 'office:currency="EUR"'), "EUR 3000000"),
        (ods_value("currency", "value", "0", "0,00 €", 'office:currency="EUR"'), "0"),
        (ods_value("currency", "value", "3", "3 ?", 'office:currency="?"'), "3"),
        (ods_value("date", "date-value", "2019-05-01", "1 May 2019"), "2019-05-01"),
        (ods_value("date", "date-value", "2019-05-01", "May 2019"), "2019-05"),
        (ods_value("date", "date-value", "2019-01-01T00:00:00", "2019"), "2019"),
        (ods_value("date", "date-value", "soon", "2019"), "soon"),
        (ods_value("date", "date-value", "2019-05-01T00:00:00.000000000"), "2019-05-01"),
        (ods_value("date", "date-value", "2019-05-01T12:30:00"), "2019-05-01T12:30:00"),
        (ods_value("time", "time-value", "PT12H30M00S"), "12:30:00"),
        (ods_value("time", "time-value", "PT36H00M00S"), "PT36H00M00S"),
        (ods_value("boolean", "boolean-value", "true", "WAHR"), "true"),
        (ods_value("string", "string-value", "stored", "shown"), "stored"),
        (ods_value("string", "string-value", "", "#DIV/0!", 'calcext:value-type="error" table:formula="of:=1/0"'), "#DIV/0!"),
        (ods_value("float", "value", "0", "#REF!", 'table:formula="of:=#REF!"'), "#REF!"),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation>'
            '<text:p>two<text:s text:c="3"/><text:span>words</text:span><text:line-break/>x</text:p><text:p>y</text:p>'
            "</table:table-cell>",
            "two   words\nx\ny",
        ),
        ("<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>", ""),
    ],
)
def test_a_cell(tmp_path: Path, cell: str, text: str) -> None:
    file = save(tmp_path, "x.ods", ods({"A": HEADER + ods_row("1", cell)}))
    assert rows(file, ODS) == [{"a": "1", "b": text}]


def test_repeated_rows_and_cells_have_their_numbers(tmp_path: Path) -> None:
    table = (
        ods_row("", repeated=2)
        + ods_row("a", "b", ods_text("", 'table:number-columns-repeated="16382"'))
        + "<table:table-row-group>"
        + ods_row(ods_text("x", 'table:number-columns-repeated="2"'), repeated=2)
        + "</table:table-row-group>"
        + ods_row("", repeated=1_048_000)
    )
    file = save(tmp_path, "x.ods", ods({"A": table}))
    assert [(place, [cell.text for cell in cells.values()]) for place, cells in read_rows(file, ODS)] == [
        ("sheet=A;row=4", ["x", "x"]),
        ("sheet=A;row=5", ["x", "x"]),
    ]


def test_the_first_visible_sheet_is_read_and_a_hidden_one_if_named(tmp_path: Path) -> None:
    tables = {name: HEADER + ods_row(name, "1") for name in ("Lists", "Projects", "Notes")}
    file = save(tmp_path, "x.ods", ods(tables, hidden=["Lists"]))
    assert [row["a"] for row in rows(file, ODS)] == ["Projects"]
    assert [row["a"] for row in rows(file, spec("ods", sheet="Lists"))] == ["Lists"]
    with pytest.raises(FileProblem, match=r"there is no sheet 'X' \(it has 'Lists' \(hidden\), 'Projects', 'Notes'\)"):
        rows(file, spec("ods", sheet="X"))
    all_hidden = save(tmp_path, "y.ods", ods(tables, hidden=list(tables)))
    assert [row["a"] for row in rows(all_hidden, ODS)] == ["Lists"]


def test_formulas_without_a_value_are_refused_with_their_cells(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=1+1"/>'
    file = save(tmp_path, "x.ods", ods({"A": ods_row("title", formula) + HEADER + ods_row("1", formula, formula) + HEADER}))
    with pytest.raises(FileProblem, match=r"x.ods: sheet=A: B3, C3: a formula without a stored value; open the file in"):
        rows(file, spec("ods", header=2))


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (HEADER + ods_row("1", "2", repeated=3_000_000), "has rows beyond 1,048,576"),
        (HEADER + ods_row(*("x" * 100), repeated=1_000_000), "more than 5,000,000 cells; refused as a decompression bomb"),
        (HEADER + ods_row(ods_text("x", 'table:number-columns-repeated="999999999"')), "row=2: has 999,999,999 cells"),
        (HEADER + ods_row(ods_value("float", "value", "many")), "sheet=A;row=2: a cell cannot be read"),
        (HEADER + ods_row("<text:p>" * 3 + "</text:p>" * 2), "not an OpenDocument spreadsheet that can be read (ParseError)"),
        (HEADER + f"<table:table-row><table:table-cell>{'<text:p>' * 5000}{'</text:p>' * 5000}</table:table-cell>"
         "</table:table-row>", "sheet=A;row=2: a cell cannot be read"),
        ("", "sheet 'A' is empty"),
    ],
)  # fmt: skip
def test_a_broken_sheet(tmp_path: Path, table: str, why: str) -> None:
    file = save(tmp_path, "x.ods", ods({"A": table}))
    tracemalloc.start()
    try:
        with pytest.raises(FileProblem) as caught:
            list(read_rows(file, ODS))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert str(caught.value).startswith("x.ods: ") and why in str(caught.value)


def test_entities_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    file = save(tmp_path, "x.ods", b"")
    with zipfile.ZipFile(file.path, "w") as archive:
        archive.writestr("content.xml", laughs)
    with pytest.raises(FileProblem, match="DTDForbidden"):
        rows(file, ODS)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 20_000):
        file = save(tmp_path, "x.ods", ods({"A": HEADER + "".join(ods_row(f"x{number}", "y") for number in range(count))}))
        tracemalloc.start()
        assert sum(1 for _ in read_rows(file, ODS)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2_000_000
