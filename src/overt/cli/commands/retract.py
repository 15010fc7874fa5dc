"""`overt retract`."""

from typing import Annotated

import typer

from overt.cli.common_options import HERE, JsonOption, WorkspaceOption
from overt.cli.editor_entries.entry_options import WhoOption, WhyOption


def retract(
    target: Annotated[
        str, typer.Argument(help="A claim, a record for all its claims, or a published id or name for all its records.")
    ],
    why: WhyOption,
    who: WhoOption = "",
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take back a claim that its source still makes.

    It stays in the release, struck through.
    """
    from overt.cli.editor_entries.added_and_retracted_claims import retract as retract_claims

    retract_claims(workspace, target, why, who, json=json)
