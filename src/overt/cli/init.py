"""`overt init`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, messages
from overt.model.workspace import Workspace


def init(directory: Annotated[Path, typer.Argument(help="A new or empty directory.")] = HERE) -> None:
    """Make a new atlas."""
    workspace = Workspace.create(directory)
    messages.print(f"made an atlas in {workspace.root.resolve()}; next: overt build --from DIR")
