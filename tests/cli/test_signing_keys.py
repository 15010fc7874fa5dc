"""`overt key`: keys of editors and of releases, their passphrases, and entries signed with them."""

import os
import stat
from pathlib import Path

import orjson
import pytest

from overt.ledger.passphrase_input import FILE_VARIABLE, check_new
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from tests.support.command_built_atlas import BY, Atlas, make_statements
from tests.support.command_runs import overt, overt_process

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics"))
    atlas.ok("import")
    atlas.clusters()
    return atlas


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_key_admits_itself(atlas: Atlas) -> None:
    outcome = atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada", "--json")
    made = orjson.loads(outcome.out)
    key = atlas.root / "keys" / "editor.key"
    assert (made["key"], made["entry"]) == (str(key), 1)
    assert (mode(key), mode(key.parent), mode(key.parent / "editors.toml")) == (0o600, 0o700, 0o600)
    assert (key.parent / ".gitignore").read_text() == "*\n"
    assert "entry 1 admits it" in outcome.err
    [listed] = atlas.read_json("key", "list")
    assert listed == {"fingerprint": made["fingerprint"], "name": "Ada", "revoked_by": None}


def test_an_entry_needs_no_name_once_there_are_keys(atlas: Atlas) -> None:
    outcome = atlas.overt("retract", "alpha:bluestem", "--why", "a slip")
    assert outcome.code == 2 and "who is empty; name who decides with --who" in outcome.err
    atlas.ok("key", "editor", "--no-passphrase")
    atlas.ok("retract", "alpha:bluestem", "--why", "a slip")
    assert atlas.ledger.entries()[-1].who == atlas.ledger.entries()[-1].key[:12]


