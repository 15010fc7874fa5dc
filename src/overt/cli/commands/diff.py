"""`overt diff`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import HERE, JsonOption, WorkspaceOption, release_folder
from overt.cli.completion import complete_releases
from overt.model.errors import UsageError
from overt.model.workspace import Workspace


def diff(
    old: Annotated[
        str,
        typer.Argument(
            help="The earlier release: its id, the beginning of it or of its hash, or `latest`.", autocompletion=complete_releases
        ),
    ],
    new: Annotated[str, typer.Argument(help="The later release, likewise.", autocompletion=complete_releases)],
    json: JsonOption = False,
    html: Annotated[
        bool, typer.Option("--html", help="Print a page that needs nothing else, of what may be republished.")
    ] = False,
    atom: Annotated[bool, typer.Option("--atom", help="Print a feed (Atom), of what may be republished.")] = False,
    observations: Annotated[
        bool, typer.Option("--observations", help="Print every difference of what was measured to be blocked, as CSV.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what changed between two releases, and why."""
    if json + html + atom + observations > 1:
        raise UsageError("--json, --html, --atom and --observations are forms of the same; choose one")
    atlas = Workspace.open(workspace)
    folders = release_folder(atlas, old), release_folder(atlas, new)
    from overt.cli.reports.release_differences import print_differences, print_for_others

    if html or atom:
        print_for_others(atlas, *folders, html)
    else:
        print_differences(atlas, folders, json=json, observations=observations)
