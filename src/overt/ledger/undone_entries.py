"""Which entries are undone. An undo is in force unless a later undo in force takes it back."""

from collections.abc import Iterable, Sequence

from overt.ledger.entry import Entry
from overt.ledger.errors import LedgerError


def undone_sequences(undo: Entry) -> range:
    """Return the sequence numbers that an undo covers."""
    first = undo.payload["sequence"]
    return range(first, min(undo.payload.get("last", first), undo.sequence - 1) + 1)


def is_covered(sequence: int, undos: Iterable[Entry]) -> bool:
    """Return whether one of these undos covers an entry."""
    return any(sequence in undone_sequences(undo) for undo in undos)


def effective_undos(undos: Sequence[Entry]) -> list[Entry]:
    """Return, in order, the undos in force: those that no later undo in force takes back. `undos`: in order."""
    effective: list[Entry] = []
    for undo in reversed(undos):  # Start at the end, because an undo comes after the entries that it undoes.
        if not is_covered(undo.sequence, effective):
            effective.append(undo)
    return effective[::-1]


def check_undo(first: int, last: int | None, length: int, undos: Sequence[Entry], fixed: Iterable[int]) -> None:
    """Raise LedgerError unless all entries from `first` to `last` (default: `first`) exist and at least one can be undone.

    `length`: the number of entries. `undos`: undos in force that take back any of the entries. `fixed`: entries about keys,
    which cannot be undone.
    """
    last = first if last is None else last
    if last < first:
        raise LedgerError(f"{first}..{last}: name the earlier entry first")
    for sequence in (first, last):
        if not 1 <= sequence <= length:
            raise LedgerError(f"the ledger has no entry {sequence}; it has {length}")
    fixed = set(fixed)
    if first == last and first in fixed:
        raise LedgerError(f"entry {first} is about a key and cannot be undone; `overt key revoke` ends a key")
    covered = set(fixed)
    for undo in undos:
        covered.update(sequence for sequence in undone_sequences(undo) if first <= sequence <= last)
    if len(covered & set(range(first, last + 1))) < last - first + 1:
        return
    subject, pronoun = (f"entry {first} is", "it") if first == last else (f"entries {first} to {last} are", "them")
    restoring = max((undo.sequence for undo in undos if first in undone_sequences(undo)), default=None)
    raise LedgerError(f"{subject} undone already" + (f"; undo entry {restoring} to restore {pronoun}" if restoring else ""))


class UndoneEntries:
    """Counts, entry by entry, how many undos in force cover each entry."""

    def __init__(self) -> None:
        self._ranges: dict[int, range] = {}
        self._covers: dict[int, int] = {}

    def can_undo(self, undone: range, fixed: set[int]) -> bool:
        """Return whether at least one of these entries is neither undone nor `fixed`."""
        return any(not self._covers.get(sequence) for sequence in undone if sequence not in fixed)

    def add(self, undo: Entry) -> None:
        """Count the next undo, and no longer count the undos that it takes back."""
        self._ranges[undo.sequence] = undone_sequences(undo)
        self._change(self._ranges[undo.sequence], 1)

    def _change(self, undone: range, by: int) -> None:
        # Start at the end: an undo that is taken back no longer counts for the entries before it.
        pending = [(sequence, by) for sequence in undone]
        while pending:
            sequence, change = pending.pop()
            before = self._covers.get(sequence, 0)
            self._covers[sequence] = before + change
            if sequence in self._ranges and (before == 0) != (before + change == 0):
                pending.extend((inner, -change) for inner in self._ranges[sequence])
