"""Caches drawings and pictures by key, in memory or in a file that can be deleted at any time.

Drawings are inserted into pages unchanged, so each is sealed with an HMAC. A drawing that was damaged, or that someone
else put there, is drawn again.
"""

import hmac
import sqlite3
import threading
import weakref
from contextlib import suppress
from pathlib import Path

from overt.model.cache_seal_secret import user_secret

_LOCK_SECONDS = 2
"""Maximum time to wait while another process has locked the file."""
MAX_DRAWINGS = 20_000
"""Number of drawings to keep. Each time a tenth of this number has been added, the oldest surplus drawings are deleted;
they can be redrawn.
"""


class DrawingCache:
    """A table of keys and drawings in a file, which several processes may share.

    It is in memory if `path` is None or the file can't be opened. A corrupt file is deleted and created again. `limit`: the
    number of drawings to keep.
    """

    def __init__(self, path: Path | None, limit: int = MAX_DRAWINGS) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._connection = _open(path)
        user_secret()  # This may create the secret, which should happen now, not when the first reader needs a drawing.
        weakref.finalize(self, self._connection.close)  # This runs even if nobody calls close().

    def get(self, key: str) -> str | None:
        """Return the drawing of a key; None if there is none, if its seal is wrong, or if the file can't be read."""
        with self._lock, suppress(sqlite3.Error):
            row = self._connection.execute("SELECT svg, seal FROM sealed_drawings WHERE key = ?", [key]).fetchone()
            if row is None:
                return None
            if isinstance(row[0], str) and isinstance(row[1], bytes) and hmac.compare_digest(row[1], _seal(key, row[0])):
                return row[0]
            self._connection.execute("DELETE FROM sealed_drawings WHERE key = ?", [key])
        return None

    def put(self, key: str, svg: str) -> None:
        """Store a drawing if its key has none. Now and then, also delete the oldest drawings above the limit.

        A file that can't be written is ignored.
        """
        with self._lock, suppress(sqlite3.Error):
            self._connection.execute(
                "INSERT OR IGNORE INTO sealed_drawings (key, svg, seal) VALUES (?, ?, ?)", [key, svg, _seal(key, svg)]
            )
            last = self._connection.execute("SELECT max(n) FROM sealed_drawings").fetchone()[0]
            if last % max(1, self._limit // 10) == 0:
                self._connection.execute("DELETE FROM sealed_drawings WHERE n <= ?", [last - self._limit])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _seal(key: str, svg: str) -> bytes:
    return hmac.digest(user_secret(), f"{key}\0{svg}".encode(errors="replace"), "sha256")


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        for _ in range(2):
            try:
                return _connect(str(path))
            except sqlite3.OperationalError:
                break  # The file is locked or can't be opened, which does not make it corrupt.
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    path.unlink(missing_ok=True)  # The file is corrupt. Its drawings will be made again.
    return _connect(":memory:")


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, check_same_thread=False, isolation_level=None, timeout=_LOCK_SECONDS)
    try:
        connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
            "CREATE TABLE IF NOT EXISTS sealed_drawings"
            " (n INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, svg TEXT NOT NULL, seal BLOB NOT NULL);"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection
