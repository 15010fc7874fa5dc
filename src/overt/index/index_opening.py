"""Opens indexes: any index by its path, or the index of a release if the current code and content made it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from overt.index.fingerprint import release_fingerprint
from overt.model.files.file_digests import matched_digest, read_digest
from overt.model.workspace import Workspace


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open an index without locks, which are not needed because the file never changes. Raises sqlite3.Error if that fails."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def read_meta(connection: sqlite3.Connection, key: str) -> Any:
    """Return an entry of the table `meta`; None if there is no such entry or the file is not an index."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return orjson.loads(row[0]) if row else None
    except (sqlite3.Error, orjson.JSONDecodeError):
        return None


def open_current_index(
    workspace: Workspace, release: str, changed: Callable[[Path], None] = lambda path: None
) -> sqlite3.Connection | None:
    """Open the index of a complete release if the current code and content made it; otherwise return None. Needs no DuckDB.

    `prepare` makes the index and adds older releases, which are not checked here. An index that has been changed since it was
    made is not opened; its path is passed to `changed`.
    """
    paths = sorted((workspace.cache / release).glob("serve-*.sqlite"))
    fingerprint = release_fingerprint(workspace.content_files, release) if paths else ""
    for path in paths:
        if not matched_digest(path):
            # An index without a digest wasn't changed: an earlier version made it, or its folder was only partly removed.
            if read_digest(path) is not None:
                changed(path)
            continue
        try:
            connection = open_read_only(path)
        except sqlite3.Error:
            continue
        if read_meta(connection, "release_fingerprint") == fingerprint:
            return connection
        connection.close()
    return None
