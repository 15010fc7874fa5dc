"""Network measurements in a release: counted as by `overt measure`, verified, and withheld from the public."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from overt.archive import Archive
from overt.cli.runner import run
from overt.index.editions.filtered_project_subset import read_subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.observation_table_columns import MEASUREMENTS
from overt.release.blocklist_and_domain_tables import verify_observations
from overt.release.measurement_tables import write_measurement_tables
from overt.release.release_inputs import SourceInput
from tests.measure.scenarios.ooni_sample_generator import lines, packed
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.release_table_rows_and_file_hashes import query_release

TABLES = ("measurements", "measured_days", "measured_quarters")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Path]:
    atlas = Atlas(tmp_path_factory.mktemp("measured"))
    fetch_samples(atlas.workspace, ["ooni", "agreements"])
    return atlas, atlas.root / "releases" / atlas.build()


def test_groups_equal_those_of_overt_measure(
    released: tuple[Atlas, Path], content: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    release = released[1]
    sample = Path(str(content.source_folders["ooni"])) / "sample" / "ooni"
    for more, where in ([], "asn IS NOT NULL"), (["--by-country"], "asn IS NULL"):
        arguments = [str(sample / "measurements"), "--fingerprints", str(sample / "fingerprints"), "--aggregate", "--json", *more]
        assert run(["measure", *arguments]) == 0
        groups = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        rows = query_release(
            release, f"SELECT * FROM measured_days WHERE {where} ORDER BY country, asn, domain, test_name, period"
        )
        assert [row["period"] for row in rows] == [group["day"] for group in groups]
        for row, group in zip(rows, groups, strict=True):
            assert row["vantage_points"] == group["points"]
            assert group["asn"] == (f"AS{row['asn']}" if row["asn"] else None)
            for name in ("country", "domain", "measurements", "blocked", "share", "low", "high", "state", "mechanisms", "down"):
                assert row[name] == group[name], name


def test_a_quarter_counts_the_vantage_points_of_all_its_days(released: tuple[Atlas, Path]) -> None:
    [row, later] = query_release(
        released[1], "FROM measured_quarters WHERE country = 'XK' AND domain = 'news.example' AND asn IS NULL ORDER BY period"
    )
    assert (row["period"], str(row["first_day"]), str(row["last_day"]), row["days"]) == ("2026-Q1", "2026-03-01", "2026-03-05", 3)
    # Five vantage points had their connections cut, one of them twice; four more are in the tar archive. The measurements with
    # the verdicts `down` and `insufficient` count as measurements, but add no vantage point.
    assert (row["measurements"], row["vantage_points"], row["blocked"], row["networks"]) == (12, 9, 8, 3)
    assert (row["state"], row["down"], row["insufficient"]) == ("blocked", 1, 1)
    assert row["mechanisms"][0] == "tcp-reset" and "block-page" in row["mechanisms"]
    assert "web-http-cut" in row["rules"] and len(row["captures"]) == 2
    assert (later["state"], later["blocked"], later["vantage_points"]) == ("open", 0, 4)


def test_a_measurement_with_a_wrong_century_is_counted(content: Catalogue, tmp_path: Path) -> None:
    measurements = [measurement_row(asn, "0899-05-01") for asn in (1, 2, 3, 4)]
    rows = pa.Table.from_pylist(measurements, schema=MEASUREMENTS)
    pq.write_table(rows, tmp_path / "source.parquet")
    source = SourceInput("ooni", "", "", tmp_path, tmp_path, {}, measurements=tmp_path / "source.parquet")
    with connect() as connection:
        assert write_measurement_tables(connection, content, tmp_path, [source])["measured_quarters"] == 5
    [country, *networks] = pq.read_table(tmp_path / "measured_quarters.parquet").to_pylist()
    assert (country["asn"], country["period"], country["vantage_points"], country["state"]) == (None, "0899-Q2", 4, "open")
    assert [row["asn"] for row in networks] == [1, 2, 3, 4]


def measurement_row(asn: int, day: str) -> dict[str, Any]:
    target = {
        "source": "ooni",
        "country": "XK",
        "domain": "news.example",
        "test_name": "web_connectivity",
        "day": date.fromisoformat(day),
    }
    return {
        **target,
        "asn": asn,
        "verdict": "ok",
        "also": [],
        "rule": "web-ok",
        "observations": 1,
        "id": str(asn),
        "capture": "0",
    }


def test_every_verdict_names_the_version_of_its_fingerprints(released: tuple[Atlas, Path]) -> None:
    [used] = query_release(released[1], "SELECT sha256 FROM captures WHERE name LIKE '%fingerprints%'")
    version = used["sha256"][:16]
    assert query_release(released[1], "SELECT DISTINCT fingerprints FROM measurements") == [{"fingerprints": version}]
    for table in ("measured_days", "measured_quarters"):
        assert query_release(released[1], f"SELECT DISTINCT fingerprints FROM {table}") == [{"fingerprints": [version]}]


def test_one_vantage_point_is_too_little(released: tuple[Atlas, Path]) -> None:
    [row] = query_release(released[1], "FROM measured_quarters WHERE country = 'KE' AND asn IS NULL")
    assert (row["state"], row["blocked"], row["vantage_points"]) == ("too-little", 1, 1)


def test_every_number_has_its_rows(released: tuple[Atlas, Path]) -> None:
    for table, period in ("measured_days", "day::VARCHAR"), ("measured_quarters", "year(day) || '-Q' || quarter(day)"):
        lost = f"""
            FROM {table} AS g
            WHERE g.measurements <> (
                SELECT count(*) FROM measurements AS m
                WHERE m.country = g.country AND m.domain = g.domain AND m.test_name = g.test_name AND {period} = g.period
                    AND (g.asn IS NULL OR coalesce(m.asn, 0) = g.asn) AND list_contains(g.captures, m.capture)
            )
        """
        assert query_release(released[1], lost) == []
    lost = "FROM measurements WHERE capture NOT IN (SELECT sha256 FROM captures)"
    assert query_release(released[1], lost) == []


def test_platforms_have_tests(released: tuple[Atlas, Path], content: Catalogue) -> None:
    rows = {row["test_name"]: row["platform"] for row in query_release(released[1], "FROM platform_tests")}
    assert rows["telegram"] == "telegram" and rows["facebook_messenger"] == "messenger"
    assert len(rows) == sum(len(term.tests) for term in content.vocabularies["platforms"].terms), "a test is of one platform"


@pytest.mark.slow
def test_equal_inputs_give_equal_bytes(released: tuple[Atlas, Path], tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    fetch_samples(atlas.workspace, ["ooni", "agreements"])
    again = atlas.root / "releases" / atlas.build("--threads", "1")
    for name in TABLES:
        assert (again / "tables" / f"{name}.parquet").read_bytes() == (released[1] / "tables" / f"{name}.parquet").read_bytes()


@pytest.mark.slow
def test_verification_judges_and_counts_measurements_again(
    released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path
) -> None:
    atlas, release = released
    assert atlas.ok("verify").out.startswith("whole: ")
    archive = Archive(atlas.workspace.archive)
    assert list(verify_observations(release, archive, content)) == []
    copy = tmp_path / release.name
    shutil.copytree(release, copy)
    path = copy / "tables" / "measurements.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[0]["verdict"] = "ok"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    lines = list(verify_observations(copy, archive, content))
    assert "measurements recomputed from the archived files of ooni differ" in lines[0] and "the same number of rows" in lines[0]
    assert [line.partition(": its table ")[2] for line in lines[1:]] == [
        "measured_days differs from a new count of its measurements",
        "measured_quarters differs from a new count of its measurements",
    ]
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"measure": "', '"measure": "0'))
    assert list(verify_observations(copy, archive, content)) == [], "measurements judged by other rules are not compared"


def test_the_public_edition_has_measurements_only_if_allowed(
    released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path
) -> None:
    edition = restrict(released[1], ["open"], content, tmp_path)
    for name in TABLES:
        assert edition.manifest["tables"][name]["rows"] == 0
    assert edition.manifest["tables"]["platform_tests"]["rows"] == 6
    assert b"news.example" not in b"".join(path.read_bytes() for path in edition.tables.glob("*.parquet"))
    allowed = restrict(released[1], ["open", "non-commercial"], content, tmp_path)
    assert allowed.manifest["tables"]["measurements"]["rows"] == 21


@pytest.mark.parametrize(("query", "count"), [("country=XK", 20), ("country=KE", 1), ("kind=smart-city", 0)])
def test_a_subset_has_the_measurements_of_its_complete_countries(
    released: tuple[Atlas, Path], content: Catalogue, tmp_path: Path, query: str, count: int
) -> None:
    everything = restrict(released[1], ["open", "non-commercial"], content, tmp_path)
    part = take_subset(everything, released[1].name, read_subset([query], content), content, tmp_path, served=False)
    assert part.manifest["tables"]["measurements"]["rows"] == count
    with duckdb.connect() as connection:
        counted = f"SELECT coalesce(sum(measurements), 0) FROM '{part.tables / 'measured_days.parquet'}' WHERE asn IS NULL"
        assert connection.execute(counted).fetchone() == (count,)


def test_a_broken_measurement_is_reported_and_does_not_stop_the_import(tmp_path: Path) -> None:
    """Ten years of reports include some that were cut off. In other sources, such a row would stop the import."""
    atlas = Atlas(tmp_path)
    folder = tmp_path / "in" / "ooni" / "measurements"
    folder.mkdir(parents=True)
    (folder / "good.jsonl.gz").write_bytes(packed(lines()))
    (folder / "cut.json").write_bytes(b'{"test_name": "web_connectivity", "test_keys": {')
    atlas.ok("fetch", "ooni", "--from", tmp_path / "in")
    outcome = atlas.ok("import", "ooni")
    assert "+ 1 problem;" in outcome.out
    assert "ooni: ooni/measurements/cut.json: " in outcome.err
    atlas.ok("build")
