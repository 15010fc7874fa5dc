"""The complete atlas built from the real data."""

import csv
from decimal import Decimal
from pathlib import Path

import orjson
import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from tests.support.command_runs import Outcome, overt
from tests.support.release_table_rows_and_file_hashes import file_hashes, query_release, read_table

pytestmark = [pytest.mark.data, pytest.mark.slow]


@pytest.fixture(scope="module")
def built(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    root = tmp_path_factory.mktemp("real") / "atlas"
    Workspace.create(root)
    outcome = overt("build", "--from", data, "--threads", 2, "-w", root)
    assert outcome.code == 0, outcome
    return root, outcome


@pytest.fixture(scope="module")
def release(built: tuple[Path, Outcome]) -> Path:
    return built[0] / "releases" / built[1].out.splitlines()[-1]


def read_reports(root: Path) -> dict[str, dict[str, object]]:
    return {path.parent.parent.name: orjson.loads(path.read_bytes()) for path in (root / "claims").glob("*/*/report.json")}


def test_every_source_accounts_for_every_row(built: tuple[Path, Outcome]) -> None:
    reports = read_reports(built[0])
    own = {"ftm_statements"}  # statements written by an editor
    no_files = {"vdem"}  # OVERT_DATA lacks Our World in Data's tables
    assert set(reports) == set(Catalogue().sources) - own - no_files, "a source has no data"
    skipped = {line.partition(":")[0] for line in built[1].err.splitlines() if ": skipped: no file for " in line}
    assert skipped & set(Catalogue().sources) - own == no_files, "no source but this was skipped, and it was reported"
    for source, report in reports.items():
        assert report["rows_read"] == report["imported"] + report["out_of_scope"] + report["problems"], source
        assert report["rows_read"] == sum(report["rows_by_role"].values()), source
        assert report["out_of_scope"] == sum(report["out_of_scope_by_rule"].values()), source
        # One of OONI's files is only an example of part of a measurement.
        assert report["problems"] == (source == "ooni"), report["problem_rows"]
        line = next(line for line in built[1].out.splitlines() if line.split()[0] == source)
        for number, noun in (
            (report["rows_read"], "rows ="),
            (report["imported"], "imported"),
            (report["out_of_scope"], "out of scope"),
        ):
            assert f"{number:,} {noun}" in " ".join(line.split()), line


def test_row_counts_match_the_files(built: tuple[Path, Outcome], data: Path) -> None:
    reports = read_reports(built[0])
    [aiddata] = (data / "aiddata").glob("*gcdf3_final_input*.csv")
    with aiddata.open(encoding="utf-8", newline="") as handle:
        assert sum(1 for _ in csv.DictReader(handle)) == 9404
    assert reports["aiddata_gcdf"]["rows_by_role"]["short"] == 9404
    assert reports["telegeography"]["records"]["project"] == 526
    assert reports["aigs_2019"]["records"]["assessment"] == 75
    indexed = list(reports["aigs_2022"]["rows_by_role"].values())
    assert sorted(indexed)[-2:] == [97, 179], "countries of the index and those of the second sheet"


def amounts_in_scope(data: Path) -> dict[str, Decimal]:
    """Return the amounts in the publisher's table for the records that Overt ships, rounded to four decimals, by commitment."""
    shipped = Path(str(Catalogue().source_folders["aiddata_gcdf"])) / "edition" / "gcdf3_final_input.csv"
    [publisher] = (data / "aiddata").glob("*gcdf3_final_input*.csv")
    with shipped.open(encoding="utf-8", newline="") as handle:
        in_scope = {row["AidData.Record.ID"] for row in csv.DictReader(handle)}
    with publisher.open(encoding="utf-8", newline="") as handle:
        return {
            canonical_id(f"aiddata_gcdf:{row['AidData.Record.ID']}/commitment"): Decimal(amount).quantize(Decimal("0.0001"))
            for row in csv.DictReader(handle)
            if row["AidData.Record.ID"] in in_scope and (amount := row["Amount.(Constant.USD.2021)"])
        }


def test_quoted_numbers_come_from_the_rows(release: Path, built: tuple[Path, Outcome], data: Path) -> None:
    figures = {figure["name"]: figure for figure in orjson.loads(overt("figures", "--json", "-w", built[0]).out)}
    assert {figure["status"] for figure in figures.values()} == {"ok"}
    variants = {name: {variant["name"]: variant["value"] for variant in figure["variants"]} for name, figure in figures.items()}
    older, newer, cables = (
        figures[name] for name in ("surveillance-export-countries-2019", "surveillance-export-countries-2022", "submarine-cables")
    )
    assert (older["value"], newer["value"], cables["value"]) == (63, 68, 54)
    assert variants[older["name"]]["without-china"] == 62
    assert variants[older["name"]]["without-china-and-hong-kong"] == 61
    assert variants[cables["name"]]["supplied-by-hmn-tech"] == 36
    assert variants[cables["name"]]["owned-by-chinese-operators"] == 23
    assert variants[cables["name"]]["all-systems"] == 526
    assert [float(figure["comparators"][0]["value"]) for figure in (older, cables)] == [63.0, 56.0]
    assert [gap["what"] for gap in cables["gaps"]] == []
    # Two cables on the map are in the register of deployments, too.
    assert [(source["source"], source["as_of"]) for source in cables["sources"]] == [
        ("telegeography", "2022-11-10"), ("organizations", None), ("deployments", None),
    ]  # fmt: skip
    platforms = variants["platforms-blocked"]
    assert figures["platforms-blocked"]["value"] == 49
    assert (platforms["every-measured-day"], platforms["by-henan"], platforms["all-platforms"]) == (42, 14, 77)
    money, amounts = figures["finance-total"], amounts_in_scope(data)
    assert Decimal(str(money["value"])) == sum(amounts.values()) == Decimal("27098721353.9613")
    assert {row["unit_id"]: Decimal(str(row["amount"])) for row in money["rows"]} == amounts
    for figure in (older, newer, cables):
        assert len({row["unit_id"] for row in figure["rows"]}) == figure["value"]


def test_january_first_means_the_year(release: Path) -> None:
    days = "SELECT count(*) AS n FROM claims WHERE source = 'aiddata_gcdf' AND value LIKE '____-01-01'"
    assert query_release(release, days) == [{"n": 0}]
    years = query_release(release, "SELECT count(*) AS n FROM commitments WHERE length(agreed) = 4")
    assert years[0]["n"] > 0


def test_projects_known_only_to_a_country_have_no_point(release: Path) -> None:
    pinned = "SELECT count(*) AS n FROM places WHERE precision IN ('country', 'unlocated') AND geometry IS NOT NULL"
    assert query_release(release, pinned) == [{"n": 0}]


def test_indexes_make_no_projects(release: Path) -> None:
    lost = "SELECT id FROM projects WHERE id IN (SELECT id FROM members WHERE source IN ('aigs_2019', 'aigs_2022'))"
    assert query_release(release, lost) == []


def test_huawei_marine_and_hmn_tech_are_merged_and_no_subsidiary_with_its_parent(release: Path) -> None:
    clusters: dict[str, set[str]] = {}
    for row in read_table(release / "tables" / "members.parquet"):
        clusters.setdefault(row["id"], set()).add(row["record"])
    hmn = next(members for members in clusters.values() if "organizations:hmn-tech" in members)
    assert any(member.startswith("telegeography:") for member in hmn)
    for row in query_release(release, 'SELECT "from", "to" FROM relations WHERE kind <> \'renamed\''):
        assert row["from"] != row["to"]


def test_the_release_verifies_and_is_reproducible(built: tuple[Path, Outcome], release: Path, data: Path, tmp_path: Path) -> None:
    verified = overt("verify", "-w", built[0])
    assert verified.code == 0, verified
    other = tmp_path / "atlas"
    Workspace.create(other)
    retrieved = max(snapshot["retrieved"] for snapshot in query_release(release, "SELECT retrieved FROM captures"))
    again = overt("build", "--from", data, "--retrieved", retrieved, "--threads", 1, "-w", other)
    assert again.code == 0, again
    assert again.out.splitlines()[-1] == release.name
    assert file_hashes(other / "releases" / release.name) == file_hashes(release)
