"""`overt verify`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from overt.cli.common import HERE, WorkspaceOption, messages, progress_bar, reading, release_folder
from overt.release.read import releases
from overt.release.verify import verify_history, verify_places, verify_release


def verify(
    release: Annotated[str | None, typer.Argument(help="A release's id; all releases where none is named.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Hash archive and releases again, and read the places that claims point to again."""
    atlas, archive, ledger = reading(workspace)
    folders = [release_folder(atlas, release)] if release else releases(atlas.releases)
    problems = 0
    with progress_bar() as bar:
        task = bar.add_task("archive", total=None)

        def check(name: str, found: Iterable[str]) -> bool:
            nonlocal problems
            bar.update(task, description=name)
            before = problems
            for problem in found:
                problems += 1
                messages.print(f"overt: {problem}")
            return problems == before

        check("archive", archive.verify())
        check("ledger", ledger.verify())
        for folder in folders:
            if check(folder.name, verify_release(folder)):  # what is in a damaged release proves nothing
                check(f"inputs of {folder.name}", verify_history(folder, archive, ledger))
                check(f"places of {folder.name}", verify_places(folder, archive, atlas.content))
    if problems:
        print("1 problem" if problems == 1 else f"{problems:,} problems")
        raise typer.Exit(1)
    captures, whole = len(archive.captures()), len(folders)
    print(
        f"whole: {captures:,} capture{'s' * (captures != 1)}, {whole:,} release{'s' * (whole != 1)};"
        " every place still holds what the release keeps of it"
    )
