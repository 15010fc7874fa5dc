"""Rows become claims with their places, and every row is accounted for."""

from pathlib import Path

import pytest

from overt.model.claim import MAX_EXCERPT
from tests.importing.camera_source import GOOD, SLUG, make_csv, make_json, make_workbook, run, values

SITES = ("id", "shape", "longitude", "latitude")


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("cameras.csv", make_csv([GOOD]), "row=2;col=Name"),
        ("cameras.xlsx", make_workbook([GOOD]), "sheet=Cameras;row=3;col=Name"),
        ("cameras.json", make_json([GOOD]), "/cameras/0/Name"),
    ],
)
def test_the_same_row_in_three_formats(tmp_path: Path, name: str, data: bytes | str, place: str) -> None:
    outcome = run(tmp_path, {name: data})
    assert values(outcome, "1") == {
        "name": {"Harbour"}, "kind": {"video-surveillance"}, "country": {"KE"}, "agreed": {"2019-05"}, "status": {"operational"},
    }  # fmt: skip
    assert values(outcome, "1/supplier/Bluestem") == {
        "project": {"cameras:1"}, "organization": {"cameras:organization/Bluestem"}, "role": {"supplier"},
    }  # fmt: skip
    (name_claim,) = [claim for claim in outcome.claims if claim.property == "name" and claim.type == "project"]
    (evidence,) = [evidence for evidence in outcome.evidence if evidence.claim_id == name_claim.id]
    assert (evidence.locator, evidence.excerpt) == (place, "Harbour")


def test_claims_do_not_depend_on_the_position_of_a_row(tmp_path: Path) -> None:
    before = run(tmp_path / "a", {"cameras.csv": make_csv([GOOD])})
    after = run(tmp_path / "b", {"cameras.csv": make_csv([GOOD | {"Id": "0", "Type": "light"}, GOOD])})
    assert [claim.id for claim in after.claims] == [claim.id for claim in before.claims]
    assert {evidence.locator for evidence in before.evidence} != {evidence.locator for evidence in after.evidence}


def test_the_order_of_rows_changes_nothing_but_places(tmp_path: Path) -> None:
    rows = [GOOD | {"Id": str(number), "Vendor": f"V{number % 3}"} for number in range(20)]
    forward = run(tmp_path / "a", {"cameras.csv": make_csv(rows)})
    backward = run(tmp_path / "b", {"cameras.csv": make_csv(rows[::-1])})
    assert forward.claims == backward.claims


def test_equal_claims_of_several_rows_are_one_with_several_places(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD, GOOD | {"Id": "2"}])})
    (company,) = [claim for claim in outcome.claims if claim.record == "cameras:organization/Bluestem"]
    places = [evidence.locator for evidence in outcome.evidence if evidence.claim_id == company.id]
    assert places == ["row=2;col=Vendor", "row=3;col=Vendor"]


def test_the_source_s_words_are_displayed_if_ours_differ(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD])})
    originals = {claim.property: claim.original for claim in outcome.claims if claim.record == "cameras:1"}
    assert originals == {"name": None, "kind": None, "country": "Kenya", "agreed": None, "status": "in use"}


def test_a_value_read_by_a_rule_is_coded(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD | {"Name": "Gate, reads faces"}])})
    (coded,) = [claim for claim in outcome.claims if claim.basis == "coded"]
    assert (coded.value, coded.rule) == ("facial-recognition", "faces@1")


