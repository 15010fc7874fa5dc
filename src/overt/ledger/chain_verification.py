"""Verification of the ledger's chain, entry by entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from overt.ledger.decisions import effective_entries, undone_sequences
from overt.ledger.entry import Entry, Head, restore_entry
from overt.ledger.errors import LedgerError


def find_problems(name: str, rows: Sequence[Any], head: Head | None) -> Iterator[str]:
    """Yield a line for each entry that has changed, and one if the ledger does not contain `head`."""
    previous = Head(0, "")
    chains = {0: ""}
    entries: list[Entry] = []
    for row in rows:
        entry, problem = restore_entry(row, previous)
        if entry is not None and problem is None and entry.kind == "undo":
            try:
                check_undo(entries, entry.payload["sequence"], entry.payload.get("last"))
            except (LedgerError, KeyError, TypeError) as error:
                problem = f"is an invalid undo ({error})"
        if entry is not None:
            entries.append(entry)
        if problem is not None:
            yield f"{name}: entry {row.sequence} {problem}"
        previous = Head(row.sequence, row.chain)
        chains[row.sequence] = row.chain
    if head is not None and chains.get(head.sequence) != head.chain:
        yield f"{name}: entry {head.sequence} is not the entry that was last when the head was recorded"


def check_undo(entries: Sequence[Entry], first: int, last: int | None = None) -> None:
    """Raise LedgerError unless all entries from `first` to `last` (default: `first`) exist and one of them is not undone."""
    last = first if last is None else last
    if last < first:
        raise LedgerError(f"{first}..{last}: name the earlier entry first")
    numbers = {entry.sequence for entry in entries}
    for sequence in (first, last):
        if sequence not in numbers:
            raise LedgerError(f"the ledger has no entry {sequence}; it has {len(entries)}")
    effective = effective_entries(entries)
    if not any(first <= entry.sequence <= last for entry in effective):
        undo = max(entry.sequence for entry in effective if entry.kind == "undo" and first in undone_sequences(entry))
        subject, pronoun = (f"entry {first} is", "it") if first == last else (f"entries {first} to {last} are", "them")
        raise LedgerError(f"{subject} undone already; undo entry {undo} to restore {pronoun}")
