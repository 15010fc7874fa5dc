"""An atlas in an older format can be read, upgraded and used. An atlas in a newer format is refused in one line.

`format_1` is an atlas made by the first version, without the parts that can be rebuilt. It must never be changed.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from overt.cli.pipeline.atlas_format_upgrade import with_format
from overt.edition.manifest import FORM
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import BY, Atlas
from tests.support.command_runs import Outcome, overt
from tests.support.release_table_rows_and_file_hashes import file_hashes

RELEASE = "2026-11-28-eac915a7"
COMMENT = "# The format of this directory. `overt upgrade` converts an older one.\n"
NEWER = "install a newer Overt"


@pytest.fixture
def old(tmp_path: Path) -> Atlas:
    """A copy of the atlas of format 1."""
    atlas = Atlas.__new__(Atlas)
    atlas.root = tmp_path / "atlas"
    shutil.copytree(Path(__file__).parent / "format_1", atlas.root)
    atlas.workspace = Workspace.open(atlas.root)
    return atlas


def test_an_atlas_of_the_first_format_is_read(old: Atlas) -> None:
    before = file_hashes(old.root)
    outcome = old.overt("verify")
    assert (outcome.code, outcome.errors) == (3, []), "other code made it: it is neither whole nor forged"
    assert "2 captures, 1 release" in outcome.out and "the ledger is unsigned" in outcome.out
    assert "Bluestem Optics" in old.ok("show", "alpha:bluestem").out
    [judgement] = orjson.loads(old.ok("judge", "list", "--json").out)["judgements"]
    assert (judgement["verdict"], judgement["who"]) == ("same", "An editor")
    after = file_hashes(old.root)
    assert {name: after[name] for name in before} == before


def test_an_atlas_of_the_first_format_refuses_entries(old: Atlas) -> None:
    old.ok("import", "--trust")
    old.clusters()
    outcome = old.overt("retract", "alpha:quartz", *BY)
    assert outcome.code == 1 and len(outcome.errors) == 1
    assert "the ledger has format 1, and entries are added in format 2; run `overt upgrade`" in outcome.err


@pytest.mark.ci
def test_an_upgraded_atlas_can_be_used(old: Atlas) -> None:
    releases = file_hashes(old.root / "releases")
    entries = old.ledger.entries()
    outcome = old.ok("upgrade")
    assert outcome.out == "upgraded\n" and len(outcome.err.splitlines()) == 3
    assert old.ok("upgrade").out == "nothing to upgrade\n"
    assert old.ledger.entries() == entries
    after = file_hashes(old.root / "releases")
    assert after.pop("history.jsonl") and after == releases
    assert old.ok("verify", "--quick").errors == []
    old.ok("key", "editor", "--no-passphrase")
    old.ok("import", "--trust")
    old.clusters()
    old.ok("judge", "different", "alpha:quartz", "beta:bluestem", "--why", "two websites")
    new = old.build()
    assert old.ok("verify").errors == []
    difference = old.diff(RELEASE, new)
    assert [cause["what"] for cause in difference["causes"]].count("judged") == 1
    assert "An editor" not in orjson.dumps(difference["causes"]).decode()


def test_an_upgrade_that_was_stopped_is_repeated(old: Atlas) -> None:
    """The upgrade was stopped after the columns were added, but before the format number was written."""
    old.ok("upgrade")
    with closing(sqlite3.connect(old.root / "ledger.db")) as connection, connection:
        connection.execute("DROP TABLE ledger_format")
        connection.execute("DROP INDEX entries_by_undone")
        connection.execute("UPDATE entries SET undoes_from = NULL, undoes_to = NULL")
    assert "the ledger has format 2 now" in old.ok("upgrade").err
    assert old.ok("verify", "--quick").errors == []
    assert "entry 3 is undone already; undo entry 4" in old.overt("judge", "undo", "3", *BY).err


def assert_refused(outcome: Outcome, what: str) -> None:
    assert outcome.code in (1, 2) and len(outcome.errors) == 1, outcome
    assert what in outcome.err and NEWER in outcome.err


def test_a_newer_workspace_is_refused(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    path = atlas.root / "overt.toml"
    path.write_text(path.read_text().replace("format = 2", "format = 3\nunheard_of = true"))
    for words in (("build",), ("judge", "list"), ("sources",), ("verify",), ("upgrade",), ("figures",)):
        assert_refused(atlas.overt(*words), "this atlas has format 3, and this Overt knows formats up to 2")


def test_a_newer_ledger_is_refused(old: Atlas) -> None:
    old.ok("upgrade")
    with closing(sqlite3.connect(old.root / "ledger.db")) as connection, connection:
        connection.execute("UPDATE ledger_format SET format = 3")
    for words in (("judge", "list"), ("judge", "undo", "1", *BY), ("key", "list"), ("upgrade",)):
        assert_refused(old.overt(*words), "the ledger has format 3, and this Overt knows formats up to 2")


def test_a_newer_release_is_refused(old: Atlas) -> None:
    path = old.root / "releases" / RELEASE / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 3'))
    assert_refused(old.overt("figures"), "this release has format 3, and this Overt knows formats up to 2")


def test_a_newer_static_edition_is_refused(tmp_path: Path) -> None:
    number = int(FORM.rpartition("-")[2])
    newer = f"{FORM.rpartition('-')[0]}-{number + 1}"
    (tmp_path / "manifest.json").write_bytes(orjson.dumps({"format": newer, "files": {}}))
    assert_refused(
        overt("verify", tmp_path), f"this edition has format {number + 1}, and this Overt knows formats up to {number}"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('title = "A"\n', 'format = 2\n\ntitle = "A"\n'),
        ('title = "A"\nformat = 1\n[site]\n', 'title = "A"\nformat = 2\n[site]\n'),
        ("[export]\nformat = 1\n", "format = 2\n\n[export]\nformat = 1\n"),
    ],
)
def test_the_number_is_written_where_it_belongs(text: str, expected: str) -> None:
    assert (
        with_format(text, 2).removeprefix("# The format of this directory. `overt upgrade` converts an older one.\n") == expected
    )
