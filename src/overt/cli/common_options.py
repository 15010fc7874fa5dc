"""Options that many commands share."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.completion import complete_releases

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Directory of the atlas.", show_default="the current one")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, in a form that stays stable.")]
ReleaseOption = Annotated[
    str | None,
    typer.Option("--release", help="Id of a release.", show_default="the newest one", autocompletion=complete_releases),
]
HERE = Path()
"""Default of `--workspace`: the current directory."""
