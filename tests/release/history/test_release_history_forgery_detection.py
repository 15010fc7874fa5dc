"""The history of releases, and what `overt verify` detects with it: forged ledgers, removed releases, rollback."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from overt.ledger import Entry, Ledger
from overt.model.detached_file_signatures import fingerprint
from overt.release.history.history_file import _serialise, history_path, read_history
from overt.release.history.release_history_line import HistoryLine
from tests.ledger.test_signed_entries import replaced, rewrite
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import Outcome, overt
from tests.support.release_table_rows_and_file_hashes import file_hashes

pytestmark = pytest.mark.ci
KEEP = ("archive", "ledger.db", "releases")
"""Parts of an atlas that can be restored from an earlier copy."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a key for releases, an editor's key, two releases, and an entry after the last release."""
    folder = tmp_path_factory.mktemp("history")
    atlas = Atlas(folder)
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics", country="CN"))
    atlas.fetch("beta", make_statements("organization", "bluestem", name="Bluestem Optics Ltd"))
    atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada Lovelace")
    assert overt("key", folder / "release.pem").code == 0
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text().replace('key = ""', 'key = "../release.pem"'), encoding="utf-8")
    atlas.ok("import")
    atlas.clusters()
    atlas.judge("same", "alpha:bluestem", "beta:bluestem")
    atlas.build("--note", "first")
    atlas.claim("alpha:bluestem", "organization", "website", "https://bluestem.example/")
    atlas.build("--note", "second")
    atlas.judge("different", "alpha:bluestem", "beta:bluestem")
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy of the atlas, for a test to attack."""
    shutil.copy(made.root.parent / "release.pem.pub", tmp_path)
    shutil.copy(made.root.parent / "release.pem", tmp_path)
    return made.copy_to(tmp_path)


@pytest.fixture
def witness(atlas: Atlas, tmp_path: Path) -> Path:
    path = tmp_path / "witness.json"
    path.write_text(atlas.ok("witness").out)
    return path


def problems(atlas: Atlas, *words: object) -> list[str]:
    """Return the problems that `overt verify` prints."""
    outcome = atlas.overt("verify", *words)
    assert outcome.code == bool(outcome.errors), outcome
    return outcome.errors


def history(atlas: Atlas) -> list[HistoryLine]:
    return read_history(history_path(atlas.workspace))


@pytest.mark.slow
def test_each_release_is_recorded_once(atlas: Atlas) -> None:
    lines = history(atlas)
    entries = atlas.ledger.entries()
    assert [line.previous for line in lines] == ["", lines[0].release]
    assert [line.ledger for line in lines] == [(2, entries[1].chain), (3, entries[2].chain)]
    assert [line.archive.captures for line in lines] == [2, 2]
    assert all(line.has_valid_signature() for line in lines)
    before = history_path(atlas.workspace).read_bytes()
    third = atlas.build("--note", "third")
    assert [line.release for line in history(atlas)] == [*(line.release for line in lines), third]
    after = history_path(atlas.workspace).read_bytes()
    assert after.startswith(before)
    assert atlas.build("--note", "third") == third
    assert history_path(atlas.workspace).read_bytes() == after, "the same release again changes nothing"


@pytest.mark.ci
def test_an_intact_atlas_verifies_and_says_that_it_is_signed(atlas: Atlas, witness: Path) -> None:
    outcome = atlas.ok("verify", "--witness", witness)
    assert "the ledger is signed since entry 1" in outcome.out and outcome.errors == []


@pytest.mark.ci
def test_no_release_names_an_editor(atlas: Atlas) -> None:
    atlas.ok("show", "alpha:bluestem")  # makes the indexes
    for folder in (path for path in (atlas.root / "releases").iterdir() if path.is_dir()):
        for table in ("judgements", "retractions"):
            assert "who" not in pq.read_schema(folder / "tables" / f"{table}.parquet").names
    marks = (b"Ada Lovelace", *(key.encode() for key in atlas.ledger.keys().in_force))
    files = [path for name in ("releases", "archive", "cache") for path in (atlas.root / name).rglob("*") if path.is_file()]
    assert len(files) > 50
    assert not [path for path in files if any(mark in path.read_bytes() for mark in marks)]
    with closing(sqlite3.connect(atlas.root / "ledger.db")) as connection:
        assert connection.execute("SELECT DISTINCT who FROM entries").fetchall() == [("",)]


@pytest.mark.ci
def test_names_are_shown_where_the_mapping_is(atlas: Atlas) -> None:
    [judgement] = orjson.loads(atlas.ok("judge", "list", "--json").out)["judgements"]
    assert judgement["who"] == "Ada Lovelace"
    (atlas.root / "keys" / "editors.toml").unlink()
    [judgement] = orjson.loads(atlas.ok("judge", "list", "--json").out)["judgements"]
    assert judgement["who"] == next(iter(atlas.ledger.keys().in_force))[:12]
    assert problems(atlas) == [], "nothing depends on the mapping"


# --- Attacks: the forger rewrites the entire atlas and recomputes every chain, but has no key ---------------------------


def change_reason(sequence: int) -> Callable[[Entry], Entry | None]:
    return lambda entry: replaced(entry, why="for another reason") if entry.sequence == sequence else entry


def ledger_address(atlas: Atlas) -> str:
    return f"sqlite:///{atlas.root / 'ledger.db'}"


@pytest.mark.ci
@pytest.mark.parametrize("sequence", [2, 4], ids=["before a release", "after the last release"])
def test_a_rewritten_ledger_is_detected(atlas: Atlas, sequence: int) -> None:
    rewrite(ledger_address(atlas), change_reason(sequence))
    assert any(f"entry {sequence} is not what the key" in line for line in problems(atlas))
    refusal = "is not what the key" if sequence == 4 else "lacks entry 3, which release"
    assert any(refusal in line for line in atlas.overt("release").errors), "and nothing is released"


@pytest.mark.slow
def test_a_rewritten_unsigned_ledger_is_detected_by_the_release_that_used_it(made: Atlas, tmp_path: Path) -> None:
    """Without keys, a forger can recompute the ledger's chain, but not the manifests of releases."""
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics", country="CN"))
    atlas.ok("import")
    atlas.clusters()
    atlas.claim("alpha:bluestem", "organization", "website", "https://bluestem.example/")
    atlas.build()
    assert "the ledger is unsigned: no editor has a key" in atlas.ok("verify").out
    rewrite(ledger_address(atlas), change_reason(1))
    assert any("the ledger has lost entries that release" in line for line in problems(atlas))


