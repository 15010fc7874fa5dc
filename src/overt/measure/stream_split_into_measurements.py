"""Splits a stream into measurements: JSON lines, JSON over several lines, arrays, and the YAML of old reports."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from overt.model.files.unpacking import CHUNK_BYTES, Stream

MAX_BYTES = 64 << 20
"""Maximum size of a measurement; OONI's own are below 16 MB."""
_MAX_BLANK_LINES = 100_000
"""Number of blank lines after which a file counts as empty."""
_BOM = b"\xef\xbb\xbf"
_BACKSLASH, _QUOTE, _OPEN_BRACE = map(ord, '\\"{')
_OUTSIDE, _INSIDE = re.compile(rb'["{}\[\]]'), re.compile(rb'["\\]')
"""Match the bytes that matter outside and inside a JSON string."""
_SEPARATORS = b" \t\r\n,[]"
_YAML = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:---|%YAML|[A-Za-z_]{2,40}:(?:\s|$))")
_TOO_LONG = f"longer than {MAX_BYTES >> 20} MB; no measurement is"
_UNKNOWN_FORMAT = "neither JSON nor a YAML report"


class Piece(NamedTuple):
    """One measurement in a stream, or the reason why there is none."""

    place: str
    """Place in the stream, such as `line=3` or `element=3`.

    Empty for an object of several lines at the start of the stream, and for a problem of the whole stream.
    """
    data: bytes
    problem: str = ""
    """Why the bytes are missing or useless; empty if they may be a measurement."""
    yaml: bool = False
    header: bytes = b""
    """First document of an old report, with the fields that all measurements in the report share."""


def split_measurements(stream: Stream) -> Iterator[Piece]:
    """Yield the measurements of an unpacked stream in order. There is at least one piece, even if it only has a problem."""
    first, lines = b"", 0
    while not first.strip():
        first = stream.readline(MAX_BYTES)
        lines += 1
        if not first or lines > _MAX_BLANK_LINES:
            yield Piece("", b"", "the file is empty")
            return
        if lines == 1:
            first = first.removeprefix(_BOM)
    start = first.lstrip()
    if start[:1] == b"{" and _is_json_lines(first, stream):
        yield from _split_lines(first, lines, stream)
    elif start[:1] in (b"{", b"["):
        yield from _JsonSplitter(stream).split(first)
    elif _YAML.match(first):
        yield from _split_yaml(first, stream)
    else:
        yield Piece("", b"", _UNKNOWN_FORMAT)


def _is_json_lines(first: bytes, stream: Stream) -> bool:
    """Return whether each line is a measurement.

    This is so if the first line is complete JSON, or if the second begins like another measurement.
    """
    if first[-1:] != b"\n":
        return False
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return stream.peek(2)[:2] == b'{"'
    return True


def _split_lines(first: bytes, number: int, stream: Stream) -> Iterator[Piece]:
    line = first
    while line:
        if len(line) >= MAX_BYTES and line[-1:] != b"\n":
            yield Piece(f"line={number}", b"", _TOO_LONG)
            while line and line[-1:] != b"\n":
                line = stream.readline(MAX_BYTES)
        elif not line.isspace():
            yield Piece(f"line={number}", line)
        line = stream.readline(MAX_BYTES)
        number += 1


class _JsonSplitter:
    """Splits JSON regardless of line ends: objects one after the other, or in arrays."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._depth = 0  # Number of open objects and arrays within the current object.
        self._in_string = False
        self._arrays = 0
        self._parts: list[bytes] = []
        self._size = 0
        self._count = 0
        self._has_non_objects = False

    def split(self, first: bytes) -> Iterator[Piece]:
        chunk = first
        while chunk:
            yield from self._scan(chunk)
            chunk = self._stream.read1(CHUNK_BYTES)
        if self._depth:
            yield self._piece()
        if self._has_non_objects or not self._count:
            yield Piece("", b"", "it has something that is not an object, as a measurement must be")

    def _scan(self, chunk: bytes) -> Iterator[Piece]:
        position = begin = 0
        while True:
            match = (_INSIDE if self._in_string else _OUTSIDE).search(chunk, position)
            if match is None:
                break
            byte, position = chunk[match.start()], match.end()
            if self._in_string:
                if byte == _BACKSLASH:  # A backslash escapes the next byte, which may be in the next chunk.
                    position += 1
                    if position > len(chunk):
                        chunk += self._stream.read(1)
                else:
                    self._in_string = False
            elif byte == _QUOTE:
                self._in_string = True
                self._has_non_objects = self._has_non_objects or not self._depth
            elif byte in b"{[":
                if self._depth or byte == _OPEN_BRACE:
                    if not self._depth:
                        between = chunk[begin : match.start()].strip(_SEPARATORS)
                        self._has_non_objects = self._has_non_objects or bool(between)
                        begin = match.start()
                    self._depth += 1
                else:
                    self._arrays += 1
            elif self._depth:
                self._depth -= 1
                if not self._depth:
                    self._append(chunk[begin:position])
                    begin = position
                    yield self._piece()
        if self._depth:
            self._append(chunk[begin:])
        else:
            self._has_non_objects = self._has_non_objects or bool(chunk[begin:].strip(_SEPARATORS))

    def _append(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= MAX_BYTES:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _piece(self) -> Piece:
        self._count += 1
        place = f"element={self._count}" if self._arrays else "" if self._count == 1 else f"object={self._count}"
        data, problem = b"".join(self._parts), _TOO_LONG if self._size > MAX_BYTES else ""
        self._parts, self._size = [], 0
        return Piece(place, data, problem)


def _split_yaml(first: bytes, stream: Stream) -> Iterator[Piece]:
    """Split an old report. A first YAML document without `test_keys` has the fields that all its measurements share."""
    header, count = b"", 0
    for data in _yaml_documents(first, stream):
        count += 1
        if len(data) > MAX_BYTES:
            yield Piece(f"document={count}", b"", _TOO_LONG, yaml=True)
        elif count == 1 and b"\ntest_keys:" not in b"\n" + data:
            header = data
        else:
            yield Piece(f"document={count}", data, yaml=True, header=header)
    if not count:
        yield Piece("", first, _UNKNOWN_FORMAT)
    if count == 1 and header:
        is_report = b"test_name:" in header
        yield Piece("", header, "a report that has a header and no measurements" if is_report else _UNKNOWN_FORMAT)


def _yaml_documents(first: bytes, stream: Stream) -> Iterator[bytes]:
    """Yield the documents between lines that consist of three hyphens or dots, or start with them and a space."""
    parts: list[bytes] = []
    size, line = 0, first
    while line:
        if line[:3] in (b"---", b"...") and not line[3:4].strip():
            if parts and size:
                yield b"".join(parts)
            parts, size = [line[3:]], len(line[3:].strip())
        else:
            size += len(line)
            parts.append(line)
            if size > MAX_BYTES:
                parts = [b"".join(parts)[: MAX_BYTES + 1]]
        line = stream.readline(MAX_BYTES)
    if parts and size:
        yield b"".join(parts)
