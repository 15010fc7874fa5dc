"""docs/api.md says what `--json` gives: of each command that has it, and for most field by field."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.cli.commands import COMMANDS, load
from tests.docs.test_links import ROOT
from tests.support.atlas import BY, DOCUMENT, Atlas, make_statements

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## On the command line")[2]
ROW = re.compile(r"^\| `overt ([a-z ]+)` \| (.+?) \|$", re.MULTILINE)
TOLD = dict(ROW.findall(TABLE))


def with_json() -> set[str]:
    """The commands that have `--json`."""
    found = set()
    for name in COMMANDS:
        command = load(name)
        for part, held in (getattr(command, "commands", None) or {"": command}).items():
            if "--json" in {option for parameter in held.params for option in parameter.opts}:
                found.add(f"{name} {part}".strip())
    return found


def test_every_command_is_told() -> None:
    assert set(TOLD) == with_json()


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the commands give on a small atlas."""
    atlas = Atlas(tmp_path_factory.mktemp("json"))
    rows = make_statements("organization", "zte", name="ZTE", country="CN") + make_statements(
        "organization", "fiber", name="Fiber", country="KE"
    )
    rows += make_statements("project", "p", name="P", kind="smart-city", country="KE")
    atlas.fetch("alpha", rows)
    release = atlas.build()
    again = atlas.root.parent / "drops" / "alpha" / "2026-01-01"

    def ask(*words: object) -> Any:
        return orjson.loads(atlas.ok(*words, "--json").out)

    return {
        "init": orjson.loads(init(atlas.root.parent / "other")),
        "fetch": ask("fetch", "alpha", "--from", again, "--retrieved", "2026-01-01"),
        "import": ask("import"),
        "resolve": ask("resolve"),
        "release": ask("release"),
        "build": ask("build"),
        "figures": ask("figures"),
        "overlaps": ask("overlaps"),
        "show": ask("show", "alpha:zte"),
        "search": ask("search", "zte"),
        "diff": ask("diff", release, release),
        "verify": ask("verify"),
        "export": ask("export", "jsonl", atlas.root.parent / "alpha.jsonl"),
        "judge same": ask("judge", "same", "alpha:zte", "alpha:fiber", *BY),
        "judge different": ask("judge", "different", "alpha:zte", "alpha:fiber", *BY),
        "judge undo": ask("judge", "undo", 2, *BY),
        "judge unsure": ask("judge", "unsure", "alpha:zte", "alpha:fiber", *BY),
        "judge import": ask("judge", "import", shared(atlas)),
        "judge relate": ask("judge", "relate", "alpha:zte", "parent", "alpha:fiber", *BY),
        "claim add": ask("claim", "add", "alpha:p", "project", "country", "UG", *DOCUMENT, *BY),
        "retract": ask("retract", "alpha:p", *BY),
    }


def shared(atlas: Atlas) -> Path:
    """A file of the judgements that stand."""
    atlas.ok("judge", "export", atlas.root / "shared.jsonl")
    return atlas.root / "shared.jsonl"


def init(folder: Path) -> str:
    from tests.support.atlas import overt

    return overt("init", folder, "--json").out


@pytest.mark.parametrize(
    "command",
    [
        "init",
        "fetch",
        "import",
        "resolve",
        "release",
        "build",
        "figures",
        "overlaps",
        "show",
        "search",
        "diff",
        "verify",
        "export",
        "judge same",
        "judge different",
        "judge undo",
        "judge unsure",
        "judge import",
        "judge relate",
        "claim add",
        "retract",
    ],
)
def test_the_fields_are_those_that_are_told(given: dict[str, Any], command: str) -> None:
    held = given[command]
    assert ("a list" in TOLD[command]) == isinstance(held, list)
    fields = re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", TOLD[command]).partition(";")[0])
    assert set(held[0] if isinstance(held, list) else held) == set(fields)
