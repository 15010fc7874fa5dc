"""docs/api.md describes the output of every command with `--json`, for most commands field by field."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.cli.command_registry import COMMANDS, load
from tests.docs.test_links import ROOT
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements

pytestmark = pytest.mark.ci

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## On the command line")[2]
ROW = re.compile(r"^\| `overt ([a-z ]+)` \| (.+?) \|$", re.MULTILINE)
DESCRIPTIONS = dict(ROW.findall(TABLE))


def with_json() -> set[str]:
    """Return the commands that have `--json`."""
    names = set()
    for name in COMMANDS:
        command = load(name)
        for part, subcommand in (getattr(command, "commands", None) or {"": command}).items():
            if "--json" in {option for parameter in subcommand.params if not parameter.hidden for option in parameter.opts}:
                names.add(f"{name} {part}".strip())
    return names


def test_every_command_is_described() -> None:
    assert set(DESCRIPTIONS) == with_json()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the outputs of commands that run one after another on a small atlas, by command."""
    atlas = Atlas(tmp_path_factory.mktemp("json"))
    rows = make_statements("organization", "zte", name="ZTE", country="CN") + make_statements(
        "organization", "fiber", name="Fiber", country="KE"
    )
    rows += make_statements("project", "p", name="P", kind="smart-city", country="KE")
    atlas.fetch("alpha", rows)
    release = atlas.build()
    again = atlas.root.parent / "drops" / "alpha" / "2026-01-01"

    def run(*arguments: object) -> Any:
        return orjson.loads(atlas.ok(*arguments, "--json").out)

    table, entries = atlas.root.parent / "parks.csv", atlas.root.parent / "entries.csv"
    table.write_text("id,name,country\n1,North,Kenya\n2,South,Zambia\n")
    entries.write_text("name,country,document,document-place\nEast,Kenya,Report,p. 1\n")
    return {
        "init": orjson.loads(init(atlas.root.parent / "other")),
        "fetch": run("fetch", "alpha", "--from", again, "--retrieved", "2026-01-01"),
        "import": run("import"),
        "resolve": run("resolve"),
        "release": run("release"),
        "build": run("build"),
        "figures": run("figures"),
        "findings": run("findings"),
        "overlaps": run("overlaps"),
        "show": run("show", "alpha:zte"),
        "search": run("search", "zte"),
        "diff": run("diff", release, release),
        "verify": run("verify"),
        "export": run("export", "jsonl", atlas.root.parent / "alpha.jsonl"),
        "judge same": run("judge", "same", "alpha:zte", "alpha:fiber", *BY),
        "judge different": run("judge", "different", "alpha:zte", "alpha:fiber", *BY),
        "judge undo": run("judge", "undo", 2, *BY),
        "judge unsure": run("judge", "unsure", "alpha:zte", "alpha:fiber", *BY),
        "judge import": run("judge", "import", shared(atlas)),
        "judge relate": run("judge", "relate", "alpha:zte", "parent", "alpha:fiber", *BY),
        "claim add": run("claim", "add", "alpha:p", "project", "country", "UG", *DOCUMENT, *BY),
        "retract": run("retract", "alpha:p", *BY),
        "claim list": run("claim", "list"),
        "status": run("status"),
        "clean": run("clean", "--dry-run"),
        "source new": run("source", "new", table, "--name", "parks"),
        "add": run("add", entries, *BY),
        "source use": run("source", "use", "alpha", "2026", *BY),
        "source remove": run("source", "remove", "alpha", *BY),
        "key editor": run("key", "editor", "--no-passphrase"),
        "key rotate": run("key", "rotate", "--no-passphrase"),
        "key list": run("key", "list"),
        "witness": run("witness"),
        "upgrade": run("upgrade"),
    }


def shared(atlas: Atlas) -> Path:
    """Export the judgements in force to a file; return its path."""
    atlas.ok("judge", "export", atlas.root / "shared.jsonl")
    return atlas.root / "shared.jsonl"


def init(folder: Path) -> str:
    from tests.support.command_runs import overt

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
        "findings",
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
        "claim list",
        "status",
        "clean",
        "source new",
        "add",
        "source use",
        "source remove",
        "key editor",
        "key rotate",
        "key list",
        "witness",
        "upgrade",
    ],
)
def test_the_fields_are_those_that_are_described(outputs: dict[str, Any], command: str) -> None:
    output = outputs[command]
    assert ("a list" in DESCRIPTIONS[command]) == isinstance(output, list)
    fields = re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", DESCRIPTIONS[command]).partition(";")[0])
    assert set(output[0] if isinstance(output, list) else output) == set(fields)
