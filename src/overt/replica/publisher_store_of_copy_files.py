"""The files of a copy on the publisher's machine. Each is named by its SHA-256."""

import hashlib
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import orjson

from overt.edition.manifest import METADATA
from overt.edition.tuf_target_name_and_path import COPY, FILES
from overt.model.files.atomic_writes import TEMPORARY_PREFIX, atomic_write, sync_directory, sync_file, temporary_path, unfinished
from overt.model.files.file_digests import sha256_file
from overt.model.files.hard_links_and_file_removal import link_or_copy, remove
from overt.replica.copy_description import CopiedFile, CopyDescription

_NAME = re.compile("[0-9a-f]{64}")
_UNFINISHED = re.compile(re.escape(TEMPORARY_PREFIX) + "[0-9]+-" + _NAME.pattern)


def other_file(folder: Path) -> Path | None:
    """Return a path in `files/` that isn't a file of a copy, or `files/` itself if it isn't a folder; otherwise None."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return folder
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        is_ours = _NAME.fullmatch(path.name) or _UNFINISHED.fullmatch(path.name)
        if not is_ours or path.is_symlink() or not path.is_file():
            return path
    return None


def store_file(source: Path, folder: Path, *, link: bool) -> CopiedFile:
    """Store a file under its hash. `link`: whether the file never changes, so that a link to it may be stored instead of a copy.

    Other files can change at any time, so the hash is that of the bytes that were stored.
    """
    digest = sha256_file(source)
    path = folder / digest
    if not path.is_file() or sha256_file(path) != digest:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = temporary_path(path)
        remove(temporary)
        with unfinished(temporary):
            try:
                (link_or_copy if link else shutil.copyfile)(source, temporary)
                sync_file(temporary)
                digest = sha256_file(temporary)
                path = folder / digest
                temporary.replace(path)
                sync_directory(folder)
            finally:
                remove(temporary)
    return CopiedFile(bytes=path.stat().st_size, sha256=digest)


def store_bytes(data: bytes, folder: Path) -> str:
    """Store bytes under their hash, and return the hash."""
    digest = hashlib.sha256(data).hexdigest()
    atomic_write(folder / digest, data)
    return digest


def remove_others(folder: Path, names: Collection[str]) -> None:
    """Remove the files that are named by a hash, except those in `names`."""
    for path in folder.iterdir():
        if path.name not in names and _NAME.fullmatch(path.name):
            path.unlink()


def files_of_copy_before(target: Path, newer: CopyDescription) -> set[str]:
    """Return the names of the present copy's files, and of its description, in `files/`. Servers may still need them.

    The result is empty if the description can't be read, or if `newer` may withhold what the present files show. This is
    assumed if `newer` lacks the release that the present copy serves, or has different tables for a release of the present
    copy.
    """
    try:
        targets = orjson.loads((target / METADATA / "targets.json").read_bytes())
        digest = str(targets["signed"]["targets"][COPY]["hashes"]["sha256"])
        before = orjson.loads((target / FILES / digest).read_bytes())
        served = str(before["releases"][-1]["base_release"])
        tables, newer_tables = _tables_of_releases(before), _tables_of_releases(newer.model_dump())
        if served not in newer_tables or any(newer_tables.get(release, files) != files for release, files in tables.items()):
            return set()
        return {digest, *(str(file["sha256"]) for file in before["files"].values())}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return set()


def _tables_of_releases(description: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the hashes of tables, by release id and table file, for all releases of a description and of their histories."""
    tables = dict[str, dict[str, str]]()
    for item in description["releases"]:
        for release in (item, *item["older"]):
            folder = f"{release['tables']}/"
            tables[release["release"].partition("+")[0]] = {
                path.removeprefix(folder): file["sha256"]
                for path, file in description["files"].items()
                if path.startswith(folder)
            }
    return tables
