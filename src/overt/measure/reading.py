"""Files, folders and standard input → documents, one after the other, however large they are."""

import io
import os
import select
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from overt.measure.splitting import Piece, pieces
from overt.model.errors import UsageError
from overt.model.unpacking import PIECE, Meter, Unreadable, unpacked

STANDARD_INPUT = "-"
_SHORTEST = 200
"""No measurement has fewer bytes."""
_FORM_TOLD_BY = 512
"""So many first bytes tell what a stream is."""
_MOMENT = 0.5
"""Seconds."""


class Document(NamedTuple):
    """The bytes of one measurement, not yet decoded."""

    file: str
    place: str
    data: bytes
    problem: str = ""
    """Why there is nothing to decode."""
    yaml: bool = False
    header: bytes = b""


def documents(inputs: Iterable[str]) -> Iterator[Document]:
    """The documents in files, in all files below folders (in the order of their names), and in standard input for `-`.

    What cannot be read becomes a document that says so, and the next file is read. Raises UsageError, before anything is read,
    when an input is not there.
    """
    for path, name in files(inputs):
        if path is None:
            if sys.stdin is None:
                raise UsageError("-: standard input is closed; give measurements there, or a file")
            yield from _documents(name, cast(BinaryIO, _Piped(sys.stdin.buffer)))
            continue
        yield from documents_of(name, path)


class _Piped(io.RawIOBase):
    """Standard input by what is there, so that a pipe which stays open is judged as it fills. Ctrl-C is heard within a moment:
    Python hears it between its own steps, and another thread can take it while this one waits for the system to give bytes.
    """

    def __init__(self, buffer: BinaryIO) -> None:
        self._raw: BinaryIO = getattr(buffer, "raw", buffer)
        self._waits = os.name == "posix" and isinstance(self._raw, io.FileIO)

    def read(self, size: int = -1, /) -> bytes:
        """At least so much that the form can be told, or all to the end."""
        held = b""
        while len(held) < _FORM_TOLD_BY and (more := self._next(size - len(held) if size >= 0 else PIECE)):
            held += more
        return held

    def _next(self, size: int) -> bytes:
        while self._waits and not select.select([self._raw], [], [], _MOMENT)[0]:
            pass
        return self._raw.read(size)


def documents_of(name: str, path: Path) -> Iterator[Document]:
    """The documents of one file, which goes by `name`: of an archive they are of the file `name/member`."""
    try:
        with path.open("rb") as raw:
            yield from _documents(name, raw)
    except OSError as error:
        yield Document(_shown(name), "", b"", f"cannot be read: {error.strerror or error}")


def files(inputs: Iterable[str]) -> list[tuple[Path | None, str]]:
    """The files that inputs name; None stands for standard input. Raises UsageError when one is not there."""
    found: list[tuple[Path | None, str]] = []
    for given in inputs:
        path = Path(given)
        if given == STANDARD_INPUT:
            found.append((None, given))
        elif path.is_dir():
            held = [one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith(".")]
            if not held:
                raise UsageError(f"{given}: no files in this folder; give one that holds measurements")
            found += [(one, str(one)) for one in held]
        elif path.exists():
            found.append((path, given))
        else:
            raise UsageError(f"{given}: no such file or folder; give measurements in OONI's format, or - for standard input")
    return found


def _documents(name: str, raw: BinaryIO) -> Iterator[Document]:
    inside, meter = name, Meter()
    try:
        for inside, stream in unpacked(name, raw, meter):
            for piece in pieces(stream):
                if len(piece.data) >= _SHORTEST:
                    meter.useful += len(piece.data)
                yield _document(inside, piece)
    except Unreadable as error:
        yield Document(_shown(inside), "", b"", str(error))


def _document(name: str, piece: Piece) -> Document:
    return Document(_shown(name), piece.place, piece.data, piece.problem, piece.yaml, piece.header)


def _shown(name: str) -> str:
    """Names of files need not be UTF-8, and no output carries what is not: such bytes stand as `\\udcff`."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode()
