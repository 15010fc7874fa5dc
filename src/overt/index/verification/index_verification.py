"""Verification of the files in `cache/` that pages and commands read."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from overt.index.fingerprint import release_fingerprint
from overt.index.index_opening import open_read_only, read_meta
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.index.verification.edition_files import DESCRIPTION, is_intact
from overt.model.files.file_digests import matches_digest, read_digest, sha256_file
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace
from overt.release.release_folders import list_releases
from overt.release.tables_derived_from_claims import STRICTNESS
from overt.release.verification.past_inputs import TemporaryWorkspace

_TODO = "delete it; `overt serve` and `overt search` make it again"


def verify_indexes(atlas: Workspace) -> Iterator[str]:
    """Yield a line for each index and edition of a release that has been changed since it was made.

    A file without a digest is skipped, because no command reads it.
    """
    names = tuple(folder.name for folder in list_releases(atlas.releases))
    for path in sorted(atlas.cache.glob("*/serve-*.sqlite")):
        if path.parent.name.startswith(names) and read_digest(path) is not None and not matches_digest(path):
            yield f"{path}: was changed since it was made; {_TODO}"
    for path in sorted(atlas.cache.glob(f"*/{DESCRIPTION}")):
        if path.parent.name.startswith(names) and read_digest(path) is not None and not is_intact(path.parent):
            yield f"{path.parent}: was changed since it was made; {_TODO}"


def has_index(atlas: Workspace, release: str) -> bool:
    """Return whether `cache/` has an index or a public edition of a release."""
    folders = (atlas.cache / release, *_public_editions(atlas, release))
    return any(next(folder.glob(name), None) for folder in folders for name in ("serve-*.sqlite", DESCRIPTION))


def compare_indexes(workspace: TemporaryWorkspace, release: str, progress: Progress = no_progress) -> Iterator[str]:
    """Rebuild the index and the public edition of an intact release, if `cache/` has them, and compare the files.

    Yield a line for each file that differs, and for each index that can't be compared. Files that don't match their digests are
    skipped.
    """
    atlas = workspace.atlas
    elsewhere = _CacheElsewhere(atlas.root, atlas, workspace.place, atlas.settings)
    editions = {False: atlas.cache / release, True: next(iter(_public_editions(atlas, release)), None)}
    for is_public, folder in editions.items():
        if folder is not None and folder.is_dir():
            settings = ServeSettings(elsewhere, release, public=is_public)
            database = prepare(settings, lambda step, share=None: progress(f"{release}, again: index, {step}", share)).database
            stored = atlas.cache / database.parent.relative_to(elsewhere.cache)
            yield from _compare_files(stored, database.parent, database.name)
            if not is_public:
                yield from _unknown_indexes(atlas, release, stored, database.name)
            remove(database.parent)  # This makes room on the disk for the next index.


def _public_editions(atlas: Workspace, release: str) -> list[Path]:
    """Return the folders of a release's public editions, which are named by the kinds of reuse that they allow."""
    return sorted(
        folder
        for folder in atlas.cache.glob(f"{release}-*")
        if {*folder.name.removeprefix(f"{release}-").rpartition("-")[0].split("+")} <= {*STRICTNESS, "none"}
    )


@dataclass(frozen=True)
class _CacheElsewhere(TemporaryWorkspace):
    """A temporary workspace with the atlas's own releases and a cache elsewhere."""

    @property
    def releases(self) -> Path:
        """The atlas's own releases, because an index contains the changes since earlier releases."""
        return self.atlas.releases


def _compare_files(stored: Path, expected: Path, database: str) -> Iterator[str]:
    for path in (expected / database, expected / DESCRIPTION, *sorted((expected / "tables").glob("*.parquet"))):
        other = stored / path.relative_to(expected)
        is_index = path.name == database
        if (is_index and not matches_digest(other)) or (not is_index and not is_intact(stored)):
            continue  # `verify_indexes` reports a changed file, and no process reads a file without a digest.
        if path.is_file() and other.is_file() and sha256_file(path) != sha256_file(other):
            yield f"{other}: is not what the release gives; {_TODO}"


def _unknown_indexes(atlas: Workspace, release: str, folder: Path, database: str) -> Iterator[str]:
    """Yield a line for each index, other than the file `database`, that commands would open."""
    fingerprint = release_fingerprint(atlas.content_files, release)
    for path in sorted(folder.glob("serve-*.sqlite")):
        if path.name != database:
            with closing(open_read_only(path)) as connection:
                if read_meta(connection, "release_fingerprint") == fingerprint:
                    yield f"{path}: was made with another set of releases, so it cannot be compared; {_TODO}"
