"""Lists of domain names, one per line, plain or compressed, and tar files of them. Nothing is unpacked to disk."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile
from overt.model.files.unpacking import CHUNK_BYTES, ByteMeter, UnpackingError, unpack_streams
from overt.model.source import FileSpec

MAX_BYTES = 2 * 1024**3
"""Maximum number of unpacked bytes of a file's lists. Only one list and the data derived from it are in memory at a time."""
_BOM = b"\xef\xbb\xbf"
_NO_ARCHIVE = "there is no list in it: it is not a tar archive, or an empty one"
_UNEXPECTED_ARCHIVE = "it is an archive, but should be one list"


class DomainList(NamedTuple):
    """One list of domain names."""

    file: InputFile
    member: str | None
    """The list's name within its archive; None if the file is the list."""
    names: Any
    """Arrow array of the names as bytes, in lower case."""
    lines: Sequence[int]
    """Line number of each name."""

    def locator(self, position: int | None = None) -> str:
        """Return the locator of the name at a position or, without a position, of the list."""
        parts = [] if self.member is None else [f"member={self.member}"]
        parts += [] if position is None else [f"line={self.lines[position]}"]
        return ";".join(parts)


def read_lists(file: InputFile, spec: FileSpec) -> Iterator[DomainList]:
    """Yield the lists in a file in order: a single list, or each member of an archive.

    Raises FileProblem for an unreadable or very large file, for an archive in place of a list, for a list in place of an
    archive, for a web page, and for an empty list.
    """
    is_archive = spec.format == "names-archive"
    size, prefix = 0, f"{file.name}/"
    try:
        with file.path.open("rb") as handle:
            for name, stream in unpack_streams(file.name, handle, ByteMeter(), strict=True):
                member = name.removeprefix(prefix) if name != file.name else None
                if is_archive != (member is not None):
                    raise FileProblem(
                        f"{file.name}: {_NO_ARCHIVE if is_archive else _UNEXPECTED_ARCHIVE}; is this the right file?"
                    )
                chunks = []
                while chunk := stream.read1(CHUNK_BYTES):
                    size += len(chunk)
                    if size > MAX_BYTES:
                        raise FileProblem(
                            f"{file.name}: unpacks to more than {MAX_BYTES:,} bytes; refused as a decompression bomb"
                        )
                    chunks.append(chunk)
                yield _parse_list(file, member, b"".join(chunks))
    except UnpackingError as error:
        raise FileProblem(f"{file.name}: {error}; download it again") from None
    except OSError as error:
        raise FileProblem(f"{file.name}: cannot be read: {error.strerror or error}") from None


def read_places(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """Return the name at each locator; locators that match no name are left out. Raises FileProblem as `read_lists` does."""
    lines: dict[str, list[int]] = {}
    for locator in locators:
        member, _, line = locator.rpartition("line=")
        if line.isdecimal():
            lines.setdefault(member, []).append(int(line))
    names = {}
    for domain_list in read_lists(file, spec):
        prefix = f"{domain_list.locator()};" if domain_list.member is not None else ""
        for number in lines.get(prefix, ()):
            position = bisect_left(domain_list.lines, number)
            if position < len(domain_list.lines) and domain_list.lines[position] == number:
                names[f"{prefix}line={number}"] = domain_list.names[position].as_py().decode(errors="replace")
    return names


def _parse_list(file: InputFile, member: str | None, data: bytes) -> DomainList:
    """Parse a list. Empty lines are skipped; everything else is a name, valid or not.

    Raises FileProblem for a web page or an empty list.
    """
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n").lower()
    if data.lstrip()[:1] == b"<":
        raise FileProblem(f"{file.name}: this is a web page, not a list of names; was the download refused? download it again")
    if data and not data.endswith(b"\n"):
        data += b"\n"
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    # Without its line ends, the file's content serves as the buffer of an Arrow array, so that no strings have to be created.
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    buffers = [None, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data.replace(b"\n", b""))]
    names: Any = pa.Array.from_buffers(pa.binary(), len(ends), buffers)
    lines: Sequence[int] = range(1, len(ends) + 1)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled) < len(ends):
        names, lines = names.take(filled), [int(index) + 1 for index in filled]
    if not len(lines):
        raise FileProblem(f"{file.name}{f': {member}' if member else ''}: the list is empty; download it again")
    return DomainList(file, member, names, lines)
