"""`overt init`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, messages, print_json
from overt.model.workspace import SETTINGS, Workspace


def init(
    directory: Annotated[Path, typer.Argument(help="A new or empty directory.")] = HERE,
    title: Annotated[
        str | None,
        typer.Option("--title", help="What the atlas is called, as others shall see it.", show_default="the directory's name"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make a new atlas."""
    name = title if title is not None else title_of(directory)
    workspace = Workspace.create(directory, name)
    root, called = workspace.root.resolve(), workspace.settings.title
    messages.print(f"made an atlas in {root}, titled “{called}” ({SETTINGS}); next: overt build, or overt build --from DIR")
    if json:
        print_json({"atlas": str(root), "title": called})


def title_of(directory: Path) -> str:
    """The title that a directory's name gives: atlases that share judgements must be told apart."""
    words = "".join(sign if sign.isprintable() else " " for sign in directory.resolve().name.replace("_", " ").replace("-", " "))
    return " ".join(words.split()) or "Atlas"
