"""SHA-256 digests of files. For files that can be rebuilt, they reveal damage and later changes before the files are read.

The digest of an index, or of the description of an edition, is in a file beside it, in the format of `sha256sum`.

Digests protect against damage and careless edits. An attacker who can write the files can also write the digests. Only
rebuilding the files, as `overt verify` does, reveals that.
"""

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import orjson

from overt.model.files.atomic_writes import atomic_write

Digests = dict[str, str]
"""SHA-256 in hex by file name."""
SETTLING_NANOSECONDS = 2_000_000_000


class FileState(NamedTuple):
    """What the file system reports about a file. If the state is settled (`is_settled`), any later write changes it.

    No program can set `changed` to an earlier time.
    """

    inode: int
    size: int
    modified: int
    changed: int


def file_state(path: Path) -> FileState:
    """Return the state of a file. Raises OSError if there is none."""
    stat = path.stat()
    return FileState(stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def folder_digests(folder: Path) -> Digests:
    """Return the digest of each file directly in a folder."""
    return {path.name: sha256_file(path) for path in sorted(folder.iterdir()) if path.is_file()}


def changed_file(folder: Path, digests: Mapping[str, str]) -> str | None:
    """Return the name of the first file in a folder that differs from its digest, is missing or has no digest.

    None if all files are intact.
    """
    present = {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set()
    for name in sorted(present | digests.keys()):
        if name not in present or name not in digests or cached_sha256(folder / name) != digests[name]:
            return name
    return None


def cached_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex. It is computed once per process for each settled state of the file (`is_settled`).

    Raises OSError if the file cannot be read.
    """
    state = file_state(path)
    return _sha256(path, state) if is_settled(state) else sha256_file(path)


def is_settled(state: FileState) -> bool:
    """Return whether the last change was so long ago that a further change would alter the state. File systems have coarse
    clocks.
    """
    return time.time_ns() - state.changed > SETTLING_NANOSECONDS


@lru_cache(maxsize=4096)
def _sha256(path: Path, state: FileState) -> str:
    return sha256_file(path)


# Digest files (`.sha256`) beside the files that they describe

DIGEST_ENDING = ".sha256"
CHECKED_ENDING = ".checked"
"""Ending of the file that stores the state in which a file last matched its digest."""


def write_digest(path: Path, sha256: str) -> None:
    """Write the digest of a file beside it, in the format of `sha256sum`."""
    atomic_write(path.with_name(path.name + DIGEST_ENDING), _digest_line(path, sha256))


def _digest_line(path: Path, sha256: str) -> bytes:
    return f"{sha256}  {path.name}\n".encode()


def read_digest(path: Path) -> str | None:
    """Return the digest beside a file; None if there is none.

    If the digest is damaged, return "", which doesn't match any file.
    """
    try:
        data = path.with_name(path.name + DIGEST_ENDING).read_bytes()
    except OSError:
        return None
    digest = data[:64].decode(errors="replace")
    return digest if data == _digest_line(path, digest) else ""


def matches_digest(path: Path) -> bool:
    """Return whether a file has a digest beside it and matches it. Reads the complete file."""
    digest = read_digest(path)
    return digest is not None and path.is_file() and sha256_file(path) == digest


def matched_digest(path: Path) -> bool:
    """Return whether a file has a digest beside it, and matched it when it was checked after its last change.

    The state of a file that matched is stored beside it, and the file is only read completely if its state has changed since.
    Only `matches_digest` notices bytes that a disk lost without a write.
    """
    digest = read_digest(path)
    if digest is None or not path.is_file():
        return False
    state = file_state(path)
    record = orjson.dumps([digest, *state])
    checked = path.with_name(path.name + CHECKED_ENDING)
    with suppress(OSError):
        if checked.read_bytes() == record:
            return True
    if sha256_file(path) != digest:
        return False
    if is_settled(state):
        with suppress(OSError):  # If the cache can't be written, the files are read again each time.
            atomic_write(checked, record)
    return True


def remove_digest(path: Path) -> None:
    """Remove the digest and the stored state beside a file."""
    for ending in (DIGEST_ENDING, CHECKED_ENDING):
        path.with_name(path.name + ending).unlink(missing_ok=True)
