"""Making, admitting, replacing, revoking and listing the keys of editors."""

from collections.abc import Mapping
from pathlib import Path

from overt.cli.atlas_access import reading, writing
from overt.cli.json_output import print_json
from overt.cli.keys.new_passphrase_options import NewPassphrase
from overt.cli.messages_and_progress import messages
from overt.ledger import Ledger
from overt.ledger.editor_key_and_name_files import (
    KEY_VARIABLE,
    add_name,
    editor_key_path,
    editor_signer,
    make_private_folder,
    read_names,
)
from overt.ledger.editor_keys_in_force import SHORT
from overt.model.detached_file_signatures import PUBLIC_KEY_SUFFIX, fingerprint, load_private_key, load_public_key, make_key
from overt.model.errors import UsageError
from overt.model.workspace import SETTINGS, Workspace

_REBUILT = ("archive", "claims", "resolved", "releases", "cache", "sources", "figures", "findings", "vocab")
"""Folders of an atlas that are published, shared or rebuilt, and so must not contain a private key."""


def make_editor_key(workspace: Path, path: Path | None, name: str, passphrase: NewPassphrase, *, json: bool) -> None:
    """Make a key. The first key of an atlas signs the ledger entry that admits it; an editor must admit later ones.

    `path`: None for the place where the atlas expects it. `name`: the owner's name, stored only on this machine; empty for none.

    Raises UsageError if the file would be in a folder of the atlas that is published, shared or rebuilt, and the errors of
    `NewPassphrase.read` and `make_key`.
    """
    with writing(workspace) as (atlas, _, ledger):
        file = path if path is not None else editor_key_path(atlas)
        _check_place(atlas, file)
        is_first = not ledger.keys().is_signed
        if file.parent == atlas.keys:
            make_private_folder(atlas.keys)
        secret = passphrase.read()
        public_file = make_key(file, secret)
        public = load_public_key(public_file)
        digest = fingerprint(public)
        sequence = None
        if is_first:
            key = load_private_key(file, lambda: secret or b"")
            first = Ledger(atlas.ledger, lambda: key)
            sequence = first.admit_key(public.public_bytes_raw().hex(), "the first key of this ledger").sequence
        if name:
            add_name(atlas, digest, name)
    messages.print(f"{file}: your key; keep it to yourself, and copy it to a safe place")
    if file != editor_key_path(atlas):
        messages.print(
            f"so that commands find it, set {KEY_VARIABLE}={file.resolve()}, or `editor` under [signing] of {SETTINGS}"
        )
    if is_first:
        messages.print(f"entry {sequence} admits it; from now on every entry of the ledger is signed, and names nobody")
    else:
        messages.print(f"an editor whose key is in force admits it with `overt key admit {public_file}`")
    if json:
        print_json({"key": str(file), "public": str(public_file), "fingerprint": digest, "entry": sequence})
    else:
        print(f"{public_file}: sha256 {digest}")


def admit_key(workspace: Path, file: Path, name: str, why: str, *, json: bool) -> None:
    """Admit a public key with an entry that this editor signs.

    `name`: as for `make_editor_key`.

    Raises UsageError for a file that is not a public key, if no editor has a key yet, and if this editor's key is missing. Raises
    LedgerError if this editor's key is not in force, or if the new key is in force already or was revoked.
    """
    public = load_public_key(file)
    digest = fingerprint(public)
    with writing(workspace) as (atlas, _, ledger):
        if not ledger.keys().is_signed:
            raise UsageError("key admit: no editor of this atlas has a key yet; make yours first, with `overt key editor`")
        entry = ledger.admit_key(public.public_bytes_raw().hex(), why)
        if name:
            add_name(atlas, digest, name)
    messages.print(f"entry {entry.sequence} admits it; `overt key revoke {digest[:SHORT]} --why …` ends it")
    print_json({"entry": entry.sequence, "fingerprint": digest}) if json else print(f"{file}: sha256 {digest}")


