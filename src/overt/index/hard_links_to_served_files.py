"""Links the files of a release that a server reads, so that they stay as long as the server runs.

The server links the files into a folder of the cache, or copies them if the file system has no links. So other processes can
build, replace or remove releases in the meantime. The server locks its folder. The system releases the lock when the server
exits, even if it crashes, and the next server removes the folder.
"""

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from overt.index.prepared_release import PreparedRelease
from overt.model.files.hard_links_and_file_removal import link_or_copy

PREFIX = ".serving-"
"""Beginning of the names of the folders that servers lock."""
_NEW_PREFIX = ".unlocked-"
_UNLOCKED_SECONDS = 60.0
"""Age in seconds at which a folder that still has the prefix `_NEW_PREFIX` is assumed to be left by a killed process."""
_LOCK = "in-use"
_LOG = logging.getLogger(__name__)


@contextmanager
def serving_files(prepared: PreparedRelease, cache: Path) -> Iterator[PreparedRelease]:
    """Yield a release whose index, tables and manifest no other process can remove or replace until the block ends.

    If the cache can't be written, `prepared` itself is yielded. Cached drawings are not linked, so that they stay for the next
    server.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(serving_folder(cache))
        except OSError as error:
            _LOG.warning("%s: can't link the release's files here, so they are served in place: %s", cache, error)
            yield prepared
            return
        try:
            linked = _linked(prepared, folder)
        except OSError as error:  # For example, the disk is full.
            _LOG.warning("%s: can't link the release's files here, so they are served in place: %s", folder, error)
            linked = prepared
        yield linked


@contextmanager
def serving_folder(cache: Path) -> Iterator[Path]:
    """Yield a new folder of the cache for the files of one server. It is removed when the block ends.

    Folders that other servers left are removed first. Raises OSError if the cache can't be written.
    """
    remove_abandoned(cache)
    folder, lock = _locked_folder(cache)
    try:
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _locked_folder(cache: Path) -> tuple[Path, FileLock]:
    """Return a new folder with its lock.

    It is locked before it gets its final name, so that another process never mistakes it for an abandoned one.
    """
    name = token_hex(8)
    unlocked, folder = cache / f"{_NEW_PREFIX}{name}", cache / f"{PREFIX}{name}"
    unlocked.mkdir(parents=True)
    lock = FileLock(unlocked / _LOCK)
    try:
        lock.acquire(timeout=0)
        unlocked.rename(folder)
    except BaseException:
        lock.release()
        shutil.rmtree(unlocked, ignore_errors=True)
        raise
    return folder, lock


def remove_abandoned(cache: Path) -> None:
    """Remove the folders of servers that have ended without removing them."""
    for folder in cache.glob(f"{PREFIX}*"):
        with suppress(OSError, Timeout), FileLock(folder / _LOCK).acquire(timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
    for folder in cache.glob(f"{_NEW_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - _UNLOCKED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _linked(prepared: PreparedRelease, folder: Path) -> PreparedRelease:
    """Link all files of a release into a folder, and return the release with their new paths."""
    (folder / "index").mkdir()
    for path in prepared.database.parent.glob(f"{prepared.database.name}*"):  # The index, its digest and its lock files.
        if path.suffix != ".in-use":
            link_or_copy(path, folder / "index" / path.name)
    manifest = prepared.manifest
    if manifest is not None:
        target = folder / "served" / manifest.name
        target.parent.mkdir()
        for path in manifest.parent.glob(f"{manifest.name}*"):  # This also finds the signature.
            link_or_copy(path, target.with_name(path.name))
        manifest = target
    older = [
        replace(stage, tables=_link_tables(stage.tables, folder / f"older-{number}"))
        for number, stage in enumerate(prepared.older)
    ]
    return replace(
        prepared,
        database=folder / "index" / prepared.database.name,
        drawings=prepared.drawings or prepared.database.parent,
        tables=_link_tables(prepared.tables, folder / "tables"),
        older=tuple(older),
        manifest=manifest,
    )


def _link_tables(tables: Path, target: Path) -> Path:
    target.mkdir()
    for path in tables.iterdir():
        if path.is_file():
            link_or_copy(path, target / path.name)
    return target
