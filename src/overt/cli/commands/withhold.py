"""`overt withhold`."""

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.editor_entries.entry_options import ReasonOption, RecordArgument, WhoOption


def withhold(
    record: RecordArgument,
    why: ReasonOption = "",
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Withhold a record in dispute from releases.

    It disappears from tables, pages, exports and figures, together with its roles, places and money. The page at its address
    says since when it is withheld, and why.
    """
    from overt.cli.editor_entries.corrections_and_withholding import withhold as withhold_record

    withhold_record(workspace, record, why, who, json=json)
