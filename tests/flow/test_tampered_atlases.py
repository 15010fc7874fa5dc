"""Atlases and editions that an attacker has changed: commands report it without a traceback, and touch nothing outside them."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.archive.capture_index import chain_capture, serialise
from overt.edition.edition_integrity import verify_edition
from overt.edition.manifest import MANIFEST, is_edition, write_manifest
from overt.ledger import Ledger, LedgerError
from overt.ledger.entry import Head, canonical_json, chain_entry
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.release.history.history_file import _serialise
from overt.release.release_manifest import manifest_bytes, release_id
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import Outcome
from tests.support.release_table_rows_and_file_hashes import read_table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with an editorial claim and two releases."""
    atlas = Atlas(tmp_path_factory.mktemp("attacked"), index=True)
    atlas.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="CN"))
    atlas.source("beta", reuse="private")
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE"))
    atlas.build()
    atlas.claim("alpha:zte", "organization", "website", "https://zte.example/")
    atlas.build()
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to attack."""
    return made.copy_to(tmp_path)


def assert_reported(outcome: Outcome, text: str) -> None:
    """Assert that a command failed, and wrote only error lines to standard error, one of which contains the text."""
    assert outcome.code == 1, outcome
    assert outcome.errors == outcome.err.splitlines() and any(text in line for line in outcome.errors), outcome


# --- latest -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("data", [b"2026-11-28\xad2a3780c4\n", b"", b"../../elsewhere\n", b"2026-01-01-00000000\n", b"\0"])
def test_a_damaged_latest_is_found_and_nothing_breaks(atlas: Atlas, data: bytes) -> None:
    path = atlas.root / "releases" / "latest"
    path.write_bytes(data)
    assert_reported(atlas.overt("verify", "--quick"), f"{path}: is not the id of a release")
    atlas.ok("search", "zte")
    atlas.ok("release")
    atlas.ok("verify", "--quick")


def test_a_missing_latest_is_found(atlas: Atlas) -> None:
    (atlas.root / "releases" / "latest").unlink()
    assert_reported(atlas.overt("verify", "--quick"), "latest: is not the id of a release")


def test_an_older_latest_is_noted(atlas: Atlas) -> None:
    path = atlas.root / "releases" / "latest"
    newest = path.read_text().strip()
    [older] = [folder.name for folder in path.parent.iterdir() if folder.is_dir() and folder.name != newest]
    path.write_text(f"{older}\n")
    assert f"`latest` is {older}, which is older than {newest}" in atlas.ok("verify", "--quick").err


DEEP = b'{"format":1,"release":' + b"[" * 900 + b"]" * 900 + b"}\n"
"""JSON that exhausts the stack of a careless reader."""


# --- Manifests and history ----------------------------------------------------------------------------------------------


@pytest.mark.slow(after=1)
@pytest.mark.parametrize(
    "change",
    [
        {"archive": 5},
        {"archive": {"chain": None}},
        {"ledger": None},
        {"ledger": ["x"]},
        {"date": 20260101},
        {"tables": {"values": {"file": 5, "bytes": 1, "sha256": "x"}}},
        {"tables": {"values": {"file": "/dev/zero", "bytes": 1, "sha256": "x"}}},
        {"tables": {"../values": {"file": "tables/../values.parquet", "bytes": 1, "sha256": "x"}}},
        {"tables": {"values": 5}},
    ],
)
def test_a_manifest_of_other_types_is_one_line(atlas: Atlas, change: dict[str, Any]) -> None:
    folder = atlas.root / "releases" / (atlas.root / "releases" / "latest").read_text().strip()
    manifest = orjson.loads((folder / "manifest.json").read_bytes()) | change
    data = manifest_bytes(manifest)
    (folder / "manifest.json").write_bytes(data)
    forged = folder.rename(folder.with_name(f"2026-01-01-{hashlib.sha256(data).hexdigest()[:8]}"))
    (atlas.root / "releases" / "latest").write_text(f"{forged.name}\n")
    assert release_id(manifest).endswith(forged.name[-8:])
    assert_reported(atlas.overt("verify"), "is not a manifest that Overt wrote")


@pytest.mark.parametrize(
    "change",
    [
        {"release": 5},
        {"release": "../../etc"},
        {"ledger": {"sequence": "1", "chain": ""}},
        {"archive": {"captures": None, "chain": ""}},
        {"archive": 1},
        {"manifest": None},
        {"previous": []},
    ],
)
def test_a_chained_line_of_the_history_with_other_types_is_one_line(atlas: Atlas, change: dict[str, Any]) -> None:
    path = atlas.root / "releases" / "history.jsonl"
    first, *_ = path.read_bytes().splitlines()
    fields = {name: value for name, value in orjson.loads(first).items() if name != "chain"} | change
    path.write_bytes(_serialise(fields, "", None))
    assert_reported(atlas.overt("verify", "--quick"), f"{path}: line 1 is not a line that Overt wrote")
    assert_reported(atlas.overt("release", "--note", "x"), f"{path}: line 1 is not a line that Overt wrote")


@pytest.mark.parametrize(
    "data", [b"{", b"[]\n", b"null\n", b"\xff\n", b"{}\n", b'{"format":1}\n', b'{"format":99}\n', b"\n", DEEP]
)
def test_a_broken_history_is_one_line(atlas: Atlas, data: bytes) -> None:
    path = atlas.root / "releases" / "history.jsonl"
    path.write_bytes(data)
    assert_reported(atlas.overt("verify", "--quick"), str(path))
    assert_reported(atlas.overt("release"), str(path))


# --- Archive ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": "../../../precious"},
        {"snapshot": "2026-01-01-0123abcd/.."},
        {"source": "../precious"},
        {"retrieved": "soon"},
        {"role": ""},
        {"name": "a\nb"},
    ],
)
def test_a_forged_index_leads_to_no_other_folder(atlas: Atlas, change: dict[str, str]) -> None:
    """An import of someone else's atlas used to replace the folder that a snapshot's id named."""
    precious = atlas.root.parent / "precious"
    precious.mkdir()
    (precious / "file").write_text("mine")
    path = atlas.root / "archive" / "index.jsonl"
    first, *_ = path.read_bytes().splitlines()
    fields = {name: value for name, value in orjson.loads(first).items() if name != "chain"} | change
    path.write_bytes(serialise(chain_capture("", fields)))
    for words in (["verify", "--quick"], ["import"], ["build"]):
        assert_reported(atlas.overt(*words), "index.jsonl: line 1 is not a line that Overt wrote")
    assert (precious / "file").read_text() == "mine"


def test_deep_brackets_in_the_index_are_one_line(atlas: Atlas) -> None:
    path = atlas.root / "archive" / "index.jsonl"
    path.write_bytes(b'{"sha256":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n")
    for words in (["verify", "--quick"], ["status"]):
        assert_reported(atlas.overt(*words), "index.jsonl: line 1 is not a line that Overt wrote")


def test_links_in_the_archive_are_found(atlas: Atlas, tmp_path: Path) -> None:
    path = min(path for path in (atlas.root / "archive").glob("??/*") if path.is_file())
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert_reported(atlas.overt("verify", "--quick"), "is missing")
    path.unlink()
    folder = path.parent.rename(tmp_path / "folder")
    (tmp_path / "elsewhere").rename(folder / path.name)
    path.parent.symlink_to(folder)
    assert_reported(atlas.overt("verify", "--quick"), "the index does not name this file")


# --- Ledger -------------------------------------------------------------------------------------------------------------


def execute(atlas: Atlas, *statements: str) -> None:
    """Execute SQL statements in the ledger's database."""
    with closing(sqlite3.connect(atlas.root / "ledger.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries WHERE sequence = new.sequence; END",
        "CREATE VIEW v AS SELECT * FROM entries",
        "CREATE TABLE other (a)",
        "CREATE INDEX i ON entries (who)",
    ],
)
def test_a_ledger_with_foreign_objects_takes_no_entry(atlas: Atlas, statement: str) -> None:
    """A trigger could delete each new entry, although the command had confirmed the entry to its editor."""
    execute(atlas, statement)
    assert_reported(atlas.overt("retract", "alpha:zte", *BY), "which Overt did not make")
    assert_reported(atlas.overt("verify", "--quick"), "which Overt did not make")


