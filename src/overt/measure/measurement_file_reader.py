"""Reads documents, the bytes of individual measurements, from files, folders and standard input. Inputs can have any size."""

import io
import os
import select
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from overt.measure.stream_split_into_measurements import Piece, split_measurements
from overt.model.errors import UsageError
from overt.model.files.unpacking import CHUNK_BYTES, ByteMeter, UnpackingError, unpack_streams

STANDARD_INPUT = "-"
_MIN_BYTES = 200
"""Minimum size, in bytes, of a piece that can be a measurement. Smaller pieces count towards the limit on decompression."""
_FORMAT_BYTES = 512
"""Number of bytes at the start of a stream that are examined to detect its format."""
_POLL_SECONDS = 0.5


class Document(NamedTuple):
    """The bytes of one measurement, not yet decoded."""

    file: str
    place: str
    data: bytes
    problem: str = ""
    """Why the bytes can't be decoded, or why there are none; empty if they may be a measurement."""
    yaml: bool = False
    header: bytes = b""


def read_documents(inputs: Iterable[str]) -> Iterator[Document]:
    """Yield the documents in files, in all files below folders (sorted by path), and in standard input for `-`.

    Hidden files in folders are skipped. A file that can't be read gives a document whose `problem` says why.

    Raises UsageError, before anything is read, if an input doesn't exist or a folder has no files. Also raises it if standard
    input is closed.
    """
    for path, name in input_files(inputs):
        if path is None:
            if sys.stdin is None:
                raise UsageError("-: standard input is closed; send measurements to it, or give a file")
            yield from _read_stream(name, cast(BinaryIO, _StandardInput(sys.stdin.buffer)))
            continue
        yield from read_file(name, path)


class _StandardInput(io.RawIOBase):
    """Standard input that returns the bytes available so far, so that measurements from an open pipe are judged as they arrive.

    It polls, so that Ctrl-C takes effect within `_POLL_SECONDS`. Python only handles a signal between its own steps, and if the
    signal goes to another thread, it doesn't interrupt a read that waits for input.
    """

    def __init__(self, buffer: BinaryIO) -> None:
        self._raw: BinaryIO = getattr(buffer, "raw", buffer)
        self._polls = os.name == "posix" and isinstance(self._raw, io.FileIO)

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes, but at least `_FORMAT_BYTES` unless `size` is smaller or the input ends earlier."""
        data = b""
        while len(data) < _FORMAT_BYTES and (more := self._next(size - len(data) if size >= 0 else CHUNK_BYTES)):
            data += more
        return data

    def _next(self, size: int) -> bytes:
        while self._polls and not select.select([self._raw], [], [], _POLL_SECONDS)[0]:
            pass
        return self._raw.read(size)


def read_file(name: str, path: Path) -> Iterator[Document]:
    """Yield the documents of one file, under `name`. Documents in an archive are under `name/member`.

    A file that can't be read gives a document whose `problem` says why.
    """
    try:
        with path.open("rb") as raw:
            yield from _read_stream(name, raw)
    except OSError as error:
        yield Document(_printable(name), "", b"", f"cannot be read: {error.strerror or error}")


def input_files(inputs: Iterable[str]) -> list[tuple[Path | None, str]]:
    """Return path and name of every file in the inputs, without hidden files in folders; the path of standard input is None.

    Raises UsageError if an input doesn't exist or a folder has no files.
    """
    files: list[tuple[Path | None, str]] = []
    for name in inputs:
        path = Path(name)
        if name == STANDARD_INPUT:
            files.append((None, name))
        elif path.is_dir():
            below = [file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")]
            if not below:
                raise UsageError(f"{name}: no files in this folder; give one that has measurements")
            files += [(file, str(file)) for file in below]
        elif path.exists():
            files.append((path, name))
        else:
            raise UsageError(f"{name}: no such file or folder; give measurements in OONI's format, or - for standard input")
    return files


def _read_stream(name: str, raw: BinaryIO) -> Iterator[Document]:
    inside, meter = name, ByteMeter()
    try:
        for inside, stream in unpack_streams(name, raw, meter):
            for piece in split_measurements(stream):
                if len(piece.data) >= _MIN_BYTES:
                    meter.useful += len(piece.data)
                yield _document(inside, piece)
    except UnpackingError as error:
        yield Document(_printable(inside), "", b"", str(error))


def _document(name: str, piece: Piece) -> Document:
    return Document(_printable(name), piece.place, piece.data, piece.problem, piece.yaml, piece.header)


def _printable(name: str) -> str:
    """Replace bytes of a file name that are not UTF-8 with escapes such as `\\udcff`, because no output can encode them."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode()
