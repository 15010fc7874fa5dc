"""`overt init`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.model.errors import UsageError
from overt.model.workspace import SETTINGS, UNTITLED, Workspace


def init(
    directory: Annotated[Path | None, typer.Argument(help="A new or empty directory.", show_default="the current one")] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", help="Title of the atlas, as others see it.", show_default="asked for on a terminal"),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Make a new atlas."""
    if directory is not None and workspace != HERE:
        raise UsageError("the directory is named twice; leave out --workspace")
    from overt.importing.importers.importer_trust import trust_atlas
    from overt.release.history.seen_signed_histories import forget_signed

    atlas = Workspace.create(directory or workspace, title if title is not None else _ask_title())
    trust_atlas(atlas)
    forget_signed(atlas)
    root, name = atlas.root.resolve(), atlas.settings.title
    messages.print(f"made an atlas in {root}, titled “{name}” ({SETTINGS}); next: overt build, or overt build --from DIR")
    if json:
        print_json({"atlas": str(root), "title": name})


def _ask_title() -> str:
    """Ask for a title at a terminal; elsewhere, return `UNTITLED`.

    The folder's name is not the default, because it would be a poor title in citations.
    """
    if not (sys.stdin.isatty() and messages.is_terminal):
        return UNTITLED
    return str(typer.prompt("What is the atlas called?", default=UNTITLED, err=True))