def remove_last(atlas: Atlas) -> None:
    last = atlas.ledger.head().sequence
    rewrite(ledger_address(atlas), lambda entry: None if entry.sequence == last else entry)


@pytest.mark.slow
def test_an_entry_removed_at_the_end_is_detected(atlas: Atlas, witness: Path) -> None:
    """The removal of an entry made after the last release is revealed only by a witness stored elsewhere.

    The history reveals the removal of earlier entries.
    """
    remove_last(atlas)
    assert problems(atlas) == []
    assert any("its entry 4 is not the one that the witness recorded" in line for line in problems(atlas, "--witness", witness))
    remove_last(atlas)
    assert any("the ledger has lost entries that release" in line for line in problems(atlas))


@pytest.mark.slow
def test_a_removed_release_is_detected(atlas: Atlas) -> None:
    atlas.ok("show", "alpha:bluestem")  # makes the indexes
    folder = atlas.root / "releases" / history(atlas)[0].release
    shutil.rmtree(folder)
    taken_away, index = problems(atlas)
    assert f"{folder}: was taken away" in taken_away
    assert "was made with another set of releases, so it cannot be compared" in index


@pytest.mark.slow
def test_a_release_removed_from_the_history_is_detected(atlas: Atlas) -> None:
    lines = history(atlas)
    path = history_path(atlas.workspace)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert any(f"lacks the release {lines[1].release}" in line for line in problems(atlas))
    path.unlink()
    assert any(f"lacks the release {lines[0].release}" in line for line in problems(atlas))


def forge_history(atlas: Atlas, change: Callable[[dict[str, object]], None], key: Ed25519PrivateKey | None) -> None:
    """Rewrite the history with valid chains, either signed with another key or unsigned."""
    path = history_path(atlas.workspace)
    chain, data = "", b""
    for text in path.read_bytes().splitlines():
        fields = {name: value for name, value in orjson.loads(text).items() if name not in ("key", "chain", "signature")}
        change(fields)
        line = _serialise(fields, chain, key)
        chain, data = orjson.loads(line)["chain"], data + line
    path.write_bytes(data)


@pytest.mark.slow
def test_a_rewritten_history_is_detected(atlas: Atlas, tmp_path: Path) -> None:
    def change(fields: dict[str, object]) -> None:
        fields["ledger"] = {"sequence": 1, "chain": atlas.ledger.entries()[0].chain}

    public = tmp_path / "release.pem.pub"
    before = history_path(atlas.workspace).read_bytes()
    forge_history(atlas, change, Ed25519PrivateKey.generate())
    assert len([line for line in problems(atlas) if "is signed by another key" in line]) == 2
    history_path(atlas.workspace).write_bytes(before)
    forge_history(atlas, change, None)
    assert [line for line in problems(atlas, "--key", public) if "its last line" in line and "is not signed" in line]
    assert [line for line in problems(atlas) if "its last line" in line], "overt.toml names a key"


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("position", [20, 200, -80], ids=["content", "position", "signature"])
def test_a_changed_byte_of_the_history_is_detected(atlas: Atlas, position: int) -> None:
    path = history_path(atlas.workspace)
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(data)
    assert any(str(path) in line for line in problems(atlas))


@pytest.mark.ci
def test_a_signature_removed_from_the_history_is_detected(atlas: Atlas) -> None:
    path = history_path(atlas.workspace)
    first, second = (orjson.loads(text) for text in path.read_bytes().splitlines())
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in (first, {**second, "signature": "00" * 64})))
    assert any("line 2" in line and "is not what the key in it signed" in line for line in problems(atlas))


