"""Caches of releases: who uses one, and which nobody will use again.

Whoever serves a cache holds a lock of its own beside it. The operating system gives it up when the server dies, however it dies.
What is held is never removed; what cannot be removed for another reason stays, and the next run tries again.
"""

import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = ".in-use"
_CACHE = re.compile(r"(\d{4}-\d\d-\d\d-[0-9a-f]{8})(-.+)?")


@contextmanager
def in_use(database: Path) -> Iterator[None]:
    """Keep a served database from being removed by other processes until the block ends."""
    marker = database.with_name(f"{database.name}.{secrets.token_hex(8)}{_LOCK}")
    try:
        lock = FileLock(marker)
        lock.acquire(timeout=0)
    except OSError:  # a cache that cannot be written to is not tidied either
        yield
        return
    try:
        yield
    finally:
        lock.release()
        marker.unlink(missing_ok=True)


def remove_lost(cache: Path, releases: Path) -> None:
    """Remove the caches of releases that are no longer there."""
    for folder in _folders(cache):
        match = _CACHE.fullmatch(folder.name)
        if match and not (releases / match[1]).is_dir():
            _remove(folder, folder.glob(f"*{_LOCK}"))


def remove_older(database: Path) -> None:
    """Remove what other code or content made of the same release and for the same readers as this database."""
    folder = database.parent
    for other in folder.glob("serve-*.sqlite"):
        if other.name != database.name:
            _remove(other, folder.glob(f"{other.name}.*{_LOCK}"))
    edition, _, fingerprint = folder.name.rpartition("-")
    match = _CACHE.fullmatch(folder.name)
    if match and match[2]:  # a part of a release, whose fingerprint is in the folder's name
        for edition_folder in _folders(folder.parent):
            if edition_folder.name.rpartition("-")[0] == edition and edition_folder.name.rpartition("-")[2] != fingerprint:
                _remove(edition_folder, edition_folder.glob(f"*{_LOCK}"))


def _folders(cache: Path) -> list[Path]:
    return [child for child in cache.iterdir() if child.is_dir() and not child.is_symlink()] if cache.is_dir() else []


def _remove(path: Path, markers: Iterable[Path]) -> None:
    with suppress(OSError):
        if any(_is_held(marker) for marker in markers):
            return
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _is_held(marker: Path) -> bool:
    lock = FileLock(marker)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    marker.unlink(missing_ok=True)  # its server died
    return False
