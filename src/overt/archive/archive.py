"""The archive of a workspace: captured files with their date, origin and licence."""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from overt.archive.archive_verification import find_problems
from overt.archive.capture_field_checks import check_fields
from overt.archive.capture_index import Capture, chain_capture, read_index_lines, serialise
from overt.archive.current_day import is_future, today
from overt.archive.errors import ArchiveError
from overt.archive.object_store import ObjectStore
from overt.archive.snapshots import Snapshot, group_snapshots, snapshot_id
from overt.archive.workspace_lock import WorkspaceLock
from overt.model.files.atomic_writes import atomic_write
from overt.model.files.file_digests import sha256_file

INDEX = "index.jsonl"
_DAMAGED = "its bytes have changed since they were archived; restore it from a copy or fetch its source again"


@dataclass(frozen=True)
class StoredFile:
    """A stored object with its role, name and origin in a snapshot."""

    sha256: str
    role: str
    name: str
    address: str


class Archive:
    """Captured bytes under `root` (a workspace's `archive` folder) and their append-only index.

    Store objects first (`put_stream`), then add a snapshot that names them (`add_snapshot`). Both methods take the workspace's
    lock. Stay inside `writing()` from the first object to the snapshot; otherwise another writer may remove the objects in
    between. Reading needs no lock.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = root / INDEX
        self._store = ObjectStore(root)
        self._cleaned = False
        self._cached_captures: tuple[tuple[int, int, int], tuple[Capture, ...]] | None = None
        self._guard = threading.RLock()

    # Objects

    def put_stream(self, chunks: Iterable[bytes]) -> str:
        """Store the bytes and return their SHA-256. Nothing is stored if `chunks` raises an exception.

        Raises ArchiveError if the bytes can't be written, and the errors of `writing`.
        """
        with self.writing():
            return self._store.put(chunks)

    def path(self, sha256: str, *, verify: bool = False) -> Path:
        """Return the file of a capture. With `verify`, check its hash first.

        Raises ArchiveError for an invalid hash, and if the file is missing or, with `verify`, damaged.
        """
        path = self._store.locate(sha256)
        if not path.is_file():
            raise ArchiveError(f"{path}: this capture is missing; fetch its source again or restore it from a copy")
        if verify and sha256_file(path) != sha256:
            raise ArchiveError(f"{path}: {_DAMAGED}")
        return path

    def read(self, sha256: str) -> bytes:
        """Read the bytes of a capture. Raises ArchiveError as `path` does, and if the bytes have changed."""
        path = self.path(sha256)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArchiveError(f"{path}: {_DAMAGED}")
        return data

    # Index

    def captures(self) -> tuple[Capture, ...]:
        """Return all captures in the order of archiving. Raises ArchiveError when the index is damaged."""
        try:
            stat = self.index.stat()
        except FileNotFoundError:
            return ()
        state = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        with self._guard:
            if self._cached_captures is None or self._cached_captures[0] != state:
                self._cached_captures = state, tuple(self._parse(self.index.read_bytes()))
            return self._cached_captures[1]

    def _parse(self, data: bytes) -> Iterator[Capture]:
        for line in read_index_lines(data):
            if line.capture is None or line.problem is not None:
                raise ArchiveError(
                    f"{self.index}: line {line.number} {line.problem}; restore the index from a copy (see `overt verify`)"
                )
            yield line.capture

    def snapshots(self, source: str | None = None) -> list[Snapshot]:
        """Return the snapshots of one source, or of all sources, in the order of archiving. Raises ArchiveError when the index
        is damaged.
        """
        return [snapshot for snapshot in group_snapshots(self.captures()) if source in (None, snapshot.source)]

    def add_snapshot(self, source: str, retrieved: str, licence: str, files: Iterable[StoredFile]) -> tuple[Snapshot, bool]:
        """Add stored objects to the index as one snapshot. Return it, and whether it is new.

        Adding the same files for the same day again changes nothing, because they are the same snapshot. A snapshot is in the
        index entirely or not at all. Raises ArchiveError for an object that is not stored, for a day in the future, if other
        files of the source have the same snapshot id, and as `check_fields` and `writing` do.
        """
        sorted_files = sorted(files, key=lambda file: (file.role, file.name, file.sha256))
        keys = [(file.role, file.name, file.sha256) for file in sorted_files]
        check_fields(source, retrieved, keys)
        if is_future(retrieved):
            raise ArchiveError(
                f"{source}: {retrieved} is in the future (this machine's clock says {today()}); set the clock if it is wrong, or"
                " give the day on which you got the files with --retrieved"
            )
        new_id = snapshot_id(retrieved, keys)
        with self._guard, self.writing():
            captures = self.captures()
            existing = next((s for s in group_snapshots(captures) if (s.source, s.id) == (source, new_id)), None)
            if existing is not None:
                if [(c.role, c.name, c.sha256) for c in existing.captures] != keys:
                    raise ArchiveError(f"{source}: other files have the snapshot id {new_id}; give another --retrieved day")
                self._store.mark_indexed(file.sha256 for file in sorted_files)
                return existing, False
            chain = captures[-1].chain if captures else ""
            added: list[Capture] = []
            for file in sorted_files:
                capture = chain_capture(
                    chain,
                    {
                        "sha256": file.sha256,
                        "bytes": self.path(file.sha256).stat().st_size,
                        "source": source,
                        "role": file.role,
                        "name": file.name,
                        "address": file.address,
                        "retrieved": retrieved,
                        "snapshot": new_id,
                        "licence": licence,
                    },
                )
                chain = capture.chain
                added.append(capture)
            atomic_write(self.index, b"".join(map(serialise, (*captures, *added))))
            self._store.mark_indexed(file.sha256 for file in sorted_files)
            return group_snapshots((*captures, *added))[-1], True

    # Maintenance

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace's lock during a `with` block. The first time, also remove what killed runs left behind.

        The workspace is the parent folder of `root`. Raises LockError as `WorkspaceLock` does, and ArchiveError if the index is
        damaged.
        """
        with WorkspaceLock(self.root.parent):
            with self._guard:
                if not self._cleaned:
                    self.root.mkdir(parents=True, exist_ok=True)
                    self._store.remove_leftovers({capture.sha256 for capture in self.captures()})
                    self._cleaned = True
            yield

    @property
    def partial(self) -> Path:
        """The folder of unfinished files, such as downloads that can be resumed. Its files are not part of the archive."""
        return self._store.partial

    def verify(self) -> Iterator[str]:
        """Yield a line for each problem: damage to the index, a missing or changed object, or a file that does not belong to the
        archive.
        """
        return find_problems(self.root, self.index, self._store)
