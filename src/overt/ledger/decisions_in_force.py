"""The decisions in force, as a pure function of the entries. A decision is in force until it is undone or overridden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overt.ledger.entry import Entry
from overt.ledger.undone_entries import undone_sequences

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True)
class Origin:
    """Where an imported judgement was made: the atlas, the entry in its ledger, and that entry's `chain`."""

    atlas: str
    entry: int | None = None
    chain: str | None = None


@dataclass(frozen=True)
class Judgement:
    """A verdict on whether two source records describe the same item. `left` sorts before `right`."""

    sequence: int
    at: str
    who: str
    why: str
    left: str
    right: str
    verdict: Verdict
    origin: Origin | None = None
    """Where the judgement was made, if it was made in another atlas."""


@dataclass(frozen=True)
class SourceDocument:
    """A document that supports a claim, and the place in it."""

    title: str
    place: str
    url: str | None = None


@dataclass(frozen=True)
class EditorialClaim:
    """A claim by an editor: a record has a value for a property, according to one or more documents."""

    sequence: int
    at: str
    who: str
    why: str
    chain: str
    record: str
    type: str
    property: str
    value: str
    unit: str | None
    lang: str | None
    valid_from: str | None
    valid_to: str | None
    documents: tuple[SourceDocument, ...]
    """The claim's original document, then those added later."""


@dataclass(frozen=True)
class Retraction:
    """An editor's withdrawal of a claim by a source or an editor, or of all claims of a record."""

    sequence: int
    at: str
    who: str
    why: str
    target: str
    """Id of the claim or record."""


@dataclass(frozen=True)
class Correction:
    """An editor's correction, which readers see: what is taken back, and what is correct instead."""

    sequence: int
    at: str
    why: str
    record: str
    type: str
    property: str | None
    """The corrected property; None if the complete record was wrong."""
    targets: tuple[str, ...]
    """Ids of the claims or records that are taken back."""
    before: tuple[str, ...]
    """The values that are taken back."""
    value: str | None
    """The correct value; None if the correction only takes values back."""
    unit: str | None


@dataclass(frozen=True)
class Withholding:
    """An editor's decision to leave a disputed record, and all records of its cluster, out of releases."""

    sequence: int
    at: str
    why: str
    record: str
    members: Sequence[str]
    """The records of the cluster when the decision was made. They stay withheld if the cluster is divided later."""


@dataclass(frozen=True)
class SourceChoice:
    """An editor's choice of the snapshot that counts for a source, or the removal of the source."""

    sequence: int
    at: str
    who: str
    why: str
    source: str
    snapshot: str | None
    """Id of the snapshot; None if the source was removed."""


