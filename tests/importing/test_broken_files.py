"""Broken files are refused in one line that names the file and, as far as possible, the place and what to do."""

import io
import re
import resource
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from overt.archive import Archive, fetch_local, match_files
from overt.importing.readers import json as json_reader
from overt.importing.readers import xlsx
from overt.importing.snapshot_import import import_snapshots
from overt.model.workspace import Workspace
from tests.importing.camera_source import COLUMNS, CONTENT, GOOD, SLUG, make_csv, make_json, make_workbook, refusal, run

TABLE = make_csv([GOOD, GOOD | {"Id": "2"}])
HEADER = TABLE.splitlines()[0]
PAGE = "<!DOCTYPE html>\n<html><body>403 Forbidden</body></html>\n"


def one_row(**changes: str) -> str:
    return make_csv([GOOD, GOOD | {"Id": "2"} | changes])


@pytest.mark.parametrize(
    ("data", "place", "why"),
    [
        pytest.param(
            TABLE[:-40], "row=3", "is the file cut off, or its quoting broken? download it again", id="cut off in a cell"
        ),
        pytest.param(
            TABLE[: TABLE.rindex('"in use"') - 1], "row=3", "has 5 cells, the header 9; is the file cut off", id="cut off"
        ),
        pytest.param(
            TABLE.replace("Harbour", "Café", 1).encode("latin-1"),
            "line 2",
            "not utf-8 text (byte 0xe9); it seems to be CP1252: write `encoding: cp1252` in source.yml, or save it as utf-8",
            id="Latin-1",
        ),
        pytest.param(
            TABLE.encode("utf-16"),
            "line 1",
            "not utf-8 text (byte 0xff); it seems to be UTF-16: write `encoding: utf-16` in source.yml",
            id="UTF-16",
        ),
        pytest.param(TABLE.replace("Harbour", "Har\0bour", 1), "line 2", "zero byte", id="zero byte"),
        pytest.param(
            TABLE.replace('"State"', '"Status"'),
            "row=2",
            "column 'State' is missing (is it now 'Status'?); change importer.py if so",
            id="renamed column",
        ),
        pytest.param(
            TABLE.replace('"Vendor"', '"甲"'), "row=2", "column 'Vendor' is missing (it has 'Id', 'Name',", id="lost column"
        ),
        pytest.param(TABLE.replace('"Vendor"', '"State"'), "", "there are two columns 'State'", id="doubled column"),
        pytest.param("", "", "the file is empty; download it again", id="empty"),
        pytest.param("\n\n", "", "the header row is empty", id="blank lines"),
        pytest.param(PAGE, "", "a web page, not a table; was the download refused?", id="web page"),
        pytest.param(",".join(f"c{number}" for number in range(500_000)), "", "has 500,000 columns", id="half a million columns"),
        pytest.param("x" * 10_000_000, "line 1", "longer than 4,000,000 characters", id="a line of 10 MB"),
        pytest.param(
            HEADER + '\n"' + "never closed\n" * 900_000, "line 307694", "is a quote left open", id="a quote never closed"
        ),
        pytest.param(TABLE + "3,4\n", "row=4", "has 2 cells, the header 9", id="short row"),
        pytest.param(TABLE + '"a"b,' * 9 + "\n", "row=4", "quoting broken", id="text after a quote"),
    ],
)
def test_a_broken_table(tmp_path: Path, data: str | bytes, place: str, why: str) -> None:
    line = refusal(tmp_path, {"cameras.csv": data})
    assert re.match(rf"cameras: cameras\.csv: {re.escape(place)}", line), line
    assert why in line, line


