"""Guesses about files that no source.yml describes yet."""

import io
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing.errors import FileProblem
from overt.importing.readers import read_rows
from overt.importing.readers.file_layout_guess import Sheet, Sniffed, sniff
from overt.importing.readers.header_guess import guess_headers
from tests.importing.readers.files import ods, ods_row, save, workbook

NGO = [
    ["Tracker of surveillance procurement 2024", "", "", "", ""],
    ["last updated 3 May 2024", "", "", "", ""],
    ["", "", "", "", ""],
    ["No", "Project", "项目名称", "Vendor(s)", "Value"],
    ["1", "Safe Alder", "平安奥尔德", "Bluestem & Quartz", "US$1.2m"],
    ["2", "Birch cameras", "", "Quartz Signal", "€20 million"],
]
MERGED = [
    ["Tracker", "", "", "", ""],
    ["No", "Supplier", "", "Place", ""],
    ["", "Name", "Country", "Town", "Signed"],
    ["1", "Bluestem", "Kenya", "Alder", "2019"],
    ["2", "Quartz", "Kenya", "Birch", "2020"],
]


def texts(sniffed: Sniffed) -> list[list[str]]:
    """Return the rows that are read according to the guess."""
    return [[cell.text for cell in cells.values()] for _, cells in read_rows(sniffed.input(), sniffed.spec())]


def look(folder: Path, name: str, data: bytes | str) -> Sniffed:
    return sniff(save(folder, name, data).path)


@pytest.mark.parametrize(
    ("lines", "guesses"),
    [
        (NGO, [(4,)]),
        (MERGED, [(2, 3), (2,), (3,)]),
        ([["a", "b"], ["1", "2"]], [(1,)]),
        ([["Name", "Town"], ["Alder", "Kenya"], ["Birch", "Laos"]], [(1,)]),
        ([["", "2019", "2020"], ["Kenya", "1", "2"]], [(1,)]),
        ([["Country", "2019", "2020"], ["Kenya", "1", "2"]], [(1,)]),
        ([["Scores of 2024", "", ""], ["Country", "A1", "text_200"], ["Kenya", "1", "x"]], [(2,)]),
        ([["US$1.2m", "RMB 1.05bn"], ["Value", "Loan"], ["€20 million", "2019-05-01"]], [(2,)]),
        ([["1", "2"], ["3", "4"]], [(1,)]),
        ([["Name"], ["Alder"]], [(1,)]),
        ([["Note: all values in euros", ""], ["Name", "Value"], ["Alder", "5"]], [(2,)]),
        (
            [["Supplier", "", "Customer", ""], ["Name", "Country", "Name", "Country"], ["A", "B", "C", "D"]],
            [(1, 2)],
        ),
        ([["", ""]], []),
    ],
)
def test_guesses_of_headers(lines: list[list[str]], guesses: list[tuple[int, ...]]) -> None:
    """The first guess is the proposed one. Alternatives may follow."""
    result = guess_headers(list(enumerate(lines, start=1)))
    assert result[: len(guesses)] == guesses


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(line) for line in NGO)
    sniffed = look(tmp_path, "x.csv", text.encode(encoding))
    assert (sniffed.format, sniffed.encoding, sniffed.delimiter) == ("csv", encoding.removesuffix("-sig"), delimiter)
    assert (sniffed.header, sniffed.columns) == ((4,), tuple(NGO[3]))
    assert sniffed.rows[0] == (1, tuple(NGO[0]))
    assert texts(sniffed) == NGO[4:]


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.csv", "Id;Value;Share\n1;2,5;0,1\n2;3,5;0,2\n")
    assert (sniffed.delimiter, sniffed.columns) == (";", ("Id", "Value", "Share"))


