"""The records that there are, by any of their names, and whether two of them can be judged."""

from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from overt.model.errors import UsageError
from overt.model.schema import Schema

_COLUMNS = ["record", "type", "id", "own_id"]


class Member(NamedTuple):
    """A source record, its type, and the published id of the cluster that it is in."""

    record: str
    type: str
    id: str


class Members:
    """Who is who as `overt resolve` left it; read once, never changes."""

    def __init__(self, resolved: Path) -> None:
        """Raises UsageError when nothing is resolved."""
        table = pq.read_table(_path(resolved), columns=_COLUMNS)
        self._by_record: dict[str, Member] = {}
        self._own: dict[str, str] = {}
        self._clusters: dict[str, list[str]] = {}
        for record, kind, identity, own in zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True):
            self._by_record[record] = Member(record, kind, identity)
            self._own[own] = record
            self._clusters.setdefault(identity, []).append(record)

    def get(self, record: str) -> Member | None:
        """A source record; nothing when there is none."""
        return self._by_record.get(record)

    def find(self, name: str) -> Member:
        """A source record, or the one whose own id a published id is. Raises UsageError when there is none."""
        found = self._by_record.get(self._own.get(name, name))
        if found is None:
            raise _nothing(name)
        return found

    def cluster(self, identity: str) -> list[str]:
        """The records that are published under an id, sorted."""
        return sorted(self._clusters.get(identity, ()))


def find_member(resolved: Path, name: str) -> Member:
    """As `Members.find`, without reading all the others."""
    column = "own_id" if name.startswith("ovt-") else "record"
    found = pq.read_table(_path(resolved), columns=_COLUMNS[:3], filters=[(column, "=", name)]).to_pylist()
    if not found:
        raise _nothing(name)
    return Member(**found[0])


def check_pair(schema: Schema, one: Member, other: Member) -> None:
    """Raise UsageError when the two can never be the same thing, so that a judgement on them would say nothing."""
    if one.type != other.type:
        raise UsageError(
            f"{one.record} is of type {one.type}, {other.record} of type {other.type}; only records of one type can be the same"
        )
    if not schema.types[one.type].merges:
        merging = ", ".join(kind.name for kind in schema.types.values() if kind.merges)
        raise UsageError(f"{one.record}: records of type {one.type} are never merged; only those of {merging}")


def _path(resolved: Path) -> Path:
    path = resolved / "members.parquet"
    if not path.is_file():
        raise UsageError(f"{resolved.parent}: nothing is resolved yet; run `overt resolve`")
    return path


def _nothing(name: str) -> UsageError:
    return UsageError(f"{name}: there is no such record; `overt resolve` takes in what was imported or added since")
