"""Benchmarks run at tiny sizes, their harness measures them, and all are listed. No speed is required."""

import asyncio
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench import harness, run
from bench.estimation import convergence_diagnostics, coverage, log_linear_speed
from bench.exports import export_formats
from bench.importing import firewall_blocklist_import_speed, row_scale
from bench.ledger import append
from bench.linkage import organization_relation_quality
from bench.measure import judging
from bench.projects import generated_project_matching, project_matching_quality
from bench.releases import command_and_index_times, full_build, release_scale, statement_aggregation, verification
from bench.server import attacks, web_server_comparison
from bench.site import as_of_slowdown, desk, explorer_in_browser, explorer_scale, page_sizes_and_server_time, templates
from overt.export.format_registry import FORMATS
from overt.server.app import ServeSettings
from tests.support.small_atlas import make_atlas

HAS_PEERS = bool(find_spec("followthemoney") and find_spec("nomenklatura"))


def result_of(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


@pytest.mark.slow
def test_full_build_accounts_for_every_row(capsys):
    assert full_build.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["every_row_accounted_for"]
    assert result["peak_gigabytes"] > 0
    assert any(line.startswith("us_dod_1260h: 397 rows = 397 imported") for line in result["account"])


def test_full_build_reports_missing_data(capsys, tmp_path):
    assert full_build.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"full_build: skipped: {tmp_path / 'none'}: the real data is not there; set OVERT_DATA or --data"
    ]


@pytest.mark.slow
def test_startup_reports_what_commands_import(capsys):
    assert command_and_index_times.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["index"]["megabytes"] > 0
    for name in command_and_index_times.JUDGED:
        assert "duckdb" not in result["commands"][name]["imports"]
    assert "sqlalchemy" in result["commands"]["judge list"]["imports"]


def test_startup_reports_missing_data(capsys, tmp_path):
    assert command_and_index_times.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith(f"command_and_index_times: skipped: {tmp_path / 'none'}: ")


@pytest.mark.slow
def test_verification_is_measured(capsys):
    assert verification.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["full"]["cpu_seconds"] > result["quick"]["cpu_seconds"] > 0
    assert set(result["show"]) == {"unchecked", "checked"}


def test_verification_reports_missing_data(capsys, tmp_path):
    assert verification.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith(f"verification: skipped: {tmp_path / 'none'}: ")


@pytest.mark.slow
def test_row_scale_accounts_for_every_row(capsys):
    assert row_scale.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["rows"] == 2_000
    assert result["claims"] > 1_960 * row_scale.CLAIMS_PER_ROW
    assert result["dict_reader_to_json"]["statements"] == 1_960 * (row_scale.CLAIMS_PER_ROW + 1)
    assert result["peak_megabytes"] > 0


@pytest.mark.slow
def test_release_scale_makes_ten_claims_a_record_and_equal_bytes_on_any_number_of_threads(capsys):
    assert release_scale.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["claims"] == 10 * result["records"]
    assert result["one_thread_and_two"]["files"] > 20
    assert result["one_thread_and_two"]["same_id"]
    assert result["one_thread_and_two"]["files_that_differ"] == []


@pytest.mark.slow
def test_the_desk_answers_on_a_generated_atlas(capsys):
    assert desk.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["records"] == 400
    assert all(
        result[f"{page}_seconds"] > 0 for page in ("first_page", "question", "queue", "judgement", "page_after_a_judgement")
    )


@pytest.mark.slow
def test_pages_of_every_kind_have_a_size(tmp_path):
    workspace, _ = make_atlas(tmp_path / "atlas")
    settings = ServeSettings(workspace)
    sizes = page_sizes_and_server_time.sizes(settings, 3, 2)
    kinds = {"explorer", "country", "country on one page", "organisation", "project", "claim", "compare", "release"}
    assert kinds | {"figure in a frame"} <= set(sizes)
    assert all(0 < kind["median_bytes"] <= kind["most_bytes"] for kind in sizes.values())
    assert sizes["country"]["pages"] == 4 and sizes["organisation"]["pages"] == 6, "in both languages"
    assert all(milliseconds > 0 for milliseconds in page_sizes_and_server_time.work(settings, 2).values())


def test_templates_render_the_same_pages_in_every_environment(tmp_path):
    workspace, _ = make_atlas(tmp_path / "atlas")
    paths = {"country": ["/country/KE", "/zh/country/KE"], "explorer": ["/"]}
    result = asyncio.run(templates.measure(ServeSettings(workspace), paths, 1))
    assert result["different_pages"] == {"plain": 0, "extension": 0, "private": 0}
    assert result["all"]["pages"] == 3


def test_the_explorer_reports_a_missing_chromium_in_one_line(capsys, monkeypatch):
    monkeypatch.setattr(explorer_in_browser, "chromium", lambda shell: None)
    assert explorer_in_browser.main(["--quick"]) == 0
    assert capsys.readouterr().out.splitlines() == ["explorer_in_browser: skipped: no Chromium here; name one in CHROMIUM"]


