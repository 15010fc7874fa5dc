"""Signed releases: only a signature by a known key proves who made them."""

import os
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest

from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.command_runs import overt
from tests.support.release_table_rows_and_file_hashes import file_hashes


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path)
    atlas.fetch("alpha", make_statements("project", "p", name="Safe City"))
    return atlas


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "ours.pem"
    path.parent.mkdir()
    assert overt("key", path).code == 0
    return path


def test_no_directory_is_created_for_a_key(tmp_path: Path) -> None:
    outcome = overt("key", tmp_path / "kyes" / "ours.pem")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.errors == [
        f"overt: {tmp_path / 'kyes'}: there is no such directory; make it first, or name another path for the key"
    ]
    assert list(tmp_path.iterdir()) == []


def public(key: Path) -> Path:
    return key.with_name(f"{key.name}.pub")


def sign_with(atlas: Atlas, key: Path | str) -> None:
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('key = ""', f'key = "{key}"'), encoding="utf-8")


@pytest.mark.ci
def test_a_new_release_is_signed_and_keeps_its_id_and_bytes(atlas: Atlas, key: Path) -> None:
    release = atlas.build()
    folder = atlas.root / "releases" / release
    before = file_hashes(folder)
    sign_with(atlas, os.path.relpath(key, atlas.root))  # the path is relative to the atlas, wherever the command runs
    assert atlas.build() == release
    added = file_hashes(folder)
    assert added.pop("manifest.json.sig")
    assert added == before
    done = atlas.ok("verify", "--key", public(key))
    assert "1 release, signed by " in done.out


@pytest.mark.ci
@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl")
def test_openssl_verifies_the_signature(atlas: Atlas, key: Path) -> None:
    sign_with(atlas, key)
    folder = atlas.root / "releases" / atlas.build()
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public(key), "-rawin", "-in", "manifest.json"]
    check = [*map(str, command), "-sigfile", "manifest.json.sig"]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    digest = subprocess.run(
        f"openssl pkey -pubin -in '{public(key)}' -outform DER | openssl dgst -sha256 -r",
        shell=True, capture_output=True, text=True, check=True,
    ).stdout.split()[0]  # fmt: skip
    assert digest[:16] in atlas.ok("verify", "--key", public(key)).out
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b" ")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


@pytest.mark.slow
def test_a_missing_and_a_foreign_signature_are_reported(atlas: Atlas, key: Path, tmp_path: Path) -> None:
    release = atlas.build()
    unsigned = atlas.overt("verify", "--key", public(key))
    assert unsigned.code == 1
    manifest, history = unsigned.errors
    assert "its last line" in history and "is not signed" in history
    assert "manifest.json.sig: is missing" in manifest
    assert f"if the release is older than the key, `overt sign {release}` signs it" in manifest
    assert atlas.ok("verify")
    sign_with(atlas, key)
    assert "`overt sign` signs it" in atlas.overt("verify").err
    assert atlas.ok("sign", release, "--json").out
    assert atlas.ok("verify", "--key", public(key))
    assert overt("key", tmp_path / "other").code == 0
    outcome = atlas.overt("verify", "--json", "--key", tmp_path / "other.pub")
    assert outcome.code == 1
    problem, history_problem = orjson.loads(outcome.out)["problems"]
    assert history_problem["part"] == "history" and "is signed by another key" in history_problem["problem"]
    assert (problem["part"], problem["release"]) == ("signature", release)
    assert "is not a signature of manifest.json by this key" in problem["problem"]


def test_without_a_release_there_is_no_signature_to_verify(atlas: Atlas, key: Path) -> None:
    outcome = atlas.overt("verify", "--key", public(key))
    assert outcome.code == 1
    [line] = outcome.errors
    assert "there is no release that could have a signature" in line
    assert atlas.ok("verify")


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("at", [0, 31, 63])
def test_each_byte_of_a_signature_counts(atlas: Atlas, key: Path, at: int) -> None:
    sign_with(atlas, key)
    path = atlas.root / "releases" / atlas.build() / "manifest.json.sig"
    data = bytearray(path.read_bytes())
    assert len(data) == 64
    data[at] ^= 1
    path.write_bytes(data)
    assert atlas.overt("verify", "--key", public(key)).code == 1
    path.write_bytes(b"")
    assert atlas.overt("verify", "--key", public(key)).code == 1


