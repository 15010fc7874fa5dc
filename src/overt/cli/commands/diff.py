"""`overt diff`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
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
    new: Annotated[str, typer.Argument(help="The later release, named in the same way.", autocompletion=complete_releases)],
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about",
            help="Only what is about a country, organisation, kind or figure, by its id or name. If repeated: about all of them.",
            metavar="NAME",
        ),
    ] = None,
    json: JsonOption = False,
    html: Annotated[bool, typer.Option("--html", help="Print a self-contained HTML page, of what may be republished.")] = False,
    atom: Annotated[bool, typer.Option("--atom", help="Print a feed (Atom), of what may be republished.")] = False,
    observations: Annotated[
        bool, typer.Option("--observations", help="Print every difference in measured blocking, as CSV.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what changed between two releases, and why."""
    if json + html + atom + observations > 1:
        raise UsageError("--json, --html, --atom and --observations are different outputs; choose one")
    if observations and about:
        raise UsageError("--observations lists measurements by domain, which --about can't filter; leave out one of them")
    atlas = Workspace.open(workspace)
    folders = release_folder(atlas, old), release_folder(atlas, new)
    from overt.cli.reports.diff_about_option import read_about
    from overt.cli.reports.release_differences import print_differences, print_public_differences

    subjects = read_about(atlas, folders, about or [])
    if html or atom:
        print_public_differences(atlas, *folders, subjects, html=html)
    else:
        print_differences(atlas, folders, subjects, json=json, observations=observations)