def test_a_key_with_a_passphrase_is_encrypted(atlas: Atlas, passphrase: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas.ok("key", "editor", "--passphrase-file", passphrase)
    key = atlas.root / "keys" / "editor.key"
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in key.read_bytes()
    words = ("retract", "alpha:bluestem", *BY)
    assert "no terminal to ask at" in atlas.overt(*words).err
    wrong = passphrase.with_name("wrong")
    wrong.write_text("not the passphrase")
    monkeypatch.setenv(FILE_VARIABLE, str(wrong))
    outcome = atlas.overt(*words)
    assert (outcome.code, outcome.errors) == (2, [f"overt: {key}: that is not the passphrase of this key; try again"])
    monkeypatch.setenv(FILE_VARIABLE, str(passphrase))
    atlas.ok(*words)
    assert atlas.ok("verify").errors == []


def test_a_passphrase_comes_from_a_descriptor(atlas: Atlas, passphrase: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = os.open(passphrase, os.O_RDONLY)
    atlas.ok("key", "editor", "--passphrase-fd", handle)
    os.close(handle)
    handle = os.open(passphrase, os.O_RDONLY)
    monkeypatch.setenv("OVERT_PASSPHRASE_FD", str(handle))
    atlas.ok("retract", "alpha:bluestem", *BY)
    os.close(handle)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "no terminal to ask for a passphrase"),
        (("--passphrase-file", "short"), "fewer than 12 characters"),
        (("--passphrase-file", "missing"), "the passphrase cannot be read"),
        (("--passphrase-fd", "987"), "the passphrase cannot be read"),
        (("--no-passphrase", "--passphrase-fd", "0"), "leave out all but one"),
    ],
)
def test_bad_passphrases_are_refused(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("short").write_text("abc")
    outcome = atlas.overt("key", "editor", *words)
    assert outcome.code == 2 and message in outcome.err and len(outcome.errors) == 1
    assert not (atlas.root / "keys" / "editor.key").exists() and atlas.ledger.entries() == []


@pytest.mark.parametrize("folder", ["releases", "archive", "cache", "sources/alpha"])
def test_a_private_key_is_not_made_among_public_files(atlas: Atlas, folder: str) -> None:
    path = atlas.root / folder / "my.key"
    outcome = atlas.overt("key", "editor", path, "--no-passphrase")
    assert outcome.code == 2 and "keep the key in" in outcome.err and not path.exists()


def test_a_key_that_others_can_read_signs_nothing(atlas: Atlas) -> None:
    atlas.ok("key", "editor", "--no-passphrase")
    (atlas.root / "keys" / "editor.key").chmod(0o644)
    assert "other users can read the key" in atlas.overt("retract", "alpha:bluestem", *BY).err


def test_two_editors(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first editor admits the second, who replaces the admitted key. The first then revokes the new one."""
    atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada")
    bo = tmp_path / "bo.key"
    outcome = atlas.ok("key", "editor", bo, "--no-passphrase")
    assert f"`overt key admit {bo}.pub`" in outcome.err
    with monkeypatch.context() as as_bo:
        as_bo.setenv("OVERT_EDITOR_KEY", str(bo))
        assert "is one which no entry admits" in atlas.overt("retract", "alpha:bluestem", *BY).err
    atlas.ok("key", "admit", f"{bo}.pub", "--name", "Bo")
    assert "is in force already" in atlas.overt("key", "admit", f"{bo}.pub").err
    with monkeypatch.context() as as_bo:
        as_bo.setenv("OVERT_EDITOR_KEY", str(bo))
        first = bo.read_bytes()
        atlas.ok("key", "rotate", "--no-passphrase")
        assert bo.read_bytes() != first and mode(bo) == 0o600
        assert [path.read_bytes() for path in tmp_path.glob("bo.key.????????????")] == [first]
        atlas.ok("retract", "alpha:bluestem", *BY)
    atlas.ok("key", "revoke", "Bo", "--why", "left")
    with monkeypatch.context() as as_bo:
        as_bo.setenv("OVERT_EDITOR_KEY", str(bo))
        assert "which entry 5 revoked" in atlas.overt("judge", "undo", "4", *BY).err
    states = [(key["name"], key["revoked_by"]) for key in atlas.read_json("key", "list")]
    assert states == [("Ada", None), ("Bo", 3), ("Bo", 5)]
    assert "only key in force" in atlas.overt("key", "revoke", "Ada", "--why", "x").err
    assert "names no key in force" in atlas.overt("key", "revoke", "zzz", "--why", "x").err
    assert atlas.ok("verify").errors == []


def test_a_missing_key_is_named(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas.ok("key", "editor", "--no-passphrase")
    monkeypatch.setenv("OVERT_EDITOR_KEY", "/nowhere/my.key")
    outcome = atlas.overt("retract", "alpha:bluestem", *BY)
    assert "/nowhere/my.key: is not there, and this ledger takes signed entries only" in outcome.err


def test_keys_come_before_other_editors(atlas: Atlas, tmp_path: Path) -> None:
    overt("key", tmp_path / "release.pem")
    assert "no editor of this atlas has a key yet" in atlas.overt("key", "admit", tmp_path / "release.pem.pub").err
    assert "has no keys yet" in atlas.overt("key", "rotate", "--no-passphrase").err
    assert "the ledger is unsigned" in atlas.ok("key", "list").err


def test_a_broken_list_of_names_is_one_line(atlas: Atlas) -> None:
    atlas.ok("key", "editor", "--no-passphrase", "--name", "Ada")
    (atlas.root / "keys" / "editors.toml").write_text("x = ")
    outcome = atlas.overt("judge", "list")
    assert outcome.code == 2 and "or delete it" in outcome.err and len(outcome.errors) == 1


def test_a_path_without_a_name_makes_a_release_key(tmp_path: Path) -> None:
    made = orjson.loads(overt_process("key", tmp_path / "ours.pem", "--json").out)
    assert made["key"] == str(tmp_path / "ours.pem") and (tmp_path / "ours.pem.pub").is_file()


def test_a_release_key_is_made_in_the_folder_of_keys(tmp_path: Path) -> None:
    root = Workspace.create(tmp_path / "atlas").root
    overt_process("key", "release", root / "keys" / "ours.pem")
    assert (root / "keys" / "ours.pem.pub").is_file() and (root / "keys" / ".gitignore").is_file()
    missing = overt_process("key", "release", root / "kyes" / "ours.pem")
    assert missing.code == 2 and "there is no such directory" in missing.err


def test_a_passphrase_is_measured_in_characters() -> None:
    assert check_new("十二个汉字组成的口令可以".encode()) == "十二个汉字组成的口令可以".encode()
    with pytest.raises(UsageError, match="fewer than 12 characters"):
        check_new("五个汉字长".encode())
