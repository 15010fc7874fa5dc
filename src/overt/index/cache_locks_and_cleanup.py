"""Removes index files and caches that are no longer used, and lets one process at a time prepare a release.

Each server locks a marker file beside the index that it reads. The operating system releases the lock when the server exits,
even if it crashes. Locked files are never removed. Files that can't be removed for another reason stay until the next run.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from overt.model.files.atomic_writes import TEMPORARY_PREFIX
from overt.model.files.file_digests import remove_digest
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.progress import Progress

_LOCK = ".in-use"
_WAIT_SECONDS = 1.0
_SPILL = "spill"
"""Folder that DuckDB writes to while `overt resolve` runs.

That command holds the workspace's lock, so another command that holds the lock can remove the folder.
"""
_CACHE = re.compile(r"(\d{4}-\d\d-\d\d-[0-9a-f]{8})(-.+)?")


@contextmanager
def in_use(database: Path) -> Iterator[None]:
    """Prevent other processes from removing an index until the block ends. Do nothing if the cache can't be written."""
    marker = database.with_name(f"{database.name}.{secrets.token_hex(8)}{_LOCK}")
    try:
        lock = FileLock(marker)
        lock.acquire(timeout=0)
    except OSError:  # Nothing is removed from a cache that isn't writable.
        yield
        return
    try:
        yield
    finally:
        lock.release()
        marker.unlink(missing_ok=True)


@contextmanager
def preparing(cache: Path, release: str, progress: Progress) -> Iterator[None]:
    """Let only one process at a time run the block, which prepares a release, because each would need memory for the same work.

    If the cache can't be written, the block runs at once. `progress` is called about every second while this waits.
    """
    lock = FileLock(cache / f".{release}.preparing")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        while not _acquired(lock):
            progress("waiting for another process")
    except OSError:  # A cache that isn't writable can still be used.
        yield
        return
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)


def _acquired(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout:
        return False
    return True


def remove_lost(cache: Path, releases: Path) -> None:
    """Remove the caches of releases that no longer exist."""
    for folder in _folders(cache):
        match = _CACHE.fullmatch(folder.name)
        if match and not (releases / match[1]).is_dir():
            _remove(folder, folder.glob(f"*{_LOCK}"))


def remove_older(database: Path) -> None:
    """Remove the other indexes of this index's edition, and the folders of the same edition with another fingerprint."""
    folder = database.parent
    for other in folder.glob("serve-*.sqlite"):
        if other.name != database.name:
            _remove(other, folder.glob(f"{other.name}.*{_LOCK}"))
            if not other.exists():
                remove_digest(other)
    edition, _, fingerprint = folder.name.rpartition("-")
    match = _CACHE.fullmatch(folder.name)
    if match and match[2]:  # The folder of an edition or subset has its fingerprint in its name.
        for edition_folder in _folders(folder.parent):
            if edition_folder.name.rpartition("-")[0] == edition and edition_folder.name.rpartition("-")[2] != fingerprint:
                _remove(edition_folder, edition_folder.glob(f"*{_LOCK}"))


def remove_partial_caches(cache: Path, release: str) -> None:
    """Remove the unfinished indexes and editions of a release that killed runs left behind. Call this in a `preparing` block.

    Commands make editions outside such blocks, so an unfinished edition is removed only if its process no longer exists.
    """
    indexes = list(cache.glob(f"{release}*/{TEMPORARY_PREFIX}*-serve-*"))
    editions = [path for path in cache.glob(f"{TEMPORARY_PREFIX}*-{release}-*") if not _is_running(path)]
    for path in (*indexes, *editions):
        with suppress(OSError):
            remove(path)


def _is_running(temporary: Path) -> bool:
    """Return whether the process whose number is in the name of a temporary file or folder exists."""
    number = temporary.name.removeprefix(TEMPORARY_PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


class UnusedCache(NamedTuple):
    """A folder of the cache that can be removed, with its size in bytes and the reason."""

    path: Path
    bytes: int
    why: str


def plan_cleaning(cache: Path, releases: Sequence[str], max_bytes: int) -> list[UnusedCache]:
    """Return the caches to remove so that the cache shrinks to at most `max_bytes`, or as far as possible.

    `releases`: the ids of all releases, the newest last; the caches of the newest stay. Caches of releases that no longer
    exist, and what a stopped run left in the `spill` folder, are always included. The files of the importer and of the review
    queue don't belong to a release, so they stay.
    """
    planned: list[UnusedCache] = []
    of_release: dict[str, list[Path]] = {}
    for folder in _folders(cache):
        match = _CACHE.fullmatch(folder.name)
        if match and match[1] in releases:
            of_release.setdefault(match[1], []).append(folder)
        elif match:
            planned.append(UnusedCache(folder, folder_bytes(folder), "its release is gone"))
        elif folder.name == _SPILL:
            planned.append(UnusedCache(folder, folder_bytes(folder), "a run that was stopped left it"))
    total = folder_bytes(cache) - sum(item.bytes for item in planned)
    for release in releases[:-1]:
        for folder in sorted(of_release.get(release, ())):
            if total <= max_bytes:
                return planned
            size = folder_bytes(folder)
            planned.append(UnusedCache(folder, size, "an older release; `overt serve` can make it again"))
            total -= size
    return planned


def remove_unused(path: Path) -> bool:
    """Remove a folder of the cache unless a server uses it. Return whether it no longer exists."""
    _remove(path, path.glob(f"*{_LOCK}"))
    return not path.exists()


def is_in_use(path: Path) -> bool:
    """Return whether a server uses a folder of the cache, so that `remove_unused` would leave it."""
    return any(_is_locked(marker) for marker in path.glob(f"*{_LOCK}"))


def folder_bytes(folder: Path) -> int:
    """Return the size in bytes of all files below a folder; files that are deleted meanwhile count as empty."""
    total = 0
    for path in folder.rglob("*") if folder.is_dir() else ():
        with suppress(OSError):
            total += path.lstat().st_size if path.is_file() else 0
    return total


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
    marker.unlink(missing_ok=True)  # The server that locked it has exited.
    return False
