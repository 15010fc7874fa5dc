"""Queries for earlier entries, so that the checks of an append need not read all entries."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from overt.ledger.editor_keys_in_force import EditorKeys
from overt.ledger.entries_table import ENTRIES, SUBJECT_LENGTH, columns_of, lookups_differ
from overt.ledger.entry import KEY_KINDS, Entry, Head, restore_entry
from overt.ledger.errors import LedgerError
from overt.ledger.undone_entries import effective_undos, is_covered, undone_sequences


class EntryQueries:
    """The entries up to a head, read through an open connection.

    Every returned entry has been checked against its chain and the previous entry; a changed one raises LedgerError.
    """

    def __init__(self, connection: Connection | None, head: Head, name: str, number: int) -> None:
        """`connection`: None if there is no database yet. `name`: name of the ledger for messages; `number`: its format
        number.
        """
        self._connection = connection
        self.head = head
        self._name = name
        self.number = number
        self._has_lookups = number > 1
        """Whether the tables have look-up columns. An older ledger is read-only, so no check of a new entry needs them."""

    def read_all(self) -> list[Entry]:
        """Return all entries. This is slow for a long ledger."""
        if self._connection is None:
            return []
        query = sa.select(*columns_of(self.number)).where(ENTRIES.c.sequence <= self.head.sequence).order_by(ENTRIES.c.sequence)
        return restore_all(self._name, self._connection.execute(query).all())

    def entry(self, sequence: int) -> Entry:
        """Return an entry. Raises LedgerError if it does not exist or was changed."""
        entries = self._entries(ENTRIES.c.sequence == sequence) if 1 <= sequence <= self.head.sequence else []
        if not entries:
            raise LedgerError(f"the ledger has no entry {sequence}; it has {self.head.sequence}")
        return entries[0]

    def between(self, first: int, last: int) -> list[Entry]:
        """Return the entries with sequence numbers from `first` to `last`, inclusive."""
        return self._entries(ENTRIES.c.sequence.between(first, last))

    def act_range(self, sequence: int) -> tuple[int, int]:
        """Return the first and last sequence number of the entries written together with an entry, as
        `decisions_in_force.act_range` does.
        """
        act, last = self.entry(sequence).payload.get("act"), sequence
        if act is None:
            return sequence, sequence
        while (following := self.between(last + 1, last + 1)) and following[0].payload.get("act") == act:
            last += 1
        return act, last

    def entries_of_kinds(self, *kinds: str, subject: str | None = None) -> list[Entry]:
        """Return the entries of these kinds, including undone ones; none in a ledger of an older format.

        With `subject`, return only those whose subject has the same first `SUBJECT_LENGTH` characters.
        """
        if not self._has_lookups:
            return []
        condition: sa.ColumnElement[bool] = ENTRIES.c.kind.in_(kinds)
        if subject is not None:
            condition = sa.and_(condition, ENTRIES.c.subject == subject[:SUBJECT_LENGTH])
        return self._entries(condition)

    def effective(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the entries among these that are not undone; all of them in a ledger of an older format."""
        return [entry for entry in entries if not is_covered(entry.sequence, self.undos(entry.sequence, entry.sequence))]

    def require_none(self, kind: str, key: str, subjects: Sequence[str], state: str) -> None:
        """Raise LedgerError if an entry of this kind about one of these subjects is in force.

        `key`: the key of the payload that has the subject. `state`: the state of such a subject for the message, such as
        `retracted`.
        """
        for subject in subjects:
            for entry in self.effective(self.entries_of_kinds(kind, subject=subject)):
                if entry.payload[key] == subject:  # The look-up column only has the beginning of a long subject.
                    raise LedgerError(f"{subject}: is {state} already, by entry {entry.sequence}")

    def require_none_withheld(self, records: Sequence[str]) -> None:
        """Raise LedgerError if one of these records is withheld, itself or with another record of its cluster."""
        for entry in self.effective(self.entries_of_kinds("withholding")):
            parts = {entry.payload["record"], *entry.payload.get("members", ())}
            if withheld := sorted(parts.intersection(records)):
                raise LedgerError(f"{withheld[0]}: is withheld already, by entry {entry.sequence}")

    def undos(self, first: int, last: int) -> list[Entry]:
        """Return the undos in force that take back any entry from `first` to `last`; none in a ledger of an older format."""
        if not self._has_lookups:
            return []
        known: dict[int, Entry] = {}
        ranges = [(first, last)]
        while ranges:
            low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
            new = [
                entry
                for entry in self._entries((ENTRIES.c.undoes_from <= high) & (ENTRIES.c.undoes_to >= low))
                if entry.sequence not in known
            ]
            known |= {entry.sequence: entry for entry in new}
            ranges = [(entry.sequence, entry.sequence) for entry in new]
        undos = effective_undos([known[sequence] for sequence in sorted(known)])
        return [undo for undo in undos if (undone := undone_sequences(undo)).start <= last and undone.stop > first]

    @cached_property
    def keys(self) -> EditorKeys:
        """The keys of editors: those in force, and those that were revoked.

        Raises LedgerError if an entry about keys was changed or isn't validly signed.
        """
        keys = EditorKeys()
        for entry in self.entries_of_kinds(*KEY_KINDS):
            if problem := keys.problem(entry, self._chain_of):
                raise LedgerError(f"{self._name}: entry {entry.sequence} {problem}; restore the ledger from a copy")
        return keys

    def _chain_of(self, sequence: int) -> str | None:
        if sequence == 0 or self._connection is None:
            return ""
        chain: str | None = self._connection.execute(
            sa.select(ENTRIES.c.chain).where(ENTRIES.c.sequence == sequence)
        ).scalar_one_or_none()
        return chain

    def _entries(self, condition: sa.ColumnElement[bool]) -> list[Entry]:
        """Return the entries that meet a condition, in order.

        Raises LedgerError for an entry that doesn't fit the previous row or its own look-up columns. In a ledger of an older
        format, the condition must not use look-up columns.
        """
        if self._connection is None:
            return []
        # The query neither bounds the sequence nor sorts by it, because either would make SQLite read the table instead of an
        # index. An entry that was added after the head has the number of the next entry, so appending fails and starts over.
        matches = self._connection.execute(sa.select(*columns_of(self.number)).where(condition)).all()
        rows = sorted((row for row in matches if row.sequence <= self.head.sequence), key=lambda row: row.sequence)
        chains = self._chains({row.sequence - 1 for row in rows} - {0})
        entries = []
        for row in rows:
            entry, problem = restore_entry(row, Head(row.sequence - 1, chains.get(row.sequence - 1, "")))
            if entry is None or problem is not None or (self._has_lookups and lookups_differ(row, entry)):
                raise LedgerError(
                    f"{self._name}: entry {row.sequence} {problem or 'is not what its look-up columns say'};"
                    " restore the ledger from a copy"
                )
            entries.append(entry)
        return entries

    def _chains(self, sequences: set[int]) -> dict[int, Any]:
        assert self._connection is not None
        chains: dict[int, Any] = {}
        ordered = sorted(sequences)
        for start in range(0, len(ordered), 500):
            part = ordered[start : start + 500]
            query = sa.select(ENTRIES.c.sequence, ENTRIES.c.chain).where(ENTRIES.c.sequence.in_(part))
            chains |= {row.sequence: row.chain for row in self._connection.execute(query)}
        return chains


def restore_all(name: str, rows: Sequence[Any]) -> list[Entry]:
    """Return the entries of all rows of a ledger, in order. Raises LedgerError if an entry was changed."""
    entries: list[Entry] = []
    previous = Head(0, "")
    for row in rows:
        entry, problem = restore_entry(row, previous)
        if entry is None or problem is not None:
            raise LedgerError(f"{name}: entry {row.sequence} {problem}; restore the ledger from a copy")
        entries.append(entry)
        previous = Head(entry.sequence, entry.chain)
    return entries
