"""`overt search` finds records, subjects and figures by name, in any script."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.support.command_built_atlas import Atlas, make_statements, own_id


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    made = Atlas(tmp_path_factory.mktemp("search"))
    rows = make_statements("organization", "zte", name=["ZTE", "中兴通讯"], country="CN") + make_statements(
        "organization", "hw", name="Huawei", country="CN"
    )
    rows += make_statements("project", "p", name="Safe City Alder", country="KE", kind="smart-city")
    rows += [row for number in range(30) for row in make_statements("organization", f"o{number}", name=f"Alder Works {number}")]
    made.fetch("alpha", rows)
    made.fetch("beta", make_statements("organization", "zte", name="中興通訊"))
    made.build()
    return made


def found(atlas: Atlas, *words: object) -> dict[str, Any]:
    return atlas.read_json("search", *words)


@pytest.mark.parametrize("words", [["ZTE"], ["中兴"], ["中興通訊"], ["zte"]])
def test_a_name_leads_to_an_id(atlas: Atlas, words: list[str]) -> None:
    matches = found(atlas, *words)
    assert matches.keys() == {"release", "query", "in_country", "total", "found"}
    first = matches["found"][0]
    assert first.keys() == {
        "id", "type", "label", "label_zh", "name", "kind", "countries", "year", "projects", "sources",
    }  # fmt: skip
    assert (first["id"], first["type"], first["countries"], first["sources"]) == (
        own_id("alpha:zte"), "organization", ["CN"], ["alpha", "beta"],
    )  # fmt: skip


def test_results_are_printed_as_text(atlas: Atlas) -> None:
    outcome = atlas.ok("search", "safe", "city", "alder")
    assert outcome.out == f"{own_id('alpha:p')}  Safe City Alder  (project; smart-city; KE; from alpha)\n"
    assert outcome.err == "" or outcome.err.startswith("indexing release ")
    [line] = [line for line in atlas.ok("search", "中兴").out.splitlines() if "organization" in line]
    assert line == f"{own_id('alpha:zte')}  ZTE, “中兴通讯”  (organization; CN; from alpha, beta)"


def test_a_subject_in_a_country_leads_to_its_page(atlas: Atlas) -> None:
    page = "/explorer?kind=smart-city&country=KE"
    assert found(atlas, "smart", "city", "kenya")["in_country"] == {
        "subject": "Smart or safe city", "country": "KE", "country_name": "Kenya", "projects": 1, "page": page,
    }  # fmt: skip
    assert f"Smart or safe city in Kenya  ({page} of the site; 1 project)" in atlas.ok("search", "smart city in kenya").out
    assert found(atlas, "zte")["in_country"] is None


def test_matches_that_are_not_records_say_where_to_read_more(atlas: Atlas) -> None:
    lines = {line.split()[0]: line for line in atlas.ok("search", "smart").out.splitlines()}
    assert lines["smart-city"].endswith("; /explorer?kind=smart-city of the site)")
    assert lines["smart-city-projects"].endswith("(figure; `overt figures smart-city-projects`)")


def test_unlisted_items_are_counted(atlas: Atlas) -> None:
    few = atlas.ok("search", "alder", "works", "--limit", "4")
    assert len(few.out.splitlines()) == 4
    assert few.err.endswith("… and 26 more results; --limit prints more\n")
    assert len(atlas.ok("search", "alder", "works", "--limit", "40").out.splitlines()) == 30


def test_a_search_without_results_succeeds(atlas: Atlas) -> None:
    outcome = atlas.ok("search", "xylophonist")
    assert outcome.out == ""
    assert "has a name like that" in outcome.err
    assert found(atlas, "xylophonist")["found"] == []


def test_the_index_is_made_once(atlas: Atlas) -> None:
    shutil.rmtree(atlas.root / "cache", ignore_errors=True)
    assert "indexing release " in atlas.ok("search", "zte").err
    assert "indexing" not in atlas.ok("search", "zte").err


def test_no_release(tmp_path: Path) -> None:
    assert "has no release yet" in one_line(Atlas(tmp_path).overt("search", "zte"), 2)
    assert "Missing argument 'WORDS…'" in one_line(Atlas(tmp_path / "x").overt("search"), 2)


def test_a_region_narrows_the_search(atlas: Atlas) -> None:
    assert [row["label"] for row in found(atlas, "alder", "--region", "eastern-africa")["found"]] == ["Safe City Alder"]
    assert found(atlas, "zte", "--region", "东亚")["total"] == 1 and found(atlas, "zte", "--region", "asean")["total"] == 0
    assert "is not a region" in one_line(atlas.overt("search", "alder", "--region", "nowhere"), 2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["search", " "], "the name is empty; write part of one, as in `overt search huawei`"),
        (["show", ""], "the id is empty; write an id or a name, as in `overt show KE`"),
        (["ask", "", " "], "the question is empty; write one, as in `overt ask huawei kenya`"),
        (["ask", *["kenya"] * 100], "the question has 599 characters; shorten it to 200"),
        (["diff", "", ""], "the name of the release is empty; write its id, or `latest`"),
    ],
)
def test_empty_and_overlong_words_are_refused(atlas: Atlas, words: list[str], why: str) -> None:
    outcome = atlas.overt(*words)
    assert (outcome.code, outcome.err) == (2, f"overt: {why}\n")
