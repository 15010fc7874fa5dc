"""What the commands of `overt judge` and `overt claim` share: options, and how people name records."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import release_folder
from overt.model.workspace import Workspace
from overt.release.read import releases
from overt.resolve.review.members import Members, find_member

WhyOption = Annotated[str, typer.Option("--why", help="The reason, for those who come after.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides, as it shall be published.", envvar="OVERT_WHO")]
First = Annotated[str, typer.Argument(help="A source's record id, or a published id.", metavar="A")]
Second = Annotated[str, typer.Argument(metavar="B", show_default=False)]
LeftOpenOption = Annotated[bool, typer.Option("--unsure", help="Ask again what was judged unsure, too.")]


def record_of(atlas: Workspace, name: str) -> str:
    """The source record behind a name: itself, or the anchor of a published id. Raises UsageError when there is none."""
    return find_member(atlas.resolved, name).record


def find_record(atlas: Workspace, name: str) -> tuple[str, str]:
    """As `record_of`, with the record's type."""
    found = find_member(atlas.resolved, name)
    return found.record, found.type


def members_of(atlas: Workspace, published: str) -> list[str]:
    """The source records of the cluster that a published id leads to. Raises UsageError when there is none."""
    members = Members(atlas.resolved)
    return members.cluster(members.find(published).id)


def newest_release(atlas: Workspace) -> Path | None:
    """The directory of the release that was made last, if there is one."""
    return release_folder(atlas, None) if releases(atlas.releases) else None
