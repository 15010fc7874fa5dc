"""Update metadata of editions (The Update Framework): which edition is the newest, and until when that is valid.

The publisher's copy is in `trust/`, where version numbers only increase; an edition has a copy in `metadata/`. The metadata
depend on the clock, so they are not in the edition's manifest and not byte-identical when an edition is written again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from filelock import FileLock
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from overt.edition.manifest import MANIFEST, METADATA
from overt.edition.trust_root import newest_root, role_signer, root_paths
from overt.edition.tuf_target_name_and_path import target_name, target_path
from overt.model.detached_file_signatures import load_private_key
from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_writes import atomic_write
from overt.model.workspace import SETTINGS, Workspace
from overt.release.release_signature import signing_key

TARGETS_DAYS = 365
_HASHES = ["sha256"]
_READABLE = JSONSerializer(compact=False)
_Role = TypeVar("_Role", Targets, Snapshot, Timestamp)


class Signers(NamedTuple):
    """The keys that sign the update metadata of an edition."""

    targets: CryptoSigner
    timestamp: CryptoSigner
    """The key for timestamps, which also signs the snapshot."""


class UpdateVersion(NamedTuple):
    """The version and expiry of an edition's update metadata."""

    version: int
    """Version number, which increases with each edition and each renewal."""
    expires: datetime


def update_signers(workspace: Workspace, now: datetime) -> Signers | None:
    """Return the keys that sign update metadata; None for an atlas without a root of trust.

    Raises UsageError if overt.toml doesn't name a key, or names one that can't be read or that the root doesn't list, and
    OvertError if the root can't be read or has expired.
    """
    root = newest_root(workspace)
    if root is None:
        return None
    if root.is_expired(now):
        raise OvertError(f"{root_paths(workspace)[-1]}: expired on {root.expires:%Y-%m-%d}; make the next with `overt key root`")
    key = signing_key(workspace)
    if key is None:
        raise UsageError(f"{SETTINGS}: names no key under [signing], and the root of trust in {workspace.trust} needs one")
    path = workspace.timestamp_key
    timestamp = load_private_key(path) if path else key
    return Signers(
        role_signer(root, Targets.type, key, "key"),
        role_signer(root, Timestamp.type, timestamp, "timestamp" if path else "key"),
    )


def write_update_metadata(
    workspace: Workspace, edition: Path, signers: Signers, now: datetime, name: str = MANIFEST, data: bytes | None = None
) -> UpdateVersion:
    """Sign that the edition in a folder is the newest, and put the metadata into it.

    `name`: name of the target. `data`: the target's bytes; if None, they are read from its file. Other targets stay as they
    are, because an atlas can have both a static edition and a copy for servers. The version numbers are stored in `trust/`
    first, so no version number is used twice, even if a run is interrupted. Raises OvertError if the metadata in `trust/` can't
    be read, and OSError if a file can't be written.
    """
    days = timedelta(days=workspace.settings.signing.timestamp_days)
    data = (edition / name).read_bytes() if data is None else data
    with _lock(workspace):
        last = _load(workspace, Targets)
        targets = Targets(
            last.version + 1 if last else 1,
            expires=now + timedelta(days=TARGETS_DAYS),
            targets=dict(last.targets) if last else {},
        )
        targets.targets[name] = TargetFile.from_data(name, data, _HASHES)
        _save(workspace, targets, signers.targets)
        return _announce(workspace, edition, signers, now + days)


