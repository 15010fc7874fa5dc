"""The root of trust of an atlas's editions: which keys sign what, and how many are needed (The Update Framework, section 4.3).

`trust/1.root.json` and its successors are public. A draft becomes the next root once enough keys have signed it: keys of the
previous root, and its own. Private keys of the root can stay on other machines, because only the draft has to be passed on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, Key, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_writes import atomic_write
from overt.model.workspace import SETTINGS, Workspace

DRAFT = "draft.root.json"
_READABLE = JSONSerializer(compact=False)


class RootKeys(NamedTuple):
    """The keys that a new root lists."""

    root: Sequence[Ed25519PublicKey]
    """Keys that sign roots; if empty, the keys of the previous root."""
    threshold: int | None
    """Number of these keys that must sign; if None, the number in the previous root or, for a first root, all of them."""
    releases: Ed25519PublicKey
    """Key that signs what an edition contains (the role `targets`)."""
    timestamps: Ed25519PublicKey
    """Key that signs which edition is the newest (the roles `snapshot` and `timestamp`)."""


class Signatures(NamedTuple):
    """The state of a draft and its signatures."""

    version: int
    path: Path
    """Path of the draft, or of the root that it has become."""
    missing: int
    """Minimum number of signatures that the draft still needs; 0 for a complete root."""


def root_paths(workspace: Workspace) -> list[Path]:
    """Return the files of all roots, the oldest first."""
    paths: list[Path] = []
    while (path := workspace.trust / f"{len(paths) + 1}.root.json").is_file():
        paths.append(path)
    return paths


def newest_root(workspace: Workspace) -> Root | None:
    """Return the root in force; None for an atlas without one. Raises OvertError if its file can't be read."""
    paths = root_paths(workspace)
    return load_root(paths[-1]).signed if paths else None


def load_root(path: Path) -> Metadata[Root]:
    """Read root metadata without checking the signatures. Raises OvertError for any other file."""
    try:
        return Metadata[Root].from_bytes(path.read_bytes())
    except OSError as error:
        raise OvertError(f"{path}: cannot be read ({error.strerror})") from None
    except (DeserializationError, RepositoryError):
        raise OvertError(f"{path}: is not root metadata; get the file again") from None


def draft_root(workspace: Workspace, keys: RootKeys, days: int, now: datetime) -> Signatures:
    """Write an unsigned draft of the next root, replacing any existing draft, and return the draft's state.

    `days`: number of days from `now` until the root expires. Raises UsageError for an impossible threshold, and OvertError if the
    newest root can't be read or the draft can't be written.
    """
    before = newest_root(workspace)
    root = Root(
        version=before.version + 1 if before else 1, expires=_whole_seconds(now) + timedelta(days=days), consistent_snapshot=False
    )
    ours: list[Key] = [SSlibKey.from_crypto(key) for key in keys.root]
    for key in ours or ([before.keys[identity] for identity in before.roles[Root.type].keyids] if before else []):
        root.add_key(key, Root.type)
    root.add_key(SSlibKey.from_crypto(keys.releases), Targets.type)
    for role in (Snapshot.type, Timestamp.type):
        root.add_key(SSlibKey.from_crypto(keys.timestamps), role)
    count = len(root.roles[Root.type].keyids)
    threshold = keys.threshold or (before.roles[Root.type].threshold if before else count)
    if not 1 <= threshold <= count:
        raise UsageError(
            f"a root with {count} keys cannot need {threshold} signatures; name more with --key, or lower --threshold"
        )
    root.roles[Root.type].threshold = threshold
    path = workspace.trust / DRAFT
    try:
        path.parent.mkdir(exist_ok=True)
        atomic_write(path, Metadata(root).to_bytes(_READABLE))
    except OSError as error:
        raise OvertError(f"{path}: cannot be written ({error.strerror})") from None
    return Signatures(root.version, path, _missing(Metadata(root), before))


def sign_draft(workspace: Workspace, key: Ed25519PrivateKey) -> Signatures:
    """Add a signature to the draft, and return its state. With the last required signature, it becomes the root in force.

    Raises UsageError if there is no draft of the next root, or if the key may not sign it, and OvertError if a file cannot be
    read or written.
    """
    path, before = workspace.trust / DRAFT, newest_root(workspace)
    if not path.is_file():
        raise UsageError(f"{path}: there is no draft of a root; `overt key root` writes one")
    draft = load_root(path)
    if draft.signed.version != (before.version + 1 if before else 1):
        raise UsageError(f"{path}: is a draft of version {draft.signed.version}, which is not the next; write it again")
    signer = CryptoSigner(key)
    signing = {*draft.signed.roles[Root.type].keyids, *(before.roles[Root.type].keyids if before else ())}
    if signer.public_key.keyid not in signing:
        raise UsageError("this key signs neither the draft nor the root before it; name a key that it lists")
    draft.sign(signer, append=True)
    missing = _missing(draft, before)
    target = path if missing else workspace.trust / f"{draft.signed.version}.root.json"
    try:
        atomic_write(target, draft.to_bytes(_READABLE))
        if not missing:
            path.unlink()
    except OSError as error:
        raise OvertError(f"{target}: cannot be written ({error.strerror})") from None
    return Signatures(draft.signed.version, target, missing)


def role_signer(root: Root, role: str, key: Ed25519PrivateKey, setting: str) -> CryptoSigner:
    """Return the signer of a role. `setting`: the setting that names the key.

    Raises UsageError if the root doesn't list the key.
    """
    signer = CryptoSigner(key)
    if signer.public_key.keyid not in root.roles[role].keyids:
        raise UsageError(
            f"{SETTINGS}: the key `{setting}` of [signing] is not one that root {root.version} names; name that key, or make a"
            " root with this one (`overt key root`)"
        )
    return signer


def _missing(draft: Metadata[Root], before: Root | None) -> int:
    """Return the minimum number of signatures that a draft still needs, by its own keys and those of the previous root."""
    result = draft.signed.get_root_verification_result(before, draft.signed_bytes, draft.signatures)
    parts = (result.first, result.second)
    return max(max(0, part.threshold - len(part.signed)) for part in parts)


def _whole_seconds(now: datetime) -> datetime:
    return now.replace(microsecond=0)
