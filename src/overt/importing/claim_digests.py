"""`claims/index.jsonl`: the digests of the files of each imported snapshot, one line a snapshot."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from overt.model.atomic_files import atomic_write
from overt.model.file_digests import Digests

INDEX = "index.jsonl"


class _Line(NamedTuple):
    source: str
    snapshot: str
    files: Digests


class ClaimDigests:
    """The digests of all snapshots in `claims/`. The file can be deleted; the snapshots are then imported again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / INDEX

    def of(self, source: str, snapshot: str) -> Digests:
        """Return the digests of a snapshot's files by name; empty if there are none."""
        return next((line.files for line in self._read() if line[:2] == (source, snapshot)), {})

    def store(self, source: str, snapshot: str, digests: Digests) -> None:
        """Replace the digests of a snapshot. The caller must hold the lock. Lines of snapshots without a folder are removed."""
        present = {line[:2]: line for line in self._read() if (self._root / line.source / line.snapshot).is_dir()}
        present[source, snapshot] = _Line(source, snapshot, digests)
        lines = [orjson.dumps(line._asdict(), option=orjson.OPT_APPEND_NEWLINE) for _, line in sorted(present.items())]
        atomic_write(self._path, b"".join(lines))

    def _read(self) -> list[_Line]:
        """Read the lines. One that is damaged counts as missing."""
        lines = []
        for data in self._path.read_bytes().splitlines() if self._path.is_file() else ():
            with suppress(ValueError, TypeError, KeyError):
                fields = orjson.loads(data)
                digests = {str(name): str(digest) for name, digest in dict(fields["files"]).items()}
                lines.append(_Line(str(fields["source"]), str(fields["snapshot"]), digests))
        return lines