def renew_update_metadata(workspace: Workspace, edition: Path, now: datetime) -> UpdateVersion:
    """Sign again that the last published edition is the newest, before its metadata expire or after a key was replaced.

    The pages don't change. Raises UsageError if the folder has another edition, because signing it would bring back an old
    edition. Also raises UsageError if there is no root of trust or no published edition, and the errors of `update_signers` and
    `write_update_metadata`.
    """
    signers = update_signers(workspace, now)
    if signers is None:
        raise UsageError(f"{workspace.trust}: has no root of trust; make one with `overt key root`")
    days = timedelta(days=workspace.settings.signing.timestamp_days)
    with _lock(workspace):
        metadata = _load_signed(workspace, Targets)
        if metadata is None:
            raise UsageError(f"{workspace.trust}: no edition was published with this root; run `overt publish` without --renew")
        last, name = metadata.signed, target_name(edition)
        try:
            target = last.targets[name]
            target.verify_length_and_hashes(target_path(edition, name, target.hashes["sha256"]).read_bytes())
        except (KeyError, OSError, RepositoryError):
            raise UsageError(
                f"{edition}: is not the edition that was published last; publish it again to make it the newest"
            ) from None
        if last.is_expired(now + days) or not _is_signed_for(newest_root(workspace), metadata):
            last.version, last.expires = last.version + 1, now + timedelta(days=TARGETS_DAYS)
            _save(workspace, last, signers.targets)
        return _announce(workspace, edition, signers, now + days)


def _announce(workspace: Workspace, edition: Path, signers: Signers, expires: datetime) -> UpdateVersion:
    """Write snapshot and timestamp, and copy all metadata into the edition."""
    snapshot = Snapshot(_next(workspace, Snapshot), expires=expires, meta={"targets.json": _meta_file(workspace, Targets)})
    _save(workspace, snapshot, signers.timestamp)
    timestamp = Timestamp(_next(workspace, Timestamp), expires=expires, snapshot_meta=_meta_file(workspace, Snapshot))
    _save(workspace, timestamp, signers.timestamp)
    folder = edition / METADATA
    folder.mkdir(exist_ok=True)
    for path in _published(workspace):
        atomic_write(folder / path.name, path.read_bytes())
    return UpdateVersion(timestamp.version, timestamp.expires)


def _published(workspace: Workspace) -> Iterator[Path]:
    """Yield the files of `trust/` that editions contain. The timestamp is last: until then, readers see the old one."""
    yield from root_paths(workspace)
    for role in (Targets, Snapshot, Timestamp):
        yield _path(workspace, role)


def _next(workspace: Workspace, role: type[_Role]) -> int:
    last = _load(workspace, role)
    return last.version + 1 if last else 1


def _is_signed_for(root: Root | None, metadata: Metadata[Targets]) -> bool:
    """Return whether the keys that a root lists signed the contents of an edition; false after a key was replaced."""
    if root is None:
        return False
    try:
        root.verify_delegate(Targets.type, metadata.signed_bytes, metadata.signatures)
    except UnsignedMetadataError:
        return False
    return True


def _load(workspace: Workspace, role: type[_Role]) -> _Role | None:
    metadata = _load_signed(workspace, role)
    return metadata.signed if metadata else None


def _load_signed(workspace: Workspace, role: type[_Role]) -> Metadata[_Role] | None:
    path = _path(workspace, role)
    try:
        return Metadata.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, DeserializationError, RepositoryError):
        raise OvertError(f"{path}: cannot be read; copy the file from metadata/ of the newest edition") from None


def _save(workspace: Workspace, signed: _Role, signer: CryptoSigner) -> None:
    signed.expires = signed.expires.replace(microsecond=0)
    metadata = Metadata(signed)
    metadata.sign(signer)
    atomic_write(_path(workspace, type(signed)), metadata.to_bytes(_READABLE))


def _meta_file(workspace: Workspace, role: type[Targets] | type[Snapshot]) -> MetaFile:
    data = _path(workspace, role).read_bytes()
    return MetaFile.from_data(Metadata.from_bytes(data).signed.version, data, _HASHES)


def _path(workspace: Workspace, role: type[Targets] | type[Snapshot] | type[Timestamp]) -> Path:
    return workspace.trust / f"{role.type}.json"


def _lock(workspace: Workspace) -> FileLock:
    return FileLock(workspace.trust / ".lock")
