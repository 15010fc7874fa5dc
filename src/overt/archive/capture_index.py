"""`index.jsonl`: one line per capture, in the order of archiving, each chained to the previous line. This module also groups
captures into snapshots, and checks what enters the index.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from overt.archive.errors import ArchiveError
from overt.archive.object_store import SHA256
from overt.model.record_ids import SOURCE_NAME


@dataclass(frozen=True)
class Capture:
    """An archived file of a snapshot. Its fields are the keys of an index line, in this order."""

    sha256: str
    bytes: int
    source: str
    role: str
    """Role of the file in its source, as defined in source.yml."""
    name: str
    """Path of the file below the folder that it was copied from; for a download, the last part of its address or a chosen name.
    """
    address: str
    """The publisher's address, always without user name, password and query. It is `overt:edition/…` for files of other
    publishers that Overt ships, and empty for files copied from a folder.
    """
    retrieved: str
    """Day on which the file was obtained from the publisher, as YYYY-MM-DD."""
    snapshot: str
    licence: str
    chain: str
    """SHA-256 over the chain of the previous line and this line's other fields."""


@dataclass(frozen=True)
class Snapshot:
    """Captures of one source that belong together."""

    id: str
    source: str
    retrieved: str
    captures: tuple[Capture, ...]
    position: int
    """Rank among all snapshots of the archive, from 0. A cluster gets its published id from the record that appeared first by
    this rank.
    """


class IndexLine(NamedTuple):
    """A line of the index, and the problem with it, if it has one."""

    number: int
    """Line number, from 1."""
    capture: Capture | None
    """The capture; None if the line can't be parsed."""
    problem: str | None
    """The problem with the line; None if there is none."""


_SNAPSHOT = re.compile(r"-[0-9a-f]{8}")
_TYPES = {field.name: int if field.name == "bytes" else str for field in fields(Capture)}


def snapshot_id(retrieved: str, files: Iterable[tuple[str, str, str]]) -> str:
    """Return a snapshot's id: the day and 8 hexadecimal digits of a hash of its files' sorted (role, name, sha256)."""
    text = json.dumps(sorted(files), ensure_ascii=False, separators=(",", ":"))
    return f"{retrieved}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def chain_capture(previous: str, fields: dict[str, Any]) -> Capture:
    """Build a capture with its chain. `previous`: the chain of the previous line, empty for the first line. `fields`: all other
    fields, in their order.
    """
    return Capture(**fields, chain=hashlib.sha256((previous + _encode(fields)).encode()).hexdigest())


def serialise(capture: Capture) -> bytes:
    """Encode a capture as a line, with its line feed."""
    return _encode(asdict(capture)).encode() + b"\n"


def read_index_lines(data: bytes) -> Iterator[IndexLine]:
    """Yield the lines of an index. A line has a problem unless it is exactly what Overt writes after the previous line.

    The line after one that can't be parsed is only parsed, not compared with it.
    """
    previous: str | None = ""
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        capture = _parse(line)
        if capture is None:
            yield IndexLine(number, None, "is not a line that Overt wrote")
            previous = None  # One damaged line is one problem, so the next line is not checked against it.
            continue
        problem = None
        if previous is not None and capture != chain_capture(
            previous, {k: v for k, v in asdict(capture).items() if k != "chain"}
        ):
            problem = "does not fit the previous line"
        yield IndexLine(number, capture, problem)
        previous = capture.chain
    if lines[-1]:
        yield IndexLine(len(lines), None, "is cut off")


def group_snapshots(captures: Iterable[Capture]) -> list[Snapshot]:
    """Group captures by snapshot. The snapshots, and the captures in each, are in the order of archiving."""
    groups: dict[tuple[str, str], list[Capture]] = {}
    for capture in captures:
        groups.setdefault((capture.source, capture.snapshot), []).append(capture)
    return [
        Snapshot(snapshot, source, members[0].retrieved, tuple(members), position)
        for position, ((source, snapshot), members) in enumerate(groups.items())
    ]


def check_fields(source: str, retrieved: str, files: list[tuple[str, str, str]]) -> None:
    """Raise ArchiveError for an invalid source name, day, role or file name, for no files, and for two files with the same role
    and name. `files` are (role, name, sha256).
    """
    if not SOURCE_NAME.fullmatch(source):
        raise ArchiveError(f"{source!r} is not a source's name (lower-case letters, digits, underscores)")
    if not is_day(retrieved):
        raise ArchiveError(f"{source}: {retrieved!r} is not a day; write it as 2026-11-24")
    if not files:
        raise ArchiveError(f"{source}: a snapshot needs at least one file")
    seen: set[tuple[str, str]] = set()
    for role, name, _ in files:
        if not role or not is_file_name(name):
            raise ArchiveError(f"{source}: {role}: {name!r} cannot be a file's name in the archive; rename the file")
        if (role, name) in seen:
            raise ArchiveError(f"{source}: {role}: {name} is named twice in one snapshot")
        seen.add((role, name))


def is_file_name(text: str) -> bool:
    """Return whether a string can be a file's name in the index: not empty, valid Unicode, no ASCII control characters."""
    try:
        text.encode()
    except UnicodeEncodeError:  # Some systems allow file names that are not UTF-8.
        return False
    return bool(text) and all(" " <= character != "\x7f" for character in text)


def is_day(text: str) -> bool:
    """Return whether a string is a valid date in the form YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_safe(capture: Capture) -> bool:
    """Return whether hash, source, day, snapshot id, role and name have a valid form.

    Folders are named after some of them, so a forged index must not lead outside the atlas.
    """
    return bool(
        SHA256.fullmatch(capture.sha256)
        and SOURCE_NAME.fullmatch(capture.source)
        and is_day(capture.retrieved)
        and _SNAPSHOT.fullmatch(capture.snapshot.removeprefix(capture.retrieved))
        and capture.role
        and is_file_name(capture.name)
    )


def _encode(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _parse(line: bytes) -> Capture | None:
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict) or {name: type(value) for name, value in fields.items()} != _TYPES:
            return None
        capture = Capture(**fields)
        # Comparing the encoded bytes also checks spaces, order and escapes.
        return capture if serialise(capture) == line + b"\n" and _is_safe(capture) else None
    except (ValueError, RecursionError):  # Deeply nested brackets exhaust Python's stack.
        return None
