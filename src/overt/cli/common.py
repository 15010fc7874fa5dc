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
from overt.release.read import releases

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
    """A release's directory, the newest one where none is named. Raises UsageError when there is none."""
    held = releases(workspace.releases)
    if release is None:
        if not held:
            raise UsageError(f"{workspace.root}: has no release yet; make one with `overt build` or `overt release`")
        return held[-1]
    found = [folder for folder in held if folder.name == release or folder.name.endswith(f"-{release}")]
    if not found:
        raise UsageError(f"there is no release {release!r} (there are {', '.join(folder.name for folder in held) or 'none'})")
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
