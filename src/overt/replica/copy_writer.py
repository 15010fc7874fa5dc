"""Writes a copy of a release, and of the older releases that readers can choose, for other machines that serve the public.

Apart from update metadata, a copy contains only what the public may see. All files except metadata are named by their hash, so
a newer file never replaces another, and a file that two releases share is stored once.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from filelock import FileLock

from overt.edition.manifest import METADATA, is_edition
from overt.edition.tuf_metadata import update_signers, write_update_metadata
from overt.edition.tuf_target_name_and_path import COPY, FILES, is_copy
from overt.index.fingerprint import made_by
from overt.index.prepared_release import PreparedRelease
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model import format_versions
from overt.model.content_files import packaged_content
from overt.model.detached_file_signatures import signature_path
from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_writes import remove_leftovers
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.history.history_file import HISTORY, history_path
from overt.release.release_folders import list_releases, read_manifest
from overt.replica.copy_description import (
    CONTENT,
    CopiedFile,
    CopiedSettings,
    CopyDescription,
    ListedRelease,
    describe_release,
    encode_description,
)
from overt.replica.publisher_store_of_copy_files import files_of_copy_before, other_file, remove_others, store_bytes, store_file
from overt.version import __version__

_LOCK = ".lock"
_SOURCE_FILES = ("source.yml", "words_zh.yml")
"""The files of a source that pages need. Other files, such as importers, stay on the publisher's machine."""


def publish_copy(
    workspace: Workspace, release: str, target: Path, *, force: bool = False, progress: Progress = no_progress
) -> dict[str, Any]:
    """Write or update the copy in `target`, and return a summary.

    Files of the previous copy stay, because servers may still need them, unless they may show what is now withheld or private.
    Files of older copies are deleted. Raises UsageError if the atlas has no root of trust, if `target` is not a folder or has
    files that belong to no copy, or if it has a copy and `force` is not set. Raises OvertError if the copy can't be written;
    also raises the errors of `update_signers` and `prepare`.
    """
    _check_target(target, force=force)
    now = datetime.now(UTC)
    signers = update_signers(workspace, now)
    if signers is None:
        raise UsageError(f"{workspace.trust}: has no root of trust, and servers need one to check a copy; run `overt key root`")
    prepared = _prepare_all(ServeSettings(workspace, release, public=True), progress)
    sources = dict(_files(workspace, prepared))
    try:
        target.mkdir(parents=True, exist_ok=True)
        with FileLock(target / _LOCK):
            remove_leftovers(target / FILES)
            files = {
                path: store_file(source, target / FILES, link=not path.startswith(f"{CONTENT}/"))
                for path, source in sorted(sources.items())
            }
            description = _describe(workspace, prepared, files)
            data = encode_description(description)
            digest = store_bytes(data, target / FILES)
            before = files_of_copy_before(target, description)
            update = write_update_metadata(workspace, target, signers, now, COPY, data)
            remove_others(target / FILES, {digest, *(file.sha256 for file in files.values()), *before})
    except OSError as error:
        raise OvertError(f"{error.filename or target}: cannot be written ({error.strerror})") from error
    return {
        "directory": str(target),
        "release": prepared[-1].release,
        "releases": [item.release for item in prepared],
        "files": len({file.sha256 for file in files.values()}),
        "bytes": sum({file.sha256: file.bytes for file in files.values()}.values()),
        "left_out": [dict(source) for source in prepared[-1].left_out],
        "update": {"version": update.version, "expires": f"{update.expires:%Y-%m-%d}"},
    }


def _check_target(target: Path, *, force: bool) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target}: is not a directory; name one that is empty or does not exist yet")
    if not target.exists() or not any(target.iterdir()):
        return
    if is_edition(target) or not {child.name for child in target.iterdir()} <= {_LOCK, FILES, METADATA}:
        raise UsageError(
            f"{target}: has other files than a copy for servers; name a directory that is empty or does not exist yet"
        )
    if other := other_file(target / FILES):
        raise UsageError(f"{other}: belongs to no copy for servers; move it elsewhere, or name another directory")
    # A killed first run leaves a lock, but no metadata. It can be repeated without `force`.
    if not force and (is_copy(target) or not (target / _LOCK).exists()):
        raise UsageError(f"{target}: already has a copy; --force updates it")


