"""Undo entries of the ledger: a single entry, entries that were written together, an import, or a range."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.ledger import Entry, Ledger, act_range
from overt.model.errors import UsageError


class UndoneEntries(NamedTuple):
    """The undoing entry, and the first and last entry that it undoes."""

    entry: Entry
    first: int
    last: int

    def __str__(self) -> str:
        entries = f"entry {self.first}" if self.first == self.last else f"entries {self.first} to {self.last}"
        return f"entry {self.entry.sequence} takes {entries} back"


def undo_entries(
    ledger: Ledger, first: int, who: str, why: str, *, last: int | None = None, with_import: bool = False
) -> UndoneEntries:
    """Undo entry `first`, or all entries from `first` to `last` except those about editors' keys.

    Whatever was in force before is in force again. Entries that were written together, such as those of a relation, are undone
    together. If the entry belongs to an import, only that entry is undone, unless `with_import` is set. The caller must hold
    the workspace's lock.

    Raises UsageError if `with_import` is set for an entry that was not imported. Raises LedgerError for entries that don't
    exist, can't be undone or are already undone, and for an invalid `who` or `why`.
    """
    if last is None:
        imported = _is_imported(ledger.entry(first), must_be=with_import)
        first, last = (first, first) if imported and not with_import else ledger.act_range(first)
    entry = ledger.undo(first, who, why, last=last if last != first else None)
    return UndoneEntries(entry, first, first if last is None else last)


def undo_range(entries: Sequence[Entry], sequence: int) -> tuple[int, int]:
    """Return the first and last entry that are undone together with this entry. `entries`: the complete ledger."""
    return (sequence, sequence) if _is_imported(entries[sequence - 1]) else act_range(entries, sequence)


def _is_imported(entry: Entry, *, must_be: bool = False) -> bool:
    imported = "origin" in entry.payload
    if must_be and not imported:
        raise UsageError(f"entry {entry.sequence} came in with no import; give a range (FIRST..LAST), or the entry alone")
    return imported
