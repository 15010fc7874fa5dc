"""`overt release`."""

from overt.cli.atlas_access import writing
from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.cli.pipeline.import_and_release_options import NoteOption, ThreadsOption
from overt.cli.pipeline.snapshot_choice_messages import print_choices


def release(
    note: NoteOption = "", threads: ThreadsOption = None, json: JsonOption = False, workspace: WorkspaceOption = HERE
) -> None:
    """Make a release: its tables, and the index that pages read.

    Standard output has only the release's id.
    """
    from overt.cli.pipeline.release_steps import release_all
    from overt.resolve.workspace_resolution import refusal_messages

    with writing(workspace) as (atlas, archive, ledger):
        refused = refusal_messages(atlas, archive, ledger.source_choices())
        print_choices(archive, ledger.source_choices())
        for reason in refused:
            messages.print(reason)
        identity = release_all(atlas, archive, ledger, note, threads)
    print_json({"release": identity, "note": note, "refused": refused}) if json else print(identity)
