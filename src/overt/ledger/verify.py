"""Re-reading the ledger, entry by entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from overt.ledger.entry import Entry, Head, restored
from overt.ledger.errors import LedgerError
from overt.ledger.views import standing


def problems(name: str, rows: Sequence[Any], head: Head | None) -> Iterator[str]:
    """Yield one line for each entry that is not as it was written, and one if the ledger does not hold `head`."""
    before = Head(0, "")
    chains = {0: ""}
    entries: list[Entry] = []
    for row in rows:
        entry, problem = restored(row, before)
        if entry is not None and problem is None and entry.kind == "undo":
            try:
                check_undo(entries, entry.payload["sequence"])
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


def check_undo(entries: Sequence[Entry], sequence: int) -> None:
    """Raise LedgerError unless the entry is there and stands."""
    if not any(entry.sequence == sequence for entry in entries):
        raise LedgerError(f"the ledger has no entry {sequence}; it has {len(entries)}")
    if not any(entry.sequence == sequence for entry in standing(entries)):
        by = max(entry.sequence for entry in standing(entries) if entry.payload.get("sequence") == sequence)
        raise LedgerError(f"entry {sequence} is undone already; undo entry {by} to have it back")
