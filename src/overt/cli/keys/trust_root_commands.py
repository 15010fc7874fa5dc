"""The commands `overt key root` and `overt key approve`: drafts of roots of trust, and signatures on them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.edition.trust_root import RootKeys, Signatures, draft_root, sign_draft
from overt.ledger.passphrase_input import read_passphrase
from overt.model.detached_file_signatures import load_private_key, load_public_key
from overt.model.errors import UsageError, format_count
from overt.model.workspace import SETTINGS, Workspace
from overt.release.release_signature import signing_key


def draft(workspace: Path, keys: Sequence[Path], threshold: int | None, days: int, *, json: bool) -> None:
    """Write a draft of the next root with these public keys, and the keys for releases and timestamps from overt.toml.

    Without `keys` or a `threshold`, those of the previous root are used; a first root without a `threshold` needs all its keys.
    `days`: until the root expires.

    Raises UsageError if overt.toml names no key for releases or a key can't be read, and the errors of `draft_root`.
    """
    atlas = Workspace.open(workspace)
    releases = signing_key(atlas)
    if releases is None:
        raise UsageError(f"{atlas.root / SETTINGS}: names no key under [signing]; `overt key release PATH` makes one")
    timestamps = load_private_key(atlas.timestamp_key) if atlas.timestamp_key else releases
    named = RootKeys([load_public_key(key) for key in keys], threshold, releases.public_key(), timestamps.public_key())
    _print(draft_root(atlas, named, days, datetime.now(UTC)), json=json)


def sign(workspace: Path, key: Path, *, json: bool) -> None:
    """Sign the draft with the private key in a file. Raises UsageError if there is no usable key in it, and the errors of
    `sign_draft`.
    """
    atlas = Workspace.open(workspace)
    _print(sign_draft(atlas, load_private_key(key, lambda: read_passphrase(f"Passphrase of {key}"))), json=json)


def _print(result: Signatures, *, json: bool) -> None:
    digest = sha256(result.path.read_bytes()).hexdigest()
    if result.missing:
        messages.print(f"root {result.version} needs {format_count(result.missing, 'signature')} or more: overt key approve KEY")
    elif result.version == 1:
        messages.print(
            "give this file to your readers through a channel that nobody else controls; `overt publish` now signs which edition"
            " is newest"
        )
    else:
        messages.print("readers who have an older root get this one with the next edition: run `overt publish`")
    if json:
        print_json({"version": result.version, "path": str(result.path), "missing": result.missing, "sha256": digest})
    else:
        print(result.path if result.missing else f"{result.path}: sha256 {digest}")
