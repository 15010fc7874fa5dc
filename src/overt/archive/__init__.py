"""The archive: captured bytes and their index. It is content-addressed and append-only. `Archive.read` verifies what it reads.

The modules for downloads, `http_fetch` and `guarded_transport`, are imported only where they are needed.
"""

from overt.archive.archive import Archive, StoredFile
from overt.archive.capture_index import Capture
from overt.archive.decompression_bombs import check_zip_bomb
from overt.archive.errors import ArchiveError, LockError
from overt.archive.fetch_limits import FetchLimits, Progress
from overt.archive.file_patterns import list_files, match_files
from overt.archive.local_fetch import fetch_local
from overt.archive.snapshots import Snapshot
from overt.archive.workspace_lock import WorkspaceLock

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
    "list_files",
    "match_files",
]