@pytest.mark.parametrize(
    ("changes", "place", "why"),
    [
        pytest.param(
            {"State": "burnt"},
            "row=3;col=State",
            "unknown state 'burnt'; add it to `lookups: state:` of source.yml",
            id="unknown status",
        ),
        pytest.param(
            {"Ordered": "2019-02-30"}, "row=3;col=Ordered", "agreed: '2019-02-30' is not a date (write 2019,", id="impossible day"
        ),
        pytest.param({"Ordered": "0209"}, "row=3;col=Ordered", "agreed: '0209' is not a", id="impossible year"),
        pytest.param(
            {"Country": "Atlantis"},
            "row=3;col=Country",
            "'Atlantis' is not a known country or area (add the name",
            id="unknown country",
        ),
        pytest.param({"Id": "1"}, "row=3", "duplicate id: cameras:1 is already in cameras.csv row=2", id="duplicate id"),
        pytest.param({"Id": "—"}, "row=3;col=Id", "project key id: '—' has no letter or digit", id="no id"),
        pytest.param(
            {"Name": "x" * 30_000}, "row=3;col=Name", "name: a text of 30,000 characters is too long", id="a file in a cell"
        ),
    ],
)
def test_a_broken_row(tmp_path: Path, changes: dict[str, str], place: str, why: str) -> None:
    line = refusal(tmp_path, {"cameras.csv": one_row(**changes)})
    assert line.startswith(f"cameras: cameras.csv: {place}: "), line
    assert why in line, line
    assert line.endswith("; fix the file, or import the other rows with --allow-problems")


def test_the_first_of_many_problems_is_shown_and_the_rest_counted(tmp_path: Path) -> None:
    rows = [GOOD | {"Id": str(number), "State": "burnt"} for number in range(1_234)]
    assert "row=2;col=State: unknown state 'burnt'" in refusal(tmp_path, {"cameras.csv": make_csv(rows)})
    assert "(and 1,233 more rows)" in refusal(tmp_path, {"cameras.csv": make_csv(rows)})


@pytest.mark.parametrize(
    ("longitude", "latitude", "place", "why"),
    [
        ("-4.05", "39.66", "row=2", "(-4.05, 39.66) lies outside of Kenya (longitude and latitude look swapped)"),
        ("121", "14", "row=2", "(121, 14) lies outside of Kenya"),
        ("-14", "139", "row=2;col=longitude", "latitude 139 is beyond the poles (are longitude and latitude swapped?)"),
        ("500", "14", "row=2;col=longitude", "longitude 500 is beyond ±180"),
        ("39,66", "-4,05", "row=2;col=longitude", "is not a geometry in WKT"),
        ("nan", "1", "row=2;col=longitude", "has a coordinate that is not a number"),
    ],
)
def test_wrong_coordinates(tmp_path: Path, longitude: str, latitude: str, place: str, why: str) -> None:
    sites = make_csv(
        [{"id": "1", "shape": "a", "longitude": longitude, "latitude": latitude}], ("id", "shape", "longitude", "latitude")
    )
    line = refusal(tmp_path, {"cameras.csv": make_csv([GOOD]), "sites.csv": sites})
    assert f".csv: {place}: " in line, line
    assert why in line, line


def test_a_point_off_the_coast_is_accepted(tmp_path: Path) -> None:
    sites = make_csv([{"id": "1", "shape": "a", "longitude": "42.5", "latitude": "-4"}], ("id", "shape", "longitude", "latitude"))
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD]), "sites.csv": sites})
    assert not outcome.report.problems


# --- workbooks --------------------------------------------------------------------------------------------------------------


