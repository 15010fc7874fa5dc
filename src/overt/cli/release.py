"""`overt release`."""

from typing import Annotated

import typer

from overt.archive import Archive
from overt.cli.common import HERE, JsonOption, WorkspaceOption, messages, print_json, progress_bar, writing
from overt.ledger import Ledger
from overt.model.workspace import Workspace
from overt.release.sign import sign_release, signing
from overt.release.step import run_release
from overt.resolve.step import refusals

NoteOption = Annotated[str, typer.Option("--note", help="A line that says why; it is part of the release.")]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", help="Threads to use; the bytes are the same for any number.", min=1)
]


def release(
    note: NoteOption = "", threads: ThreadsOption = None, json: JsonOption = False, workspace: WorkspaceOption = HERE
) -> None:
    """Compute the public tables; prints the release's id, alone, on standard output."""
    with writing(workspace) as (atlas, archive, ledger):
        refused = refusals(atlas, archive)
        for line in refused:
            messages.print(line)
        identity = release_all(atlas, archive, ledger, note, threads)
    print_json({"release": identity, "note": note, "refused": refused}) if json else print(identity)


def release_all(atlas: Workspace, archive: Archive, ledger: Ledger, note: str = "", threads: int | None = None) -> str:
    """Make the release with a bar, and sign it if overt.toml names a key. Raises UsageError, before all work, for a bad key."""
    signing(atlas)
    with progress_bar() as bar:
        task = bar.add_task("releasing", total=None)
        identity = run_release(
            atlas,
            archive,
            ledger,
            note=note,
            threads=threads,
            progress=lambda step: bar.update(task, description=f"releasing: {step}"),
        )
    sign_release(atlas, atlas.releases / identity)
    return identity
