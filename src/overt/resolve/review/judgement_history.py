"""All judgements that were ever made, with their current states."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overt.ledger import Entry, Judgement, parse_judgement
from overt.ledger.decisions_in_force import effective_entries, undoing_entries

State = Literal["stands", "overridden", "undone"]


@dataclass(frozen=True)
class JudgementEvent:
    """A judgement and its state."""

    judgement: Judgement
    state: State
    by: int | None = None
    """The entry that overrides or undoes the judgement; None if it is in force."""


def judgement_history(entries: Sequence[Entry]) -> list[JudgementEvent]:
    """Return all judgements in the order of their entries.

    An undone judgement has no effect, and the judgement that it overrode is in force again. An overridden judgement is in force
    again once all later ones on its pair are undone.
    """
    effective = {entry.sequence for entry in effective_entries(entries)}
    undone_by = undoing_entries(entries)
    latest: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind == "judgement" and entry.sequence in effective:
            latest[entry.payload["left"], entry.payload["right"]] = entry.sequence
    events = []
    for entry in entries:
        if entry.kind == "judgement":
            judgement = parse_judgement(entry)
            last = latest.get((judgement.left, judgement.right))
            if entry.sequence not in effective:
                events.append(JudgementEvent(judgement, "undone", undone_by[entry.sequence]))
            elif last == entry.sequence:
                events.append(JudgementEvent(judgement, "stands"))
            else:
                events.append(JudgementEvent(judgement, "overridden", last))
    return events
