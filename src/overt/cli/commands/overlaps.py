"""`overt overlaps`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.completion import complete_releases
from overt.model.workspace import Workspace


def overlaps(
    release: Annotated[
        str | None,
        typer.Option(help="Id of a release.", metavar="ID", show_default="the newest one", autocompletion=complete_releases),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print which sources list the same projects and organisations.

    Also estimates the total, including those that no source lists, or says why it can't.
    """
    folder = release_folder(Workspace.open(workspace), release)
    from overt.cli.reports.overlap_counts import print_overlaps

    print_overlaps(folder, json=json)
