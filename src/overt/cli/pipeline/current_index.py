"""The index of a release, for commands that read it."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from overt.cli.messages_and_progress import messages, step_bar
from overt.index.index_opening import open_current_index
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.workspace import Workspace

if TYPE_CHECKING:
    from overt.queries.database import Reader


def open_index(atlas: Workspace, release: str) -> sqlite3.Connection | None:
    """Open a release's index if the current code and content made it; otherwise return None. An altered index is rebuilt."""
    changed: list[Path] = []
    connection = open_current_index(atlas, release, changed.append)
    if connection is not None or not changed:
        return connection
    from overt.cli.pipeline.release_steps import make_index  # Imports DuckDB, which takes long and is seldom needed.

    messages.error(f"overt: {changed[0]}: was changed since it was made; making it again")
    for path in changed:
        remove(path)
    make_index(atlas, release)
    return open_current_index(atlas, release)


def open_reader(atlas: Workspace, release: str) -> "Reader":
    """Open the index that the site reads, for queries. Build it if there is no current one. Raises the errors of `prepare`."""
    from overt.index.index_opening import open_read_only
    from overt.queries.database import Reader

    connection = open_index(atlas, release)
    if connection is None:
        from overt.index.release_preparation import prepare
        from overt.index.serve_settings import ServeSettings

        with step_bar("indexing") as show_step:
            is_announced = False

            def progress(step: str, share: float | None = None) -> None:
                nonlocal is_announced
                if not is_announced:
                    messages.print(f"indexing release {release}, which is done once")
                is_announced = True
                show_step(step, share)

            connection = open_read_only(prepare(ServeSettings(workspace=atlas, release=release), progress).database)
    return Reader(connection)
