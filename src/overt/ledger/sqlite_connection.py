"""Connections to a ledger in SQLite. A file that can't be written to, for example on a read-only file system, is opened for
reading.
"""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine

_READ_ONLY = "read_only"
_UNMERGED = ("-wal", "-journal")
"""Endings of the files beside a database that SQLite has to read with it: changes to merge, or to roll back."""


def set_up_connections(engine: Engine) -> None:
    """Make an engine open read-only SQLite files for reading, and all others in WAL mode with full synchronisation."""
    sa.event.listen(engine, "do_connect", _open_read_only)
    sa.event.listen(engine, "connect", _set_pragmas)


def read_only_options(path: str) -> str | None:
    """Return the options with which to open a database that can only be read; None if it can be written to or does not exist.

    In WAL mode, SQLite puts files beside a database even to read it. If it can't, only `immutable` opens the database. That
    option ignores the files of `_UNMERGED`, so it is left out if one of them has content.
    """
    file = Path(path)
    if not file.is_file():
        return None
    has_unmerged = any(_has_content(Path(f"{path}{ending}")) for ending in _UNMERGED)
    can_add_files = os.access(file.parent, os.W_OK)
    if os.access(file, os.W_OK) and (can_add_files or has_unmerged):
        return None
    return "mode=ro" if can_add_files or has_unmerged else "mode=ro&immutable=1"


def _has_content(file: Path) -> bool:
    """Return whether a file exists and isn't empty. Another process can remove it at any moment."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def _open_read_only(dialect: Dialect, record: Any, arguments: list[Any], options: dict[str, Any]) -> Any:
    """Open a database that can't be written to. Return None for any other, which SQLAlchemy then opens."""
    path = str(arguments[0]) if arguments else ""
    if options.get("uri") or (read_only := read_only_options(path)) is None:
        return None
    record.info[_READ_ONLY] = True
    return dialect.connect(f"{Path(path).absolute().as_uri()}?{read_only}", *arguments[1:], **{**options, "uri": True})


def _set_pragmas(connection: Any, record: Any) -> None:
    if record.info.get(_READ_ONLY):
        return  # Both settings are only for writing, and setting the mode would write.
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # This mode lets readers and a writer work without waiting for each other.
    cursor.execute("PRAGMA synchronous=FULL")  # With this setting, a confirmed entry survives a power cut.
    cursor.close()
