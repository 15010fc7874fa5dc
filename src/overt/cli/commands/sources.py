"""`overt sources`."""

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption


def sources(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """List the sources: files, licences, what is archived.

    For each source, prints whether Overt ships it, where to get which files, and its licence.
    """
    from overt.cli.reports.source_list import print_sources

    print_sources(workspace, json=json)
