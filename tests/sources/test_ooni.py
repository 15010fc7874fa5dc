"""Network measurements as a source: each line is judged, left out by rule or a problem, whatever the order of the files."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from overt.archive import match_files
from overt.importing import judged_measurement_rows
from overt.importing.errors import FileProblem
from overt.importing.folder_import_without_archive import folder_files, import_folder
from overt.importing.snapshot_importer_run import Outcome, run_source
from overt.measure import parallel_judging as parallel
from overt.model.content_catalogue import Catalogue
from tests.measure.scenarios import ooni_sample_generator
from tests.measure.scenarios.measurement_parts import PLAIN, web

SLUG = "ooni"


def run(content: Catalogue, folder: Path, **files: bytes) -> Outcome:
    subfolder = folder / "ooni" / "measurements"
    subfolder.mkdir(parents=True)
    for name, data in files.items():
        (subfolder / f"{name}.json").write_bytes(data)
    return import_folder(content, SLUG, folder)


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.observations is not None
    return outcome.observations.measurements.to_pylist()


def lines(*judged_measurements: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(measurement).encode() + b"\n" for measurement in judged_measurements)


def test_the_sample_is_what_its_generator_writes(content: Catalogue, tmp_path: Path) -> None:
    packaged = Path(str(content.source_folders[SLUG])) / "sample"
    ooni_sample_generator.write(tmp_path / "ooni")
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {path.relative_to(packaged): path.read_bytes() for path in packaged.rglob("*") if path.is_file()}


def test_every_measurement_is_accounted_for(content: Catalogue, tmp_path: Path) -> None:
    data = lines(web(PLAIN), {"hello": "world"}, web(PLAIN) | {"test_name": "ndt"}, web(PLAIN) | {"probe_cc": "ZZ"})
    outcome = run(content, tmp_path, a=data, b=b"nonsense", c=lines(web("http:///path")))
    report = outcome.report
    assert (report.rows_read, report.imported) == (6, 1)
    assert dict(report.out_of_scope) == {"unsupported-test": 1, "not-countable": 2}
    assert [(row.file, row.locator) for row in report.problems] == [
        ("ooni/measurements/a.json", "line=2"),
        ("ooni/measurements/b.json", ""),
    ]
    [row] = rows(outcome)
    assert (row["domain"], row["place"], row["member"], row["verdict"]) == ("news.example", "line=1", None, "ok")


@pytest.mark.parametrize(
    ("day", "more", "is_counted"),
    [
        ("2026-03-02", {"measurement_uid": "20260301235959.123456_XK_webconnectivity_0123456789abcdef"}, True),
        ("2026-03-03", {"measurement_uid": "20260301235959.123456_XK_webconnectivity_0123456789abcdef"}, False),
        ("2025-01-01", {"measurement_uid": "20260301235959.123456_XK_webconnectivity_0123456789abcdef"}, True),
        ("2099-01-01", {}, False),
        ("2099-01-01", {"report_id": "by-itself"}, True),
        ("2026-03-03", {"measurement_uid": "20269901235959.123456_XK_webconnectivity_0123456789abcdef"}, True),
        ("1970-01-01", {}, False),
        ("2012-12-05", {"report_id": ""}, True),
        ("2026-02-30", {}, False),
    ],
)
def test_a_measurement_with_an_impossible_date_is_not_counted(
    content: Catalogue, tmp_path: Path, day: str, more: dict[str, str], is_counted: bool
) -> None:
    """If the measurement counted, its quarter would be the first or last with a test."""
    outcome = run(content, tmp_path, a=lines(web(PLAIN) | {"measurement_start_time": f"{day} 00:10:00"} | more))
    assert [str(row["day"]) for row in rows(outcome)] == [day] * is_counted
    assert outcome.report.out_of_scope["not-countable"] == (not is_counted)


def test_a_measurement_without_test_keys_is_stored(content: Catalogue, tmp_path: Path) -> None:
    """A failed attempt to measure is information, too."""
    outcome = run(content, tmp_path, a=lines(web(PLAIN) | {"test_keys": None}))
    assert [(row["verdict"], row["rule"]) for row in rows(outcome)] == [("insufficient", "no-findings")]


def test_neither_cores_nor_names_of_files_change_the_rows(
    content: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = folder_files(content, SLUG, ooni_sample_generator.write(tmp_path))
    first = run_source(SLUG, content, files)
    reversed_files = {role: list(reversed(role_files)) for role, role_files in files.items()}
    monkeypatch.setattr(parallel, "_PARALLEL_BYTES", 0)
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(judged_measurement_rows, "_BATCH_ROWS", 3)
    second = run_source(SLUG, content, reversed_files)
    assert first.observations is not None and second.observations is not None
    assert first.observations.measurements.num_rows == 21
    assert first.observations.measurements.equals(second.observations.measurements)


def test_a_file_saved_twice_counts_once(content: Catalogue, tmp_path: Path) -> None:
    outcome = run(content, tmp_path, a=lines(web(PLAIN)), b=lines(web(PLAIN)))
    assert (outcome.report.rows_read, len(rows(outcome))) == (1, 1)


def test_fingerprints_are_used_if_there_are_any(content: Catalogue, tmp_path: Path) -> None:
    ooni_sample_generator.write(tmp_path / "ooni")
    assert "web-block-page" in {row["rule"] for row in rows(import_folder(content, SLUG, tmp_path))}
    shutil.rmtree(tmp_path / "ooni" / "fingerprints")
    without = rows(import_folder(content, SLUG, tmp_path))
    assert "web-block-page" not in {row["rule"] for row in without} and len(without) == 21


def test_broken_fingerprints_are_named(content: Catalogue, tmp_path: Path) -> None:
    ooni_sample_generator.write(tmp_path / "ooni")
    path = tmp_path / "ooni" / "fingerprints" / "fingerprints_http.csv"
    path.write_text(path.read_text().replace(",nat,", ",universe,"))
    with pytest.raises(FileProblem, match=r"^ooni: ooni/fingerprints/fingerprints_http.csv: line 2: unknown scope 'universe'"):
        import_folder(content, SLUG, tmp_path)


def test_files_that_are_mostly_not_measurements_are_refused(
    content: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged_measurement_rows, "MAX_PROBLEMS", 3)
    with pytest.raises(FileProblem, match=r"are not measurements \(the first: ooni/measurements/a.json line=1: .*right files\?"):
        run(content, tmp_path, a=lines(*[{"a": 1}] * 4))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("ooni/measurements/anything.json", "measurements"),
        ("ooni/measurements/2018/deep/archive.tar.lz4", "measurements"),
        ("ooni/raw/20260301/00/IT/webconnectivity/2026030100_IT_webconnectivity.n0.0.jsonl.gz", "measurements"),
        ("2026030100_IT_webconnectivity.n0.0.jsonl.gz", "measurements"),
        ("20250527233111.802678_ID_webconnectivity_5a37ec909dbf14e3.json", "measurements"),
        ("ooni.jsonl", "measurements"),
        ("ooni-china.tar.gz", "measurements"),
        ("ooni/fingerprints/fingerprints_dns.csv", "fingerprints"),
        ("ooni/qa/dnsBlockingBOGON.json", None),
        ("ooni/fingerprints/README.md", None),
        ("cable/cable-geo.json", None),
        ("statements.json", None),
    ],
)
def test_patterns_of_files(content: Catalogue, tmp_path: Path, name: str, role: str | None) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"{}")
    patterns = {role: spec.patterns for role, spec in content.sources[SLUG].files.items()}
    assert [matched for matched, files in match_files(tmp_path, patterns).items() if files] == ([role] if role else [])


@pytest.mark.data
def test_real_measurements(content: Catalogue, data: Path) -> None:
    outcome = import_folder(content, SLUG, data)
    report = outcome.report
    assert (report.rows_read, report.imported, dict(report.out_of_scope)) == (935, 923, {"unsupported-test": 11})
    assert [Path(row.file).name for row in report.problems] == ["spec_ts-023-tor_15.json"]
    verdicts = {(row["country"], row["domain"]): (row["verdict"], row["mechanism"]) for row in rows(outcome)}
    assert verdicts["ID", "archive.org"] == ("blocked", "block-page")
    assert verdicts["IR", "www.facebook.com"] == ("blocked", "dns-forged-address")
    assert verdicts["IT", "telegram"] == ("ok", None)
