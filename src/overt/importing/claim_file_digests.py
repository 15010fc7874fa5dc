"""`claims/index.jsonl`: the digests of the files of each imported snapshot, with one line per snapshot.

While the claims of a snapshot are being replaced, the snapshot has a line for the old files and one for the new files. Even if
the run is killed, the files match one of these lines.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import orjson

from overt.model.files.atomic_writes import atomic_write
from overt.model.files.file_digests import Digests

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

    def file_digests(self, source: str, snapshot: str) -> list[Digests]:
        """Return a list of mappings from the names of a snapshot's files to their digests.

        The list has one mapping, or two while the claims are being replaced. It is empty if the snapshot has no claims.
        """
        return [line.files for line in self._read() if line[:2] == (source, snapshot)]

    def store(self, source: str, snapshot: str, digests: Sequence[Digests]) -> None:
        """Replace the digests of a snapshot, and remove the lines of other snapshots whose folder is missing.

        The caller must hold the lock.
        """
        remaining = (line for line in self._read() if line[:2] != (source, snapshot))
        lines = [line for line in remaining if (self._root / line.source / line.snapshot).is_dir()]
        lines += [_Line(source, snapshot, files) for files in digests]
        lines.sort(key=lambda line: line[:2])
        atomic_write(self._path, b"".join(orjson.dumps(line._asdict(), option=orjson.OPT_APPEND_NEWLINE) for line in lines))

    def _read(self) -> list[_Line]:
        """Read the lines. A damaged line counts as missing."""
        lines = []
        for data in self._path.read_bytes().splitlines() if self._path.is_file() else ():
            with suppress(ValueError, TypeError, KeyError):
                fields = orjson.loads(data)
                digests = {str(name): str(digest) for name, digest in dict(fields["files"]).items()}
                lines.append(_Line(str(fields["source"]), str(fields["snapshot"]), digests))
        return lines
