"""Groups of records that a page would describe in the same words."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from overt.queries.rows.records import Record


@dataclass(frozen=True)
class RecordGroup:
    """Records with the same content."""

    first: Record
    all: list[Record]


def group_alike(rows: Iterable[Record], of: Callable[[Record], Hashable]) -> list[RecordGroup]:
    """Group records for which `of` returns the same content. Groups are in the order of their first records."""
    groups: dict[Hashable, RecordGroup] = {}
    for record in rows:
        groups.setdefault(of(record), RecordGroup(record, [])).all.append(record)
    return list(groups.values())
