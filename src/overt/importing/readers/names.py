"""Lists of domain names, a name a line, plain or packed, and tar files of them; nothing is unpacked to disk."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.source import FileSpec
from overt.model.unpacking import CHUNK_BYTES, ByteMeter, UnpackingError, unpack_streams

LARGEST = 2 * 1024**3
"""Most bytes that the lists of a file may have together: they stand in memory one by one, and what is made of them beside."""
_MARK = b"\xef\xbb\xbf"
_NO_ARCHIVE = "there is no list in it, as it is no tar archive or an empty one"
_ARCHIVE = "it is an archive, and should be one list"


class NameList(NamedTuple):
    """One list: its names as bytes, in lower case, and the number of the line that each stands in."""

    file: InputFile
    member: str | None
    """The list's name within its archive."""
    names: Any
    lines: Sequence[int]

    def locator(self, position: int | None = None) -> str:
        """Where the name at a position stands, or the whole list."""
        parts = [] if self.member is None else [f"member={self.member}"]
        parts += [] if position is None else [f"line={self.lines[position]}"]
        return ";".join(parts)


def read_lists(file: InputFile, spec: FileSpec) -> Iterator[NameList]:
    """The lists of a file in its order: one, or each member of an archive. Raises FileProblem."""
    archive = spec.format == "names-archive"
    taken, begin = 0, f"{file.name}/"
    try:
        with file.path.open("rb") as handle:
            for name, stream in unpack_streams(file.name, handle, ByteMeter(), strict=True):
                member = name.removeprefix(begin) if name != file.name else None
                if archive != (member is not None):
                    raise FileProblem(f"{file.name}: {_NO_ARCHIVE if archive else _ARCHIVE}; is this the right file?")
                pieces = []
                while piece := stream.read1(CHUNK_BYTES):
                    taken += len(piece)
                    if taken > LARGEST:
                        raise FileProblem(f"{file.name}: unpacks to more than {LARGEST:,} bytes; refused as a bomb")
                    pieces.append(piece)
                yield _list(file, member, b"".join(pieces))
    except UnpackingError as error:
        raise FileProblem(f"{file.name}: {error}; get it again") from None
    except OSError as error:
        raise FileProblem(f"{file.name}: cannot be read: {error.strerror or error}") from None


def read_places(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """The name at each locator that leads to one."""
    wanted: dict[str, list[int]] = {}
    for locator in locators:
        member, _, line = locator.rpartition("line=")
        if line.isdecimal():
            wanted.setdefault(member, []).append(int(line))
    found = {}
    for held in read_lists(file, spec):
        prefix = f"{held.locator()};" if held.member is not None else ""
        for number in wanted.get(prefix, ()):
            position = bisect_left(held.lines, number)
            if position < len(held.lines) and held.lines[position] == number:
                found[f"{prefix}line={number}"] = held.names[position].as_py().decode(errors="replace")
    return found


def _list(file: InputFile, member: str | None, data: bytes) -> NameList:
    """Empty lines are passed over; all else is a name, good or not."""
    data = data.removeprefix(_MARK).replace(b"\r\n", b"\n").lower()
    if data.lstrip()[:1] == b"<":
        raise FileProblem(f"{file.name}: this is a web page, not a list of names; was the download refused? get it again")
    if data and not data.endswith(b"\n"):
        data += b"\n"
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    # Without its line ends the text is what Arrow keeps of an array of strings, so no string is made here.
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data.replace(b"\n", b""))]
    names: Any = pa.Array.from_buffers(pa.binary(), len(ends), buffers)
    lines: Sequence[int] = range(1, len(ends) + 1)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled) < len(ends):
        names, lines = names.take(filled), [int(at) + 1 for at in filled]
    if not len(lines):
        raise FileProblem(f"{file.name}{f': {member}' if member else ''}: the list is empty; get it again")
    return NameList(file, member, names, lines)