def effective_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are not undone, in order. Undos are included.

    Undoing an undo restores what it undid. If an undo of several entries includes undos, it is as if none of these entries had
    been written.
    """
    undone: set[int] = set()
    # Start at the end, because an undo comes after the entries that it undoes.
    for entry in reversed(entries):
        if entry.kind == "undo" and entry.sequence not in undone:
            undone.update(undone_sequences(entry))
    return [entry for entry in entries if entry.sequence not in undone]


def undoing_entries(entries: Sequence[Entry]) -> dict[int, int]:
    """Return, for each undone entry, the entry that undoes it, by sequence number. `entries`: the complete ledger."""
    effective = {entry.sequence for entry in effective_entries(entries)}
    return {
        sequence: entry.sequence
        for entry in reversed(entries)
        if entry.kind == "undo" and entry.sequence in effective
        for sequence in undone_sequences(entry)
        if sequence not in effective
    }


def act_range(entries: Sequence[Entry], sequence: int) -> tuple[int, int]:
    """Return the first and last sequence number of the entries that were written together with an entry.

    Most entries were written alone. `entries`: the complete ledger, so that the n-th entry has the number n.
    """
    act = entries[sequence - 1].payload.get("act")
    if act is None:
        return sequence, sequence
    last = sequence
    while last < len(entries) and entries[last].payload.get("act") == act:
        last += 1
    return act, last


def effective_judgements(entries: Sequence[Entry]) -> list[Judgement]:
    """Return the judgement in force for each pair: the latest that is not undone. Sorted by pair."""
    latest: dict[tuple[str, str], Judgement] = {}
    for entry in effective_entries(entries):
        if entry.kind == "judgement":
            judgement = parse_judgement(entry)
            latest[judgement.left, judgement.right] = judgement
    return [latest[pair] for pair in sorted(latest)]


def parse_judgement(entry: Entry) -> Judgement:
    """Return the judgement of an entry of kind `judgement`, in force or not."""
    payload = entry.payload
    origin = Origin(**payload["origin"]) if "origin" in payload else None
    return Judgement(
        entry.sequence, entry.at, entry.who, entry.why, payload["left"], payload["right"], payload["verdict"], origin
    )


def effective_claims(entries: Sequence[Entry]) -> list[EditorialClaim]:
    """Return the editorial claims in force, including the new values of corrections, in the order in which they were made."""
    effective = effective_entries(entries)
    documents: dict[int, list[SourceDocument]] = {}
    for entry in effective:
        if entry.kind in {"claim", "claim-source-document"} or _has_new_value(entry):
            claim = entry.payload.get("claim", entry.sequence)
            documents.setdefault(claim, []).append(SourceDocument(**entry.payload["document"]))
    return [
        EditorialClaim(
            sequence=entry.sequence,
            at=entry.at,
            who=entry.who,
            why=entry.why,
            chain=entry.chain,
            record=entry.payload["record"],
            type=entry.payload["type"],
            property=entry.payload["property"],
            value=entry.payload["value"],
            unit=entry.payload.get("unit"),
            lang=entry.payload.get("lang"),
            valid_from=entry.payload.get("valid_from"),
            valid_to=entry.payload.get("valid_to"),
            documents=tuple(documents[entry.sequence]),
        )
        for entry in effective
        if entry.kind == "claim" or _has_new_value(entry)
    ]


def _has_new_value(entry: Entry) -> bool:
    """Return whether an entry is a correction that replaces values with a new one."""
    return entry.kind == "correction" and "value" in entry.payload


def effective_retractions(entries: Sequence[Entry]) -> list[Retraction]:
    """Return the retractions in force, including those by corrections, in the order in which they were made.

    A target can have several: an undo can restore a retraction after another was made.
    """
    return [
        Retraction(entry.sequence, entry.at, entry.who, entry.why, target)
        for entry in effective_entries(entries)
        if entry.kind in {"retraction", "correction"}
        for target in entry.payload.get("targets", [entry.payload.get("target")])
    ]


def effective_corrections(entries: Sequence[Entry]) -> list[Correction]:
    """Return the corrections in force, in the order in which they were made."""
    return [
        Correction(
            entry.sequence,
            entry.at,
            entry.why,
            entry.payload["record"],
            entry.payload["type"],
            entry.payload.get("property"),
            tuple(entry.payload["targets"]),
            tuple(entry.payload["before"]),
            entry.payload.get("value"),
            entry.payload.get("unit"),
        )
        for entry in effective_entries(entries)
        if entry.kind == "correction"
    ]


def effective_withholdings(entries: Sequence[Entry]) -> list[Withholding]:
    """Return the withholdings in force, in the order in which they were made."""
    return [
        Withholding(
            entry.sequence, entry.at, entry.why, entry.payload["record"], entry.payload.get("members", [entry.payload["record"]])
        )
        for entry in effective_entries(entries)
        if entry.kind == "withholding"
    ]


def effective_source_choices(entries: Sequence[Entry]) -> dict[str, SourceChoice]:
    """Return the choice in force by source: the latest choice that is not undone."""
    choices = {
        entry.payload["source"]: SourceChoice(
            entry.sequence, entry.at, entry.who, entry.why, entry.payload["source"], entry.payload.get("snapshot")
        )
        for entry in effective_entries(entries)
        if entry.kind in {"source-snapshot", "source-removal"}
    }
    return dict(sorted(choices.items()))
