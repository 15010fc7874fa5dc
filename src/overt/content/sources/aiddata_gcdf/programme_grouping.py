"""Finds AidData records that belong together: records that titles link, and phases of one programme."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .phase_and_id_extraction import FACILITY
from .title_reader import Reading

MANNERS = frozenset({"donation", "training", "investment", "commercial-partnership", "research-partnership"})
"""Kinds that describe how a project is carried out rather than what it is about."""

_PHASES_DO = frozenset({"extension", "repair"})


class LinkedRow(NamedTuple):
    """The parts of a record in scope that decide which programme it belongs to."""

    record: str
    links: tuple[str, ...]
    reading: Reading
    recipient: str

    @property
    def subjects(self) -> frozenset[str]:
        """The kinds that describe what the project is."""
        return frozenset(kind for kind, _ in self.reading.kinds) - MANNERS

    @property
    def phases(self) -> frozenset[str]:
        """The phases of the project, except a borrower's facilities."""
        return frozenset(phase for phase in self.reading.phases if not phase.startswith(FACILITY))

    @property
    def works(self) -> frozenset[str]:
        """The works other than building the project."""
        return frozenset(work for work, _ in self.reading.works)


@dataclass(frozen=True)
class Programme:
    """A programme: linked projects with at least two different phases."""

    id: str
    """The smallest id among the programme's records."""
    first: str
    """The record of the first phase; if there are several, the one with the smallest id."""
    kinds: frozenset[str]
    """The kinds that all records of the programme have in common, without MANNERS."""


class LinkedRecords:
    """The links of all records in scope, and their programmes."""

    def __init__(self, rows: Iterable[LinkedRow]) -> None:
        self._rows = {row.record: row for row in rows}
        self._programmes = dict(_programmes(self._rows))

    def __contains__(self, record: str) -> bool:
        return record in self._rows

    def links(self, record: str) -> tuple[str, ...]:
        """Return the ids of other records that the record links to, in order; empty for a record out of scope."""
        return tuple(other for other in self._rows[record].links if other != record) if record in self._rows else ()

    def programme(self, record: str) -> Programme | None:
        """Return the programme that a record belongs to; None if it belongs to none."""
        return self._programmes.get(record)


def by_number(record: str) -> tuple[int, str]:
    """Return a key that sorts ids as numbers."""
    return len(record), record


def _programmes(rows: Mapping[str, LinkedRow]) -> Iterator[tuple[str, Programme]]:
    """Yield each record that is a phase, and its programme: linked phases with a country and subject in common."""
    groups = {record: {record} for record in rows}
    for row in rows.values():
        for other in row.links:
            if other in rows and _are_phases(row, rows[other]) and other not in groups[row.record]:
                together = groups[row.record] | groups[other]
                groups |= dict.fromkeys(together, together)
    for record in sorted(rows, key=by_number):
        group = groups[record]
        if record == min(group, key=by_number) and len({rows[member].phases for member in group}) > 1:
            members = sorted((rows[member] for member in group), key=lambda row: (min(row.phases), by_number(row.record)))
            programme = Programme(record, members[0].record, frozenset.intersection(*(row.subjects for row in members)))
            yield from ((row.record, programme) for row in members)


def _are_phases(left: LinkedRow, right: LinkedRow) -> bool:
    """Return whether two linked records can be phases of one programme. An extension or a repair can; training can't."""
    return bool(
        left.phases
        and right.phases
        and left.recipient == right.recipient
        and left.subjects & right.subjects
        and left.works - _PHASES_DO == right.works - _PHASES_DO
    )
