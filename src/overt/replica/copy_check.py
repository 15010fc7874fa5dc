"""Checks of a copy before a server uses it: metadata, description, and every file.

`overt.edition.tuf_metadata_check` checks the metadata: signatures, rollback, expiry. The metadata contain only the size and
hash of the copy's description; the description contains the size and hash of every file. Whoever fills the folder can replace
anything in it at any time. A server therefore copies the files, checks its own copies, and reads only these.
"""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from overt.edition.manifest import METADATA
from overt.edition.tuf_metadata_check import NewestTarget, newest_target
from overt.edition.tuf_target_name_and_path import COPY, FILES
from overt.model.errors import OvertError, UsageError
from overt.model.files.file_digests import FileState, file_state
from overt.model.files.hard_links_and_file_removal import link_or_copy
from overt.model.files.regular_file_reading import copy_content, has_content, read_at_most, regular_size
from overt.replica.copy_description import CopyDescription, parse_description

_WATCHED = ("timestamp.json", "snapshot.json", "targets.json")
"""Metadata files that change with every copy."""


class CopySource(NamedTuple):
    """Where a server gets its copy from, and how it checks it."""

    folder: Path
    """Folder that another program fills from the publisher's machine."""
    root: Path
    """The publisher's root of trust, which the operator obtained separately."""
    state: Path
    """Folder in which this server stores the metadata that it has seen."""


def metadata_states(source: CopySource) -> dict[str, FileState]:
    """Return the states of the metadata files that change with every copy, for comparison; empty if one can't be read."""
    try:
        return {name: file_state(source.folder / METADATA / name) for name in _WATCHED}
    except OSError:  # One is missing, or is being replaced.
        return {}


def newest_copy(source: CopySource, now: datetime) -> NewestTarget:
    """Return the copy that the metadata name, and remember the metadata in `source.state`.

    Raises UsageError if there is no folder, and OvertError if the metadata can't be trusted, have expired, or are older than
    metadata seen before.
    """
    if not source.folder.is_dir():
        raise UsageError(f"{source.folder}: there is no such folder; copy there what `overt publish --replica` has written")
    return newest_target(source.folder, source.root, source.state, COPY, now)


def read_description(source: CopySource, target: NewestTarget) -> CopyDescription:
    """Return the description that the metadata name.

    Raises OvertError as `parse_description` does, and if the description is missing or forged. A file of another size is not
    read, because a forged file can be as large as a disk.
    """
    path = source.folder / FILES / target.sha256
    with _reading(path):
        data = read_at_most(path, target.bytes) if regular_size(path) == target.bytes else b""
    if sha256(data).hexdigest() != target.sha256:
        raise OvertError(_forged(path))
    return parse_description(data, path)


def check_files(source: CopySource, description: CopyDescription) -> None:
    """Check all files of a copy where they are. Raises OvertError for the first that is missing or differs.

    Sizes are compared first, so that a copy that is still being transferred costs little. Files that haven't changed since the
    last check are not read again.
    """
    files = {file.sha256: file for file in description.files.values()}
    for file in files.values():
        path = source.folder / FILES / file.sha256
        with _reading(path):
            size = regular_size(path)
        if size != file.bytes:
            raise OvertError(_forged(path))
    for file in files.values():
        path = source.folder / FILES / file.sha256
        with _reading(path):
            if not has_content(path, file.bytes, file.sha256):
                raise OvertError(_forged(path))


def copy_files(source: CopySource, description: CopyDescription, target: Path, own: Mapping[str, Path]) -> dict[str, Path]:
    """Copy all files of a copy to their paths in a folder. Return one path for each hash.

    `own`: the path of each file that this server has copied before, by hash; these files are linked instead. The written copies
    are checked, not their sources, which others can still change. Raises OvertError as `check_files` does, and if a file can't
    be written.
    """
    copied = dict[str, Path]()
    for name, file in description.files.items():
        path, origin = target / name, source.folder / FILES / file.sha256
        mine = copied.get(file.sha256) or own.get(file.sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if mine:
                link_or_copy(mine, path)
        except OSError as error:
            raise OvertError(f"{path}: cannot be written ({error.strerror})") from None
        if not mine:
            with _reading(origin):
                if not copy_content(origin, path, file.bytes, file.sha256):
                    raise OvertError(_forged(origin))
        copied[file.sha256] = path
    return copied


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn an OSError into an OvertError that tells the operator what to do."""
    try:
        yield
    except FileNotFoundError:
        raise OvertError(f"{path}: is missing; copy files/ before metadata/") from None
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise OvertError(f"{path}: is not a regular file; copy it again from the publisher") from None
        raise OvertError(f"{error.filename or path}: cannot be read or copied ({error.strerror})") from None


def _forged(path: Path) -> str:
    return f"{path}: is not the file that the publisher signed; copy it again from the publisher"