@pytest.mark.slow
def test_a_key_that_was_used_earlier_is_named(atlas: Atlas, tmp_path: Path) -> None:
    assert overt("key", tmp_path / "next.pem").code == 0
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text().replace("../release.pem", "../next.pem"), encoding="utf-8")
    assert len([line for line in problems(atlas) if "name a key that you used before under `former`" in line]) == 2
    settings.write_text(settings.read_text().replace("former = []", 'former = ["../release.pem.pub"]'), encoding="utf-8")
    assert problems(atlas) == []
    atlas.build("--note", "with the next key")
    assert problems(atlas) == [] and history(atlas)[2].signer != history(atlas)[1].signer


@pytest.mark.slow
def test_rollback_needs_a_witness(atlas: Atlas, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    for name in KEEP:
        path = atlas.root / name
        shutil.copytree(path, earlier / name) if path.is_dir() else shutil.copy(path, earlier)
    atlas.build("--note", "third")
    witness = tmp_path / "witness.json"
    witness.write_text(atlas.ok("witness").out)
    for name in KEEP:
        path = atlas.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(earlier / name, path) if (earlier / name).is_dir() else shutil.copy(earlier / name, path)
    assert problems(atlas) == [], "an earlier state is whole in itself"
    lines = problems(atlas, "--witness", witness)
    assert any("its line 3 is not the one that the witness recorded: it was rolled back or rewritten" in line for line in lines)
    assert any("lacks release" in line for line in lines)


def test_a_witness_names_no_editor_and_changes_nothing(atlas: Atlas) -> None:
    before = file_hashes(atlas.root)
    taken = orjson.loads(atlas.ok("witness").out)
    assert file_hashes(atlas.root) == before
    assert taken["format"] == 1 and taken["history"]["releases"] == 2 and taken["ledger"]["sequence"] == 4
    assert taken["release"]["id"] == history(atlas)[1].release and "Ada" not in str(taken)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a witness"),
        ("[]", "is not a witness"),
        ('{"format": 1}', "is not a witness"),
        ('{"format": 2}', "this witness has format 2, and this Overt knows formats up to 1; install a newer Overt"),
        (None, "cannot be read"),
    ],
)
def test_an_invalid_witness_file_is_refused(atlas: Atlas, tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "other.json"
    if text is not None:
        path.write_text(text)
    outcome: Outcome = atlas.overt("verify", "--witness", path)
    assert message in outcome.err and len(outcome.errors) == 1


@pytest.mark.ci
def test_a_newer_history_is_refused(atlas: Atlas) -> None:
    path = history_path(atlas.workspace)
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":7'))
    message = "the history has format 7, and this Overt knows formats up to 1; install a newer Overt"
    assert any(message in line for line in problems(atlas))
    assert message in atlas.overt("release").err


@pytest.mark.ci
def test_signatures_of_the_history_are_those_of_the_release_key(atlas: Atlas, tmp_path: Path) -> None:
    from overt.model.detached_file_signatures import load_public_key

    public = tmp_path / "release.pem.pub"
    assert {line.signer for line in history(atlas)} == {fingerprint(load_public_key(public))}
    assert fingerprint(load_public_key(public)) not in Ledger(atlas.workspace.ledger).keys().in_force
    assert problems(atlas, "--key", public) == []


@pytest.mark.slow
@pytest.mark.parametrize("step", ["_publish", "_point_latest", "record_release"])
def test_a_run_that_stops_at_the_end_leaves_an_intact_history(atlas: Atlas, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A release used to get its name before it was in the history, so verification called it unknown until the next release."""

    def stop(*arguments: object) -> None:
        raise OSError("stopped")

    before = read_history(history_path(atlas.workspace))
    where = "workspace_release" if step == "record_release" else "release_build"
    with monkeypatch.context() as patch:
        patch.setattr(f"overt.release.{where}.{step}", stop)
        assert atlas.overt("release", "--note", "third").code == 1
    assert problems(atlas, "--quick") == []
    assert len(read_history(history_path(atlas.workspace))) == len(before) + (step != "_publish")
    atlas.ok("release", "--note", "third")
    lines = read_history(history_path(atlas.workspace), announced=False)
    assert len(lines) == len(before) + 1 and lines[-1].has_valid_signature()
    assert {path.name for path in (atlas.root / "releases").iterdir()} == {
        *(line.release for line in lines), "history.jsonl", "latest"
    }  # fmt: skip
    assert problems(atlas, "--quick") == []


def test_an_announced_line_that_nobody_signed_is_detected(atlas: Atlas) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    path = history_path(atlas.workspace)
    *lines, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines))
    fields = orjson.loads(last)
    path.with_name(".announced.jsonl").write_bytes(
        orjson.dumps({k: v for k, v in fields.items() if k not in ("key", "signature")}) + b"\n"
    )
    assert any(f"release {release}, is not signed, but one before is" in problem for problem in problems(atlas, "--quick"))
    path.with_name(".announced.jsonl").write_bytes(last[:-9])
    assert any(f"lacks the release {release}" in problem for problem in problems(atlas, "--quick"))
