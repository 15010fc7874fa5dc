"""The archive of one workspace: what was captured, when, from where, under which licence."""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from overt.archive.capture_index import (
    Capture,
    Snapshot,
    chain_capture,
    check_fields,
    group_snapshots,
    read_index_lines,
    serialise,
    snapshot_id,
)
from overt.archive.errors import ArchiveError
from overt.archive.integrity import find_problems
from overt.archive.object_store import ObjectStore
from overt.archive.workspace_lock import WorkspaceLock
from overt.model.atomic_files import atomic_write, sha256_file

INDEX = "index.jsonl"
_DAMAGED = "its bytes are not those that were archived; restore it from a copy or fetch its source again"


@dataclass(frozen=True)
class StoredFile:
    """A stored object and what a snapshot says of it."""

    sha256: str
    role: str
    name: str
    address: str


class Archive:
    """Captured bytes under `root` (a workspace's `archive` folder) and their append-only index.

    Objects are stored first (`put_bytes`, `put_stream`), then named by a snapshot (`add_snapshot`). Each of these takes the
    workspace's lock; hold `writing()` from the first object to the snapshot, else another writer may clear the objects away
    in between. Reading needs no lock.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = root / INDEX
        self._store = ObjectStore(root)
        self._cleaned = False
        self._read: tuple[tuple[int, int, int], tuple[Capture, ...]] | None = None
        self._guard = threading.RLock()

    # Objects

    def put_bytes(self, data: bytes) -> str:
        """Store the bytes and return their SHA-256."""
        return self.put_stream([data])

    def put_stream(self, chunks: Iterable[bytes]) -> str:
        """Store the bytes and return their SHA-256; nothing is left behind when `chunks` raises."""
        with self.writing():
            return self._store.put(chunks)

    def path(self, sha256: str, *, verify: bool = False) -> Path:
        """The file of a capture, to open; with `verify`, its bytes are hashed first.

        Raises ArchiveError if it is missing or, with `verify`, damaged.
        """
        path = self._store.locate(sha256)
        if not path.is_file():
            raise ArchiveError(f"{path}: this capture is missing; fetch its source again or restore it from a copy")
        if verify and sha256_file(path) != sha256:
            raise ArchiveError(f"{path}: {_DAMAGED}")
        return path

    def read(self, sha256: str) -> bytes:
        """The bytes of a capture. Raises ArchiveError if they are missing or not what was archived."""
        path = self.path(sha256)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArchiveError(f"{path}: {_DAMAGED}")
        return data

    # Index

    def captures(self) -> tuple[Capture, ...]:
        """All captures in the order of archiving. Raises ArchiveError when the index is damaged."""
        try:
            stat = self.index.stat()
        except FileNotFoundError:
            return ()
        state = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        with self._guard:
            if self._read is None or self._read[0] != state:
                self._read = state, tuple(self._parse(self.index.read_bytes()))
            return self._read[1]

    def _parse(self, data: bytes) -> Iterator[Capture]:
        for line in read_index_lines(data):
            if line.capture is None or line.problem is not None:
                raise ArchiveError(
                    f"{self.index}: line {line.number} {line.problem}; restore the index from a copy (see `overt verify`)"
                )
            yield line.capture

    def snapshots(self, source: str | None = None) -> list[Snapshot]:
        """The snapshots of a source (of all sources, if none is named) in the order of archiving."""
        return [snapshot for snapshot in group_snapshots(self.captures()) if source in (None, snapshot.source)]

    def add_snapshot(self, source: str, retrieved: str, licence: str, files: Iterable[StoredFile]) -> tuple[Snapshot, bool]:
        """Name stored objects as one snapshot of a source; returns it, and whether it is new.

        The same files on the same day are the same snapshot: adding it again changes nothing. The index holds a snapshot
        entirely or not at all. Raises ArchiveError for an object that is not stored or a field that cannot stand.
        """
        stored = sorted(files, key=lambda file: (file.role, file.name, file.sha256))
        keys = [(file.role, file.name, file.sha256) for file in stored]
        check_fields(source, retrieved, keys)
        name = snapshot_id(retrieved, keys)
        with self._guard, self.writing():
            captures = self.captures()
            known = next((s for s in group_snapshots(captures) if (s.source, s.id) == (source, name)), None)
            if known is not None:
                if [(c.role, c.name, c.sha256) for c in known.captures] != keys:
                    raise ArchiveError(f"{source}: other files bear the snapshot id {name}; give another --retrieved day")
                self._store.settle(file.sha256 for file in stored)
                return known, False
            chain = captures[-1].chain if captures else ""
            added: list[Capture] = []
            for file in stored:
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
                        "snapshot": name,
                        "licence": licence,
                    },
                )
                chain = capture.chain
                added.append(capture)
            atomic_write(self.index, b"".join(map(serialise, (*captures, *added))))
            self._store.settle(file.sha256 for file in stored)
            return group_snapshots((*captures, *added))[-1], True

    # Care

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace's lock (its folder is the parent of `root`); clears away what killed runs left.

        Raises LockError when another process is writing.
        """
        with WorkspaceLock(self.root.parent):
            with self._guard:
                if not self._cleaned:
                    self.root.mkdir(parents=True, exist_ok=True)
                    self._store.clean({capture.sha256 for capture in self.captures()})
                    self._cleaned = True
            yield

    @property
    def partial(self) -> Path:
        """Folder for downloads that can be gone on with; nothing in it is part of the archive."""
        return self._store.partial

    def verify(self) -> Iterator[str]:
        """Yield one line for each problem: a byte that changed, an object that is missing, a file that does not belong."""
        return find_problems(self.root, self.index, self._store)
