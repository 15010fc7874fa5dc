"""Single measurements in a release: counted as `overt measure` counts them, checked again, and kept from those who may not have
them.
"""

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
from overt.cli.app import run
from overt.index.public_edition import restrict
from overt.index.subset import read_subset, take_subset
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.model.observations import MEASUREMENTS
from overt.release.blocklists import verify_observed
from overt.release.inputs import SourceInput
from overt.release.measurements import write_measured
from tests.measure.ooni_sample import lines, packed
from tests.support.atlas import Atlas, fetch_samples, query_release

TABLES = ("measurements", "measured_days", "measured_quarters")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, Path]:
    atlas = Atlas(tmp_path_factory.mktemp("measured"))
    fetch_samples(atlas.workspace, ["ooni", "agreements"])
    return atlas, atlas.root / "releases" / atlas.build()


def test_groups_are_those_of_overt_measure(
    made: tuple[Atlas, Path], content: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    release = made[1]
    sample = Path(str(content.source_folders["ooni"])) / "sample" / "ooni"
    for more, where in ([], "asn IS NOT NULL"), (["--by-country"], "asn IS NULL"):
        given = [str(sample / "measurements"), "--fingerprints", str(sample / "fingerprints"), "--aggregate", "--json", *more]
        assert run(["measure", *given]) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        held = query_release(
            release, f"SELECT * FROM measured_days WHERE {where} ORDER BY country, asn, domain, test_name, period"
        )
        assert [row["period"] for row in held] == [one["day"] for one in told]
        for row, one in zip(held, told, strict=True):
            assert row["vantage_points"] == one["points"]
            assert one["asn"] == (f"AS{row['asn']}" if row["asn"] else None)
            for name in ("country", "domain", "measurements", "blocked", "share", "low", "high", "state", "mechanisms", "down"):
                assert row[name] == one[name], name


def test_a_quarter_has_the_points_of_all_its_days(made: tuple[Atlas, Path]) -> None:
    [row, later] = query_release(
        made[1], "FROM measured_quarters WHERE country = 'XK' AND domain = 'news.example' AND asn IS NULL ORDER BY period"
    )
    assert (row["period"], str(row["first_day"]), str(row["last_day"]), row["days"]) == ("2026-Q1", "2026-03-01", "2026-03-05", 3)
    # Five that were cut, one of them twice, and four of the archive; what is down or says nothing is no trial.
    assert (row["measurements"], row["vantage_points"], row["blocked"], row["networks"]) == (12, 9, 8, 3)
    assert (row["state"], row["down"], row["insufficient"]) == ("blocked", 1, 1)
    assert row["mechanisms"][0] == "tcp-reset" and "block-page" in row["mechanisms"]
    assert "web-http-cut" in row["rules"] and len(row["captures"]) == 2
    assert (later["state"], later["blocked"], later["vantage_points"]) == ("open", 0, 4)


def test_a_clock_that_is_centuries_off_is_counted_all_the_same(content: Catalogue, tmp_path: Path) -> None:
    made = [frame_of(asn, "0899-05-01") for asn in (1, 2, 3, 4)]
    rows = pa.Table.from_pylist(made, schema=MEASUREMENTS)
    pq.write_table(rows, tmp_path / "source.parquet")
    held = SourceInput("ooni", "", "", tmp_path, tmp_path, {}, measurements=tmp_path / "source.parquet")
    with connect() as connection:
        assert write_measured(connection, content, tmp_path, [held])["measured_quarters"] == 5
    [whole, *networks] = pq.read_table(tmp_path / "measured_quarters.parquet").to_pylist()
    assert (whole["asn"], whole["period"], whole["vantage_points"], whole["state"]) == (None, "0899-Q2", 4, "open")
    assert [row["asn"] for row in networks] == [1, 2, 3, 4]


def frame_of(asn: int, day: str) -> dict[str, Any]:
    said = {
        "source": "ooni",
        "country": "XK",
        "domain": "news.example",
        "test_name": "web_connectivity",
        "day": date.fromisoformat(day),
    }
    return {**said, "asn": asn, "verdict": "ok", "also": [], "rule": "web-ok", "observations": 1, "id": str(asn), "capture": "0"}


def test_one_voice_is_too_little(made: tuple[Atlas, Path]) -> None:
    [row] = query_release(made[1], "FROM measured_quarters WHERE country = 'KE' AND asn IS NULL")
    assert (row["state"], row["blocked"], row["vantage_points"]) == ("too-little", 1, 1)


def test_every_number_leads_to_its_rows(made: tuple[Atlas, Path]) -> None:
    for table, period in ("measured_days", "day::VARCHAR"), ("measured_quarters", "year(day) || '-Q' || quarter(day)"):
        lost = f"""
            FROM {table} AS g
            WHERE g.measurements <> (
                SELECT count(*) FROM measurements AS m
                WHERE m.country = g.country AND m.domain = g.domain AND m.test_name = g.test_name AND {period} = g.period
                    AND (g.asn IS NULL OR coalesce(m.asn, 0) = g.asn) AND list_contains(g.captures, m.capture)
            )
        """
        assert query_release(made[1], lost) == []
    lost = "FROM measurements WHERE capture NOT IN (SELECT sha256 FROM captures)"
    assert query_release(made[1], lost) == []


def test_platforms_have_tests(made: tuple[Atlas, Path], content: Catalogue) -> None:
    rows = {row["test_name"]: row["platform"] for row in query_release(made[1], "FROM platform_tests")}
    assert rows["telegram"] == "telegram" and rows["facebook_messenger"] == "messenger"
    assert len(rows) == sum(len(term.tests) for term in content.vocabularies["platforms"].terms), "a test is of one platform"


def test_equal_inputs_give_equal_bytes(made: tuple[Atlas, Path], tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    fetch_samples(atlas.workspace, ["ooni", "agreements"])
    again = atlas.root / "releases" / atlas.build("--threads", "1")
    for name in TABLES:
        assert (again / "tables" / f"{name}.parquet").read_bytes() == (made[1] / "tables" / f"{name}.parquet").read_bytes()


def test_what_was_measured_is_judged_and_counted_again(made: tuple[Atlas, Path], content: Catalogue, tmp_path: Path) -> None:
    atlas, release = made
    assert atlas.ok("verify").out.startswith("whole: ")
    archive = Archive(atlas.workspace.archive)
    assert list(verify_observed(release, archive, content)) == []
    copy = tmp_path / release.name
    shutil.copytree(release, copy)
    path = copy / "tables" / "measurements.parquet"
    held = pq.read_table(path)
    rows = held.to_pylist()
    rows[0]["verdict"] = "ok"
    pq.write_table(pa.Table.from_pylist(rows, schema=held.schema), path)
    lines = list(verify_observed(copy, archive, content))
    assert "the archived files of ooni give other measurements than the release keeps (others)" in lines[0]
    assert [line.partition("another table ")[2] for line in lines[1:]] == [
        "measured_days than it keeps",
        "measured_quarters than it keeps",
    ]
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"measure": "', '"measure": "0'))
    assert list(verify_observed(copy, archive, content)) == [], "what other rules judged is not compared"


def test_others_are_shown_none_of_it_unless_that_is_allowed(made: tuple[Atlas, Path], content: Catalogue, tmp_path: Path) -> None:
    edition = restrict(made[1], ["open"], content, tmp_path)
    for name in TABLES:
        assert edition.manifest["tables"][name]["rows"] == 0
    assert edition.manifest["tables"]["platform_tests"]["rows"] == 6
    assert b"news.example" not in b"".join(path.read_bytes() for path in edition.tables.glob("*.parquet"))
    allowed = restrict(made[1], ["open", "non-commercial"], content, tmp_path)
    assert allowed.manifest["tables"]["measurements"]["rows"] == 21


@pytest.mark.parametrize(("asked", "held"), [("country=XK", 20), ("country=KE", 1), ("kind=smart-city", 0)])
def test_a_part_has_those_of_countries_that_are_all_in_it(
    made: tuple[Atlas, Path], content: Catalogue, tmp_path: Path, asked: str, held: int
) -> None:
    everything = restrict(made[1], ["open", "non-commercial"], content, tmp_path)
    part = take_subset(everything, made[1].name, read_subset([asked], content), content, tmp_path, served=False)
    assert part.manifest["tables"]["measurements"]["rows"] == held
    with duckdb.connect() as connection:
        counted = f"SELECT coalesce(sum(measurements), 0) FROM '{part.tables / 'measured_days.parquet'}' WHERE asn IS NULL"
        assert connection.execute(counted).fetchone() == (held,)


def test_what_is_no_measurement_stops_nothing_and_is_named(tmp_path: Path) -> None:
    """Ten years of reports hold some that were cut off; other sources refuse a row that is a problem."""
    atlas = Atlas(tmp_path)
    folder = tmp_path / "in" / "ooni" / "measurements"
    folder.mkdir(parents=True)
    (folder / "good.jsonl.gz").write_bytes(packed(lines()))
    (folder / "cut.json").write_bytes(b'{"test_name": "web_connectivity", "test_keys": {')
    atlas.ok("fetch", "ooni", "--from", tmp_path / "in")
    said = atlas.ok("import", "ooni")
    assert "+ 1 problem;" in said.out
    assert "ooni: ooni/measurements/cut.json: " in said.err
    atlas.ok("build")
