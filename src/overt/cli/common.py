"""What commands share: the global options, JSON, and opening an atlas, its parts and its releases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from overt.cli.completion import complete_releases
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import LATEST, list_releases

# Commands are read to complete their options, so what only their work needs is imported where it is used.
if TYPE_CHECKING:
    from overt.archive import Archive
    from overt.ledger import Ledger

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Directory of the atlas.", show_default="the current one")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, in a form that stays stable.")]
ReleaseOption = Annotated[
    str | None,
    typer.Option("--release", help="Id of a release.", show_default="the newest one", autocompletion=complete_releases),
]
HERE = Path()


def print_json(data: Any) -> None:
    """Print one JSON document on standard output."""
    import orjson

    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    print(orjson.dumps(data, option=options, default=str).decode())


@contextmanager
def writing(path: Path) -> "Iterator[tuple[Workspace, Archive, Ledger]]":
    """Open the atlas at `path` and hold its lock, so that no other process writes meanwhile. Raises LockError and UsageError."""
    from overt.archive import Archive, WorkspaceLock
    from overt.ledger import open_ledger

    workspace = Workspace.open(path)
    with WorkspaceLock(workspace.root):
        yield workspace, Archive(workspace.archive), open_ledger(workspace)


def reading(path: Path) -> "tuple[Workspace, Archive, Ledger]":
    """Open the atlas at `path` to read it. Raises UsageError."""
    from overt.archive import Archive
    from overt.ledger import open_ledger

    workspace = Workspace.open(path)
    return workspace, Archive(workspace.archive), open_ledger(workspace)


def release_folder(workspace: Workspace, release: str | None) -> Path:
    """Return a release's directory.

    None and `latest` are the release made last. Other names are the id of a release, or the beginning of the id or of its hash.
    Raises UsageError when there is no such release, or more than one.
    """
    folders = list_releases(workspace.releases)
    if not folders and release in (None, LATEST):
        raise UsageError(f"{workspace.root}: has no release yet; make one with `overt build` or `overt release`")
    if release in (None, LATEST):
        return folders[-1]
    matches = [folder for folder in folders if folder.name == release] or [
        folder for folder in folders if folder.name.startswith(release) or folder.name[11:].startswith(release)
    ]
    names = ", ".join(folder.name for folder in matches or folders) or "none"
    if not matches:
        raise UsageError(f"there is no release {release!r} (there are {names})")
    if len(matches) > 1:
        raise UsageError(f"{release!r} could be more than one release ({names}); write more of it")
    return matches[0]
