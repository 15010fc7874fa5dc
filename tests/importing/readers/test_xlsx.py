"""XLSX workbooks: stored values, formulas, errors, dates, hidden sheets, merged cells, and files that break the format."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import MAC_EPOCH

from overt.importing.errors import FileProblem
from overt.importing.readers import xlsx
from overt.importing.readers.input_file import InputFile
from tests.importing.readers.files import rows, save, spec, workbook

XLSX = spec("xlsx")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def save_rows(path: Path, lines: list[list[Any]]) -> InputFile:
    return save(path.parent, path.name, workbook({"Sheet": lines}))


def with_sheet(data: bytes, xml: str) -> bytes:
    """Return the workbook with other XML as its first sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, xml if part.filename == SHEET else old.read(part))
    return buffer.getvalue()


def cells(xml: str) -> bytes:
    """Return a workbook with the header a, b and one row of this XML."""
    texts = "".join(f'<c r="{name.upper()}1" t="inlineStr"><is><t>{name}</t></is></c>' for name in "ab")
    sheet = f'<worksheet {MAIN}><sheetData><row r="1">{texts}</row><row r="2">{xml}</row></sheetData></worksheet>'
    return with_sheet(workbook({"A": []}), sheet)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="B2"><v>0.1</v></c>', "0.1"),
        ('<c r="B2"><v>0.30000000000000004</v></c>', "0.30000000000000004"),
        ('<c r="B2"><v>1.5E3</v></c>', "1500"),
        ('<c r="B2" t="b"><v>1</v></c>', "true"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B2" t="str"><f>IF(1=1,"","x")</f><v></v></c>', ""),
        ('<c r="B2" t="str"><f>A2</f><v>stored</v></c>', "stored"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="d"><v>2019-05-01</v></c>', "2019-05-01"),
        ('<c r="B2"><f></f></c><c r="C2"><v>x1</v></c>', None),
    ],
)
def test_a_cell_as_it_is_stored(tmp_path: Path, xml: str, text: str | None) -> None:
    file = save(tmp_path, "x.xlsx", cells(f'<c r="A2"><v>1</v></c>{xml}'))
    if text is None:
        with pytest.raises(FileProblem, match="sheet=A;row=2: the sheet breaks off"):
            rows(file, XLSX)
    else:
        assert rows(file, XLSX) == [{"a": "1", "b": text}]


def test_errors_that_openpyxl_writes_reach_the_importer(tmp_path: Path) -> None:
    lines = [["a", "b"], ["#N/A", "#NAME?"]]
    assert rows(save(tmp_path, "x.xlsx", workbook({"A": lines})), XLSX) == [{"a": "#N/A", "b": "#NAME?"}]


