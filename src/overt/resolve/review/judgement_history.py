"""Every judgement that was ever made, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overt.ledger import Entry, Judgement, parse_judgement
from overt.ledger.decisions import effective_entries, undone_sequences

State = Literal["stands", "overridden", "undone"]


@dataclass(frozen=True)
class Event:
    """A judgement and its state; `by`: the entry that overrides or undoes it."""

    judgement: Judgement
    state: State
    by: int | None = None


def history(entries: Sequence[Entry]) -> list[Event]:
    """All judgements in the order in which they were entered.

    One that is undone changes nothing any more, and what it overrode stands again. One that is overridden stands again when
    those after it on its pair are undone.
    """
    held = {entry.sequence for entry in effective_entries(entries)}
    undone = {
        sequence: entry.sequence
        for entry in reversed(entries)
        if entry.kind == "undo" and entry.sequence in held
        for sequence in undone_sequences(entry)
    }
    latest: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind == "judgement" and entry.sequence in held:
            latest[entry.payload["left"], entry.payload["right"]] = entry.sequence
    events = []
    for entry in entries:
        if entry.kind == "judgement":
            made = parse_judgement(entry)
            last = latest.get((made.left, made.right))
            if entry.sequence not in held:
                events.append(Event(made, "undone", undone[entry.sequence]))
            elif last == entry.sequence:
                events.append(Event(made, "stands"))
            else:
                events.append(Event(made, "overridden", last))
    return events
