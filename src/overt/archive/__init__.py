"""Captured bytes and their index: content-addressed, append-only, verified on read. What gets them from publishers by the
network is in `fetch_http` and `network`, and loaded by whoever needs it.
"""

from overt.archive.archive import Archive, StoredFile
from overt.archive.bombs import check_zip_bomb
from overt.archive.errors import ArchiveError, LockError
from overt.archive.fetch_local import fetch_local
from overt.archive.index import Capture, Snapshot
from overt.archive.limits import FetchLimits, Progress
from overt.archive.lock import WorkspaceLock
from overt.archive.match import match_files

__all__ = [
    "Archive",
    "ArchiveError",
    "Capture",
    "FetchLimits",
    "LockError",
    "Progress",
    "Snapshot",
    "StoredFile",
    "WorkspaceLock",
    "check_zip_bomb",
    "fetch_local",
    "match_files",
]
