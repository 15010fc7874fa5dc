"""`overt places`."""

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption


def places(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Print the names of towns in sources that could not be placed.

    Each name comes with the towns that it could mean, as lines for vocab/towns.yml. Places with coordinates are not listed.
    """
    from overt.cli.reports.unplaced_towns import print_places

    print_places(workspace, json=json)