def test_an_index_of_the_ledger_that_hides_an_entry_is_found(atlas: Atlas) -> None:
    """Overt looks up earlier entries in a SQLite index. An attacker who empties it hides retractions and revoked keys."""
    atlas.ok("retract", "alpha:zte", *BY)
    path = atlas.root / "ledger.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'entries_by_subject'"
        [(page,)] = connection.execute(query).fetchall()
        [(size,)] = connection.execute("PRAGMA page_size").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[(page - 1) * size + 3 : (page - 1) * size + 5] = b"\0\0"  # the page has no entries
    path.write_bytes(data)
    assert_reported(atlas.overt("verify", "--quick"), "is damaged: ")


def test_a_format_number_that_was_set_back_is_found(atlas: Atlas) -> None:
    execute(atlas, "UPDATE ledger_format SET format = 1")
    assert_reported(atlas.overt("verify", "--quick"), "says that it has format 1, and has columns of a later one")
    atlas.ok("upgrade")
    atlas.ok("verify", "--quick")


@pytest.mark.parametrize("stored", ["'two'", "x'ff'", "9e999"])
def test_a_format_that_is_no_number_is_one_line(atlas: Atlas, stored: str) -> None:
    execute(atlas, "DROP TABLE ledger_format", "CREATE TABLE ledger_format (format)")
    execute(atlas, f"INSERT INTO ledger_format VALUES ({stored})")
    assert_reported(atlas.overt("log"), "which is no number; restore it from a copy")
    assert_reported(atlas.overt("verify", "--quick"), "which is no number; restore it from a copy")


