"""Totals say what they count, lists say why they have more rows than the total, and no tile shows 0 without a source."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

import overt
from overt.language.language import ENGLISH
from overt.queries import figures
from overt.site.country import layer_strip
from overt.site.figure.extra_rows_note import more_rows_than_counted
from tests.support.client import Client

CONTENT = Path(overt.__file__).parent / "content"
DENIED = "A system that is denied as a whole counts only if at least two separate sources, apart from the denial, document it."


def findings() -> dict[str, dict[str, Any]]:
    return {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in CONTENT.glob("findings/*/finding.yml")}


def test_a_total_in_a_finding_says_which_systems_it_counts() -> None:
    for name, finding in findings().items():
        for part in ("headline", "text", "question"):
            assert "documented system" not in finding[part], (name, part)
        assert "有记载的系统" not in finding["headline_zh"], name
        if re.search(r"of (the )?\{(all|total)\}", finding["headline"]):
            assert "with a named supplier" in finding["headline"], name


def test_the_rule_for_denied_systems_has_the_same_words_everywhere(shipped: Client) -> None:
    entries = findings()
    assert DENIED in entries["what-they-deny"]["caveat"] and DENIED in entries["documented-systems"]["would_change"]
    front = re.sub("<[^>]+>", "", shipped.get("/").text)
    assert DENIED in " ".join(front.split())


def test_findings_about_records_come_after_those_about_the_world() -> None:
    ranks = {name: finding["rank"] for name, finding in findings().items()}
    records = {name for name, finding in findings().items() if finding.get("about") == "evidence"}
    assert {"two-sources", "index-alone", "sixty-three"} <= records
    assert min(ranks[name] for name in records) > max(rank for name, rank in ranks.items() if name not in records)


@pytest.mark.parametrize(
    ("linked", "rows", "words"),
    [
        (["deployment"], [("BH", "a", "X"), ("BH", "b", "X"), ("CN", "a", "Y")], "Each row is a system"),
        (["deployment"], [("BH", "a", "X"), ("BH", "a", "Y")], "has a row for each."),
        (["agreement"], [("BH", "a", "X"), ("BH", "b", "X")], "Each row is an agreement"),
        ([], [("BH", "a", "X"), ("BH", "b", "X")], "has a row for each."),
    ],
)
def test_why_there_are_more_rows_is_computed(linked: list[str], rows: list[tuple[str, str, str]], words: str) -> None:
    record = linked[0] if linked else "deployment"
    figure: Any = SimpleNamespace(linked=linked)
    counted: Any = [SimpleNamespace(unit_id=unit, groups={record: identity, "company": who}) for unit, identity, who in rows]
    site: Any = SimpleNamespace(gettext=ENGLISH.gettext)
    assert words in more_rows_than_counted(site, figure, counted)


@pytest.mark.parametrize(
    ("layer", "status", "unsourced"),
    [("cables", "missing", True), ("cables", "ok", False), ("finance", "missing", True), ("surveillance", "missing", False)],
)
def test_a_layer_without_its_source_is_recognised(
    monkeypatch: pytest.MonkeyPatch, layer: str, status: str, unsourced: bool
) -> None:
    monkeypatch.setattr(figures, "find", lambda reader, name: SimpleNamespace(status=status))
    reader: Any = None
    assert layer_strip._is_unsourced(reader, layer) is unsourced


def test_no_country_has_a_0_for_cables_without_a_source_of_cables(shipped: Client) -> None:
    assert "source-not-loaded" in shipped.get("/figure/submarine-cables").text, "the shipped edition has no list of cables"
    for code in ("SA", "TR", "FR"):
        tiles = shipped.get(f"/country/{code}").text.partition('<ul class="tiles">')[2].partition("</ul>")[0]
        assert tiles and not re.search(r"</span> 0</span> <span class=\"tile-words\">submarine", tiles), code
