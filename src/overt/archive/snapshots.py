"""Snapshots, each with all captures of one source that were fetched together, and their ids."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from overt.archive.capture_index import Capture


@dataclass(frozen=True)
class Snapshot:
    """All captures of one source that were fetched together, from its publisher or from a folder."""

    id: str
    source: str
    retrieved: str
    captures: tuple[Capture, ...]
    position: int
    """Rank among all snapshots of the archive, from 0. A cluster's published id comes from its record in the earliest snapshot
    by this rank.
    """


def snapshot_id(retrieved: str, files: Iterable[tuple[str, str, str]]) -> str:
    """Return a snapshot's id: the day and 8 hexadecimal digits of a hash of its files' sorted (role, name, sha256)."""
    text = json.dumps(sorted(files), ensure_ascii=False, separators=(",", ":"))
    return f"{retrieved}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def group_snapshots(captures: Iterable[Capture]) -> list[Snapshot]:
    """Group captures by snapshot. The snapshots, and the captures in each, are in the order of archiving."""
    groups: dict[tuple[str, str], list[Capture]] = {}
    for capture in captures:
        groups.setdefault((capture.source, capture.snapshot), []).append(capture)
    return [
        Snapshot(snapshot, source, members[0].retrieved, tuple(members), position)
        for position, ((source, snapshot), members) in enumerate(groups.items())
    ]
