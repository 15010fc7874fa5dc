"""`overt status`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption


def status(
    unconfirmed: Annotated[
        bool,
        typer.Option("--unconfirmed", help="List the records that no source has confirmed for a long time, the oldest first."),
    ] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print which files count, what is stale, and what to review.

    For each source, it prints the snapshot that counts and why. It changes nothing, and ends with the command that comes next.
    """
    from overt.cli.reports.status_text import print_status, print_unconfirmed

    if unconfirmed:
        print_unconfirmed(workspace, json=json)
    else:
        print_status(workspace, json=json)
