"""Atomic writes: a reader, or the next run after a crash, sees the old file or the new one, never half of it.

The module also syncs files to disk, and removes those that a run left unfinished.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from overt.model.errors import UsageError
from overt.model.files.content_file_reading import other_than_file
from overt.model.files.hard_links_and_file_removal import remove

TEMPORARY_PREFIX = ".tmp-"
"""Prefix of the names of unfinished files and folders. A killed run may leave them."""


def sync_directory(directory: Path) -> None:
    """Flush a directory to disk, so that new names of files in it survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Flush a file's bytes to disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def sync_all() -> None:
    """Flush everything to disk, except on Windows. For a large number of files, this is far faster than flushing each file."""
    if hasattr(os, "sync"):
        os.sync()


def temporary_path(path: Path) -> Path:
    """Return the path beside `path` at which this process writes the file or folder until it is complete."""
    return path.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{path.name}")


_unfinished: set[Path] = set()


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Mark a path as unfinished during the block. If the process must exit at once, it removes the path."""
    _unfinished.add(path)
    try:
        yield path
    finally:
        _unfinished.discard(path)


def mark_unfinished(path: Path) -> None:
    """Mark a path as unfinished until `remove_marked` or the end of the process."""
    _unfinished.add(path)


def remove_marked(path: Path) -> None:
    """Remove a path that `mark_unfinished` marked. If that fails, the path remains without an error."""
    with suppress(OSError):
        remove(path)
    _unfinished.discard(path)


def remove_unfinished() -> None:
    """Remove all unfinished paths, because the process is about to end. Other threads may still be writing to these paths."""
    for path in list(_unfinished):
        for _ in range(3):
            if os.path.lexists(path):
                with suppress(OSError):
                    remove(path)


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`. On success, sync it and rename it to `path`; on failure, remove it.

    The parent directory is created if it is missing. The caller may write a file or make a directory at the temporary path. A
    directory can't replace a non-empty directory. Raises UsageError if `path` is a device, pipe or socket, which a rename would
    remove.
    """
    if (other := other_than_file(path)) and not path.is_dir():
        raise UsageError(f"{path}: {other}; name another path")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_path(path)
    remove(temporary)
    with unfinished(temporary):
        try:
            yield temporary
            if temporary.is_dir():
                for child in temporary.rglob("*"):
                    if child.is_file():
                        sync_file(child)
            else:
                sync_file(temporary)
            temporary.replace(path)
            sync_directory(path.parent)
        finally:
            remove(temporary)


def atomic_write(path: Path, data: bytes) -> None:
    """Replace the file at `path` with `data`, completely or not at all. Raises UsageError as `atomic_path` does."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(data)


def write_output(path: Path, data: bytes) -> None:
    """Write `data` to the path that the user named: directly to a device or pipe, and atomically to a file."""
    if path.is_relative_to("/dev") or (other_than_file(path) and not path.is_dir()):
        with path.open("wb") as file:
            file.write(data)
    else:
        atomic_write(path, data)


def remove_leftovers(directory: Path) -> None:
    """Remove the unfinished files and folders that killed runs left directly in `directory`, which may not exist.

    The caller must hold the workspace's lock.
    """
    if directory.is_dir():
        for path in directory.glob(f"{TEMPORARY_PREFIX}*"):
            remove(path)
