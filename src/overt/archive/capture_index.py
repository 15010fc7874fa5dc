"""`index.jsonl`: one line per capture, in the order of archiving, each chained to the line before."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from overt.archive.errors import ArchiveError
from overt.archive.object_store import SHA256
from overt.model.record_ids import SOURCE_NAME


@dataclass(frozen=True)
class Capture:
    """One archived file, as one snapshot of a source names it; its fields are the keys of a line, in this order."""

    sha256: str
    bytes: int
    source: str
    role: str
    """Which file of its source it is, as source.yml names them."""
    name: str
    """Path below the folder it was copied from, or last part of its address."""
    address: str
    """Where it came from: the publisher's address, never with a user name or password; `overt:edition/…` for what Overt ships;
    nothing for a file that was read from a disk, whoever put it there."""
    retrieved: str
    """Day on which these bytes were what the publisher said, YYYY-MM-DD."""
    snapshot: str
    licence: str
    chain: str
    """SHA-256 over the chain of the line before and this line without its chain."""


@dataclass(frozen=True)
class Snapshot:
    """The captures of one source that belong together."""

    id: str
    source: str
    retrieved: str
    captures: tuple[Capture, ...]
    position: int
    """Rank among all snapshots of the archive, from 0: the order that decides which record is an anchor."""


class IndexLine(NamedTuple):
    """One line as read: what it says, or what is wrong with it."""

    number: int
    capture: Capture | None
    problem: str | None


_TYPES = {field.name: int if field.name == "bytes" else str for field in fields(Capture)}


def snapshot_id(retrieved: str, files: Iterable[tuple[str, str, str]]) -> str:
    """The day and 8 hexadecimal digits over the sorted (role, name, sha256) of all files."""
    text = json.dumps(sorted(files), ensure_ascii=False, separators=(",", ":"))
    return f"{retrieved}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def chain_capture(previous: str, fields: dict[str, Any]) -> Capture:
    """The capture with its chain; `fields` are all others, in order."""
    return Capture(**fields, chain=hashlib.sha256((previous + _text(fields)).encode()).hexdigest())


def serialise(capture: Capture) -> bytes:
    """The capture's line, with its line feed."""
    return _text(asdict(capture)).encode() + b"\n"


def read_index_lines(data: bytes) -> Iterator[IndexLine]:
    """Read an index strictly: any byte that differs from what was written is a problem of its line."""
    previous: str | None = ""
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        capture = _parse(line)
        if capture is None:
            yield IndexLine(number, None, "is not a line that Overt wrote")
            previous = None  # one damaged line is one problem: the next line is taken at its word
            continue
        problem = None
        if previous is not None and capture != chain_capture(
            previous, {k: v for k, v in asdict(capture).items() if k != "chain"}
        ):
            problem = "does not fit the line before it"
        yield IndexLine(number, capture, problem)
        previous = capture.chain
    if lines[-1]:
        yield IndexLine(len(lines), None, "is cut off")


def group_snapshots(captures: Iterable[Capture]) -> list[Snapshot]:
    """Captures in their order, as snapshots in theirs."""
    groups: dict[tuple[str, str], list[Capture]] = {}
    for capture in captures:
        groups.setdefault((capture.source, capture.snapshot), []).append(capture)
    return [
        Snapshot(snapshot, source, members[0].retrieved, tuple(members), position)
        for position, ((source, snapshot), members) in enumerate(groups.items())
    ]


def check_fields(source: str, retrieved: str, files: list[tuple[str, str, str]]) -> None:
    """Raise ArchiveError for what must not enter the index; `files` are (role, name, sha256)."""
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
    """Whether the text can stand as a file's name in the index: not empty, Unicode, without control characters."""
    try:
        text.encode()
    except UnicodeEncodeError:  # a name that is no UTF-8, as some systems allow
        return False
    return bool(text) and all(" " <= character != "\x7f" for character in text)


def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _parse(line: bytes) -> Capture | None:
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict) or {name: type(value) for name, value in fields.items()} != _TYPES:
            return None
        capture = Capture(**fields)
        # Written again it must be the same bytes: so spaces, order and escapes count, too.
        return capture if serialise(capture) == line + b"\n" and SHA256.fullmatch(capture.sha256) else None
    except (ValueError, UnicodeEncodeError):
        return None
