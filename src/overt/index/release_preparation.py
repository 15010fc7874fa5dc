"""Prepares a release for serving: makes its index and, if readers may not see everything, the edition for them, in `cache/`."""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import orjson

from overt.index.cache_locks_and_cleanup import preparing, remove_lost, remove_older, remove_partial_caches
from overt.index.columns_of_older_releases import has_all_columns
from overt.index.editions.edition_tables_and_limits import Edition, full_edition
from overt.index.editions.edition_without_withheld import leave_out_withheld, withheld_now
from overt.index.editions.filtered_project_subset import take_subset
from overt.index.editions.public_edition import restrict
from overt.index.fingerprint import CONTENT_FOLDERS, made_by, release_fingerprint
from overt.index.history.record_and_figure_history import Stage, readable
from overt.index.index_build import build_index
from overt.index.index_opening import open_read_only, read_meta
from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.code_digest import digest_of
from overt.model.errors import OvertError, UsageError
from overt.model.files.file_digests import matches_digest
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases as release_folders

_LOG = logging.getLogger(__name__)
MAX_OLDER_RELEASES = 6
"""Maximum number of earlier releases in the history on pages. Readers can choose one of them by the parameter `known`."""


def prepare(settings: ServeSettings, progress: Progress = no_progress) -> PreparedRelease:
    """Return the release for `create_app` to serve, making the edition and its index unless they exist.

    If another process is preparing the same release, wait for it and use its result. Outdated indexes of the edition, and caches
    of releases that no longer exist, are removed. Releases that another machine has prepared are returned as they are.

    Raises UsageError if there is no such release, or if the other machine hasn't prepared it, and OvertError if its edition
    can't be made.
    """
    if elsewhere := settings.prepared.get(settings.release or ""):
        return elsewhere
    if settings.prepared:
        raise UsageError(f"the copy has no index of release {settings.release}, because the publisher could not make it")
    release = find_release(settings.workspace, settings.release)
    with preparing(settings.workspace.cache, release.name, progress):
        return _prepare(settings, release, progress)


def _prepare(settings: ServeSettings, release: Path, progress: Progress) -> PreparedRelease:
    workspace = settings.workspace
    memory = workspace.settings.engine.memory
    remove_partial_caches(workspace.cache, release.name)
    edition = _edition(settings, release, progress)
    folder = workspace.cache / release.name if edition.tables.parent == release else edition.tables.parent
    before = _before(workspace, release)
    older = [stage for path in before if (stage := _stage(settings, path, progress))]
    fingerprint = _fingerprint(workspace, release.name, edition, older)
    database = folder / f"serve-{fingerprint[:12]}.sqlite"
    identity = edition.named(release.name)
    if database.is_file() and not matches_digest(database):
        _LOG.warning("%s: was changed since it was made; making it again", database)
        remove(database)
    if _stored_fingerprint(database) != fingerprint:
        meta = {
            "release": identity,
            "manifest": edition.manifest,
            "allowed": edition.allowed,
            "left_out": edition.left_out,
            "subset": edition.subset,
            "fingerprint": fingerprint,
            "release_fingerprint": _release_fingerprint(workspace, release, edition),
        }
        build_index(
            edition.tables,
            database,
            workspace.content,
            meta,
            older=older,
            part_of=edition.part_of,
            memory=memory,
            progress=progress,
        )
    remove_older(database)
    remove_lost(workspace.cache, workspace.releases)
    manifest = None if edition.tables.parent != release else release / "manifest.json"
    return PreparedRelease(
        identity,
        release.name,
        database,
        fingerprint,
        edition.left_out,
        edition.tables,
        tuple(older),
        manifest,
        edition.subset,
    )


def _edition(settings: ServeSettings, release: Path, progress: Progress, *, served: bool = True) -> Edition:
    """Return the edition of a release that the server's readers may see, limited to the subset if there is one."""
    workspace, memory = settings.workspace, settings.workspace.settings.engine.memory
    content, cache = workspace.content, workspace.cache
    if settings.public:
        edition = restrict(release, workspace.settings.republish, content, cache, memory=memory, progress=progress)
    else:
        edition = full_edition(release)
    withheld = withheld_now(workspace)
    edition = leave_out_withheld(edition, release.name, withheld, content, cache, memory=memory, progress=progress)
    if settings.subset is None:
        return edition
    return take_subset(edition, release.name, settings.subset, content, cache, served=served, memory=memory, progress=progress)


def find_release(workspace: Workspace, name: str | None) -> Path:
    """Return the folder of the release `name`, or of the newest release if `name` is None. Raises UsageError if there is none."""
    folders = releases(workspace)
    if name is None:
        if not folders:
            raise UsageError(f"{workspace.root}: has no release yet; make one with `overt build`")
        return folders[0]
    match = next((folder for folder in folders if folder.name == name), None)
    if match is None:
        raise UsageError(f"there is no release {name!r} (there are {', '.join(folder.name for folder in folders) or 'none'})")
    return match


def releases(workspace: Workspace) -> list[Path]:
    """Return the folders of all releases, the newest first."""
    return release_folders(workspace.releases)[::-1]


def _before(workspace: Workspace, release: Path) -> list[Path]:
    """Return the folders of up to `MAX_OLDER_RELEASES` releases before a release, oldest first."""
    folders = release_folders(workspace.releases)
    return folders[: folders.index(release)][-MAX_OLDER_RELEASES:]


def _stage(settings: ServeSettings, release: Path, progress: Progress) -> Stage | None:
    """Return an older release limited to what readers of this site may see, or log the error and return None."""
    try:
        edition = _edition(settings, release, progress, served=False)
    except (OvertError, OSError, duckdb.Error) as error:
        _LOG.warning("release %s is left out of the list of changes: %s", release.name, str(error).partition("\n")[0])
        return None
    stage = Stage(edition.named(release.name), edition.tables, edition.manifest, edition.part_of)
    if not readable(stage):
        _LOG.warning(
            "release %s is left out of the list of changes: its tables lack what that needs, or cannot be read", release.name
        )
        return None
    return stage


def _fingerprint(workspace: Workspace, release: str, edition: Edition, older: Sequence[Stage]) -> str:
    parts = (
        *(stage.tables.parent.name for stage in older),  # The folder of an edition or subset has a fingerprint in its name.
        f"{release}/{edition.tables.parent.name}",
        made_by(),
        workspace.content_files.digest(*CONTENT_FOLDERS),
        orjson.dumps(edition.left_out).decode(),
        orjson.dumps(edition.subset).decode(),
        str(edition.allowed if edition.left_out else None),
    )
    return digest_of(parts)


def _release_fingerprint(workspace: Workspace, release: Path, edition: Edition) -> str | None:
    """Return the fingerprint by which commands recognise an index of everything in the release's tables.

    Return None for an edition or subset, and for an older release without all the current columns.
    """
    is_whole = edition.tables.parent == release and edition.subset is None
    return release_fingerprint(workspace.content_files, release.name) if is_whole and has_all_columns(edition.tables) else None


def _stored_fingerprint(database: Path) -> str | None:
    """Return the fingerprint of an index on disk; None if there is no index or it cannot be read."""
    if not database.is_file():
        return None
    try:
        with closing(open_read_only(database)) as connection:
            fingerprint: str | None = read_meta(connection, "fingerprint")
            return fingerprint
    except sqlite3.Error:
        return None