def _prepare_all(settings: ServeSettings, progress: Progress) -> list[PreparedRelease]:
    """Prepare a release and the older releases that readers can choose, newest last. Unreadable older releases are left out."""
    newest = prepare(settings, progress)
    older = []
    for stage in newest.older:
        try:
            older.append(prepare(replace(settings, release=stage.release.partition("+")[0]), progress))
        except (OvertError, OSError, sqlite3.Error, duckdb.Error):
            continue  # A server on the publisher's machine leaves such a release out, too.
    return [*older, newest]


def _files(workspace: Workspace, prepared: list[PreparedRelease]) -> Iterator[tuple[str, Path]]:
    """Yield, for each file, its path in the copy and its path on this machine."""
    for item in prepared:
        yield _database_path(item), item.database
        if item.manifest:
            for path in (item.manifest, signature_path(item.manifest)):
                if path.is_file():
                    yield f"manifests/{item.base_release}/{path.name}", path
    for folder, name in _table_folders(prepared).items():
        for path in folder.glob("*.parquet"):
            yield f"{name}/{path.name}", path
    if history_path(workspace).is_file():
        yield f"releases/{HISTORY}", history_path(workspace)
    sources = _public_sources(prepared)
    for path in _own_content(workspace.root):
        if path.parts[0] != "sources" or (path.parts[1] in sources and path.name in _SOURCE_FILES):
            yield f"{CONTENT}/{path.as_posix()}", workspace.root / path


def _public_sources(prepared: list[PreparedRelease]) -> set[str]:
    """Return the sources that readers can see. Other sources, such as one that was never imported, may be private."""
    tables = (pq.read_table(item.tables / "sources.parquet", columns=["source"]) for item in prepared)
    left_out = {source["source"] for item in prepared for source in item.left_out}
    return {str(source) for table in tables for source in table["source"].to_pylist()} - left_out


def _own_content(root: Path) -> Iterator[Path]:
    """Yield the files of the atlas's own content, relative to the atlas's folder.

    Python files, and names that begin with `.` or `_`, are left out.
    """
    for folder in sorted(entry.name for entry in packaged_content().iterdir() if entry.is_dir()):
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and path.suffix != ".py" and not any(part[0] in "._" for part in relative.parts):
                yield relative


def _database_path(prepared: PreparedRelease) -> str:
    return f"indexes/{prepared.release}/{prepared.database.name}"


def _table_folders(prepared: list[PreparedRelease]) -> dict[Path, str]:
    """Return the path in the copy of each folder of tables. Releases in the histories of the prepared releases are included."""
    folders: dict[Path, str] = {}
    for item in prepared:
        for folder, release in ((item.tables, item.release), *((stage.tables, stage.release) for stage in item.older)):
            folders.setdefault(folder, f"tables/{release}")
    return folders


def _describe(workspace: Workspace, prepared: list[PreparedRelease], files: dict[str, CopiedFile]) -> CopyDescription:
    site, tables = workspace.settings.site, _table_folders(prepared)
    listed = [read_manifest(folder) | {"id": folder.name} for folder in list_releases(workspace.releases)]
    manifests = {item.base_release: f"manifests/{item.base_release}/{item.manifest.name}" for item in prepared if item.manifest}
    return CopyDescription(
        format=format_versions.COPY,
        overt=__version__,
        code=made_by(),
        site=CopiedSettings(address=site.address, corrections=site.corrections, onion=site.onion),
        listed=[ListedRelease(id=item["id"], date=item["date"], note=item.get("note") or "") for item in listed],
        releases=[describe_release(item, _database_path(item), tables, manifests.get(item.base_release)) for item in prepared],
        files=files,
    )