def rotate_key(workspace: Path, passphrase: NewPassphrase, why: str, *, json: bool) -> None:
    """Replace this editor's key. The old file stays beside the new one, under another name.

    `passphrase`: that of the new key. Raises UsageError if no editor has a key yet or this editor's key is missing, LedgerError
    if that key is not in force, and the errors of `NewPassphrase.read` and `make_key`.
    """
    with writing(workspace) as (atlas, _, ledger):
        file = editor_key_path(atlas)
        if not ledger.keys().is_signed:
            raise UsageError("key rotate: this ledger has no keys yet; make the first with `overt key editor`")
        old_digest = fingerprint(editor_signer(atlas)().public_key())
        new_file = file.with_name(f"{file.name}.new")
        public_file = make_key(new_file, passphrase.read())
        public = load_public_key(public_file)
        entry = ledger.admit_key(public.public_bytes_raw().hex(), why, replaces=old_digest)
        old_file = file.with_name(f"{file.name}.{old_digest[:SHORT]}")
        for old, new in ((file, old_file), (_public(file), _public(old_file)), (new_file, file), (public_file, _public(file))):
            if old.is_file():
                old.replace(new)
        digest = fingerprint(public)
        if name := read_names(atlas).get(old_digest):
            add_name(atlas, digest, name)
    messages.print(
        f"entry {entry.sequence} replaces {old_digest[:SHORT]}…; the old key is {old_file}, and signs nothing any more"
    )
    if json:
        print_json({"key": str(file), "entry": entry.sequence, "fingerprint": digest, "replaces": old_digest})
    else:
        print(f"{_public(file)}: sha256 {digest}")


def revoke_key(workspace: Path, key: str, why: str, *, json: bool) -> None:
    """Revoke a key, given by the beginning of its fingerprint, its owner's name, or its public file.

    Raises LedgerError if no key or several keys in force match, if there is only one key in force, and if this editor's key is
    not in force. Raises UsageError if this editor's key is missing, and for a file that is not a public key.
    """
    with writing(workspace) as (atlas, _, ledger):
        in_force = ledger.keys().in_force
        digest = _named_key({digest: name for digest, name in read_names(atlas).items() if digest in in_force}, key)
        entry = ledger.revoke_key(digest, why)
    full = str(entry.payload["key"])
    messages.print(f"entry {entry.sequence} revokes it; what it signed before stays valid")
    print_json({"entry": entry.sequence, "fingerprint": full}) if json else print(f"sha256 {full}")


def list_keys(workspace: Path, *, json: bool) -> None:
    """Print the keys in force and the revoked ones, with the owners' names that this machine knows."""
    atlas, _, ledger = reading(workspace)
    keys, names = ledger.keys(), read_names(atlas)
    rows = [(key, None) for key in sorted(keys.in_force)] + sorted(keys.revoked.items(), key=lambda pair: pair[1])
    if json:
        print_json([{"fingerprint": key, "name": names.get(key), "revoked_by": entry} for key, entry in rows])
        return
    for key, revoked in rows:
        state = "in force" if revoked is None else f"revoked by entry {revoked}"
        print(f"{key}  {state}{f'  {names[key]}' if key in names else ''}")
    if not rows:
        messages.print("no editor has a key: the ledger is unsigned; `overt key editor` makes the first")


def _named_key(names: Mapping[str, str], text: str) -> str:
    matches = [key for key, name in names.items() if name == text]
    if len(matches) == 1:
        return matches[0]
    return fingerprint(load_public_key(Path(text))) if text.endswith(PUBLIC_KEY_SUFFIX) else text


def _public(file: Path) -> Path:
    return file.with_name(f"{file.name}{PUBLIC_KEY_SUFFIX}")


def _check_place(atlas: Workspace, file: Path) -> None:
    root = atlas.root.resolve()
    for folder in _REBUILT:
        if (root / folder) in (file.resolve(), *file.resolve().parents):
            raise UsageError(f"{file}: its folder is shared with others, or rebuilt; keep the key in {atlas.keys}")