@pytest.mark.parametrize("epoch", [None, MAC_EPOCH])
def test_dates_of_both_epochs(tmp_path: Path, epoch: Any) -> None:
    days = [datetime.date(2019, 5, 1), datetime.datetime(2020, 2, 29, 12, 30), datetime.time(8, 15)]

    def change(book: openpyxl.Workbook) -> None:
        if epoch:
            book.epoch = epoch
        book["A"].append(days)

    file = save(tmp_path, "x.xlsx", workbook({"A": [["a", "b", "c"]]}, change))
    assert rows(file, XLSX) == [{"a": "2019-05-01", "b": "2020-02-29T12:30:00", "c": "08:15:00"}]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3000000, "[$€-407]#,##0.00", "EUR 3000000"),
        (2.5, '#,##0.00\\ "€"', "EUR 2.5"),
        (-3, "[$€-407]#,##0.00", "EUR -3"),
        (0, "[$€-407]#,##0.00", "0"),
        (3, "[$¥-804]#,##0", "CNY 3"),
        (3, '"¥"#,##0', "¥3"),
        (3, '"$"#,##0_);("$"#,##0)', "$3"),  # a built-in format, which Excel stores as a number
        (3, "#,##0", "3"),
        ("3", "[$€-407]#,##0.00", "3"),
        (datetime.date(2019, 5, 1), "mmm-yy", "2019-05"),
        (datetime.date(2019, 1, 1), "yyyy", "2019"),
        (datetime.datetime(2019, 5, 1, 12, 30), "mmm-yy", "2019-05"),
        (datetime.date(2019, 5, 1), "d mmm yyyy", "2019-05-01"),
    ],
)
def test_a_cell_has_the_currency_and_the_precision_of_its_format(
    tmp_path: Path, value: Any, number_format: str, text: str
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["A"].append([value])
        book["A"]["A2"].number_format = number_format

    assert rows(save(tmp_path, "x.xlsx", workbook({"A": [["a"]]}, change)), XLSX) == [{"a": text}]


@pytest.mark.parametrize("number_format", ["[$€-407]#,##0.00", "#,##0"])
def test_formats_are_read_without_private_names_of_openpyxl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number_format: str
) -> None:
    """Format codes come from a cell's public `number_format`. A style that the workbook doesn't define has no code."""
    style_ids = []

    class Recorded(ReadOnlyCell):
        @property
        def number_format(self) -> str:
            style_ids.append(self._style_id)
            return str(super().number_format)

    def change(book: openpyxl.Workbook) -> None:
        for number in (3, 4, 5):
            book["A"].append([number])
            book["A"].cell(book["A"].max_row, 1).number_format = number_format

    monkeypatch.setattr("overt.importing.readers.xlsx.ReadOnlyCell", Recorded)
    data = workbook({"A": [["a"]]}, change)
    currency = "EUR " if "€" in number_format else ""
    assert rows(save(tmp_path, "x.xlsx", data), XLSX) == [{"a": f"{currency}{number}"} for number in (3, 4, 5)]
    assert len(style_ids) == 2, "once in each of two readings, however many cells have the style"
    undefined = cells('<c r="A2" s="99"><v>3</v></c>')
    assert rows(save(tmp_path, "y.xlsx", undefined), XLSX) == [{"a": "3", "b": ""}]