@pytest.mark.parametrize(
    "title", ["=SUM(A1:A9)", "+1", "@cmd", '=HYPERLINK("http://x";"y")', "<script>alert(1)</script>", "'; DROP TABLE x"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_title_is_never_a_formula_or_markup(tmp_path: Path, title: str, kind: str) -> None:
    """Pages and tables escape such titles, but claims contain them unchanged.

    In a workbook, a formula would be read as its value, so the titles are in text cells.
    """
    rows = [GOOD | {"Name": title}]
    if kind == "xlsx":
        data: bytes | str = quoted_workbook(title)
    else:
        data = make_csv(rows) if kind == "csv" else make_json(rows)
    assert values(run(tmp_path, {f"cameras.{kind}": data}), "1")["name"] == {title}


def quoted_workbook(title: str) -> bytes:
    """Return a workbook in which the title is a text cell, as if an apostrophe had been typed before it."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(make_workbook([GOOD])))
    cell = book["Cameras"]["B3"]
    cell.value = title
    cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_columns_about_persons_are_nowhere(tmp_path: Path) -> None:
    for name, data in {
        "cameras.csv": make_csv([GOOD]),
        "cameras.xlsx": make_workbook([GOOD]),
        "cameras.json": make_json([GOOD]),
    }.items():
        outcome = run(tmp_path / name, {name: data})
        assert "A. Person" not in repr(outcome)


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    rows = [GOOD, GOOD | {"Id": "2", "Type": "light"}, GOOD | {"Id": "3", "State": "burnt"}, GOOD | {"Id": "4"}, GOOD]
    report = run(tmp_path, {"cameras.csv": make_csv(rows)}).report
    assert (report.rows_read, report.imported, dict(report.out_of_scope)) == (5, 2, {"not-a-camera": 1})
    assert [(row.locator, row.message[:12]) for row in report.problems] == [
        ("row=4;col=State", "unknown stat"),
        ("row=6", "duplicate id"),
    ]
    assert +report.rows_by_role == {"table": 5}
    assert report.as_dict()["records"] == {"organization": 1, "project": 2, "role": 2}


def test_a_row_with_a_problem_gives_no_claim_at_all(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD | {"State": "burnt"}])})
    assert (outcome.claims, outcome.evidence) == ([], [])


def test_empty_rows_and_empty_cells_are_ignored(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([{}, GOOD | {"Vendor": " ", "Ordered": ""}, {"Id": "  "}])})
    assert outcome.report.rows_read == 1
    assert set(values(outcome, "1")) == {"name", "kind", "country", "status"}


def test_a_column_without_a_name_is_not_overlooked(tmp_path: Path) -> None:
    table = make_csv([GOOD]).replace('"Updated"\n', '"Updated",""\n').replace('"2024-01-02"\n', '"2024-01-02","a remark"\n')
    (problem,) = run(tmp_path, {"cameras.csv": table}).report.problems
    assert problem.message.startswith("column '(column 10)' is neither used nor ignored")


def test_lookup_tables(tmp_path: Path) -> None:
    """Rows of a lookup table are imported if an imported row looked them up. Its other rows are out of scope."""
    sites = [
        {"id": "1", "shape": "a", "longitude": "39.6", "latitude": "-4"},
        {"id": "1", "shape": "b", "longitude": "39.7", "latitude": "-4"},
        {"id": "2", "shape": "a", "longitude": "39.7", "latitude": "-4"},
        {"id": "9", "shape": "a", "longitude": "39.7", "latitude": "-4"},
    ]
    rows = [GOOD, GOOD | {"Id": "2", "State": "burnt"}]
    outcome = run(tmp_path, {"cameras.csv": make_csv(rows), "sites.csv": make_csv(sites, SITES)})
    assert values(outcome, "1/place/b")["geometry"] == {"POINT (39.7 -4)"}
    assert outcome.report.rows_by_role == {"table": 2, "sites": 4}
    assert (outcome.report.imported, dict(outcome.report.out_of_scope)) == (1 + 2, {"side-table-unused": 2})
    assert len(outcome.report.problems) == 1
    assert outcome.report.rows_read == 6


def test_a_used_row_of_a_lookup_table_is_read_strictly(tmp_path: Path) -> None:
    sites = [{"id": "1", "shape": "a", "longitude": "39.6", "latitude": "-4", "note": "moved"}]
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD]), "sites.csv": make_csv(sites, (*SITES, "note"))})
    (problem,) = outcome.report.problems
    assert (problem.file, problem.message[:13]) == ("sites.csv", "column 'note'")
    assert (outcome.report.imported, outcome.report.rows_read) == (1, 2)


def test_the_evidence_of_a_long_cell_is_an_excerpt(tmp_path: Path) -> None:
    name = "word " * 1_000
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD | {"Name": name}])})
    assert values(outcome, "1")["name"] == {name.strip()}
    assert max(len(evidence.excerpt) for evidence in outcome.evidence) == MAX_EXCERPT


def test_encodings_and_line_ends(tmp_path: Path) -> None:
    name = "Kızılova 监控 — “é”"
    table = make_csv([GOOD | {"Name": name}])
    for number, data in enumerate([table.encode(), b"\xef\xbb\xbf" + table.encode(), table.replace("\n", "\r\n").encode()]):
        assert values(run(tmp_path / str(number), {"cameras.csv": data}), "1")["name"] == {name}
    decomposed = make_csv([GOOD | {"Name": "e\u0301"}])
    assert values(run(tmp_path / "nfc", {"cameras.csv": decomposed}), "1")["name"] == {"é"}


def test_a_cell_of_several_lines_does_not_shift_the_count_of_rows(tmp_path: Path) -> None:
    outcome = run(tmp_path, {"cameras.csv": make_csv([GOOD | {"Name": "two\nlines"}, GOOD | {"Id": "2"}])})
    assert values(outcome, "1")["name"] == {"two lines"}
    assert "row=3;col=Id" not in {evidence.locator for evidence in outcome.evidence}
    assert "row=3;col=Name" in {evidence.locator for evidence in outcome.evidence}


def test_the_schema_gives_the_unit_of_a_property(tmp_path: Path) -> None:
    table = make_csv([GOOD | {"Length": "1,200"}], (*GOOD, "Length"))
    (length,) = [claim for claim in run(tmp_path, {"cameras.csv": table}).claims if claim.property == "length"]
    assert (length.value, length.unit, length.source) == ("1200", "km", SLUG)
