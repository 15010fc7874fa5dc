"""docs/measure.md lists every key and option of `overt measure`, and states its limits correctly."""

import re

from overt.cli.command_registry import load
from overt.measure import stream_split_into_measurements as splitter
from overt.measure.measurement_aggregate import Threshold
from overt.measure.verdict_rules import Rules
from overt.model.files import unpacking
from tests.docs.test_links import ROOT

PAGE = (ROOT / "docs" / "measure.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def code_spans(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


def test_every_key_is_listed() -> None:
    from overt.measure.measurement_judge import Finding

    rows = [
        line.split("|")[1]
        for line in PAGE.partition("## What it says")[2].partition("## ")[0].splitlines()
        if line.startswith("| `")
    ]
    assert code_spans(" ".join(rows)) == set(Finding._fields)
    (row,) = [line for line in API.splitlines() if line.startswith("| `overt measure`")]
    assert code_spans(row.partition("measurement: ")[2].partition(";")[0]) == set(Finding._fields)


def test_every_option_is_listed() -> None:
    options = {name for parameter in load("measure").params if not parameter.hidden for name in parameter.opts}
    options = {name for name in options if name.startswith("--")}
    assert options - {"--help", "--quiet"} == set(re.findall(r"--[a-z][a-z-]+", PAGE))


def test_tests_and_limits() -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith("Overt has rules for")]
    assert Rules.load().tests <= code_spans(line)
    assert f"{splitter.MAX_BYTES >> 20} MB" in PAGE and f"{unpacking.MAX_RATIO:,} times" in PAGE
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    assert f"fewer than {words[Threshold.load().points]} vantage points" in PAGE
