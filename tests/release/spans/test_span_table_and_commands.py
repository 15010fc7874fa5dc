"""The release table `spans`: plans, lists, roles and stale records.

This module also tests the commands and Python functions that read the table, and the table of a public edition.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import overt
from overt.cli.reports.atlas_status import unconfirmed_records
from overt.export.public_release_reader import open_public_release
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases
from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id
from tests.support.command_runs import overt as run
from tests.support.small_atlas import SmallAtlas


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    atlas = Atlas(tmp_path_factory.mktemp("spans"))
    rows = make_statements("organization", "firm", name="Bright Firm")
    rows += make_statements("document", "map", title="Map of 2022", published="2022-11-10")
    rows += make_statements("document", "report", title="Report of 2012", published="2012-03")

    def cited(kind: str, key: str, document: str, **values: Any) -> list[Statement]:
        return [row._replace(document=document) for row in make_statements(kind, key, **values)]

    rows += cited("project", "planned", "alpha:map", name="Cable", operational="2023", status="announced", country="KE")
    rows += cited("project", "running", "alpha:map", name="Old cable", operational="2009", status="operational", country="KE")
    rows += cited("project", "old", "alpha:report", name="Cameras", operational="2011", country="KE")
    rows += cited("project", "undated", "alpha:map", name="Antenna", status="operational", country="UG")
    rows += cited("project", "denied", "alpha:map", name="Mast", operational="2009", status="denied", country="UG")
    rows += make_statements("role", "role-denied", project="alpha:denied", organization="alpha:firm", role="customer")
    rows += make_statements("project", "loan", name="Loan", agreed="2010", completed="2012-05", status="completed", country="KE")
    for key in ("planned", "running"):
        rows += make_statements("role", f"role-{key}", project=f"alpha:{key}", organization="alpha:firm", role="supplier")
    rows += make_statements(
        "role", "first", project="alpha:running", organization="alpha:firm", role="operator", start="2010-01-01", end="2015-06-01"
    )
    for key, editions in {"on": ["2019-01-01", "2021-01-01"], "off": ["2019-01-01"]}.items():
        rows += make_statements(
            "listing", key, organization="alpha:firm", list="us-dod-1260h", edition=editions, start="2019-01-01"
        )
    atlas.fetch("alpha", rows, "2026-06-05")
    atlas.build()
    return atlas.root


@pytest.fixture(scope="module")
def spans(root: Path) -> dict[str, dict[str, Any]]:
    with overt.open(root) as atlas:
        return {row["id"]: row for row in atlas.table("spans").dicts()}


def test_a_date_after_its_source_is_a_plan(spans: dict[str, dict[str, Any]]) -> None:
    row = spans[own_id("alpha:planned")]
    assert (row["begun"], row["not_begun"], row["planned"], row["planned_as_of"]) == (False, "planned", "2023", "2022-11-10")
    assert (row["status"], row["status_as_of"], row["begin_earliest"]) == ("announced", "2022-11-10", None)


def test_a_source_in_place_confirms_until_its_day(spans: dict[str, dict[str, Any]]) -> None:
    row = spans[own_id("alpha:running")]
    assert (row["begin_earliest"], row["begin_latest"]) == (date(2009, 1, 1), date(2009, 12, 31))
    assert (row["confirmed"], row["end_latest"], row["stale"]) == (date(2022, 11, 10), None, False)
    assert (row["begin_latest_rule"], row["end_earliest_rule"]) == ("date", "in-place")
    assert row["begin_latest_claims"] and row["end_earliest_claims"]


def test_a_completed_loan_says_nothing_about_the_end(spans: dict[str, dict[str, Any]]) -> None:
    row = spans[own_id("alpha:loan")]
    assert (row["begin_earliest"], row["begin_latest"]) == (date(2012, 5, 1), date(2012, 5, 31))
    assert (row["end_earliest"], row["end_latest"]) == (date(2012, 5, 2), None)


def test_a_list_lasts_until_an_edition_without_it(spans: dict[str, dict[str, Any]]) -> None:
    off, on = spans[own_id("alpha:off")], spans[own_id("alpha:on")]
    assert (off["end_earliest"], off["end_latest"], off["end_latest_rule"]) == (
        date(2019, 1, 2),
        date(2021, 1, 1),
        "edition-without",
    )
    assert (on["confirmed"], on["end_latest"]) == (date(2021, 1, 1), None)


def test_a_role_lasts_as_its_project_unless_it_has_dates(spans: dict[str, dict[str, Any]]) -> None:
    role, project = spans[own_id("alpha:role-running")], spans[own_id("alpha:running")]
    assert [role[name] for name in ("begin_earliest", "begin_latest", "confirmed")] == [
        project[name] for name in ("begin_earliest", "begin_latest", "confirmed")
    ]
    assert role["begin_earliest_rule"] == "project"
    assert not spans[own_id("alpha:role-planned")]["begun"], "a part in a plan is a plan"
    first = spans[own_id("alpha:first")]
    assert (first["begin_latest"], first["end_latest"]) == (date(2010, 1, 1), date(2015, 6, 1))


def test_what_nobody_confirmed_for_long_is_stale(root: Path, spans: dict[str, dict[str, Any]]) -> None:
    assert spans[own_id("alpha:old")]["stale"] and spans[own_id("alpha:planned")]["stale"], (
        "2023 has passed without a newer source"
    )
    listed = unconfirmed_records(Workspace.open(root))
    ids = [row["id"] for row in listed]
    assert set(ids) == {own_id(f"alpha:{key}") for key in ("old", "planned", "loan", "on")}
    answer = run("status", "--workspace", root)
    assert (
        "not confirmed by a source for a long time: 1 listing, 3 projects; `overt status --unconfirmed` lists them" in answer.out
    )
    lines = run("status", "--unconfirmed", "--workspace", root)
    assert "Cameras" in lines.out and "planned for 2023" in lines.out and "4 records" in lines.err


def test_python_reads_what_was_in_place(root: Path) -> None:
    with overt.open(root) as atlas:
        answers = {row["id"]: row["in_place"] for row in atlas.in_place("2018", "project").dicts()}
        keys = {"running": "certainly", "old": "possibly", "loan": "possibly"}
        assert answers == {own_id(f"alpha:{key}"): answer for key, answer in keys.items()}
        assert {row["type"] for row in atlas.in_place("2018").dicts()} == {"project", "role"}
        assert own_id("alpha:undated") in {row["id"] for row in atlas.in_place("2022").dicts()}
        denied = {own_id("alpha:denied"), own_id("alpha:role-denied")}
        assert all(not denied & {row["id"] for row in atlas.in_place(year).dicts()} for year in ("1950", "2012", "2022"))
        assert atlas.in_place(atlas.manifest["date"]) and atlas.in_place(atlas.manifest["date"][:4])
        with pytest.raises(UsageError, match=r"2040 is after release .*; write that day or an earlier date"):
            atlas.in_place("2040")
        with pytest.raises(UsageError, match="is not a day, month or year"):
            atlas.in_place("2016/2018")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["show", "alpha:planned"], "as of 2024: not in place (planned for 2023, as of 2022-11-10)"),
        (["show", "alpha:running"], "as of 2024: possibly in place"),
        (["show", "alpha:denied"], "as of 2024: not counted as in place, because it is denied, cancelled or unverified"),
        (["show", "UG"], "as of 2024: 1 project possibly or certainly in place, 0 certainly; 0 only planned"),
        (["show", "KE"], "as of 2024: 3 projects possibly or certainly in place, 0 certainly; 1 only planned"),
        (["show", "alpha:firm"], "as of 2024: 1 project possibly or certainly in place, 0 certainly; 1 only planned"),
    ],
)
def test_the_command_shows_the_state_as_of_a_date(root: Path, words: list[str], expected: str) -> None:
    answer = run(*words, "--as-of", "2024", "--workspace", root)
    assert answer.code == 0 and answer.out.splitlines()[0] == expected


def test_what_no_source_dates_is_not_on_record_before_its_first_source(root: Path) -> None:
    for year, expected in (
        ("2021", "first on record later or without a date; no source says when it began"),
        ("2022", "certainly in place"),
    ):
        answer = run("show", "alpha:undated", "--as-of", year, "--workspace", root)
        assert answer.out.splitlines()[0] == f"as of {year}: {expected}"
    for year, number in (("2012", 0), ("2022", 1)):
        answer = run("show", "UG", "--as-of", year, "--workspace", root)
        assert answer.out.startswith(f"as of {year}: {number} project")


def test_the_command_searches_as_of_a_date(root: Path) -> None:
    answer = run("search", "cable", "--as-of", "2015", "--workspace", root)
    assert own_id("alpha:running") in answer.out and own_id("alpha:planned") not in answer.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "alpha:running", "--as-of", "soon"], "--as-of soon: write a day, a month or a year"),
        (["show", "alpha:running", "--as-of", "2040"], "; write that day or an earlier date"),
        (["search", "cable", "--as-of", "2040"], "--as-of 2040 is after release "),
        (["figures", "--as-of", "2040"], "--as-of 2040 is after release "),
        (["export", "csv", "unused", "--as-of", "2040"], "--as-of 2040 is after release "),
        (["show", "alpha:map", "--as-of", "2018"], "is a document record, which does not begin and end"),
        (["figures", "finance-total", "--as-of", "2018"], "finance-total: "),
        (["figures", "--as-of", "2018", "--region", "asean"], "a figure takes one of them at a time"),
    ],
)
def test_the_command_refuses_what_has_no_state(root: Path, words: list[str], message: str) -> None:
    answer = run(*words, "--workspace", root)
    assert answer.code == 2 and message in answer.err


def test_a_public_edition_has_only_spans_of_what_it_shows(atlas: SmallAtlas) -> None:
    folder = list_releases(atlas.workspace.releases)[-1]
    with open_public_release(atlas.workspace, folder) as public:
        spans = {row["id"]: row for row in public.rows("SELECT * FROM spans")}
        assert spans.keys() <= {row["id"] for row in public.rows("SELECT id FROM records")}
        claims = {row["claim_id"] for row in public.rows("SELECT claim_id FROM claims")}
        names = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
        used = {claim for row in spans.values() for name in names for claim in row[f"{name}_claims"] or ()}
        assert used and used <= claims
