"""Re-reading the ledger, entry by entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from overt.ledger.decisions import effective_entries, undone_sequences
from overt.ledger.entry import Entry, Head, restore_entry
from overt.ledger.errors import LedgerError


def find_problems(name: str, rows: Sequence[Any], head: Head | None) -> Iterator[str]:
    """Yield one line for each entry that is not as it was written, and one if the ledger does not hold `head`."""
    before = Head(0, "")
    chains = {0: ""}
    entries: list[Entry] = []
    for row in rows:
        entry, problem = restore_entry(row, before)
        if entry is not None and problem is None and entry.kind == "undo":
            try:
                check_undo(entries, entry.payload["sequence"], entry.payload.get("last"))
            except (LedgerError, KeyError, TypeError) as error:
                problem = f"undoes what cannot be undone ({error})"
        if entry is not None:
            entries.append(entry)
        if problem is not None:
            yield f"{name}: entry {row.sequence} {problem}"
        before = Head(row.sequence, row.chain)
        chains[row.sequence] = row.chain
    if head is not None and chains.get(head.sequence) != head.chain:
        yield f"{name}: entry {head.sequence} is not the one that was last when it was noted"


def check_undo(entries: Sequence[Entry], first: int, last: int | None = None) -> None:
    """Raise LedgerError unless the entries from `first` to `last` (`first` alone) are there and one of them stands."""
    last = first if last is None else last
    if last < first:
        raise LedgerError(f"{first}..{last}: the first entry comes first")
    numbers = {entry.sequence for entry in entries}
    for sequence in (first, last):
        if sequence not in numbers:
            raise LedgerError(f"the ledger has no entry {sequence}; it has {len(entries)}")
    held = effective_entries(entries)
    if not any(first <= entry.sequence <= last for entry in held):
        by = max(entry.sequence for entry in held if entry.kind == "undo" and first in undone_sequences(entry))
        what = f"entry {first} is" if first == last else f"entries {first} to {last} are"
        raise LedgerError(f"{what} undone already; undo entry {by} to have {'it' if first == last else 'them'} back")
