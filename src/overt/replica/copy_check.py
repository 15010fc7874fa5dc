"""Checks of a copy before a server uses it: metadata, description, and every file.

`overt.edition.update_client` checks the metadata: signatures, rollback, expiry. Their only statement about the copy is the
hash of its description, which has the hash of each file.
"""

import os
import stat
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from overt.edition.manifest import METADATA
from overt.edition.update_client import NewestTarget, newest_target
from overt.edition.update_targets import COPY, FILES
from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_files import link_or_copy, sha256_file
from overt.model.files.file_digests import FileState, cached_sha256, file_state
from overt.replica.copy_description import CopiedFile, CopyDescription, parse_description


class CopySource(NamedTuple):
    """Where a server gets its copy from, and how it checks it."""

    folder: Path
    """Folder that another program fills from the publisher's machine."""
    root: Path
    """The publisher's root of trust, which the operator obtained separately."""
    state: Path
    """Folder of this server that remembers the metadata it has seen."""


def metadata_states(source: CopySource) -> dict[str, FileState]:
    """Return the state of each file of the metadata, which shows whether it has changed; empty if there are no metadata."""
    try:
        return {path.name: file_state(path) for path in (source.folder / METADATA).iterdir()}
    except OSError:  # It is missing, or is being replaced.
        return {}


def newest_copy(source: CopySource, now: datetime) -> NewestTarget:
    """Return the copy that the metadata name.

    Raises UsageError if there is no folder, and OvertError if the metadata can't be trusted, have expired or are older than seen.
    """
    if not source.folder.is_dir():
        raise UsageError(f"{source.folder}: there is no such folder; copy there what `overt publish --replica` has written")
    return newest_target(source.folder, source.root, source.state, COPY, now)


def read_description(source: CopySource, digest: str) -> CopyDescription:
    """Return the description with this hash. Raises OvertError if it is missing or differs, or if other code made the copy."""
    path = source.folder / FILES / digest
    data = _regular(path).read_bytes()
    if sha256(data).hexdigest() != digest:
        raise OvertError(_forged(path))
    return parse_description(data, path)


def check_files(source: CopySource, description: CopyDescription) -> None:
    """Check all files of a copy where they are. Raises OvertError for the first that is missing or differs.

    Sizes are compared first, so that a copy that is still being transferred costs little. Files that haven't changed since the
    last check are not read again.
    """
    files = {file.sha256: file for file in description.files.values()}
    for file in files.values():
        path = _regular(source.folder / FILES / file.sha256)
        if path.stat().st_size != file.bytes:
            raise OvertError(_forged(path))
    for file in files.values():
        path = source.folder / FILES / file.sha256
        try:
            if cached_sha256(path) != file.sha256:
                raise OvertError(_forged(path))
        except OSError as error:
            raise OvertError(f"{path}: cannot be read ({error.strerror})") from None


def link_files(source: CopySource, description: CopyDescription, target: Path) -> None:
    """Link all files of a copy into a folder under their paths, and check them there. Raises OvertError as `check_files`.

    What is checked is what will be read: replacing or removing files of the copy doesn't change the links.
    """
    for name, file in description.files.items():
        path, origin = target / name, _regular(source.folder / FILES / file.sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(origin, path)
        except OSError as error:
            raise OvertError(f"{error.filename or path}: cannot be linked or copied ({error.strerror})") from None
        _check_link(path, origin, file)


def _check_link(path: Path, origin: Path, file: CopiedFile) -> None:
    if not stat.S_ISREG(os.lstat(path).st_mode) or sha256_file(path) != file.sha256:
        raise OvertError(_forged(origin))


def _regular(path: Path) -> Path:
    """Return the path of a regular file. Raises OvertError for anything else, such as a link."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        raise OvertError(f"{path}: is missing; copy files/ before metadata/") from None
    if not stat.S_ISREG(mode):
        raise OvertError(f"{path}: is not a regular file; copy it again from the publisher")
    return path


def _forged(path: Path) -> str:
    return f"{path}: is not the file that the publisher signed; copy it again from the publisher"