@pytest.mark.slow
def test_the_explorer_answers_on_generated_projects(capsys):
    assert explorer_scale.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["prepare_peak_gigabytes"] > 0
    times = {name: value for name, value in result.items() if isinstance(value, dict)}
    assert len(times) > 30
    assert all(value["median_ms"] > 0 for value in times.values())


def test_generated_claims_are_reproducible(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        release_scale.generate(tmp_path / name, 200)
    first, second = release_scale.hashes(tmp_path / "first"), release_scale.hashes(tmp_path / "second")
    assert first == second
    assert len(first) == 4


@pytest.mark.skipif(not HAS_PEERS, reason="needs the extra overt[ftm]")
def test_all_programs_of_the_aggregation_agree():
    result = json.loads(
        harness.run_child([sys.executable, "-m", "bench.releases.statement_aggregation", "--quick", "--json"]).output
    )
    assert result["same_entities_and_values"]
    assert set(statement_aggregation.PEERS) < set(result["entities_per_second"])


def test_overt_aggregates_the_generated_statements(content, tmp_path):
    assert statement_aggregation.generate(tmp_path, 30) == 30 * 16
    statement_aggregation.overt(tmp_path, content)
    statement_aggregation.bare_query(tmp_path)
    entities = statement_aggregation.table_entities(tmp_path / "overt" / "organizations.parquet")
    assert entities == statement_aggregation.table_entities(tmp_path / "bare.parquet")
    assert len(entities) == 30
    assert all(len(entity["alias"]) == 4 and len(entity["identifier"]) == 3 for entity in entities.values())


def test_aggregation_reports_a_missing_peer_in_one_line(capsys, monkeypatch):
    monkeypatch.setattr(statement_aggregation, "find_spec", lambda name: None)
    assert statement_aggregation.main(["--quick"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert "followthemoney is not installed; pip install -e '.[ftm]'" in line


def test_relations_prints_a_matrix_of_every_pair(capsys):
    assert organization_relation_quality.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    for name in ("names", "with_register"):
        parts = [result[f"{part}_{name}"] for part in ("dev", "test")]
        assert sum(part["pairs"] for part in parts) == sum(result["labels"].values()) >= 150
        assert all(sum(sum(row.values()) for row in part["matrix"].values()) == part["pairs"] for part in parts)


def test_project_matching_runs_on_the_edition_without_the_real_data(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(project_matching_quality, "DATA", tmp_path / "none")
    assert project_matching_quality.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    joins = result["dev"]["shipped"]["joins"]
    assert joins["one_project"] > 20
    assert joins["joined"] > 10
    assert joins["wrong"] <= 2
    kinds = result["dev"]["shipped"]["by_kind"].values()
    assert sum(kind["joined"] for kind in kinds) == result["dev"]["shipped"]["across_sources"]["joined"]
    assert all(0 <= row["share_same"] <= 1 and row["pairs"] for row in result["test"]["calibration"])


def test_generated_projects_are_paired(tmp_path, capsys, monkeypatch):
    generated_project_matching.write(600, tmp_path / "claims.parquet")
    monkeypatch.setattr(sys, "argv", ["generated_project_matching", str(tmp_path / "claims.parquet")])
    assert generated_project_matching.main() == 0
    counts = dict(part.split("=") for part in capsys.readouterr().out.split())
    assert int(counts["right"]) > int(counts["in_both_sources"]) // 2
    assert int(counts["wrong"]) <= 3


def test_convergence_is_the_same_by_both(capsys):
    assert convergence_diagnostics.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert all(difference["numpy"]["rhat"] < 1e-9 for difference in result["difference"].values())
    assert result["difference"]["5000 draws"]["numpy"]["bulk_size"] < 0.01


def test_targets_and_verdict():
    assert harness.Target("wall", 59.9, 60, " s").met
    assert not harness.Target("ratio", 3, 20, "", at_least=True).met
    assert str(harness.Target("wall", 61, 60, " s")) == "wall 61 s (under 60 s: MISSED)"


def test_a_child_is_measured_and_its_failure_raised():
    child = harness.run_child([sys.executable, "-c", "print(sum(range(10**6)))"])
    assert child.output == "499999500000\n"
    # There is no upper limit to check: a child starts as a copy of its parent, so its peak includes the memory of these tests.
    assert child.peak_gigabytes > 0
    with pytest.raises(RuntimeError, match="boom"):
        harness.run_child([sys.executable, "-c", "raise SystemExit('boom')"])


def test_a_server_that_does_not_start_raises_with_the_end_of_its_output(tmp_path):
    with pytest.raises(RuntimeError, match=r"`overt serve` gave no address: .*none"), harness.served(tmp_path / "none"):
        pass


def test_the_output_of_a_server_is_not_in_the_output_of_a_benchmark(tmp_path, capfd, monkeypatch):
    code = "import sys; print('867 rows', flush=True); print('Overt is at http://127.0.0.1:9/  (release', file=sys.stderr)"
    monkeypatch.setattr(harness, "OVERT", (sys.executable, "-c", code))
    with harness.served(tmp_path) as served:
        assert served == ("http://127.0.0.1:9", tmp_path)
    assert capfd.readouterr().out == ""


def modules() -> dict[str, Path]:
    """Return the path of each module below `bench` except `harness`, `run` and `__init__`, by its name without `bench.`."""
    folder = Path(harness.__file__).parent
    paths = {".".join(path.relative_to(folder).with_suffix("").parts): path for path in folder.rglob("*.py")}
    return {name: path for name, path in paths.items() if name not in ("harness", "run") and path.stem != "__init__"}


def test_benchmarks_that_run_on_their_own_are_listed():
    judging = {name for name, path in modules().items() if "argument_parser(__doc__)" in path.read_text(encoding="utf-8")}
    assert judging > set(run.BENCHMARKS)
    assert {name for name in judging - set(run.BENCHMARKS) if f"`{name}`" not in run.__doc__} == set()


def test_every_benchmark_is_in_the_readme():
    readme = (Path(harness.__file__).parent / "README.md").read_text(encoding="utf-8")
    # The README doesn't list these modules, because they are only parts of other benchmarks.
    parts = {
        "server.finished_page_app",
        "server.attack_clients",
        "server.pinned_server_and_waiting_reader",
        "server.random_requests",
    }
    assert {name for name in modules() if f"`{name}`" not in readme} == parts


@pytest.mark.slow
def test_a_date_is_compared_with_none(capsys):
    assert as_of_slowdown.main(["--quick", "--json"]) == 0
    kinds = result_of(capsys)["kinds"]
    assert {"page_no_filter", "page_region", "api", "tiles"} <= set(kinds)
    assert all(numbers["addresses"] and numbers["ms"] > 0 and numbers["ms_as_of"] > 0 for numbers in kinds.values())


@pytest.mark.slow
def test_exports_are_reproducible(capsys):
    assert export_formats.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert {row["format"] for row in result["formats"]} <= set(FORMATS)
    assert all(row["same_bytes"] for row in result["formats"]) and any(row["records"] for row in result["formats"])


def test_log_linear_estimates_equal_those_of_statsmodels(capsys):
    assert log_linear_speed.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["uk"]["estimate"] == 11_417.99
    assert result["kosovo"]["models"] == 113


def test_coverage_has_both_kinds_of_population(capsys):
    assert coverage.main(["--quick", "--json", "--slow", "0"]) == 0
    result = result_of(capsys)
    assert result["equal_chances"]["over models"]["populations"] == 4
    assert result["unequal_chances"]["independence"]["bias"] < 0  # all lists miss people who are hard to find


def test_judging_runs_without_the_real_data_and_with_equal_output_on_all_cores(capsys, tmp_path):
    assert judging.main(["--quick", "--json", "--data", str(tmp_path)]) == 0
    result = result_of(capsys)
    assert not result["real"] and result["command"]["same_output"]
    assert result["qa"]["without_fingerprints"]["verdicts"]["blocked"] > 20
    assert 340 <= result["large"]["kilobytes_each"] <= 400


def test_the_import_of_firewall_lists_agrees_with_a_bare_count(capsys, tmp_path):
    assert firewall_blocklist_import_speed.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert (result["domain_days"], result["domains"], result["episodes"]) == (20_000, 1_038, 1_038)
    assert firewall_blocklist_import_speed.main(["--data", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out


def test_an_append_is_measured_with_its_checks(capsys):
    assert append.main(["--quick", "--json"]) == 0
    result = result_of(capsys)
    assert result["times_the_peer"].keys() == {"judgement", "retraction", "undo"}
    assert all(milliseconds > 0 for milliseconds in result["processor_milliseconds"].values())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processes cannot be pinned to a core here")
def test_attacks_compare_answers_and_measure_a_reader(capsys, tmp_path):
    workspace, _ = make_atlas(tmp_path / "atlas")
    assert attacks.main(["--quick", "--json", "--workspace", str(workspace.root)]) == 0
    results = result_of(capsys)["attacks"]
    assert list(results) == [attack.name for attack in attacks.ATTACKS]
    for name, result in results.items():
        assert result["reader"]["failed"] == 0 and result["wrong"] == [] and result["megabytes"]["most"] > 0, name
    assert set(results["mixed"]["answers"]) == {"200"} and results["mixed"]["compared"] > 0


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processes cannot be pinned to a core here")
def test_servers_are_measured_alike(capsys):
    assert web_server_comparison.main(["--quick", "--json"]) == 0
    results = result_of(capsys)["servers"]
    assert list(results) == ["uvicorn with limits", "uvicorn"]
    assert all(result["beside"] and result["a_second"] for result in results.values())
