"""`index.jsonl`: one line per capture, in the order of archiving, each chained to the previous line."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from overt.archive.capture_field_checks import is_day, is_file_name
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

    The line after an unreadable line is only parsed, because there is nothing to compare it with.
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


def _is_safe(capture: Capture) -> bool:
    """Return whether hash, source, day, snapshot id, role and name have a valid form.

    Some of them become names of folders, so an unsafe value in a forged index could lead outside the atlas.
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
