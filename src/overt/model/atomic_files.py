"""Writing so that a reader, or the next run after a crash, sees the old file or the new one, never a half."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY_PREFIX = ".tmp-"
"""Prefix of files in the making; a name that starts so is left over from a killed run and may be deleted."""


def sync_directory(directory: Path) -> None:
    """Ask the operating system to bring the names in a directory to the disk."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Ask the operating system to bring the file's bytes to the disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def sync_all() -> None:
    """Wait until all that was written is on the disk: of very many files it is far faster than file by file."""
    if hasattr(os, "sync"):
        os.sync()


def temporary_path(path: Path) -> Path:
    """What a file or folder is called until it is whole."""
    return path.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}-{path.name}")


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on a clean exit it is synced and renamed onto it, else removed.

    The caller may write a file or make a directory there. A directory takes the place of `path` only if nothing is there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_path(path)
    remove(temporary)
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
    """Replace the file at `path` by `data`, entirely or not at all."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(data)


def remove(path: Path) -> None:
    """Remove a file or a whole directory; nothing happens if it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif os.path.lexists(path):  # also where a file stands in the place of a folder above it
        path.unlink(missing_ok=True)


def remove_leftovers(directory: Path) -> None:
    """Remove what killed runs left in the making directly in `directory`. Call it only while holding the lock."""
    if directory.is_dir():
        for path in directory.glob(f"{TEMPORARY_PREFIX}*"):
            remove(path)


def sha256_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
