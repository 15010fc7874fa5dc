"""Taking entries back: one, the act that it is a part of, an import as a whole, or a range."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.ledger import Entry, Ledger, act_range
from overt.model.errors import UsageError


class TakenBack(NamedTuple):
    """The entry that takes back, and the first and last of those that it takes back."""

    entry: Entry
    first: int
    last: int

    def __str__(self) -> str:
        what = f"entry {self.first}" if self.first == self.last else f"entries {self.first} to {self.last}"
        return f"entry {self.entry.sequence} takes {what} back"


def take_back(ledger: Ledger, first: int, who: str, why: str, *, last: int | None = None, whole: bool = False) -> TakenBack:
    """Undo entry `first`, or all from there to `last`: what stood before them stands again, whatever they were.

    A relation's entries go back together, since none of them says anything by itself; of an import the one line does, unless
    `whole`. The caller holds the workspace's lock. Raises UsageError for `whole` of what was not imported, LedgerError for
    entries that there are not or that are undone already.
    """
    entries = ledger.entries()
    if last is None and 1 <= first <= len(entries):
        first, last = _reach(entries, first, whole=whole)
    entry = ledger.undo(first, who, why, last=last if last != first else None)
    return TakenBack(entry, first, first if last is None else last)


def reach(entries: Sequence[Entry], sequence: int) -> tuple[int, int]:
    """The first and last entry that go back when one of them is taken back; `entries` are all of the ledger."""
    return _reach(entries, sequence, whole=False)


def _reach(entries: Sequence[Entry], sequence: int, *, whole: bool) -> tuple[int, int]:
    imported = "origin" in entries[sequence - 1].payload
    if whole and not imported:
        raise UsageError(f"entry {sequence} came in with no import; give a range (FIRST..LAST), or the entry alone")
    return act_range(entries, sequence) if whole or not imported else (sequence, sequence)