def test_a_table_of_one_column(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.csv", "Name\nAlder\nBirch\n")
    assert (sniffed.delimiter, sniffed.columns, texts(sniffed)) == (",", ("Name",), [["Alder"], ["Birch"]])


def test_a_long_text_is_not_read_to_its_end(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.csv", "Id,Name\n" + "1,Café\n" * 50_000)
    assert (sniffed.encoding, sniffed.delimiter, len(sniffed.rows)) == ("utf-8", ",", 50)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook(tmp_path: Path, kind: str) -> None:
    sheets = {"Lists": [["kinds"], ["cctv"]], "Empty": [], "Projects": MERGED}
    if kind == "xlsx":
        data = workbook(sheets, lambda book: setattr(book["Lists"], "sheet_state", "hidden"))
    else:
        tables = {name: "".join(ods_row(*line) for line in lines) for name, lines in sheets.items()}
        data = ods(tables, hidden=["Lists"])
    sniffed = look(tmp_path, f"x.{kind}", data)
    assert sniffed.sheets == (Sheet("Lists", False, 2, 1), Sheet("Empty", True, 0, 0), Sheet("Projects", True, 5, 5))
    assert (sniffed.format, sniffed.sheet, sniffed.header) == (kind, "Projects", (2, 3))
    assert sniffed.columns == ("No", "Supplier Name", "Supplier Country", "Place Town", "Place Signed")
    assert texts(sniffed) == MERGED[3:]
    assert sniffed.spec().sheet == "Projects", "the first visible sheet is another"
    assert sniff(sniffed.path, "Lists").columns == ("kinds",)
    with pytest.raises(FileProblem, match="there is no sheet 'X' \\(it has 'Lists', 'Empty', 'Projects'\\)"):
        sniff(sniffed.path, "X")


def test_a_sheet_of_notes_is_passed_over(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.xlsx", workbook({"About": [["Who made this."], ["Why."]], "Projects": NGO}))
    assert (sniffed.sheet, sniffed.spec().sheet, sniffed.header) == ("Projects", "Projects", (4,))


def test_another_header_than_the_guessed_one(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.xlsx", workbook({"A": MERGED}))
    rows = list(read_rows(sniffed.input(), sniffed.spec(header=(3,))))
    assert list(rows[0][1]) == ["(column 1)", "Name", "Country", "Town", "Signed"]
    assert sniffed.spec().sheet is None


def test_formulas_without_a_value_do_not_prevent_a_look(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.xlsx", workbook({"A": [["a", "b"], ["1", "=A2"]]}))
    assert (sniffed.columns, sniffed.rows[1]) == (("a", "b"), (2, ("1",)))


@pytest.mark.parametrize(
    ("document", "format_", "records", "columns"),
    [
        ([{"a": 1}, {"b": 2}], "json", "", ("a", "b")),
        (
            {"meta": {"by": [{"x": 1}]}, "data": {"a/b": [{"id": 1}, {"id": 2}]}},
            "json",
            "/data/a~1b",
            ("id",),
        ),
        ({"id": 1, "tags": ["x"]}, "json", "", ("id", "tags")),
        (
            {"type": "FeatureCollection", "features": [{"type": "Feature", "id": 1}]},
            "geojson",
            "/features",
            ("type", "id"),
        ),
    ],
)
def test_json(tmp_path: Path, document: object, format_: str, records: str, columns: tuple[str, ...]) -> None:
    sniffed = look(tmp_path, "x.json", orjson.dumps(document, option=orjson.OPT_INDENT_2))
    assert (sniffed.format, sniffed.records, sniffed.columns) == (format_, records, columns)
    assert texts(sniffed)


def test_json_lines(tmp_path: Path) -> None:
    sniffed = look(tmp_path, "x.json", '{"a": 1}\n{"a": 2, "b": 3}\n')
    assert (sniffed.format, sniffed.columns, texts(sniffed)) == ("jsonl", ("a", "b"), [["1"], ["2", "3"]])


def test_parquet(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"Id": ["1", "2"], "n": [1, 2]}), buffer)
    sniffed = look(tmp_path, "x.parquet", buffer.getvalue())
    assert (sniffed.format, sniffed.columns, sniffed.rows) == ("parquet", ("Id", "n"), ((1, ("1", "1")), (2, ("2", "2"))))
    assert texts(sniffed) == [["1", "1"], ["2", "2"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "x: the file is empty; download it again"),
        (b"\n\n\n", "x: the table is empty; is this the right file?"),
        (b"<!DOCTYPE html><html>", "x: this is a web page; was the download refused? download it again"),
        (b"%PDF-1.4", "x: this is a PDF document; get the table as a spreadsheet or as CSV"),
        (b"\x81\x98 \x98 x", "x: the encoding of this text is unknown; save it as UTF-8"),
        (workbook({"A": [], "B": []}), "x: all sheets are empty; is this the right file?"),
        (b'{"a": ', "x: line 1, column"),
    ],
)
def test_files_that_no_reader_reads(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(FileProblem) as caught:
        look(tmp_path, "x", data)
    assert str(caught.value).startswith(why)


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "x.parquet"])
def test_a_damaged_workbook_is_not_called_a_text(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileProblem, match=f"{name}: this is not a .* file, whatever its name says"):
        look(tmp_path, name, b"\x00\x01\x02PK\x03\x04")
