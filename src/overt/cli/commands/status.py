"""`overt status`."""

from overt.cli.atlas_access import HERE, JsonOption, WorkspaceOption


def status(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Print which files count, what is stale, what waits for review.

    Of each source, it prints the snapshot that counts and why. It changes nothing, and ends with the command that comes next.
    """
    from overt.cli.reports.status_text import print_status

    print_status(workspace, json=json)
