"""`overt upgrade`."""

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages


def upgrade(json: JsonOption = False, workspace: WorkspaceOption = HERE) -> None:
    """Upgrade an atlas of an older format to the current one.

    Existing data doesn't change: ledger entries stay as they are, and releases keep their names and bytes. Copy the atlas
    first. Running the command again changes nothing.
    """
    from overt.cli.pipeline.atlas_format_upgrade import upgrade_atlas

    with writing(workspace) as (atlas, archive, ledger):
        steps = upgrade_atlas(atlas, archive, ledger)
    for step in steps:
        messages.print(step)
    if json:
        print_json({"changed": steps})
    else:
        print("upgraded" if steps else "nothing to upgrade")
