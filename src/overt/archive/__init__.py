"""Captured bytes and their index: content-addressed, append-only, verified on read."""

from overt.archive.archive import Archive, StoredFile
from overt.archive.bombs import check_zip_bomb
from overt.archive.errors import ArchiveError, LockError
from overt.archive.fetch_http import Download, RemoteFile, download, fetch_http
from overt.archive.fetch_local import fetch_local
from overt.archive.index import Capture, Snapshot
from overt.archive.limits import FetchLimits, Progress
from overt.archive.lock import WorkspaceLock
from overt.archive.match import match_files
from overt.archive.network import NetworkPolicy

__all__ = [
    "Archive",
    "ArchiveError",
    "Capture",
    "Download",
    "FetchLimits",
    "LockError",
    "NetworkPolicy",
    "Progress",
    "RemoteFile",
    "Snapshot",
    "StoredFile",
    "WorkspaceLock",
    "check_zip_bomb",
    "download",
    "fetch_http",
    "fetch_local",
    "match_files",
]
