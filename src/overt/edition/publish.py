"""Writing a static edition: beside its place, and put there when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from overt.edition.manifest import is_edition, manifest_of, write_manifest
from overt.edition.static_copy import copy_static
from overt.edition.writer import File, make_all
from overt.index.prepare import Progress, prepare
from overt.index.prepared import ServeSettings
from overt.index.subset import Subset
from overt.model.atomic_files import remove, sync_all, temporary_path
from overt.model.atomic_replace import clean_up_target, replace_target
from overt.model.errors import OvertError, UsageError
from overt.model.workspace import Workspace

_ONE_FILE = (".zip", ".tar", ".gz", ".tgz", ".html")
"""Endings by which somebody says that one file is expected."""


def publish(
    workspace: Workspace,
    release: str,
    target: Path,
    *,
    force: bool = False,
    subset: Subset | None = None,
    workers: int | None = None,
    progress: Progress = lambda step: None,
) -> dict[str, Any]:
    """Write the static edition of a release into `target`, and return what its manifest says without the files.

    Only what overt.toml lets be republished is in it, and with `subset` only what belongs to some projects. Raises UsageError
    when something else is there, or an edition and not `force`; what is there stays whatever happens until the new edition is
    whole.
    """
    target = target.absolute()
    with _writing(target):
        clean_up_target(
            target
        )  # an edition that a killed run had put aside is there again before anybody asks whether there is one
    _free(target, force=force)
    settings = ServeSettings(workspace, release, beyond_loopback=True, subset=subset)
    prepared = prepare(settings, progress)
    cores = workers or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else workers or os.cpu_count() or 1
    with _put(target) as folder:
        files: list[File] = [*copy_static(folder), *make_all(settings, prepared, folder, cores, progress)]
        said = manifest_of(workspace, prepared, files)
        signed = write_manifest(workspace, folder, said)
    pages = sum(file.path.endswith(".html") for file in files)
    held = {name: value for name, value in said.items() if name != "files"}
    return {
        "directory": str(target),
        **held,
        "pages": pages,
        "files": len(files),
        "bytes": sum(file.bytes for file in files),
        "signed": signed,
    }


def _free(target: Path, *, force: bool) -> None:
    if target.suffix.lower() in _ONE_FILE:
        raise UsageError(f"{target}: an edition is a directory of many files; name one, as in {target.with_suffix('').name}")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target}: is no directory; name one that is empty or not there yet")
    if not target.exists() or not any(target.iterdir()):
        return
    if not is_edition(target):
        raise UsageError(f"{target}: holds other things than a static edition; name a directory that is empty or not there yet")
    if not force:
        raise UsageError(f"{target}: holds an edition already; --force replaces it")


@contextmanager
def _put(target: Path) -> Iterator[Path]:
    """A folder beside the target, which takes its place when the block ends well and it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = temporary_path(target)
    try:
        with _writing(target):
            fresh.mkdir()
            yield fresh
            sync_all()  # else a name could be there after a power failure, and not what it names
            replace_target(fresh, target)
    finally:
        remove(fresh)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Raises OvertError for what the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise OvertError(f"{error.filename or target}: cannot be written ({error.strerror})") from error
