"""`overt export --as-of`: the records that were in place on a date, with everything that belongs to them."""

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from overt.model.values.span import InPlace, in_place_on_record, make_span
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas

_BOUNDS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")


def read(folder: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / "tables" / f"{table}.parquet").to_pylist()
    return rows


@pytest.fixture(scope="module")
def folders(atlas: SmallAtlas, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders of Parquet files: the public tables of the release, and those as of 2016."""
    root = tmp_path_factory.mktemp("as-of")
    for name, words in (("all", []), ("then", ["--as-of", "2016"])):
        outcome = overt("-w", atlas.workspace.root, "export", "parquet", root / name, *words)
        assert outcome.code == 0, outcome
    return root / "all", root / "then"


def test_it_has_what_was_in_place_and_nothing_else(folders: tuple[Path, Path]) -> None:
    complete, then = folders
    days = date(2016, 1, 1), date(2016, 12, 31)
    answers = {
        row["id"]: in_place_on_record(make_span((row[name] for name in _BOUNDS), begun=row["begun"]), *days)
        for row in read(complete, "spans")
    }
    denied = {row["id"] for row in read(complete, "projects") if row["status"] in ("denied", "cancelled", "unverified")}
    denied |= {row["id"] for row in read(complete, "roles") if row["project"] in denied}
    assert denied
    gone = {identity for identity, answer in answers.items() if answer is InPlace.NOT} | denied
    records = {row["id"]: row for row in read(complete, "records")}
    left = {row["id"] for row in read(then, "records")}
    assert left < set(records) and not left & gone
    projects = {row["id"] for row in read(complete, "projects")}
    assert {row["id"] for row in read(then, "projects")} == projects - gone and projects & gone and projects - gone
    parts = {table: read(complete, table) for table in ("roles", "commitments")}
    assert any(row["project"] in gone for rows in parts.values() for row in rows), "else the test would prove nothing"
    for table, rows in parts.items():
        expected = {row["id"] for row in rows if row["project"] not in gone and row["id"] not in gone}
        assert {row["id"] for row in read(then, table)} == expected
    places = {row["id"] for row in read(complete, "places") if set(row["project"] or ()) - gone or not row["project"]}
    assert {row["id"] for row in read(then, "places")} == places
    assert {row["year"] for row in read(then, "indicators")} <= {2016} and read(then, "reported_figures") == []
    organizations = {row["id"] for row in read(complete, "organizations")}
    assert {row["id"] for row in read(then, "organizations")} == organizations, "they do not begin and end here"
    stay = {row["id"] for row in records.values() if row["type"] in ("agreement", "programme", "restriction", "listing")} - gone
    assert stay <= left
    [figure] = [row for row in read(then, "figures") if row["name"] == "test-projects"]
    counted = {row["unit_id"] for row in read(complete, "figure_rows") if row["name"] == "test-projects" and row["counted"]}
    assert figure["value"] == len(counted - gone), "figures are computed again"


def test_names_and_metadata_say_the_date(atlas: SmallAtlas, folders: tuple[Path, Path], tmp_path: Path) -> None:
    report = orjson.loads(folders[1].with_name("then.report.json").read_bytes())
    assert report["release"].endswith("+as-of-2016") and report["as_of"] == "2016"
    assert report["notes"][0].startswith("State of the world as of 2016: ")
    complete = orjson.loads(folders[0].with_name("all.report.json").read_bytes())
    assert "as_of" not in complete and report["release"] == f"{complete['release']}+as-of-2016"
    assert orjson.loads((folders[1] / "manifest.json").read_bytes())["as_of"] == "2016"
    outcome = overt("-w", atlas.workspace.root, "export", "geojson", tmp_path / "map", "--as-of", "2016")
    assert outcome.code == 0, outcome
    for path in (tmp_path / "map").glob("*.geojson"):
        assert orjson.loads(path.read_bytes())["as_of"] == "2016"


@pytest.mark.parametrize("words", ["soon", "2018-13", "2016/2018"])
def test_dates_without_a_state_are_refused(atlas: SmallAtlas, tmp_path: Path, words: str) -> None:
    outcome = overt("-w", atlas.workspace.root, "export", "csv", tmp_path / "x", "--as-of", words)
    assert outcome.code != 0 and len(outcome.errors) == 1 and f"--as-of {words}" in outcome.errors[0]
    assert not (tmp_path / "x").exists()
