"""Verifies the ledger, entry by entry: its chain, undos, signatures and look-up columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from overt.ledger.editor_keys_in_force import EditorKeys
from overt.ledger.entry import KEY_KINDS, Entry, Head, restore_entry
from overt.ledger.undone_entries import UndoneEntries


def find_problems(name: str, rows: Sequence[Any], head: Head | None, *, has_lookups: bool = True) -> Iterator[str]:
    """Yield a line for each entry that is changed, invalid or wrongly signed, and one if the ledger does not contain `head`.

    `name`: name of the ledger for messages. `rows`: all its rows, in order. `has_lookups`: whether the rows have the columns for
    look-ups, which format 2 added.
    """
    from overt.ledger.entries_table import lookups_differ

    keys = EditorKeys()
    previous = Head(0, "")
    chains = {0: ""}
    undone, fixed, signatures = UndoneEntries(), set[int](), dict[str, int]()
    for row in rows:
        entry, problem = restore_entry(row, previous)
        if entry is not None:
            problem = problem or _undo_problem(entry, undone, fixed)
            problem = keys.problem(entry, chains.get) or problem
            if entry.signature is not None and signatures.setdefault(entry.signature, entry.sequence) != entry.sequence:
                problem = problem or f"repeats entry {signatures[entry.signature]}, signature and all"
            if entry.kind in KEY_KINDS:
                fixed.add(entry.sequence)
        if problem is None and entry is not None and has_lookups and lookups_differ(row, entry):
            problem = "is not what its look-up columns say"
        if problem is not None:
            yield f"{name}: entry {row.sequence} {problem}"
        previous = Head(row.sequence, row.chain)
        chains[row.sequence] = row.chain
    if head is not None and chains.get(head.sequence) != head.chain:
        yield f"{name}: entry {head.sequence} is not the entry that was last when the head was recorded"


def _undo_problem(entry: Entry, undone: UndoneEntries, fixed: set[int]) -> str | None:
    """Add an undo to `undone`, and return what is wrong with it. Return None for a valid undo, and for any other entry.

    `fixed`: sequence numbers of the entries about keys, which cannot be undone.
    """
    if entry.kind != "undo":
        return None
    try:
        first, last = entry.payload["sequence"], entry.payload.get("last", entry.payload["sequence"])
        if not 1 <= first <= last < entry.sequence:
            return f"is an invalid undo (there are no entries {first} to {last} before it)"
        possible = undone.can_undo(range(first, last + 1), fixed)
        undone.add(entry)
        return None if possible else f"is an invalid undo (what it takes back, from entry {first} on, is undone already)"
    except (KeyError, TypeError) as error:
        return f"is an invalid undo ({error})"
