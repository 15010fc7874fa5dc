"""Opens an atlas for reading or writing, and finds its releases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import LATEST, list_releases

# Completing a command's options imports its module, so modules that only the command needs are imported in functions.
if TYPE_CHECKING:
    from overt.archive import Archive
    from overt.ledger import Ledger


@contextmanager
def writing(path: Path) -> "Iterator[tuple[Workspace, Archive, Ledger]]":
    """Open the atlas at `path` and hold its lock, so that no other process can write.

    Raises the errors of `Workspace.open`, and LockError if the atlas can't be locked, for example because another process is
    writing. Raises OvertError if the archive or the ledger can't be read, records a day in the future, or lacks something that
    a release was made from.
    """
    from overt.archive import Archive, WorkspaceLock
    from overt.importing.machine_clock_check import require_clock
    from overt.ledger import open_ledger
    from overt.release.history.lost_input_check import require_recorded_position

    workspace = Workspace.open(path)
    with WorkspaceLock(workspace.root):
        archive, ledger = Archive(workspace.archive), open_ledger(workspace)
        require_clock(workspace, archive, ledger)
        require_recorded_position(workspace, archive, ledger)
        yield workspace, archive, ledger


def reading(path: Path) -> "tuple[Workspace, Archive, Ledger]":
    """Open the atlas at `path` for reading. Raises the errors of `Workspace.open`, such as UsageError if there is no atlas."""
    from overt.archive import Archive
    from overt.ledger import open_ledger

    workspace = Workspace.open(path)
    return workspace, Archive(workspace.archive), open_ledger(workspace)


def release_folder(workspace: Workspace, release: str | None) -> Path:
    """Return a release's directory.

    None and `latest` mean the latest release. Any other name is a release's id, or the beginning of its id or hash. Raises
    UsageError if no release matches, or several do.
    """
    folders = list_releases(workspace.releases)
    if not folders and release in (None, LATEST):
        raise UsageError(f"{workspace.root}: has no release yet; make one with `overt build` or `overt release`")
    if release in (None, LATEST):
        return folders[-1]
    if not release:
        raise UsageError("the name of the release is empty; write its id, or `latest`")
    matches = [folder for folder in folders if folder.name == release] or [
        folder for folder in folders if folder.name.startswith(release) or folder.name[11:].startswith(release)
    ]
    names = ", ".join(folder.name for folder in matches or folders) or "none"
    if not matches:
        raise UsageError(f"there is no release {release!r} (there are {names})")
    if len(matches) > 1:
        raise UsageError(f"{release!r} could be more than one release ({names}); write more of it")
    return matches[0]


def newest_release(atlas: Workspace) -> Path | None:
    """Return the directory of the latest release; None if there is none."""
    return release_folder(atlas, None) if list_releases(atlas.releases) else None
