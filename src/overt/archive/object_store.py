"""Files named by the SHA-256 of their bytes: `ab/cdef…`."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from overt.archive.errors import ArchiveError
from overt.model.atomic_files import TEMPORARY_PREFIX, remove_leftovers, sha256_file, sync_file

PARTIAL = "partial"
"""Folder for what is not yet in the archive: files being written, downloads to resume, marks of objects without a line."""
RUN = secrets.token_hex(4)
"""Tells this process's files in the making from those of a killed one; process ids come again, above all in containers."""
SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1024 * 1024
_PENDING = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{8})\.pending")
_KEEP_SECONDS = 7 * 24 * 3600.0  # downloads that nobody went on with


class ObjectStore:
    """The objects of one archive folder. Writing methods want the workspace's lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.partial = root / PARTIAL

    def locate(self, sha256: str) -> Path:
        """Where the object is or would be."""
        if not SHA256.fullmatch(sha256):
            raise ArchiveError(f"{sha256!r} is not the SHA-256 of a capture (64 hexadecimal digits)")
        return self.root / sha256[:2] / sha256[2:]

    def put(self, chunks: Iterable[bytes]) -> str:
        """Store the bytes and return their SHA-256; they are on the disk, whole, before their name appears."""
        self.partial.mkdir(parents=True, exist_ok=True)
        temporary = self.partial / f"{TEMPORARY_PREFIX}{RUN}-{secrets.token_hex(8)}"
        digest = hashlib.sha256()
        try:
            with temporary.open("xb") as handle:
                for chunk in chunks:
                    digest.update(chunk)
                    handle.write(chunk)
            sha256 = digest.hexdigest()
            target = self.locate(sha256)
            # Marked first: a run killed before the index names the object leaves something known to be left over.
            self._pending(sha256).touch()
            if not target.is_file() or sha256_file(target) != sha256:
                target.parent.mkdir(exist_ok=True)
                sync_file(temporary)
                temporary.replace(target)
                _sync(target.parent)
        except OSError as error:
            raise ArchiveError(f"{self.root}: cannot store a capture: {error.strerror or error}") from error
        finally:
            temporary.unlink(missing_ok=True)
        return sha256

    def settle(self, objects: Iterable[str]) -> None:
        """The index names these now."""
        for sha256 in objects:
            self._pending(sha256).unlink(missing_ok=True)

    def clean(self, indexed: set[str]) -> None:
        """Remove what killed runs left: files in the making, objects that no snapshot came to name, old downloads."""
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
            if unfinished or (download and time.time() - path.stat().st_mtime > _KEEP_SECONDS):
                path.unlink(missing_ok=True)

    def pending(self) -> set[str]:
        """Objects that wait for their line in the index, here or since a killed run."""
        return {sha256 for sha256, _ in self._marks()}

    def _marks(self) -> Iterator[tuple[str, str]]:
        if self.partial.is_dir():
            for name in sorted(path.name for path in self.partial.iterdir()):
                if match := _PENDING.fullmatch(name):
                    yield match[1], match[2]

    def _pending(self, sha256: str) -> Path:
        return self.partial / f"{sha256}.{RUN}.pending"


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
