"""Overt signs no history that has lost its signatures, and `overt verify` reports lost signatures and missing keys."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from overt.model.detached_file_signatures import load_private_key
from overt.release.history.history_file import _serialise, history_path, read_history
from overt.release.history.seen_signed_histories import forget_signed
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt

pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a key for releases, and two signed releases."""
    atlas = Atlas(tmp_path_factory.mktemp("signed"))
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics", country="CN"))
    name_key(atlas)
    atlas.build("--note", "first")
    atlas.build("--note", "second")
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    """A copy of the atlas, for a test to attack on a machine that has not seen it yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return made.copy_to(tmp_path)


def name_key(atlas: Atlas) -> None:
    """Make a key for releases, and name it in overt.toml."""
    (atlas.root / "keys").mkdir(mode=0o700, exist_ok=True)
    assert overt("key", "release", atlas.root / "keys" / "release.key").code == 0
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text().replace('key = ""', 'key = "keys/release.key"', 1), encoding="utf-8")


def strip(atlas: Atlas, key: Ed25519PrivateKey | None = None, number: int | None = None) -> None:
    """Write the history again without signatures, or signed with another key, and remove the signatures of manifests.

    `number`: the number of lines to keep, from the first; by default all lines.
    """
    path = history_path(atlas.workspace)
    chain, data = "", b""
    for text in path.read_bytes().splitlines()[:number]:
        fields = {name: value for name, value in orjson.loads(text).items() if name not in ("key", "chain", "signature")}
        line = _serialise(fields, chain, key)
        chain, data = orjson.loads(line)["chain"], data + line
    path.write_bytes(data)
    for signature in atlas.root.glob("releases/*/manifest.json.sig"):
        signature.unlink()


def remove_newest(atlas: Atlas) -> None:
    """Reduce the history to its first line, unsigned, and remove the second release."""
    first, second = read_history(history_path(atlas.workspace))
    strip(atlas, number=1)
    shutil.rmtree(atlas.root / "releases" / second.release)
    (atlas.root / "releases" / "latest").write_text(f"{first.release}\n")


def refuses(atlas: Atlas, error: str, *words: str) -> None:
    """Assert that a command fails with this error."""
    outcome = atlas.overt(*words)
    assert (outcome.code, error in outcome.err) == (1, True), outcome


def remove_history(atlas: Atlas) -> None:
    history_path(atlas.workspace).unlink()


@pytest.mark.parametrize("attack", [strip, remove_newest, remove_history])
def test_a_history_that_was_seen_signed_is_not_signed_again(atlas: Atlas, attack: Callable[[Atlas], None]) -> None:
    """Overt used to advise `overt sign`, which then signed the forgery."""
    assert atlas.ok("verify", "--quick").errors == []
    attack(atlas)
    before = history_path(atlas.workspace).read_bytes() if attack is not remove_history else b""
    for words in (("sign",), ("build", "--note", "third"), ("release", "--note", "third")):
        outcome = atlas.overt(*words)
        [line] = outcome.errors
        assert outcome.code == 1
        assert "has lost its signatures, which this machine has seen" in line and "restore releases/ from a copy" in line
    outcome = atlas.overt("verify", "--quick")
    assert outcome.code == 1 and any("has lost its signatures, which this machine has seen" in line for line in outcome.errors)
    assert history_path(atlas.workspace).exists() == (attack is not remove_history)
    assert not before or history_path(atlas.workspace).read_bytes() == before
    assert not list(atlas.root.glob("releases/*/manifest.json.sig")) or attack is remove_history


def test_the_writing_machine_remembers_without_a_verification(atlas: Atlas) -> None:
    atlas.ok("import")
    strip(atlas)
    refuses(atlas, "has lost its signatures", "sign")


def test_an_unsigned_line_after_a_signed_one_is_not_signed(atlas: Atlas) -> None:
    path = history_path(atlas.workspace)
    first, second = path.read_bytes().splitlines(keepends=True)
    fields = {name: value for name, value in orjson.loads(second).items() if name not in ("key", "chain", "signature")}
    path.write_bytes(first + _serialise(fields, orjson.loads(first)["chain"], None))
    for words in (("sign",), ("release", "--note", "third")):
        refuses(atlas, "the last line of the history is not signed, but one before is", *words)


def test_a_release_that_the_history_does_not_know_is_not_signed(atlas: Atlas) -> None:
    newest = read_history(history_path(atlas.workspace))[-1].release
    with (atlas.root / "releases" / newest / "manifest.json").open("ab") as file:
        file.write(b"\n")
    refuses(atlas, "is not the manifest that the history has", "sign")


@pytest.mark.ci
def test_a_first_signature_says_what_it_vouches_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Optics", country="CN"))
    atlas.build("--note", "first")
    atlas.build("--note", "second")
    name_key(atlas)
    [line] = atlas.overt("verify", "--quick").errors
    assert "if you have just named the key in overt.toml, `overt sign` signs it; otherwise restore" in line
    outcome = atlas.ok("sign", "--json")
    assert orjson.loads(outcome.out)["vouches_for"] == 1
    assert "vouches for 1 earlier release, too" in outcome.err
    assert orjson.loads(atlas.ok("sign", "--json").out)["vouches_for"] == 0
    atlas.ok("verify", "--quick")
    strip(atlas)
    forget_signed(atlas.workspace)
    assert "vouches for 2 earlier releases, too" in atlas.ok("release", "--note", "third").err


def swap(path: Path) -> None:
    public = Ed25519PrivateKey.generate().public_key()
    path.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


@pytest.mark.ci
def test_a_history_of_another_key_needs_the_public_key_that_is_named(atlas: Atlas) -> None:
    """If the public key was missing, a history signed by anybody used to be accepted."""
    path = atlas.root / "keys" / "release.key.pub"
    public = path.read_bytes()
    [signer] = {line.signer for line in read_history(history_path(atlas.workspace))}
    outcome = atlas.ok("verify", "--quick", "--json")
    assert orjson.loads(outcome.out)["history_signer"] == signer
    assert f"the history is signed by the key {signer[:16]}…" in atlas.ok("verify", "--quick").out
    strip(atlas, Ed25519PrivateKey.generate())
    path.unlink()
    [line] = atlas.overt("verify", "--quick").errors
    assert f"{path}: the key cannot be read" in line and "nobody can see who signed the releases" in line
    path.write_text("no key")
    refuses(atlas, f"{path}: is not a public key", "verify", "--quick")
    swap(path)
    assert any(f"{path}: is not the public key of" in line for line in atlas.overt("verify", "--quick").errors)
    path.write_bytes(public)
    assert len([line for line in atlas.overt("verify", "--quick").errors if "is signed by another key" in line]) == 2


def test_a_former_key_that_is_gone_is_named(atlas: Atlas) -> None:
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text().replace("former = []", 'former = ["keys/former.pub"]'), encoding="utf-8")
    [line] = atlas.overt("verify", "--quick").errors
    assert f"{atlas.root / 'keys' / 'former.pub'}: the key cannot be read" in line


def test_a_reader_can_bring_the_public_key(atlas: Atlas, tmp_path: Path) -> None:
    shutil.move(atlas.root / "keys" / "release.key.pub", tmp_path / "publisher.pub")
    (atlas.root / "keys" / "release.key").unlink()
    outcome = atlas.overt("verify", "--quick", "--key", tmp_path / "publisher.pub")
    assert (outcome.code, outcome.errors) == (0, [])


def change_key(atlas: Atlas, key: str, former: str) -> None:
    """Name a key for releases and a former one in overt.toml. Make the key if there is none."""
    if not (atlas.root / "keys" / key).exists():
        assert overt("key", "release", atlas.root / "keys" / key).code == 0
    settings = atlas.root / "overt.toml"
    text = re.sub(r'(?m)^key = "[^"]*"', f'key = "keys/{key}"', settings.read_text(), count=1)
    settings.write_text(re.sub(r"(?m)^former = .*\]", f'former = ["keys/{former}.pub"]', text), encoding="utf-8")


def add_line(atlas: Atlas, key: str) -> None:
    """Add a line to the history as somebody with the private key can, with a copy of the last release under another id."""
    path = history_path(atlas.workspace)
    last = path.read_bytes().splitlines()[-1]
    fields = {name: value for name, value in orjson.loads(last).items() if name not in ("key", "chain", "signature")}
    added = {**fields, "release": f"{fields['release'][:10]}-00000000", "previous": fields["release"]}
    path.write_bytes(
        path.read_bytes() + _serialise(added, orjson.loads(last)["chain"], load_private_key(atlas.root / "keys" / key))
    )


@pytest.mark.ci
def test_a_replaced_key_signs_no_later_release(atlas: Atlas) -> None:
    """A key under `former` used to vouch for releases made after its successor's."""
    change_key(atlas, "second.key", "release.key")
    outcome = atlas.ok("verify", "--quick")
    assert "until the new key signs a release, whoever has the old one can add releases" in outcome.err
    atlas.build("--note", "third")
    outcome = atlas.ok("verify", "--quick")
    assert "whoever has the old one" not in outcome.err
    [first, _, third] = read_history(history_path(atlas.workspace))
    assert first.signer != third.signer
    second = atlas.root / "keys" / "second.key.pub"
    advice = [line for line in atlas.overt("verify", "--quick", "--key", second).errors if "line 1," in line]
    assert len(advice) == 1 and "overt.toml names that key, but with --key only the owner of KEY counts" in advice[0]

    add_line(atlas, "release.key")
    late = (
        f"line 4, release {first.release[:10]}-00000000, is signed by a key ({first.signer[:16]}…)"
        " that another had replaced by line 3"
    )
    for words in ((), ("--key", second), ("--key", atlas.root / "keys" / "release.key.pub")):
        outcome = atlas.overt("verify", "--quick", *words)
        assert outcome.code == 1 and len([line for line in outcome.errors if late in line]) == 1, words
    refuses(atlas, late, "release", "--note", "fourth")  # a new signature would vouch for the line


@pytest.mark.ci
def test_a_key_that_was_replaced_is_not_used_again(atlas: Atlas) -> None:
    change_key(atlas, "second.key", "release.key")
    atlas.build("--note", "third")
    change_key(atlas, "release.key", "second.key")
    refuses(atlas, "this key signed earlier releases, but another key", "release", "--note", "fourth")
    change_key(atlas, "second.key", "release.key")
    atlas.build("--note", "fourth")
    atlas.ok("verify", "--quick")


def test_a_former_key_that_never_signed_is_replaced_by_the_current_one(atlas: Atlas) -> None:
    assert overt("key", "release", atlas.root / "keys" / "unused.key").code == 0
    change_key(atlas, "release.key", "unused.key")
    atlas.ok("verify", "--quick")
    add_line(atlas, "unused.key")
    refuses(atlas, "that another had replaced by line 1", "verify", "--quick")
