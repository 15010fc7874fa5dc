"""`overt diff`."""

from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, print_json, release_folder
from overt.model.workspace import Workspace
from overt.release.diff import diff as compare


def diff(
    old: Annotated[str, typer.Argument(help="The earlier release's id.")],
    new: Annotated[str, typer.Argument(help="The later release's id.")],
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Print what differs between two releases, with reasons."""
    atlas = Workspace.open(workspace)
    found = compare(release_folder(atlas, old), release_folder(atlas, new))
    if json:
        print_json(found.as_dict())
        return
    counts = found.as_dict()["counts"]
    print(f"{found.old} → {found.new}: {', '.join(f'{count:,} {what}' for what, count in counts.items()) or 'no record differs'}")
    for moved in found.figures:
        print(f"figure {moved['name']}: {moved['before']} → {moved['after']}")
    for held in found.differences:
        name = f"{held.id} {held.label or held.type or ''}{f' {held.property}' if held.property else ''}"
        print(f"{held.what:<9} {name}: {(held.before or '-')[:80]} → {(held.after or '-')[:80]}  ({held.reason})")
