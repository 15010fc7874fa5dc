"""`overt init`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, print_json
from overt.cli.messages import messages
from overt.model.workspace import SETTINGS, UNTITLED, Workspace


def init(
    directory: Annotated[Path, typer.Argument(help="A new or empty directory.")] = HERE,
    title: Annotated[
        str | None,
        typer.Option("--title", help="What the atlas is called, as others shall see it.", show_default="asked for on a terminal"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make a new atlas."""
    name = title if title is not None else _asked()
    workspace = Workspace.create(directory, name)
    root, called = workspace.root.resolve(), workspace.settings.title
    messages.print(f"made an atlas in {root}, titled “{called}” ({SETTINGS}); next: overt build, or overt build --from DIR")
    if json:
        print_json({"atlas": str(root), "title": called})


def _asked() -> str:
    """The title that somebody at a terminal gives; a folder's name is nobody's to cite."""
    if not (sys.stdin.isatty() and messages.is_terminal):
        return UNTITLED
    return str(typer.prompt("What is the atlas called?", default=UNTITLED, err=True))