@pytest.mark.slow(after=5)
@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("judgement", {"left": "alpha:a"}),
        ("judgement", {"left": "alpha:a", "right": "alpha:b", "verdict": "perhaps"}),
        ("judgement", {"left": "alpha:a", "right": 5, "verdict": "same"}),
        ("judgement", {"left": "alpha:a", "right": "alpha:b", "verdict": "same", "origin": {"where": "x"}}),
        ("claim", {"record": "alpha:a", "type": "organization", "property": "name", "value": "x"}),
        ("claim", {"record": "a:a", "type": "organization", "property": "name", "value": "x", "document": {"title": "x"}}),
        ("claim-source-document", {"claim": 1, "document": "x"}),
        ("retraction", {"target": ["x"]}),
        ("source-snapshot", {"source": "alpha"}),
        ("source-removal", {}),
        ("undo", {}),
        ("undo", {"sequence": "1"}),
        ("undo", {"sequence": True}),
        ("undo", {"sequence": 1, "last": 1.5}),
        ("unknown", {}),
    ],
)
def test_a_chained_entry_of_another_shape_is_one_line(atlas: Atlas, kind: str, payload: dict[str, Any]) -> None:
    head = atlas.ledger.head()
    entry = chain_entry(Head(*head), "2026-11-24T12:00:00Z", "A", "why", kind, payload)
    row = (entry.sequence, entry.at, entry.who, entry.why, kind, canonical_json(payload), entry.chain)
    with closing(sqlite3.connect(atlas.root / "ledger.db")) as connection, connection:
        connection.execute("INSERT INTO entries (sequence, at, who, why, kind, payload, chain) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    line = f"entry {entry.sequence} is not an entry that Overt wrote"
    for words in (["verify", "--quick"], ["release"], ["judge", "list"], ["log"], ["status"]):
        assert_reported(atlas.overt(*words), line)
    with pytest.raises(LedgerError, match=line):
        Ledger(atlas.workspace.ledger).source_choices()


def test_deep_brackets_in_the_ledger_are_one_line(atlas: Atlas) -> None:
    execute(atlas, f"UPDATE entries SET payload = '{'[' * 100_000}'")
    for words in (["verify", "--quick"], ["release"], ["log"]):
        assert_reported(atlas.overt(*words), "entry 1 is not an entry that Overt wrote")


def test_the_ledger_of_another_atlas_is_found(atlas: Atlas, tmp_path: Path) -> None:
    other = Atlas(tmp_path / "other", index=True)
    other.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="CN"))
    other.build()
    other.claim("alpha:zte", "organization", "country", "US")
    (atlas.root / "ledger.db").write_bytes((other.root / "ledger.db").read_bytes())
    assert_reported(atlas.overt("verify", "--quick"), "the ledger")


