"""Checks the update metadata of an edition, as a client that remembers earlier editions (The Update Framework, section 5).

python-tuf's client does the work. It refuses an edition older than one that it has seen (rollback), one that is no longer
vouched for (freeze), and parts of different editions (mix-and-match), and follows roots whose keys were replaced.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from filelock import FileLock, Timeout
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.ngclient import FetcherInterface, Updater

from overt.edition.manifest import MANIFEST, MAX_BYTES, METADATA
from overt.edition.trust_root import load_root
from overt.model.errors import OvertError, UsageError
from overt.model.files.regular_file_reading import open_regular, read_at_most, read_chunks

_LOCK, _LOCK_SECONDS = ".lock", 30.0
"""Lock in the folder that remembers metadata, and how long to wait for it."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class ClientCheck(NamedTuple):
    """The result of checking update metadata as a client."""

    problems: list[str]
    notes: list[str]
    version: int | None
    """Version of the timestamp; None if there is a problem."""
    expires: datetime | None
    """When the timestamp expires; None if there is a problem."""


class NewestTarget(NamedTuple):
    """The target listed in the newest known metadata."""

    sha256: str
    bytes: int
    version: int
    """Version of the timestamp."""
    expires: datetime
    """Earliest expiry among the metadata files."""


class _EditionFetcher(FetcherInterface):
    """Reads metadata from the folder of an edition."""

    def __init__(self, edition: Path) -> None:
        self._folder = edition / METADATA

    def _fetch(self, url: str) -> Iterator[bytes]:
        """Return a file's content in chunks, because the client stops reading a file that is too large."""
        path = self._folder / url.rpartition("/")[2]
        parts = _parts(path)
        try:
            first = next(parts, b"")
        except FileNotFoundError:
            raise DownloadHTTPError(url, 404) from None
        except OSError as error:
            raise DownloadError(f"{path}: {error.strerror}") from error
        return chain([first], parts)


def _parts(path: Path) -> Iterator[bytes]:
    with open_regular(path) as handle:
        yield from read_chunks(handle)


def check_update_metadata(edition: Path, root: Path, state: Path | None, *, offline: bool, now: datetime) -> ClientCheck:
    """Check an edition against a root that the reader obtained separately, and against what `state` remembers.

    Afterwards, `state` has the metadata that could be trusted. If `state` is None, nothing is remembered, and a note says that
    an older edition would go unnoticed. `offline`: whether the copy was obtained without a network, so that expired metadata
    are a note, not a problem.

    Raises OvertError if `root` is not root metadata signed by its own keys, if `state` belongs to another root or is in use by
    another process, or if a file cannot be read or written.
    """
    if state is None:
        load_root(root)
        with TemporaryDirectory() as folder:
            check = _check(edition, root, Path(folder), offline=offline, now=now)
        return check._replace(notes=[*check.notes, "without --state, an older edition in place of a newer one goes unnoticed"])
    with _remembering(state, root):
        return _check(edition, root, state, offline=offline, now=now)


def newest_target(folder: Path, root: Path, state: Path, name: str, now: datetime) -> NewestTarget:
    """Check the metadata in a folder as `check_update_metadata` does, and return their target `name`.

    Afterwards, `state` has the metadata. The target's file is not read. Raises OvertError if the metadata can't be trusted or
    have expired, and also the errors of `check_update_metadata`.
    """
    with _remembering(state, root):
        updater = _updater(folder, root, state, now)
        try:
            target = _target(updater, name)
        except ExpiredMetadataError as error:
            renew = "the publisher renews them with `overt publish --renew`, and this folder needs a copy"
            raise OvertError(f"{folder / METADATA}: {error}; {renew}") from None
        except (RepositoryError, DownloadError) as error:
            raise OvertError(f"{folder / METADATA}: {_explain(error, folder)}") from None
    trusted = updater._trusted_set
    expires = min(trusted[role].expires for role in (Root.type, Timestamp.type, Snapshot.type, Targets.type))
    return NewestTarget(target.hashes["sha256"], target.length, trusted.timestamp.version, expires)


