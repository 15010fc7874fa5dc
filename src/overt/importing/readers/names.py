"""Lists of domain names, a name a line, plain or packed by xz or gzip, and tar files of them; nothing is unpacked to disk."""

import gzip
import io
import lzma
import tarfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np
import pyarrow as pa

from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.source import FileSpec

LARGEST = 2 * 1024**3
"""Most bytes that a file may unpack to."""
LARGEST_RATIO = 500
"""Most unpacked bytes for each packed one above `HARMLESS`: daily lists that hardly differ pack to a fortieth."""
HARMLESS = 10_000_000
MOST_MEMBERS = 100_000
_BROKEN = (lzma.LZMAError, tarfile.TarError, zlib.error, EOFError, OSError, ValueError)
_MARK = b"\xef\xbb\xbf"


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


class _Bounded(io.RawIOBase):
    """An unpacked stream that gives up where it becomes a bomb."""

    def __init__(self, file: InputFile, inner: BinaryIO) -> None:
        self._file = file
        self._inner = inner
        self._taken = 0
        self._most = min(LARGEST, max(HARMLESS, file.path.stat().st_size * LARGEST_RATIO))

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size if size >= 0 else self._most + 1 - self._taken)
        self._taken += len(data)
        if self._taken > self._most:
            raise FileProblem(f"{self._file.name}: unpacks to more than {self._most:,} bytes; refused as a bomb")
        return data


@contextmanager
def _unpacked(file: InputFile) -> Iterator[BinaryIO]:
    """The bytes of a file, without its packing. Raises FileProblem, also for what breaks while it is read."""
    try:
        with file.path.open("rb") as handle:
            start = handle.read(6)
            handle.seek(0)
            opened: AbstractContextManager[Any] = nullcontext(handle)
            if start == b"\xfd7zXZ\x00":
                opened = lzma.open(handle)  # noqa: SIM115 - closed below
            elif start[:2] == b"\x1f\x8b":
                opened = gzip.open(handle)  # noqa: SIM115
            with opened as stream:
                yield cast("BinaryIO", _Bounded(file, stream))
    except _BROKEN as error:
        raise FileProblem(f"{file.name}: cannot be read ({error}); is the file cut off? get it again") from None


def read_lists(file: InputFile, spec: FileSpec) -> Iterator[NameList]:
    """The lists of a file in its order: one, or each member of an archive. Raises FileProblem."""
    with _unpacked(file) as stream:
        if spec.format == "names":
            yield _list(file, None, stream.read())
            return
        number = 0
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive, start=1):
                if number > MOST_MEMBERS:
                    raise FileProblem(f"{file.name}: has more than {MOST_MEMBERS:,} members; is this the right file?")
                held = archive.extractfile(member) if member.isfile() else None
                if held is not None:
                    yield _list(file, member.name, held.read())
                elif not member.isdir():
                    raise FileProblem(f"{file.name}: {member.name} is neither a file nor a folder; is this the right file?")
        if not number:
            raise FileProblem(f"{file.name}: there is no list in it; get it again")
        while stream.read(1 << 20):  # the packing has its check sum at its end, behind that of the archive
            pass


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
