"""Re-reading the archive, byte for byte."""

from collections.abc import Iterator
from pathlib import Path

from overt.archive.capture_index import Capture, group_snapshots, read_index_lines, snapshot_id
from overt.archive.object_store import PARTIAL, ObjectStore
from overt.model.atomic_files import TEMPORARY_PREFIX, sha256_file


def find_problems(root: Path, index: Path, store: ObjectStore) -> Iterator[str]:
    """Yield one line per problem of the archive under `root`; none means that each byte is as it was written."""
    captures: list[Capture] = []
    if index.is_file():
        for line in read_index_lines(index.read_bytes()):
            if line.problem is not None:
                yield f"{index}: line {line.number} {line.problem}"
            if line.capture is not None:
                captures.append(line.capture)
    for snapshot in group_snapshots(captures):
        if snapshot.id != snapshot_id(snapshot.retrieved, ((c.role, c.name, c.sha256) for c in snapshot.captures)):
            yield f"{index}: snapshot {snapshot.id} of {snapshot.source} has not all its captures"
    yield from _objects(captures, store)
    yield from _strays(root, index, {capture.sha256 for capture in captures}, store)


def _objects(captures: list[Capture], store: ObjectStore) -> Iterator[str]:
    seen: set[str] = set()
    for capture in captures:
        if capture.sha256 in seen:
            continue
        seen.add(capture.sha256)
        path = store.locate(capture.sha256)
        what = f"{path}: {capture.name} of {capture.source} ({capture.snapshot})"
        if path.is_symlink() or not path.is_file():
            yield f"{what} is missing"
        elif sha256_file(path) != capture.sha256:
            yield f"{what} is not what was archived"


def _strays(root: Path, index: Path, indexed: set[str], store: ObjectStore) -> Iterator[str]:
    # Between an object and its line a run can be killed: the object then waits to be cleared away, and harms nothing.
    known = {store.locate(sha256) for sha256 in indexed | store.pending()} | {index}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if inside.parts[0] == PARTIAL or inside.name.startswith(TEMPORARY_PREFIX):
            continue
        if path not in known and (path.is_symlink() or not path.is_dir()):
            yield f"{path}: the index does not name this file"
