"""Removal of index files and caches that are no longer used.

Each server locks a marker file beside the index that it reads. The operating system releases the lock when the server ends, even
by a crash. Locked files are never removed. What can't be removed for another reason stays until the next run.
"""

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from overt.model.file_digests import remove_digest

_LOCK = ".in-use"
_CACHE = re.compile(r"(\d{4}-\d\d-\d\d-[0-9a-f]{8})(-.+)?")


@contextmanager
def in_use(database: Path) -> Iterator[None]:
    """Prevent other processes from removing an index until the block ends."""
    marker = database.with_name(f"{database.name}.{secrets.token_hex(8)}{_LOCK}")
    try:
        lock = FileLock(marker)
        lock.acquire(timeout=0)
    except OSError:  # Nothing is removed from a cache that cannot be written to.
        yield
        return
    try:
        yield
    finally:
        lock.release()
        marker.unlink(missing_ok=True)


def remove_lost(cache: Path, releases: Path) -> None:
    """Remove the caches of releases that no longer exist."""
    for folder in _folders(cache):
        match = _CACHE.fullmatch(folder.name)
        if match and not (releases / match[1]).is_dir():
            _remove(folder, folder.glob(f"*{_LOCK}"))


def remove_older(database: Path) -> None:
    """Remove indexes of the same edition that other code or content made."""
    folder = database.parent
    for other in folder.glob("serve-*.sqlite"):
        if other.name != database.name:
            _remove(other, folder.glob(f"{other.name}.*{_LOCK}"))
            if not other.exists():
                remove_digest(other)
    edition, _, fingerprint = folder.name.rpartition("-")
    match = _CACHE.fullmatch(folder.name)
    if match and match[2]:  # An edition or subset has its fingerprint in the folder's name.
        for edition_folder in _folders(folder.parent):
            if edition_folder.name.rpartition("-")[0] == edition and edition_folder.name.rpartition("-")[2] != fingerprint:
                _remove(edition_folder, edition_folder.glob(f"*{_LOCK}"))


def _folders(cache: Path) -> list[Path]:
    return [child for child in cache.iterdir() if child.is_dir() and not child.is_symlink()] if cache.is_dir() else []


def _remove(path: Path, markers: Iterable[Path]) -> None:
    with suppress(OSError):
        if any(_is_locked(marker) for marker in markers):
            return
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _is_locked(marker: Path) -> bool:
    lock = FileLock(marker)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    marker.unlink(missing_ok=True)  # Its server ended.
    return False