def test_a_number_that_is_no_date_is_an_error(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["A"].append([99999999999])
        book["A"]["A2"].number_format = "yyyy-mm-dd"

    assert rows(save(tmp_path, "x.xlsx", workbook({"A": [["a"]]}, change)), XLSX) == [{"a": "#VALUE!"}]


def test_rich_text_is_text(tmp_path: Path) -> None:
    rich = CellRichText("Safe ", TextBlock(InlineFont(b=True), "city"), " 平安城市")
    assert rows(save(tmp_path, "x.xlsx", workbook({"A": [["a"], [rich]]})), XLSX) == [{"a": "Safe city 平安城市"}]


def test_formulas_without_a_value_are_refused_with_their_cells(tmp_path: Path) -> None:
    lines = [["=TODAY()", ""], ["a", "b"], ["1", "=A3+1"], *[["2", "=A4"]] * 6]
    file = save(tmp_path, "x.xlsx", workbook({"Projects": lines}))
    with pytest.raises(FileProblem) as caught:
        rows(file, spec("xlsx", header=2))
    assert str(caught.value) == (
        "x.xlsx: sheet=Projects: B3, B4, B5, B6, B7 and 2 more: a formula without a stored value; open the file in a"
        " spreadsheet program and save it, so that the values are stored"
    )


def test_the_first_visible_sheet_is_read_and_a_hidden_one_if_named(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Lists"].sheet_state = "hidden"
        book["More"].sheet_state = "veryHidden"
        book.create_chartsheet("Chart", 0).add_chart(BarChart())

    sheets = {name: [["a"], [name]] for name in ("Lists", "More", "Projects")}
    file = save(tmp_path, "x.xlsx", workbook(sheets, change))
    assert rows(file, XLSX) == [{"a": "Projects"}]
    assert rows(file, spec("xlsx", sheet="More")) == [{"a": "More"}]
    with pytest.raises(FileProblem, match=r"no sheet 'Chart' \(it has 'Lists' \(hidden\), 'More' \(hidden\), 'Projects'\)"):
        rows(file, spec("xlsx", sheet="Chart"))


def test_merged_cells_have_their_value_in_the_first(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["A"].merge_cells("A1:C1")
        book["A"].merge_cells("A3:A4")

    lines = [["Register", "", ""], ["Project", "Supplier", "Town"], ["Alder", "A", "x"], ["", "B", "y"]]
    file = save(tmp_path, "x.xlsx", workbook({"A": lines}, change))
    filled = rows(file, spec("xlsx", header=2, fill_down=["Project"]))
    assert filled == [{"Project": "Alder", "Supplier": "A", "Town": "x"}, {"Project": "Alder", "Supplier": "B", "Town": "y"}]


def test_rules_that_openpyxl_does_not_know_are_no_warning(tmp_path: Path) -> None:
    """In tests, warnings are errors, so a warning from openpyxl would fail this test."""
    extra = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'
    texts = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    xml = f'<worksheet {MAIN}><sheetData>{texts}</sheetData><pageSetup orientation="sideways"/>{extra}</worksheet>'
    assert rows(save(tmp_path, "x.xlsx", with_sheet(workbook({"A": []}), xml)), XLSX) == [{"a": "1"}]


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
    ],
)
def test_cells_and_rows_out_of_order_are_refused(tmp_path: Path, xml: str) -> None:
    data = with_sheet(workbook({"A": []}), f"<worksheet {MAIN}><sheetData>{xml}</sheetData></worksheet>")
    with pytest.raises(FileProblem, match="comes after"):
        rows(save(tmp_path, "x.xlsx", data), XLSX)


def test_rows_without_numbers_are_counted(tmp_path: Path) -> None:
    xml = "<row><c t='inlineStr'><is><t>a</t></is></c></row><row><c><v>1</v></c></row>"
    data = with_sheet(workbook({"A": []}), f"<worksheet {MAIN}><sheetData>{xml}</sheetData></worksheet>")
    assert [place for place, _ in xlsx.read_rows(save(tmp_path, "x.xlsx", data), XLSX)] == ["sheet=A;row=2"]


def test_rows_know_their_number_in_the_sheet(tmp_path: Path) -> None:
    file = save_rows(tmp_path / "x.xlsx", [["a", "b"], [1, 2.5], [], [datetime.date(2020, 1, 2), None]])
    read = {place: {column: cell.text for column, cell in cells.items()} for place, cells in xlsx.read_rows(file, XLSX)}
    assert read == {"sheet=Sheet;row=2": {"a": "1", "b": "2.5"}, "sheet=Sheet;row=4": {"a": "2020-01-02", "b": ""}}


def test_a_cell_beyond_the_last_named_column_is_not_overlooked(tmp_path: Path) -> None:
    file = save_rows(tmp_path / "x.xlsx", [["a", None, None], ["1", None, "note"], ["2"]])
    assert [{column: cell.text for column, cell in cells.items()} for _, cells in xlsx.read_rows(file, XLSX)] == [
        {"a": "1", "(column 2)": "", "(column 3)": "note"},
        {"a": "2"},
    ]


def test_a_sheet_that_declares_a_wrong_size_is_read_completely(tmp_path: Path) -> None:
    file = save_rows(tmp_path / "x.xlsx", [["a", "b"], ["1", "2"], ["3", "4"]])
    buffer = io.BytesIO()
    with zipfile.ZipFile(file.path) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"'))
    assert b'ref="A1:A1"' in zipfile.ZipFile(buffer).read("xl/worksheets/sheet1.xml")
    file.path.write_bytes(buffer.getvalue())
    assert [[cell.text for cell in cells.values()] for _, cells in xlsx.read_rows(file, XLSX)] == [["1", "2"], ["3", "4"]]


def test_too_many_cells(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="row=2: has 3,000 cells"):
        list(xlsx.read_rows(save_rows(tmp_path / "x.xlsx", [["a"], ["1"] * 3_000]), XLSX))
    with pytest.raises(FileProblem, match="has 3,000 columns"):
        list(xlsx.read_rows(save_rows(tmp_path / "y.xlsx", [[f"c{number}" for number in range(3_000)]]), XLSX))


def test_an_empty_sheet(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="sheet 'Sheet' is empty"):
        list(xlsx.read_rows(save_rows(tmp_path / "x.xlsx", []), XLSX))


def test_a_file_without_an_extension_is_read(tmp_path: Path) -> None:
    file = save_rows(tmp_path / "x.xlsx", [["a"], ["1"]])
    file.path.rename(tmp_path / "ab12")
    assert len(list(xlsx.read_rows(InputFile("table", "x.xlsx", "c" * 64, tmp_path / "ab12"), XLSX))) == 1
