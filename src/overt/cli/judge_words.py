"""What the commands of `overt judge` and `overt claim` share: options, and how people name records."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import release_folder
from overt.model.workspace import Workspace
from overt.release.release_folders import releases
from overt.resolve.review.members import Members, find_member

WhyOption = Annotated[str, typer.Option("--why", help="The reason, for those who come after.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides, as it shall be published.", envvar="OVERT_WHO")]
First = Annotated[str, typer.Argument(help="A source's record id, or a published id; to explain, also a name.", metavar="A")]
Second = Annotated[str, typer.Argument(metavar="B", show_default=False)]
Entries = Annotated[str, typer.Argument(help="The entry's number, or FIRST..LAST.", metavar="ID")]
LeftOpenOption = Annotated[bool, typer.Option("--unsure", help="Ask again what was judged unsure, too.")]


def entries_named(text: str) -> tuple[int, int | None]:
    """The first and last entry that `12` or `12..40` names; no last one where it names one. Raises a usage error."""
    first, dots, last = text.partition("..")
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in ((first, last) if dots else (first,))):
        raise typer.BadParameter(
            f"{text!r} is no entry's number; give one (12), or the first and the last (12..40)", param_hint="'ID'"
        )
    return int(first), int(last) if dots else None


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
