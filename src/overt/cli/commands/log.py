"""`overt log`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption


def log(
    limit: Annotated[int, typer.Option("--limit", help="Maximum number of lines to print; 0 prints all.", min=0)] = 40,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what was decided and released, the newest first.

    Each entry of the ledger has its number, day, author and reason; each release says which files were new in it.
    """
    from overt.cli.reports.atlas_log import print_log

    print_log(workspace, limit=limit, json=json)
