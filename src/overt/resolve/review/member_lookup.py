"""Look up the records of a resolution by any of their ids, and check whether two of them can be judged."""

from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from overt.model.errors import UsageError
from overt.model.schema import Schema
from overt.resolve.resolved_table_reader_and_digests import check_table

_COLUMNS = ["record", "type", "id", "own_id"]


class Member(NamedTuple):
    """A source record, its type, and the published id of its cluster."""

    record: str
    type: str
    id: str


class NothingResolved(UsageError):
    """Raised if an atlas has no resolved records yet."""


class Members:
    """The members of all clusters, as written by `overt resolve`. They are read once and never change."""

    def __init__(self, resolved: Path) -> None:
        """Read the members. Raises UsageError if nothing is resolved, and OvertError for a table that can't be used."""
        table = pq.read_table(_path(resolved), columns=_COLUMNS)
        self._by_record: dict[str, Member] = {}
        self._by_own_id: dict[str, str] = {}
        self._clusters: dict[str, list[str]] = {}
        for record, record_type, identity, own_id in zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True):
            self._by_record[record] = Member(record, record_type, identity)
            self._by_own_id[own_id] = record
            self._clusters.setdefault(identity, []).append(record)

    def get(self, record: str) -> Member | None:
        """Return the member with this record id; None if there is none."""
        return self._by_record.get(record)

    def find(self, name: str) -> Member:
        """Return the member with this record id, or with the published id that is made from its record id.

        Raises UsageError if there is no such record.
        """
        member = self._by_record.get(self._by_own_id.get(name, name))
        if member is None:
            raise _unknown_record(name)
        return member

    def cluster(self, identity: str) -> list[str]:
        """Return the records with this published id, sorted."""
        return sorted(self._clusters.get(identity, ()))


def find_member(resolved: Path, name: str) -> Member:
    """Return a member as `Members(resolved).find` does, without loading all members. Raises the same errors."""
    column = "own_id" if name.startswith("ovt-") else "record"
    rows = pq.read_table(_path(resolved), columns=_COLUMNS[:3], filters=[(column, "=", name)]).to_pylist()
    if not rows:
        raise _unknown_record(name)
    return Member(**rows[0])


def check_pair(schema: Schema, left: Member, right: Member) -> None:
    """Raise UsageError if two records can never be the same entity, because a judgement on them would have no effect."""
    if left.type != right.type:
        raise UsageError(
            f"{left.record} is of type {left.type}, {right.record} of type {right.type}; only records of one type can be the same"
        )
    if not schema.types[left.type].merges:
        merging = ", ".join(record_type.name for record_type in schema.types.values() if record_type.merges)
        raise UsageError(f"{left.record}: records of type {left.type} are never merged; only those of {merging}")


def _path(resolved: Path) -> Path:
    path = resolved / "members.parquet"
    if not check_table(path):
        raise NothingResolved(f"{resolved.parent}: nothing is resolved yet; run `overt resolve`")
    return path


def _unknown_record(name: str) -> UsageError:
    return UsageError(f"{name}: there is no such record; `overt resolve` takes in what was imported or added since")
