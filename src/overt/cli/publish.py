"""`overt publish`."""

from pathlib import Path
from typing import Annotated

import typer

from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, release_folder
from overt.cli.words import counted
from overt.model.workspace import Workspace


def publish(
    target: Annotated[Path, typer.Argument(help="The directory to make.", metavar="DIR", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace an edition that is there.")] = False,
    release: Annotated[str | None, typer.Option("--release", help="A release's id.", show_default="the newest one")] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the whole site of a release as files, as others may have it: for any host, or a disk without one."""
    from overt.publish.edition.publish import publish as write

    atlas = Workspace.open(workspace)
    with progress_bar() as bar:
        task = bar.add_task("publishing", total=None)

        def progress(step: str) -> None:
            bar.update(task, description=f"publishing: {step}")

        said = write(atlas, release_folder(atlas, release).name, target, force=force, progress=progress)
    size = f"{said['bytes'] / 1e6:,.1f} MB"
    messages.print(f"release {said['release']}: {counted(said['pages'], 'page')}, {counted(said['files'], 'file')}, {size}")
    if said["left_out"]:
        names = ", ".join(f"{source['source']} ({source['reuse']})" for source in said["left_out"])
        messages.print(f"left out, since overt.toml does not let others have it: {names}")
    print_json(said) if json else print(target)
