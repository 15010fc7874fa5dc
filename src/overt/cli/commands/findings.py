"""`overt findings`."""

from overt.cli.atlas_access import release_folder
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json


def findings(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Print the sentences that the newest release supports.

    It also prints the findings that the release does not support, with the reasons.
    """
    from overt.cli.pipeline.current_index import open_reader
    from overt.model.workspace import Workspace
    from overt.queries.findings import all_findings, finding_data

    atlas = Workspace.open(workspace)
    release = release_folder(atlas, None).name
    reader = open_reader(atlas, release)
    try:
        rows = all_findings(reader)
    finally:
        reader.close()
    if json:
        print_json([finding_data(release, row) for row in rows])
        return
    for row in rows:
        if row.holds:
            print(f"{row.name:<24} {row.headline}")
            print(f"{'':<24} {row.text}")
        else:
            print(f"{row.name:<24} {row.status if row.reason == row.status else f'{row.status}: {row.reason}'}")