@contextmanager
def _remembering(state: Path, root: Path) -> Iterator[None]:
    """Make the folder for what a client remembers, and keep other processes out of it until the block ends.

    Raises OvertError if the folder belongs to another root, can't be read or written, or stays in use for `_LOCK_SECONDS`.
    """
    trusted = load_root(root)
    remembered = state / "root_history" / f"{trusted.signed.version}.root.json"
    try:
        if remembered.is_file() and remembered.read_bytes() != root.read_bytes():
            raise UsageError(
                f"{state}: remembers editions of another root than {root}; name the folder that goes with it, or a new one"
            )
        state.mkdir(parents=True, exist_ok=True)
        with FileLock(state / _LOCK, timeout=_LOCK_SECONDS):
            yield
    except Timeout:
        raise OvertError(f"{state}: is in use by another process; give each its own folder") from None
    except OSError as error:
        raise OvertError(f"{error.filename or state}: cannot be read or written ({error.strerror})") from None


def _updater(edition: Path, root: Path, state: Path, now: datetime) -> Updater:
    """Return a client that checks whether metadata have expired as of `now`.

    Raises UsageError if `root` is not signed by its own keys.
    """
    try:
        updater = Updater(str(state), "edition:", fetcher=_EditionFetcher(edition), bootstrap=root.read_bytes())
    except RepositoryError:
        raise UsageError(f"{root}: is not a root that its own keys signed; get the file again") from None
    # The client has no public way to check as of another day. pyproject.toml keeps tuf below version 8, in which this name may
    # change.
    updater._trusted_set.reference_time = now
    return updater


def _target(updater: Updater, name: str) -> TargetFile:
    """Check all metadata, and return a target. Raises an error of python-tuf."""
    updater.refresh()
    target = updater.get_targetinfo(name)
    if target is None:
        raise RepositoryError(f"names no {name}")
    return target


def _check(edition: Path, root: Path, state: Path, *, offline: bool, now: datetime) -> ClientCheck:
    updater = _updater(edition, root, state, _LONG_AGO if offline else now)
    trusted = updater._trusted_set
    try:
        _target(updater, MANIFEST).verify_length_and_hashes(_read_manifest(edition))
    except (RepositoryError, DownloadError) as error:
        return ClientCheck([f"{edition / METADATA}: {_explain(error, edition)}"], [], None, None)
    late = [role for role in (Root.type, Timestamp.type, Snapshot.type, Targets.type) if trusted[role].is_expired(now)]
    notes = [
        f"{role}.json expired on {trusted[role].expires:%Y-%m-%d}: there may be a newer edition that didn't reach this medium"
        for role in late
    ]
    return ClientCheck([], notes, trusted.timestamp.version, trusted.timestamp.expires)


def _read_manifest(edition: Path) -> bytes:
    try:
        return read_at_most(edition / MANIFEST, MAX_BYTES)
    except OSError as error:
        raise DownloadError(f"{edition / MANIFEST}: {error.strerror}") from error


def _explain(error: Exception, edition: Path) -> str:
    """Return one line that says what is wrong, and what to do."""
    match error:
        case ExpiredMetadataError():
            return (
                f"{error}: someone may be keeping newer editions from you (freeze); get the edition again, or use --offline for"
                " a copy that came without a network"
            )
        case BadVersionNumberError():
            return f"is older than an edition that was seen before (rollback: {error}); get the newest edition"
        case UnsignedMetadataError():
            return f"too few keys that the root names have signed it ({error}); don't use this copy"
        case LengthOrHashMismatchError():
            return f"names other bytes than those of {edition.name}: parts of different editions are mixed; get the edition again"
        case DownloadLengthMismatchError():
            return f"is larger than such metadata can be ({error}); get the edition again"
        case DownloadError() if isinstance(error.__cause__, OSError):
            return f"cannot be read ({error}); check the medium and the rights of the files"
        case DownloadError():
            return "is missing or not complete; the publisher signs no update metadata, or the copy lacks it"
        case _:
            return f"cannot be trusted ({error}); get the edition again"