@pytest.mark.ci
def test_signing_again_changes_nothing(atlas: Atlas, key: Path) -> None:
    sign_with(atlas, key)
    path = atlas.root / "releases" / atlas.build() / "manifest.json.sig"
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert atlas.ok("sign").out.strip() == str(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_only_the_owner_can_read_a_key_and_it_is_never_overwritten(key: Path) -> None:
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    outcome = overt("key", key)
    assert (outcome.code, len(outcome.errors)) == (2, 1)
    key.unlink()
    assert overt("key", key).code == 2, "the existing public key belongs to another key"
    assert not key.exists()
    assert b"PRIVATE" in before


BAD = {
    "missing": (None, "cannot be read"),
    "empty": (b"", "is not a private key"),
    "not PEM": (b"\xff\xfe\x00 hello", "is not a private key"),
    "public": ("public", "is not a private key"),
    "RSA": ("rsa", "is not an Ed25519 key"),
    "with a password": ("password", "has a password"),
    "open to others": ("open", "other users can read the key"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_key_is_reported_before_the_build(atlas: Atlas, key: Path, tmp_path: Path, bad: str) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    form, words = BAD[bad]
    path = tmp_path / "bad.pem"
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    if isinstance(form, bytes):
        path.write_bytes(form)
    elif form == "public":
        path.write_bytes(public(key).read_bytes())
    elif form == "rsa":
        secret = rsa.generate_private_key(65537, 2048)
        path.write_bytes(secret.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    elif form == "password":
        secret = Ed25519PrivateKey.generate()
        path.write_bytes(secret.private_bytes(pem, pkcs8, serialization.BestAvailableEncryption(b"word")))
    elif form == "open":
        path.write_bytes(key.read_bytes())
    if path.exists():
        path.chmod(0o644 if form == "open" else 0o600)
    sign_with(atlas, path)
    outcome = atlas.overt("build")
    assert outcome.code == 2, outcome
    [line] = outcome.errors
    assert words in line
    assert "BEGIN" not in line
    assert not list((atlas.root / "releases").glob("2*")) if (atlas.root / "releases").exists() else True


@pytest.mark.ci
def test_a_private_key_in_place_of_a_public_one_is_reported(atlas: Atlas, key: Path) -> None:
    atlas.build()
    [line] = atlas.overt("verify", "--key", key).errors
    assert line.endswith("use the public key, ours.pem.pub")


def test_signing_needs_a_key_in_the_settings(atlas: Atlas) -> None:
    atlas.build()
    outcome = atlas.overt("sign")
    assert outcome.code == 2
    assert "names no key" in outcome.errors[0]


@pytest.mark.slow
def test_the_instructions_for_a_new_key_work_in_a_new_atlas(atlas: Atlas, tmp_path: Path) -> None:
    outcome = overt("key", tmp_path / "mine.pem")
    [line] = [line for line in outcome.err.splitlines() if line.startswith("key = ")]
    assert "under [signing] in overt.toml" in " ".join(outcome.err.split())
    settings = atlas.root / "overt.toml"
    before = settings.read_text(encoding="utf-8")
    assert "[signing]\nkey = " in before
    settings.write_text("\n".join(line if row.startswith("key = ") else row for row in before.splitlines()), encoding="utf-8")
    atlas.build()
    assert atlas.ok("verify", "--key", tmp_path / "mine.pem.pub").code == 0


def test_a_duplicate_settings_section_is_reported(atlas: Atlas) -> None:
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[signing]\nkey = "k"\n', encoding="utf-8")
    outcome = atlas.overt("build")
    assert outcome.code == 2
    assert f"{settings}: [signing] is there twice, in lines " in outcome.errors[0]