def with_part(workbook: bytes, name: str, data: bytes) -> bytes:
    """Return the workbook with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, data if part.filename == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, data)
    return buffer.getvalue()


WORKBOOK = make_workbook([GOOD])
SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    return with_part(WORKBOOK, SHEET, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")


def bomb_with_false_size() -> bytes:
    return bomb().replace((60_000_023).to_bytes(4, "little"), (20_000).to_bytes(4, "little"))


def truncated_sheet() -> bytes:
    long = make_workbook([GOOD | {"Id": str(number)} for number in range(2_000)])
    with zipfile.ZipFile(io.BytesIO(long)) as archive:
        return with_part(long, SHEET, archive.read(SHEET)[:200_000])


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'
).encode()
FAR_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "the file is empty; download it again", id="empty"),
        pytest.param(PAGE.encode(), "a web page, not an XLSX workbook; was the download refused?", id="HTML"),
        pytest.param(b"\xef\xbb\xbf" + PAGE.encode(), "a web page, not an XLSX workbook", id="HTML with a byte order mark"),
        pytest.param(b'<?xml version="1.0"?><Workbook/>', "a web page, not an XLSX workbook", id="XML of 2003"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old workbook (.xls), not an XLSX workbook; open it in a spreadsheet program and save it as .xlsx",
            id="XLS",
        ),
        pytest.param(WORKBOOK[: len(WORKBOOK) // 2], "its zip archive cannot be read; download it again", id="cut off"),
        pytest.param(b"PK\x03\x04 but no more", "its zip archive cannot be read; download it again", id="no archive"),
        pytest.param(bomb, "refused as a zip bomb", id="bomb"),
        pytest.param(bomb_with_false_size, "open it and save it again", id="a bomb that lies about its size"),
        pytest.param(with_part(WORKBOOK, SHEET, LAUGHS), "save it again", id="entities"),
        pytest.param(with_part(WORKBOOK, SHEET, FAR_ROW), "has rows beyond 10,000, the last", id="a row far away"),
        pytest.param(with_part(WORKBOOK, SHEET, b"<worksheet><sheetData>"), "open it and save it again", id="a sheet cut off"),
        pytest.param(truncated_sheet, "sheet=Cameras;row=", id="a long sheet cut off"),
        pytest.param(with_part(WORKBOOK, "xl/workbook.xml", b"<nonsense/>"), "open it and save it again", id="no workbook"),
        pytest.param(make_workbook([GOOD], sheet="Other"), "there is no sheet 'Cameras' (it has 'Other')", id="another sheet"),
        pytest.param(
            make_workbook([GOOD | {"Vendor": "x" * 30_000}]),
            "sheet=Cameras;row=3;col=Vendor: name: a text of 30,000",
            id="a file in a cell",
        ),
        pytest.param(
            make_workbook([GOOD | {"State": "burnt"}]),
            "sheet=Cameras;row=3;col=State: unknown state 'burnt'",
            id="unknown status",
        ),
    ],
)
def test_a_broken_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes | Callable[[], bytes], why: str) -> None:
    data = data() if callable(data) else data  # large files are made here, not during collection
    monkeypatch.setattr(xlsx, "LAST_ROW", 10_000)  # fewer than a million empty rows are enough to show that reading ends
    tracemalloc.start()
    try:
        line = refusal(tmp_path, {"cameras.xlsx": data})
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()
    assert "cameras.xlsx: " in line
    assert why in line, line


# --- JSON -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "the file is empty; download it again", id="empty"),
        pytest.param(PAGE.encode(), "a web page, not JSON", id="web page"),
        pytest.param(make_json([GOOD])[:-30], "line 1, column", id="cut off"),
        pytest.param(
            b'{"cameras": [{"Id": "1", "Id": "2"}]}', "cameras.json: an object has the key 'Id' twice", id="a key twice"
        ),
        pytest.param(b'{"cameras": [NaN]}', "not JSON", id="not a number"),
        pytest.param(b'{"camera": []}', "there is nothing at /cameras; `records:` of source.yml says where", id="moved"),
        pytest.param(b'{"cameras": ["x"]}', "/cameras/0 is not an object", id="no objects"),
        pytest.param(b'{"cameras": [{"Id": ' + b"[" * 500 + b"]" * 500 + b"}]}", "nested too deep", id="deep"),
        pytest.param(b"[" * 100_000, "not JSON", id="very deep"),
        pytest.param(make_json([GOOD | {"State": "burnt"}]), "/cameras/0/State: unknown state 'burnt'", id="unknown status"),
        pytest.param(make_json([GOOD | {"New": {"a": 1}}]), "column 'New' is neither used nor ignored", id="a new key"),
    ],
)
def test_a_broken_document(tmp_path: Path, data: bytes, why: str) -> None:
    line = refusal(tmp_path, {"cameras.json": data})
    assert "cameras.json: " in line
    assert why in line, line


def test_a_json_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MAX_BYTES", 100)
    assert "are too many for one JSON document (at most 100)" in refusal(tmp_path, {"cameras.json": make_json([GOOD])})


# --- sets of files ----------------------------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    assert "there is no file for 'table' (looked for cameras*.csv)" in refusal(tmp_path, {"other.txt": "x"})


def test_counts_that_must_hold(tmp_path: Path) -> None:
    line = "1 row of 'table', where the edition that Overt knows has 2 to 1,000; is the file complete? download it again"
    assert line in refusal(tmp_path, {"cameras.csv": make_csv([GOOD])}, complete=True)
    lights = make_csv([GOOD | {"Type": "light"}] * 3)
    assert "0 records of type project" in refusal(tmp_path, {"cameras.csv": lights}, complete=True)
    run(tmp_path, {"cameras.csv": lights})  # a sample need not be complete


def test_rows_of_another_file_do_not_make_up_for_missing_ones(tmp_path: Path) -> None:
    """A table cut off at the end of a line passes every other check. The rows of a long lookup table must not hide the loss."""
    sites = "id,shape,lat,lon\n" + "".join(f"9,s{number},0,0\n" for number in range(50))
    line = refusal(tmp_path, {"cameras.csv": make_csv([GOOD]), "sites.csv": sites}, complete=True)
    assert "1 row of 'table', where the edition that Overt knows has 2 to 1,000" in line


def test_a_file_with_a_header_only_counts_as_empty(tmp_path: Path) -> None:
    assert "0 rows of 'table'" in refusal(
        tmp_path, {"cameras.csv": make_csv([]), "cameras.json": make_json([GOOD])}, complete=True
    )


def test_rows_with_problems_are_not_missing(tmp_path: Path) -> None:
    rows = [GOOD | {"Id": str(number), "Country": "Atlantis" if number else "Kenya"} for number in range(2)]
    assert len(run(tmp_path, {"cameras.csv": make_csv(rows)}, complete=True).report.problems) == 1


# --- bounds -----------------------------------------------------------------------------------------------------------------


def test_a_long_line_is_not_read_into_memory(tmp_path: Path) -> None:
    (tmp_path / "cameras.csv").write_bytes(HEADER.encode() + b"\n" + b"y" * 50_000_000)
    tracemalloc.start()
    try:
        assert "line 2: the row is longer than 4,000,000 characters" in refusal(tmp_path, {})
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_two_gigabytes_in_one_line(tmp_path: Path) -> None:
    """The import runs in a process limited to one gigabyte."""
    with (tmp_path / "cameras.csv").open("wb") as file:
        file.write(HEADER.encode() + b"\nx")
        file.truncate(2_000_000_000)
    code = (
        "import sys; from pathlib import Path; from tests.importing.camera_source import refusal;"
        "print(refusal(Path(sys.argv[1]), {}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (1_000_000_000, 1_000_000_000)),
    )  # fmt: skip
    assert "cameras.csv: line 2: the row is longer than 4,000,000 characters" in result.stdout, result.stderr


# --- nothing half-written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [TABLE[:-40], one_row(State="burnt"), PAGE, HEADER + "\n"], ids=["cut off", "unknown", "page", "no rows"]
)
def test_a_refused_file_leaves_the_claims_as_they_were(tmp_path: Path, data: str) -> None:
    workspace = Workspace.create(tmp_path / "atlas")
    (workspace.root / "sources").symlink_to(Path(__file__).parent / "sources")
    archive = Archive(workspace.archive)

    def fetch_and_import(name: str, text: str, day: str) -> tuple[object, str | None]:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "cameras.csv").write_text(text, encoding="utf-8")
        matches = {role: files for role, files in match_files(folder, {"table": ["cameras.csv"]}).items() if files}
        fetch_local(archive, SLUG, matches, licence="CC0", retrieved=day)
        last = import_snapshots(workspace, archive, {}, [SLUG])[-1]
        return last.report, last.error

    report, error = fetch_and_import("good", TABLE, "2026-01-01")
    assert report and error is None
    before = {path: path.read_bytes() for path in workspace.claims.rglob("*") if path.is_file()}
    assert len(before) == 4, "claims, evidence, report, digests"
    report, error = fetch_and_import("bad", data, "2026-01-02")
    assert report is None
    assert error and error.startswith("cameras: ") and "\n" not in error
    assert {path: path.read_bytes() for path in workspace.claims.rglob("*") if path.is_file()} == before


def test_the_test_source_is_good(tmp_path: Path) -> None:
    """The other tests break files that are otherwise valid."""
    assert CONTENT.sources[SLUG].title == "Test cameras"
    assert list(COLUMNS) == list(GOOD)
    for name, data in {"cameras.csv": make_csv([GOOD]), "cameras.xlsx": WORKBOOK, "cameras.json": make_json([GOOD])}.items():
        outcome = run(tmp_path / name, {name: data})
        assert (outcome.report.imported, outcome.report.problems) == (1, [])
        assert len(outcome.claims) == 9
