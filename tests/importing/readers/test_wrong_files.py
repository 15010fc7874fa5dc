"""Files that don't match source.yml are refused in one line that says what is wrong, where it is, and what to do."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.importing.errors import FileProblem
from overt.importing.readers import read_rows
from overt.importing.readers.input_file import InputFile
from tests.importing.readers.files import ods, ods_row, save, spec, workbook

CSV = "Id,Name\n1,Alder\n"


def compound(name: str) -> bytes:
    """Return the beginning of an OLE compound file, the format of old Office files, with one directory entry."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + (9).to_bytes(2, "little") + bytes(16) + bytes(464)
    assert len(header) == 512
    return header + bytes(128) + name.encode("utf-16-le").ljust(64, b"\0") + bytes(4096)


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"Id": ["1"]}), buffer)
    return buffer.getvalue()


XLSX = workbook({"A": [["Id"], ["1"]]})
ODS = ods({"A": ods_row("Id") + ods_row("1")})
WIDE = ",".join(f"c{number}" for number in range(10_000))
MOSTLY_EMPTY = "Id,Name" + "," * 9_998


@pytest.mark.parametrize(
    ("name", "data", "format_", "options", "message"),
    [
        (
            "x.xlsx",
            CSV,
            "xlsx",
            {},
            "this is a text, not an XLSX workbook; write `format: csv` in source.yml, or save it as .xlsx",
        ),
        (
            "x.csv",
            XLSX,
            "csv",
            {},
            "this is an XLSX workbook, not a table; write `format: xlsx` in source.yml, or save it as .csv",
        ),
        (
            "x.xlsx",
            ODS,
            "xlsx",
            {},
            "this is an OpenDocument spreadsheet (.ods), not an XLSX workbook; write `format: ods` in source.yml,",
        ),
        (
            "x.ods",
            XLSX,
            "ods",
            {},
            "this is an XLSX workbook, not an OpenDocument spreadsheet; write `format: xlsx` in source.yml,",
        ),
        (
            "x.xlsx",
            compound("Workbook"),
            "xlsx",
            {},
            "this is an old workbook (.xls), not an XLSX workbook; open it in a spreadsheet",
        ),
        (
            "x.csv",
            compound("Workbook"),
            "csv",
            {},
            "this is an old workbook (.xls), not a table; open it in a spreadsheet program",
        ),
        (
            "x.xlsx",
            compound("EncryptedPackage"),
            "xlsx",
            {},
            "this is an encrypted workbook, not an XLSX workbook; open it with its password and save it without",
        ),
        (
            "x.ods",
            ods({}, parts={"META-INF/more.xml": "", "encrypted-package": "x"}),
            "ods",
            {},
            "this is an encrypted workbook, not an OpenDocument spreadsheet; open it with its password",
        ),
        (
            "x.xlsx",
            zipped(**{"xl/workbook.bin": "x", "[Content_Types].xml": ""}),
            "xlsx",
            {},
            "this is a binary workbook (.xlsb), not",
        ),
        (
            "x.csv",
            zipped(**{"data/x.csv": CSV}),
            "csv",
            {},
            "this is a zip archive, not a table; unpack it and import the file in it",
        ),
        ("x.csv", b"\x1f\x8b" + bytes(20), "csv", {}, "this is a compressed file, not a table; unpack it"),
        ("x.csv", b"%PDF-1.7 ...", "csv", {}, "this is a PDF document, not a table; get the table as a spreadsheet or as CSV"),
        (
            "x.csv",
            '[{"Id": "1"}]',
            "csv",
            {},
            "this is JSON, not a table; write `format: json` in source.yml, or save it as .csv",
        ),
        ("x.json", parquet(), "json", {}, "this is a Parquet table, not JSON; write `format: parquet` in source.yml"),
        ("x.parquet", CSV, "parquet", {}, "this is a text, not a Parquet table; write `format: csv` in source.yml"),
        ("x.parquet", parquet()[:-9], "parquet", {}, "row=1: not a Parquet table that can be read"),
        ("x.ods", ODS[:-200], "ods", {}, "its zip archive cannot be read; download it again"),
        ("x.ods", "<html><body>403", "ods", {}, "this is a web page, not an OpenDocument spreadsheet; was the download refused?"),
        *(
            (f"x.{kind}", b"", kind, {}, "the file is empty; download it again")
            for kind in ("csv", "xlsx", "ods", "json", "jsonl", "parquet")
        ),
        ("x.csv", WIDE, "csv", {}, "has 10,000 columns (at most 2,000), 10,000 of them with a name; is this the right file?"),
        (
            "x.csv",
            MOSTLY_EMPTY,
            "csv",
            {},
            "has 10,000 columns (at most 2,000), 2 of them with a name; delete the empty columns and save it again",
        ),
        (
            "x.csv",
            "Id,Name,Id\n",
            "csv",
            {},
            "there are two columns 'Id' (1 and 3); rename one of them, or name all header rows, such as",
        ),
        ("x.csv", "A,,B\nId,Name,Id\n", "csv", {"header": [1, 2]}, None),
        ("x.csv", ",A\nId,A Id\n,\n", "csv", {"header": [2]}, None),
        (
            "x.csv",
            CSV,
            "csv",
            {"header": 7},
            "the file ends at row 2, but `header:` of source.yml says that row 7 has the column names",
        ),
        ("x.csv", "Id,Name\n1,2,3\n", "csv", {}, "row=2: has 3 cells, the header 2; is the file cut off"),
        (
            "x.xlsx",
            workbook({"A": [[f"c{number}" for number in range(10_000)]]}),
            "xlsx",
            {},
            "has 10,000 columns (at most 2,000), 10,000 of them with a name; is this the right file?",
        ),
    ],
)
def test_a_wrong_file(
    tmp_path: Path, name: str, data: bytes | str, format_: str, options: dict[str, Any], message: str | None
) -> None:
    file = save(tmp_path, name, data)
    if message is None:
        assert list(read_rows(file, spec(format_, **options))) == []
        return
    with pytest.raises(FileProblem) as caught:
        list(read_rows(file, spec(format_, **options)))
    assert str(caught.value).startswith(f"{name}: {message}")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods", "json", "jsonl", "parquet"])
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.mkdir(), "is a folder, not a file; name a file in it"),
        (lambda path: None, "cannot be read: No such file or directory"),
    ],
)
def test_no_file(tmp_path: Path, format_: str, make: Callable[[Path], object], why: str) -> None:
    make(tmp_path / "x")
    with pytest.raises(FileProblem) as caught:
        list(read_rows(InputFile("table", "x", "c" * 64, tmp_path / "x"), spec(format_)))
    assert str(caught.value) == f"x: {why}"
