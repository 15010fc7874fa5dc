"""Where one measurement ends and the next begins: lines, JSON that runs over lines, arrays, and the YAML of old reports."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from overt.model.unpacking import PIECE, Stream

LONGEST = 64 << 20
"""Longest measurement that is read, in bytes; OONI's own are below 16 MB."""
_MOST_BLANK = 100_000
"""After so many lines without anything a file is taken to be empty."""
_BOM = b"\xef\xbb\xbf"
_OUTSIDE, _INSIDE = re.compile(rb'["{}\[\]]'), re.compile(rb'["\\]')
_YAML = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:---|%YAML|[A-Za-z_]{2,40}:(?:\s|$))")
_TOO_LONG = f"longer than {LONGEST >> 20} MB; no measurement is"


class Piece(NamedTuple):
    """The bytes of one measurement, where they stand, and what is wrong where they are not whole."""

    place: str
    data: bytes
    problem: str = ""
    yaml: bool = False
    header: bytes = b""
    """Of an old report: its first document, which tells what holds for all the others."""


def pieces(stream: Stream) -> Iterator[Piece]:
    """The measurements of a plain stream, in their order; at least one piece, even if it only says that there is none."""
    first, lines = b"", 0
    while not first.strip():
        first = stream.readline(LONGEST)
        lines += 1
        if not first or lines > _MOST_BLANK:
            yield Piece("", b"", "the file is empty")
            return
        if lines == 1:
            first = first.removeprefix(_BOM)
    start = first.lstrip()
    if start[:1] == b"{" and _is_line(first, stream):
        yield from _lines(first, lines, stream)
    elif start[:1] in (b"{", b"["):
        yield from _JsonText(stream).pieces(first)
    elif _YAML.match(first):
        yield from _documents(first, stream)
    else:
        yield Piece("", b"", "neither JSON nor a YAML report")


def _is_line(first: bytes, stream: Stream) -> bool:
    """Whether each line is a measurement: the first is whole, or the second begins as one does."""
    if first[-1:] != b"\n":
        return False
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return stream.peek(2)[:2] == b'{"'
    return True


def _lines(first: bytes, number: int, stream: Stream) -> Iterator[Piece]:
    line = first
    while line:
        if len(line) >= LONGEST and line[-1:] != b"\n":
            yield Piece(f"line={number}", b"", _TOO_LONG)
            while line and line[-1:] != b"\n":
                line = stream.readline(LONGEST)
        elif not line.isspace():
            yield Piece(f"line={number}", line)
        line = stream.readline(LONGEST)
        number += 1


class _JsonText:
    """JSON that does not keep to lines: objects one after the other, or in arrays."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._depth = 0  # of objects and arrays inside the object at hand
        self._in_string = False
        self._arrays = 0
        self._held: list[bytes] = []
        self._size = 0
        self._count = 0
        self._stray = False

    def pieces(self, first: bytes) -> Iterator[Piece]:
        chunk = first
        while chunk:
            yield from self._scan(chunk)
            chunk = self._stream.read1(PIECE)
        if self._depth:
            yield self._piece()
        if self._stray or not self._count:
            yield Piece("", b"", "there is something that is no object; a measurement is one")

    def _scan(self, chunk: bytes) -> Iterator[Piece]:
        at = begin = 0
        while True:
            found = (_INSIDE if self._in_string else _OUTSIDE).search(chunk, at)
            if found is None:
                break
            sign, at = chunk[found.start()], found.end()
            if self._in_string:
                if sign == 0x5C:  # a backslash takes the next byte with it, which may stand in the next chunk
                    at += 1
                    if at > len(chunk):
                        chunk += self._stream.read(1)
                else:
                    self._in_string = False
            elif sign == 0x22:
                self._in_string = True
                self._stray = self._stray or not self._depth
            elif sign in b"{[":
                if self._depth or sign == 0x7B:
                    if not self._depth:
                        self._stray = self._stray or bool(chunk[begin : found.start()].strip(b" \t\r\n,[]"))
                        begin = found.start()
                    self._depth += 1
                else:
                    self._arrays += 1
            elif self._depth:
                self._depth -= 1
                if not self._depth:
                    self._keep(chunk[begin:at])
                    begin = at
                    yield self._piece()
        if self._depth:
            self._keep(chunk[begin:])
        else:
            self._stray = self._stray or bool(chunk[begin:].strip(b" \t\r\n,[]"))

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= LONGEST:
            self._held.append(part)
        else:
            self._held.clear()

    def _piece(self) -> Piece:
        self._count += 1
        place = f"element={self._count}" if self._arrays else "" if self._count == 1 else f"object={self._count}"
        data, problem = b"".join(self._held), _TOO_LONG if self._size > LONGEST else ""
        self._held, self._size = [], 0
        return Piece(place, data, problem)


def _documents(first: bytes, stream: Stream) -> Iterator[Piece]:
    """Old reports are YAML documents between lines of three hyphens; the first tells what holds for all the others."""
    header, count = b"", 0
    for data in _between_hyphens(first, stream):
        count += 1
        if len(data) > LONGEST:
            yield Piece(f"document={count}", b"", _TOO_LONG, yaml=True)
        elif count == 1 and b"\ntest_keys:" not in b"\n" + data:
            header = data
        else:
            yield Piece(f"document={count}", data, yaml=True, header=header)
    if count == 1 and header:
        yield Piece(
            "",
            header,
            "a report that has a header and no measurements" if b"test_name:" in header else "neither JSON nor a YAML report",
        )


def _between_hyphens(first: bytes, stream: Stream) -> Iterator[bytes]:
    held: list[bytes] = []
    size, line = 0, first
    while line:
        if line[:3] in (b"---", b"...") and not line[3:4].strip():
            if held and size:
                yield b"".join(held)
            held, size = [line[3:]], len(line[3:].strip())
        else:
            size += len(line)
            held.append(line)
            if size > LONGEST:
                held = [b"".join(held)[: LONGEST + 1]]
        line = stream.readline(LONGEST)
    if held and size:
        yield b"".join(held)
