"""`overt status`, `overt log` and `overt clean`."""

from typing import Annotated

import typer

from overt.cli.atlas_access import HERE, JsonOption, WorkspaceOption


def status(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Print which files count, what is stale, what waits for review.

    Of each source, it prints the snapshot that counts and why. It changes nothing, and ends with the command that comes next.
    """
    from overt.cli.reports.status_text import print_status

    print_status(workspace, json=json)


def log(
    limit: Annotated[int, typer.Option("--limit", help="Most lines to print; 0 is all.", min=0)] = 40,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what was decided and released, the newest first.

    Each entry of the ledger has its number, day, author and reason; each release says which files were new in it.
    """
    from overt.cli.reports.atlas_log import print_log

    print_log(workspace, limit=limit, json=json)


def clean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would be removed.")] = False,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Free the disk of caches that can be made again.

    Removes what belongs to no release any more, and then the indexes of the oldest releases until cache/ is no larger than
    `max_bytes` under [cache] in overt.toml. The newest release's index and indexes in use stay. Nothing else is touched.
    """
    from overt.cli.reports.cache_cleaning import print_cleaning

    print_cleaning(workspace, dry_run=dry_run, json=json)
