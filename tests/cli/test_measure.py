"""`overt measure`, as a user runs it."""

import csv
import gzip
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from overt.cli.runner import run as command
from overt.measure.block_page_fingerprints import Fingerprints
from tests.measure.scenarios.basic_web_and_service_scenarios import main as write
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.measurement_parts import web
from tests.measure.test_block_page_fingerprints import SAMPLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    write(made)
    return made


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = command([str(word) for word in ("measure", *words)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_a_line_for_each_measurement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, folder, "--json")
    findings = {Path(finding["file"]).stem: finding for finding in map(json.loads, out.splitlines())}
    assert code == 0 and not err and set(findings) == set(scenarios())
    for name, (_, verdict, mechanism) in scenarios().items():
        assert (findings[name]["verdict"], findings[name]["mechanism"]) == (verdict, mechanism)
    keys = {"file", "id", "test_name", "input", "country", "asn", "verdict", "mechanism", "rule", "confidence", "fingerprints"}
    assert keys <= set(findings["secure"])
    assert (findings["secure"]["country"], findings["secure"]["asn"]) == ("XK", "AS64510")
    assert findings["secure"]["fingerprints"] is None


def test_the_summary_counts_everything(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, folder)
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith(f"{len(scenarios()):,} documents in {len(scenarios()):,} files, ")
    counts = {
        line.split()[0]: int(line.split()[1]) for line in lines[1:] if not line.startswith((" ", "unsupported:", "broken:"))
    }
    verdicts = [verdict for _, verdict, _ in scenarios().values()]
    assert counts == {name: verdicts.count(name) for name in ("blocked", "down", "ok", "insufficient", "unsupported", "broken")}
    assert "unsupported: 1 of the test 'ndt'" in lines


def test_the_summary_says_why_measurements_are_insufficient(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 935 real measurements, 912 were insufficient, 911 of them without results. The summary used to give no reason."""
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(json.dumps(web() | {"test_keys": None}))
    _, out, err = run(capsys, tmp_path)
    reason = f"  {'no-findings':<22}{3:>10}  The measurement has no results (test_keys)."
    assert out.splitlines()[out.splitlines().index(f"insufficient  {3:>12}") + 1] == reason
    hint = "pages were compared with no list of block pages; --fingerprints DIR adds OONI’s lists"
    assert err.splitlines() == [hint]
    assert hint not in run(capsys, tmp_path, "--fingerprints", SAMPLE)[2] + run(capsys, tmp_path, "--json")[2]


def test_a_single_document_is_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(web()))
    assert run(capsys, tmp_path)[1].startswith("1 document in 1 file, ")


def test_fingerprints(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, folder / "other-page.json", "--json", "--fingerprints", SAMPLE)
    finding = json.loads(out)
    assert (finding["rule"], finding["fingerprints"]) == ("web-block-page", Fingerprints.load(SAMPLE).version)


def test_aggregate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, folder, "--aggregate", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    (news,) = [row for row in rows if row["domain"] == "news.example"]
    assert (news["country"], news["asn"], news["points"], news["state"]) == ("XK", "AS64510", "1", "too-little")
    assert int(news["measurements"]) == sum(
        made["test_name"] == "web_connectivity" and "news.example" in (made["input"] or "") for made, _, _ in scenarios().values()
    )
    _, out, _ = run(capsys, folder, "--aggregate", "--json", "--by-country")
    assert {json.loads(line)["asn"] for line in out.splitlines()} == {None}
    _, out, _ = run(capsys, folder, "--aggregate")
    heading, *lines = out.splitlines()
    assert len(lines) == len(rows)
    assert heading.split("  ")[0] == "day" and heading.index("domain") == next(
        line for line in lines if "news.example" in line
    ).index("news.example")


def test_standard_input(folder: Path) -> None:
    packed = gzip.compress((folder / "secure.json").read_bytes())
    words = [sys.executable, "-m", "overt", "measure", "-", "--json"]
    done = subprocess.run(words, input=packed, capture_output=True, check=True)
    assert json.loads(done.stdout)["verdict"] == "ok" and json.loads(done.stdout)["file"] == "-"


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["nowhere.json"], 2, "nowhere.json: no such file or folder"),
        ([".", "--csv"], 2, "--csv goes with --aggregate"),
        ([".", "--by-country"], 2, "--by-country goes with --aggregate"),
        ([".", "--spark", " "], 2, "--spark: the address of Spark is empty; write local[*] or spark://HOST:PORT"),
        ([".", "--spark", "local[*]", "--jobs", "2"], 2, "--spark and --jobs: choose one"),
        ([".", "--aggregate", "--csv", "--json"], 2, "--csv and --json"),
        ([".", "--fingerprints", "nowhere"], 2, "nowhere: no such folder"),
        ([".", "--fingerprints", "."], 2, "no CSV files there"),
        ([".", "--jobs", "0"], 2, "--jobs"),
        ([], 2, "Missing argument"),
        (["broken.json"], 1, "none of 1 document is a measurement"),
    ],
)
def test_used_wrongly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text("nothing")
    status, out, err = run(capsys, *words)
    assert status == code and why in err and len(err.splitlines()) == 1
    assert code == 1 or not out


def test_names_do_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(web() | {"test_name": "\x1b[31mred"}))
    (tmp_path / "b.json").write_text(json.dumps(web("http://a\x1b[31m.example/")))
    assert "\x1b" not in run(capsys, tmp_path)[1]
    assert "\x1b" not in run(capsys, tmp_path, "--aggregate")[1]


def test_where_nothing_can_be_read_or_written(folder: Path) -> None:
    """A closed stream or a full disk gives one line, which says what to do or that the result was not printed."""
    overt, file = f"{shlex.quote(sys.executable)} -m overt measure", shlex.quote(str(folder / "secure.json"))

    def shell(words: str) -> tuple[int, str]:
        done = subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    closed = "overt: standard output is closed, so the result was not printed\n"
    assert shell(f"{overt} {file} --json >&-") == (1, closed)
    assert shell(f"{overt} - --json <&-") == (2, "overt: -: standard input is closed; send measurements to it, or give a file\n")
    assert shell(f"{overt} {shlex.quote(str(folder))} --aggregate --csv > /dev/full") == (
        1,
        "overt: a file, or standard output: No space left on device; make room there and run this again:"
        " nothing half-written stays\n",
    )
