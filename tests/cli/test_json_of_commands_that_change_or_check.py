"""The output of `--json` for commands that change or check an atlas: always a single document."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from overt import __version__
from overt.cli.command_registry import COMMANDS, load
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements
from tests.support.command_runs import Outcome, overt

NO_RESULT = {"demo", "serve"}
"""Commands without a result, because they run until they are stopped."""


def data(outcome: Outcome, code: int = 0) -> Any:
    assert outcome.code == code, outcome
    return orjson.loads(outcome.out)


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    made = Atlas(tmp_path)
    made.fetch("alpha", make_statements("project", "p", name="P") + make_statements("project", "q", name="Q"))
    return made


@pytest.mark.parametrize("name", [name for name, place in COMMANDS.items() if place.name != "app" and name not in NO_RESULT])
def test_every_command_with_a_result_gives_it_as_json(name: str) -> None:
    assert "--json" in {option for parameter in load(name).params if not parameter.hidden for option in parameter.opts}


def test_version() -> None:
    assert overt("--version") == Outcome(0, f"overt {__version__}\n", "")
    assert "--version" in overt("--help").out


def test_build(atlas: Atlas) -> None:
    result = data(atlas.overt("build", "--json"))
    assert result.keys() == {"release", "resolved", "fetched", "sources"}
    assert (atlas.root / "releases" / result["release"]).is_dir()
    assert result["resolved"]["records"] == 2
    assert result["fetched"] == []
    [source] = result["sources"]
    assert (source["source"], source["rows_read"], source["stands"], source["new"], source["error"]) == (
        "alpha", 2, True, True, None,
    )  # fmt: skip


def test_a_build_that_is_refused(atlas: Atlas) -> None:
    atlas.fetch("alpha", make_statements("project", "p", kind="no such kind"), retrieved="2026-02-01")
    outcome = atlas.overt("build", "--json")
    result = data(outcome, 1)
    assert (result["release"], result["resolved"]) == (None, None)
    [refused] = [source for source in result["sources"] if source["stands"]]
    assert refused["error"].startswith("alpha: alpha.csv: row=2;col=value: ")
    assert outcome.errors == [f"overt: {refused['error']}"], "the failure itself is a line, as without --json"


@pytest.mark.slow
def test_release(atlas: Atlas) -> None:
    atlas.ok("import")
    result = data(atlas.overt("release", "--json", "--note", "first"))
    assert result.keys() == {"release", "note", "refused"}
    assert (result["note"], result["refused"]) == ("first", [])
    assert (atlas.root / "releases" / result["release"]).is_dir()


@pytest.mark.slow
def test_verify(atlas: Atlas) -> None:
    release = atlas.build()
    places = {"archived": 2, "documents": 0}
    checked = {"captures": 1, "releases": [release], "notes": [], "problems": [], "places": places, "history_signer": None}
    checked["newer"] = {"snapshots": {}, "resolution": False, "checked": False}
    again = [{"release": release, "verdict": "equal", "differs": []}]
    assert data(atlas.overt("verify", "--json")) == {"whole": True, "quick": False, "recomputed": again, **checked}
    assert data(atlas.overt("verify", "--json", "--quick")) == {"whole": None, "quick": True, "recomputed": [], **checked}
    table = atlas.root / "releases" / release / "tables" / "projects.parquet"
    table.write_bytes(b"")
    outcome = atlas.overt("verify", "--json")
    result = data(outcome, 1)
    assert outcome.err == "", "the problems are the result"
    assert not result["whole"]
    [problem] = result["problems"]
    assert (problem["part"], problem["release"]) == ("release", release)
    assert problem["problem"].startswith(f"{table}: differs from its hash in the manifest")


def test_verify_of_an_index_that_cannot_be_read(atlas: Atlas) -> None:
    (atlas.root / "archive" / "index.jsonl").write_text("{}\n")
    result = data(atlas.overt("verify", "--json"), 1)
    assert (result["whole"], result["captures"]) == (False, None)
    assert {problem["part"] for problem in result["problems"]} == {"archive"}


@pytest.mark.slow
def test_editorial_entries(atlas: Atlas) -> None:
    atlas.build()
    added = data(atlas.overt("claim", "add", "alpha:p", "project", "country", "Kenya", *DOCUMENT, *BY, "--json"))
    assert added == {"entry": 1, "record": "alpha:p", "property": "country", "value": "KE", "unit": None}
    assert data(atlas.overt("retract", "alpha:q", *BY, "--json")) == [{"entry": 2, "target": "alpha:q"}]


def test_init(tmp_path: Path) -> None:
    result = data(overt("init", tmp_path / "gulf_states", "--json"))
    assert result == {"atlas": str(tmp_path / "gulf_states"), "title": "Overt atlas"}
    assert Workspace.open(tmp_path / "gulf_states").settings.title == "Overt atlas"
