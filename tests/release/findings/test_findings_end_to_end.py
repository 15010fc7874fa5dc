"""Findings from an atlas's content to the command, the differences, the API and the pages."""

from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
import yaml

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, Statement, make_statements

pytestmark = pytest.mark.ci
FINDING: dict[str, Any] = {
    "rank": 1, "question": "How many projects are there?", "question_zh": "有多少项目？",
    "headline": "{projects} projects in {where}", "headline_zh": "{where}有{projects}个项目",
    "text": "The first, of {first}, cost {cost}; {share} are in {where}.",
    "text_zh": "最早于{first}年，费用{cost}，{share}在{where}。",
    "caveat": "Invented.", "caveat_zh": "虚构。", "would_change": "More projects.", "would_change_zh": "更多项目。",
    "written_as": {"where": "areas", "first": "year", "cost": "money USD", "share": "share"},
    "holds_when": "projects >= 2", "check": "/explorer",
    "chart": {"kind": "map", "title": "Projects by country", "title_zh": "各国项目"},
}  # fmt: skip
VALUES = """
SELECT count(*) AS projects, list(DISTINCT country[1] ORDER BY country[1]) AS "where", 2019 AS first, 27098721353.96 AS cost,
    0.5 AS share
FROM projects
"""
CHART = "SELECT country[1] AS country, count(*) AS value FROM projects GROUP BY 1 ORDER BY 1"


def write_finding(root: Path, name: str, definition: dict[str, Any], values: str = VALUES, chart: str = CHART) -> None:
    """Add a finding to a workspace."""
    folder = root / "findings" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "finding.yml").write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")
    (folder / "values.sql").write_text(values, encoding="utf-8")
    (folder / "chart.sql").write_text(chart, encoding="utf-8")


def projects(*countries: str) -> list[Statement]:
    """Return statements about projects, one in each of these countries."""
    rows = [make_statements("project", f"p{at}", name=f"Quarry {at}", country=code) for at, code in enumerate(countries)]
    return [statement for row in rows for statement in row]


class Built(NamedTuple):
    """An atlas and its two releases: with two projects, then with one."""

    atlas: Atlas
    first: str
    second: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    atlas = Atlas(tmp_path_factory.mktemp("findings"))
    write_finding(atlas.root, "quarries", FINDING)
    atlas.fetch("alpha", projects("KE", "LA"))
    first = atlas.build()
    atlas.fetch("alpha", projects("KE"), retrieved="2026-02-01")
    return Built(atlas, first, atlas.build())


def finding_row(built: Built, release: str) -> dict[str, Any]:
    [row] = built.atlas.rows(release, "FROM findings WHERE name = 'quarries'")
    return row


def test_a_finding_is_written_in_both_languages(built: Built) -> None:
    row = finding_row(built, built.first)
    assert (row["status"], row["reason"]) == ("holds", None)
    assert row["headline"] == "2 projects in Kenya and Laos"
    assert row["text"] == "The first, of 2019, cost $27.1 billion; 50 % are in Kenya and Laos."
    assert row["headline_zh"] == "肯尼亚和老挝有2个项目"
    assert row["text_zh"] == "最早于2019年，费用271亿美元，50%在肯尼亚和老挝。"
    assert orjson.loads(row["values"])["where"] == ["KE", "LA"]
    assert orjson.loads(row["chart"])["rows"] == [{"country": "KE", "value": 1}, {"country": "LA", "value": 1}]


def test_a_finding_is_withdrawn_by_its_rule(built: Built) -> None:
    row = finding_row(built, built.second)
    assert (row["status"], row["headline"], row["text_zh"]) == ("withdrawn", None, None)
    assert row["reason"] == "projects >= 2 is not true: projects = 1"


def test_differences_say_that_it_is_withdrawn(built: Built) -> None:
    before = "2 projects in Kenya and Laos: The first, of 2019, cost $27.1 billion; 50 % are in Kenya and Laos."
    reason = "projects >= 2 is not true: projects = 1"
    withdrawn = {"name": "quarries", "what": "withdrawn", "before": before, "after": None, "reason": reason}
    assert built.atlas.diff(built.first, built.second)["findings"] == [withdrawn]
    assert built.atlas.diff(built.second, built.first)["findings"][0]["what"] == "new"
    assert f"finding quarries withdrawn: {reason}" in built.atlas.ok("diff", built.first, built.second).out


def test_command_interface_and_pages_have_it(built: Built) -> None:
    listed = {row["name"]: row for row in orjson.loads(built.atlas.ok("findings", "--json").out)}
    assert listed["quarries"]["status"] == "withdrawn" and listed["quarries"]["values"]["projects"] == 1
    assert "quarries                 withdrawn: projects >= 2" in built.atlas.ok("findings").out
    client = Client(create_app(ServeSettings(Workspace.open(built.atlas.root))))
    assert {row["name"]: row for row in client.get("/api/v1/findings").json()} == listed
    assert client.get("/api/v1/findings/quarries").json() == listed["quarries"]
    assert client.get("/api/v1/findings/none").status_code == 404
    page = client.get(f"/release/{built.second}").text
    assert "2 projects in Kenya and Laos" in page and "withdrawn, because" in page
    assert client.get("/finding/quarries").headers["location"] == "/findings#quarries"
    assert '<li id="quarries">' in client.get("/findings").text.partition("Not a finding, because ")[2]
    assert client.get("/finding/none").status_code == 404


@pytest.mark.ci
def test_an_atlas_replaces_a_packaged_finding(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    write_finding(atlas.root, "sixty-three", FINDING)
    atlas.fetch("alpha", projects("KE", "LA", "UG"))
    atlas.build()
    client = Client(create_app(ServeSettings(Workspace.open(atlas.root))))
    assert "3 projects in Kenya, Laos and Uganda" in client.get("/findings").text
    assert "肯尼亚、老挝和乌干达有3个项目" in client.get("/zh/findings").text


@pytest.mark.slow(after=3)
@pytest.mark.parametrize(
    ("change", "values", "message"),
    [
        ({"headline": "{nothing}"}, VALUES, "findings/quarries: 'nothing' is not one of its values"),
        ({"holds_when": "projects >"}, VALUES, "findings/quarries: holds_when: Parser Error"),
        ({"check": "https://elsewhere.example/"}, VALUES, "findings/quarries/finding.yml: check: "),
        (
            {"values": {"projects": "fig x"}},
            VALUES,
            "finding.yml: values: projects: 'fig x' is not `figure NAME`",
        ),
        ({"values": {"other": "figure none"}}, VALUES, "findings/quarries: values: other: there is no figure 'none'"),
        ({}, "SELECT 1 AS projects UNION ALL SELECT 2", "findings/quarries: values.sql returns 2 rows"),
        ({}, "SELECT nonsense FROM projects", "findings/quarries: Binder Error"),
        ({"chart": {**FINDING["chart"], "kind": "share"}}, VALUES, "chart: the kinds share and squares need `part` and `within`"),
    ],
)
def test_a_wrong_definition_is_one_line(built: Built, tmp_path: Path, change: dict[str, Any], values: str, message: str) -> None:
    atlas = built.atlas.copy_to(tmp_path)
    write_finding(atlas.root, "quarries", FINDING | change, values)
    outcome = atlas.overt("release")
    assert outcome.code != 0
    assert message in outcome.err and "Traceback" not in outcome.err