# --- Cache and editions -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("description", [b"{}", b"[]", b'{"manifest": {"tables": {"values": 5}}}', b"\xff", b'{"manifest": 1}'])
def test_an_edition_in_the_cache_of_another_shape_is_made_again(atlas: Atlas, description: bytes) -> None:
    from overt.index.release_preparation import prepare
    from overt.index.serve_settings import ServeSettings

    release = (atlas.root / "releases" / "latest").read_text().strip()
    settings = ServeSettings(Workspace.open(atlas.root), release, public=True)
    folder = prepare(settings).database.parent
    before = (folder / "edition.json").read_bytes()
    (folder / "edition.json").write_bytes(description)
    digest = hashlib.sha256(description).hexdigest()
    (folder / "edition.json.sha256").write_text(f"{digest}  edition.json\n")
    assert_reported(atlas.overt("verify", "--quick"), f"{folder}: was changed since it was made")
    assert prepare(settings).database.parent == folder
    assert (folder / "edition.json").read_bytes() == before
    assert read_table(folder / "tables" / "sources.parquet", "source") == [{"source": "alpha"}]


def edition(folder: Path, files: Any) -> Path:
    """Write an edition of one page, with these entries in its manifest."""
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("page")
    write_manifest(Workspace.create(folder / "empty"), site, {"format": "overt-edition-2", "title": "A", "files": files})
    return site


PAGE = {"index.html": [4, hashlib.sha256(b"page").hexdigest()]}
ELSEWHERE = hashlib.sha256(b"elsewhere").hexdigest()


def test_the_manifest_of_an_edition_covers_itself(tmp_path: Path) -> None:
    site = edition(tmp_path, PAGE)
    assert list(verify_edition(site)) == []
    path = site / MANIFEST
    data = path.read_bytes()
    for position in range(len(data)):
        path.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        try:
            assert not is_edition(site) or next(verify_edition(site), None) is not None, position
        except OvertError as error:
            assert "install a newer Overt" in str(error)


@pytest.mark.parametrize(
    "files",
    [
        [],
        {"index.html": 5},
        {"index.html": ["4", "x"]},
        {"index.html": [4]},
        {"../elsewhere": [9, ELSEWHERE]},
        {"/dev/zero": [0, ELSEWHERE]},
        PAGE | {"link.html": [9, ELSEWHERE]},
    ],
)
def test_a_forged_manifest_of_an_edition_reads_nothing_outside(tmp_path: Path, files: Any) -> None:
    (tmp_path / "elsewhere").write_text("elsewhere")
    site = edition(tmp_path, files)
    (site / "link.html").symlink_to(tmp_path / "elsewhere")
    problems = list(verify_edition(site))
    assert problems and all(str(site) in problem for problem in problems)
    assert any("cannot be read" in problem or "is a link or outside" in problem for problem in problems)


FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "first form": lambda data: data.replace(b"overt-edition-2", b"overt-edition-1"),
    "no digest": lambda data: data[: data.index(b',\n  "sha256"')] + b"\n}\n",
    "other title": lambda data: data.replace(b'"A"', b'"B"'),
}


@pytest.mark.parametrize("change", FORGERIES)
def test_a_changed_manifest_of_an_edition_is_found(tmp_path: Path, change: str) -> None:
    site = edition(tmp_path, PAGE)
    data = (site / MANIFEST).read_bytes()
    assert FORGERIES[change](data) != data
    (site / MANIFEST).write_bytes(FORGERIES[change](data))
    assert [problem for problem in verify_edition(site) if "cannot be read as the manifest" in problem]
