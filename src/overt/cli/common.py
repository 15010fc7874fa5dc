"""What commands share: the workspace option, progress, and opening the parts of an atlas."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from overt.archive import Archive, WorkspaceLock
from overt.ledger import Ledger
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release_folders import LATEST, releases

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="The atlas's directory.", show_default="the current one")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON; its form is stable.")]
messages = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
"""Progress and messages go to standard error; results alone to standard output."""
HERE = Path()


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    print(orjson.dumps(data, option=options, default=str).decode())


@contextmanager
def writing(path: Path) -> Iterator[tuple[Workspace, Archive, Ledger]]:
    """The atlas at `path`, with its lock held: no other process writes meanwhile. Raises LockError and UsageError."""
    workspace = Workspace.open(path)
    with WorkspaceLock(workspace.root):
        yield workspace, Archive(workspace.archive), Ledger(workspace.ledger)


def reading(path: Path) -> tuple[Workspace, Archive, Ledger]:
    """The atlas at `path`, to read. Raises UsageError."""
    workspace = Workspace.open(path)
    return workspace, Archive(workspace.archive), Ledger(workspace.ledger)


def release_folder(workspace: Workspace, release: str | None) -> Path:
    """A release's directory: the one made last for None and `latest`, else the one whose id, or its hash, begins so.

    Raises UsageError when there is none, or more than one.
    """
    held = releases(workspace.releases)
    if not held and release in (None, LATEST):
        raise UsageError(f"{workspace.root}: has no release yet; make one with `overt build` or `overt release`")
    if release in (None, LATEST):
        return held[-1]
    named = [folder for folder in held if folder.name == release]
    found = named or [folder for folder in held if folder.name.startswith(release) or folder.name[11:].startswith(release)]
    names = ", ".join(folder.name for folder in found or held) or "none"
    if not found:
        raise UsageError(f"there is no release {release!r} (there are {names})")
    if len(found) > 1:
        raise UsageError(f"{release!r} could be more than one release ({names}); write more of it")
    return found[0]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error that goes away when it is done; silent where standard error is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        yield bar
