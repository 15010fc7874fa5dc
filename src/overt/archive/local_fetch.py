"""Captures a source's files from a folder."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from overt.archive.archive import Archive, StoredFile
from overt.archive.current_day import today
from overt.archive.errors import ArchiveError
from overt.archive.fetch_limits import Progress
from overt.archive.object_store import CHUNK
from overt.archive.snapshots import Snapshot


def fetch_local(
    archive: Archive,
    source: str,
    files: Mapping[str, Sequence[tuple[str, Path]]],
    *,
    licence: str,
    address: str = "",
    retrieved: str | None = None,
    progress: Progress | None = None,
) -> tuple[Snapshot, bool]:
    """Copy files (from `match_files`) into the archive as one snapshot. Return it, and whether it is new.

    `address` is only for files that Overt ships: a folder's path means nothing on another machine, and a file on a disk doesn't
    show its origin. `retrieved` is the day on which the files were obtained (default: today). `progress` is called with the
    number of bytes so far, of all files together. Raises ArchiveError for a file that can't be read or stored, and the errors of
    `Archive.add_snapshot`.
    """
    entries = [(role, name, path) for role, members in files.items() for name, path in members]
    try:
        total = sum(path.stat().st_size for _, _, path in entries)
    except OSError as error:
        raise ArchiveError(f"{error.filename}: cannot read the file: {error.strerror}") from error
    done = 0

    def chunks(path: Path) -> Iterator[bytes]:
        nonlocal done
        try:
            with path.open("rb") as handle:
                while chunk := handle.read(CHUNK):
                    done += len(chunk)
                    yield chunk
                    if progress is not None:
                        progress(done, max(total, done))
        except OSError as error:
            raise ArchiveError(f"{path}: cannot read the file: {error.strerror}") from error

    with archive.writing():
        stored = [StoredFile(archive.put_stream(chunks(path)), role, name, address) for role, name, path in entries]
        return archive.add_snapshot(source, retrieved or today(), licence, stored)
