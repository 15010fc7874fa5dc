"""The index of a release, for commands that read it."""

import sqlite3
from pathlib import Path

from overt.cli.messages import messages
from overt.index.fingerprint import open_current_index
from overt.model.files.atomic_files import remove
from overt.model.workspace import Workspace


def open_index(atlas: Workspace, release: str) -> sqlite3.Connection | None:
    """Open the current index of an intact release; None if there is none. A changed index is made again."""
    changed: list[Path] = []
    connection = open_current_index(atlas, release, changed.append)
    if connection is not None or not changed:
        return connection
    from overt.cli.pipeline.release_steps import make_index  # Needs DuckDB.

    messages.error(f"overt: {changed[0]}: was changed since it was made; making it again")
    for path in changed:
        remove(path)
    make_index(atlas, release)
    return open_current_index(atlas, release)
