"""Publishes a static edition. It is written beside its target, and replaces the target when it is complete."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overt.edition.manifest import build_manifest, is_edition, write_manifest
from overt.edition.site_files_writer import File, make_all
from overt.edition.static_assets import copy_assets
from overt.edition.tuf_metadata import update_signers, write_update_metadata
from overt.index.editions.filtered_project_subset import Subset
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_replace import clean_up_target, replace_target
from overt.model.files.atomic_writes import sync_all, temporary_path, unfinished
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.progress import Progress, no_progress
from overt.model.workspace import Workspace

_ONE_FILE = (".zip", ".tar", ".gz", ".tgz", ".html")
"""File name endings which suggest that the user expects a single file."""


def publish(
    workspace: Workspace,
    release: str,
    target: Path,
    *,
    force: bool = False,
    subset: Subset | None = None,
    workers: int | None = None,
    progress: Progress = no_progress,
    announce: Callable[[int], None] = lambda pages: None,
) -> dict[str, Any]:
    """Write the static edition of a release into `target`, and return a summary.

    The summary has the manifest with counts of the files instead of their list, the directory, whether the edition is signed,
    and the version and expiry of its update metadata.

    The edition contains only what overt.toml allows to be republished and, with `subset`, only what belongs to certain
    projects. `workers`: number of processes (default: one for each core). `announce` is called with the number of pages before
    the first page is written. The old edition stays until the new one is complete.

    Raises UsageError if the target is not a directory, has the name of a single file, contains anything but an edition, or
    contains an edition and `force` is not set. Raises OvertError if the target contains an edition in a newer format or cannot
    be written. Also raises the errors of `update_signers`, `prepare`, `make_all`, `write_manifest` and `write_update_metadata`.
    """
    target = target.absolute()
    with _reporting_errors(target):
        # First restore an edition that a killed run set aside, then check whether there is one.
        clean_up_target(target)
    _check_target(target, force=force)
    now = datetime.now(UTC)
    signers = update_signers(workspace, now)
    settings = ServeSettings(workspace, release, public=True, subset=subset)
    prepared = prepare(settings, progress)
    cores = workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else workers or os.cpu_count() or 1
    with _replacing(target) as folder:
        files: list[File] = [*copy_assets(folder), *make_all(settings, prepared, folder, cores, progress, announce)]
        manifest = build_manifest(workspace, prepared, files)
        signed = write_manifest(workspace, folder, manifest)
        update = write_update_metadata(workspace, folder, signers, now) if signers else None
    pages = sum(file.path.endswith(".html") for file in files)
    summary = {name: value for name, value in manifest.items() if name != "files"}
    return {
        "directory": str(target),
        **summary,
        "pages": pages,
        "files": len(files),
        "bytes": sum(file.bytes for file in files),
        "signed": signed,
        "update": update and {"version": update.version, "expires": f"{update.expires:%Y-%m-%d}"},
    }


def _check_target(target: Path, *, force: bool) -> None:
    if target.suffix.lower() in _ONE_FILE:
        raise UsageError(f"{target}: an edition is a directory of many files; name one, as in {target.with_suffix('').name}")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target}: is not a directory; name one that is empty or does not exist yet")
    if not target.exists() or not any(target.iterdir()):
        return
    if not is_edition(target):
        raise UsageError(
            f"{target}: holds other files than a static edition; name a directory that is empty or does not exist yet"
        )
    if not force:
        raise UsageError(f"{target}: already holds an edition; --force replaces it")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Yield a folder beside the target. When the block succeeds, it is synced to disk and replaces the target."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = temporary_path(target)
    with unfinished(fresh):
        try:
            with _reporting_errors(target):
                fresh.mkdir()
                yield fresh
                sync_all()  # Without this, a power failure could leave a file name without its content.
                replace_target(fresh, target)
        finally:
            remove(fresh)


@contextmanager
def _reporting_errors(target: Path) -> Iterator[None]:
    """Convert an OSError into an OvertError."""
    try:
        yield
    except OSError as error:
        raise OvertError(f"{error.filename or target}: cannot be written ({error.strerror})") from error
