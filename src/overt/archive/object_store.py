"""Files named after the SHA-256 of their bytes: `ab/cdef…`."""

import hashlib
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from overt.archive.errors import ArchiveError
from overt.model.files.atomic_writes import (
    TEMPORARY_PREFIX,
    mark_unfinished,
    remove_leftovers,
    remove_marked,
    sync_directory,
    sync_file,
)
from overt.model.files.file_digests import sha256_file

PARTIAL = "partial"
"""Folder for unfinished files, downloads that can be resumed, and markers of objects that are not in the index yet."""
RUN = secrets.token_hex(4)
"""Id of this process, for the names of unfinished files and markers. Process ids would not do, because they are reused,
especially in containers.
"""
SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1024 * 1024
_PENDING = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{8})\.pending")
_DOWNLOAD_SECONDS = 7 * 24 * 3600.0  # Maximum age of unfinished downloads; older ones are removed.


class ObjectStore:
    """Stores the objects of an archive folder. Callers of writing methods must hold the workspace's lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.partial = root / PARTIAL

    def locate(self, sha256: str) -> Path:
        """Return the path of an object, whether or not it is stored. Raises ArchiveError for an invalid hash."""
        if not SHA256.fullmatch(sha256):
            raise ArchiveError(f"{sha256!r} is not the SHA-256 of a capture (64 hexadecimal digits)")
        return self.root / sha256[:2] / sha256[2:]

    def put(self, chunks: Iterable[bytes]) -> str:
        """Store the bytes and return their SHA-256. All bytes are on disk before the object gets its final name.

        Until `mark_indexed`, a marker says that the object is not in the index. Raises ArchiveError if the bytes can't be
        written.
        """
        self.partial.mkdir(parents=True, exist_ok=True)
        temporary = self.partial / f"{TEMPORARY_PREFIX}{RUN}-{secrets.token_hex(8)}"
        mark_unfinished(temporary)
        digest = hashlib.sha256()
        try:
            with temporary.open("xb") as handle:
                for chunk in chunks:
                    digest.update(chunk)
                    handle.write(chunk)
            sha256 = digest.hexdigest()
            target = self.locate(sha256)
            # The marker comes first, so that the object can be removed if this run is killed before the object is in the index.
            self._mark(sha256).touch()
            if not target.is_file() or sha256_file(target) != sha256:
                target.parent.mkdir(exist_ok=True)
                sync_file(temporary)
                temporary.replace(target)
                sync_directory(target.parent)
        except OSError as error:
            raise ArchiveError(f"{self.root}: cannot store a capture: {error.strerror or error}") from error
        finally:
            remove_marked(temporary)
        return sha256

    def mark_indexed(self, objects: Iterable[str]) -> None:
        """Remove the markers of objects that are now in the index."""
        for sha256 in objects:
            self._mark(sha256).unlink(missing_ok=True)

    def remove_leftovers(self, indexed: set[str]) -> None:
        """Remove what killed runs left behind: unfinished files, marked objects that aren't `indexed`, and downloads older than
        a week.
        """
        remove_leftovers(self.root)
        if not self.partial.is_dir():
            return
        own = {sha256 for sha256, run in self._marks() if run == RUN}
        for sha256, run in self._marks():
            if run != RUN:
                if sha256 not in indexed and sha256 not in own:
                    self.locate(sha256).unlink(missing_ok=True)
                (self.partial / f"{sha256}.{run}.pending").unlink(missing_ok=True)
        for path in sorted(self.partial.iterdir()):
            unfinished = path.name.startswith(TEMPORARY_PREFIX) and not path.name.startswith(f"{TEMPORARY_PREFIX}{RUN}-")
            download = path.suffix in {".part", ".json"}
            if unfinished or (download and time.time() - path.stat().st_mtime > _DOWNLOAD_SECONDS):
                path.unlink(missing_ok=True)

    def pending(self) -> set[str]:
        """Return the hashes of objects that this run or a killed one stored, and that may not be in the index yet."""
        return {sha256 for sha256, _ in self._marks()}

    def _marks(self) -> Iterator[tuple[str, str]]:
        if self.partial.is_dir():
            for name in sorted(path.name for path in self.partial.iterdir()):
                if match := _PENDING.fullmatch(name):
                    yield match[1], match[2]

    def _mark(self, sha256: str) -> Path:
        return self.partial / f"{sha256}.{RUN}.pending"
