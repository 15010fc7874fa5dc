"""Verifies the archive, byte by byte."""

from collections.abc import Iterator
from pathlib import Path

from overt.archive.capture_index import Capture, read_index_lines
from overt.archive.object_store import PARTIAL, ObjectStore
from overt.archive.snapshots import group_snapshots, snapshot_id
from overt.model.files.atomic_writes import TEMPORARY_PREFIX
from overt.model.files.file_digests import sha256_file


def find_problems(root: Path, index: Path, store: ObjectStore) -> Iterator[str]:
    """Yield a line for each problem with the archive under `root`, as `Archive.verify` does."""
    captures: list[Capture] = []
    if index.is_file():
        for line in read_index_lines(index.read_bytes()):
            if line.problem is not None:
                yield f"{index}: line {line.number} {line.problem}"
            if line.capture is not None:
                captures.append(line.capture)
    for snapshot in group_snapshots(captures):
        if snapshot.id != snapshot_id(snapshot.retrieved, ((c.role, c.name, c.sha256) for c in snapshot.captures)):
            yield f"{index}: snapshot {snapshot.id} of {snapshot.source} has lost captures"
    yield from _object_problems(captures, store)
    yield from _stray_files(root, index, {capture.sha256 for capture in captures}, store)


def _object_problems(captures: list[Capture], store: ObjectStore) -> Iterator[str]:
    seen: set[str] = set()
    for capture in captures:
        if capture.sha256 in seen:
            continue
        seen.add(capture.sha256)
        path = store.locate(capture.sha256)
        label = f"{path}: {capture.name} of {capture.source} ({capture.snapshot})"
        if path.is_symlink() or not path.is_file():
            yield f"{label} is missing"
        elif sha256_file(path) != capture.sha256:
            yield f"{label} has changed since it was archived"


def _stray_files(root: Path, index: Path, indexed: set[str], store: ObjectStore) -> Iterator[str]:
    # A run may be killed after it has stored an object, but before it has added the object's line to the index. That is not a
    # problem, because the next run removes the object.
    known = {store.locate(sha256) for sha256 in indexed | store.pending()} | {index}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if relative.parts[0] == PARTIAL or relative.name.startswith(TEMPORARY_PREFIX):
            continue
        if path not in known and (path.is_symlink() or not path.is_dir()):
            yield f"{path}: the index does not name this file"
