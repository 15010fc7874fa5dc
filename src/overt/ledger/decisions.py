"""What stands, as a pure function of the entries."""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overt.ledger.entry import Entry

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True)
class Origin:
    """Where an imported judgement was made: in which atlas, as which entry of its ledger, and that entry's chain."""

    atlas: str
    entry: int | None = None
    chain: str | None = None


@dataclass(frozen=True)
class Judgement:
    """Whether two source records are the same thing; `left` sorts before `right`."""

    sequence: int
    at: str
    who: str
    why: str
    left: str
    right: str
    verdict: Verdict
    origin: Origin | None = None
    """The atlas that it was made in, when that is not this one."""


@dataclass(frozen=True)
class SourceDocument:
    """A document that bears a claim out, and the place in it."""

    title: str
    place: str
    url: str | None = None


@dataclass(frozen=True)
class EditorialClaim:
    """A claim that an editor made: this record has this value, according to this document."""

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
    """The document that the claim was made with, then those that were added."""

    @builtins.property
    def document_title(self) -> str:
        """Title of the claim's own document."""
        return self.documents[0].title

    @builtins.property
    def document_place(self) -> str:
        """Place in the claim's own document."""
        return self.documents[0].place

    @builtins.property
    def document_url(self) -> str | None:
        """Address of the claim's own document, if it has one."""
        return self.documents[0].url


@dataclass(frozen=True)
class Retraction:
    """A claim, or all claims of a record, that no longer stand, though their source still makes them."""

    sequence: int
    at: str
    who: str
    why: str
    target: str
    """A claim's id or a record's id."""


def effective_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that nothing undoes, undos themselves among them, in their order.

    An undo can be undone: then what it took back stands again. Read from the end, for an undo always comes after that; one of
    several entries makes them, undos among them, as if they had never been.
    """
    undone: set[int] = set()
    for entry in reversed(entries):
        if entry.kind == "undo" and entry.sequence not in undone:
            undone.update(undone_sequences(entry))
    return [entry for entry in entries if entry.sequence not in undone]


def undone_sequences(undo: Entry) -> range:
    """The numbers of the entries that an undo is about."""
    first = undo.payload["sequence"]
    return range(first, min(undo.payload.get("last", first), undo.sequence - 1) + 1)


def act_range(entries: Sequence[Entry], sequence: int) -> tuple[int, int]:
    """First and last number of the entries that were written in one act with this one; of most, its own number twice.

    `entries`: all of the ledger, so that the n-th has the number n.
    """
    act = entries[sequence - 1].payload.get("act")
    if act is None:
        return sequence, sequence
    last = sequence
    while last < len(entries) and entries[last].payload.get("act") == act:
        last += 1
    return act, last


def judgements(entries: Sequence[Entry]) -> list[Judgement]:
    """The standing judgement of each pair: its latest that is not undone; sorted by pair."""
    latest: dict[tuple[str, str], Judgement] = {}
    for entry in effective_entries(entries):
        if entry.kind == "judgement":
            held = parse_judgement(entry)
            latest[held.left, held.right] = held
    return [latest[pair] for pair in sorted(latest)]


def parse_judgement(entry: Entry) -> Judgement:
    """What an entry of the kind `judgement` says, whether it stands or not."""
    said = entry.payload
    origin = Origin(**said["origin"]) if "origin" in said else None
    return Judgement(entry.sequence, entry.at, entry.who, entry.why, said["left"], said["right"], said["verdict"], origin)


def claims(entries: Sequence[Entry]) -> list[EditorialClaim]:
    """The standing editorial claims, in the order in which they were made."""
    held = effective_entries(entries)
    documents: dict[int, list[SourceDocument]] = {}
    for entry in held:
        if entry.kind in {"claim", "claim-source-document"}:
            about = entry.payload.get("claim", entry.sequence)
            documents.setdefault(about, []).append(SourceDocument(**entry.payload["document"]))
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
        for entry in held
        if entry.kind == "claim"
    ]


def retractions(entries: Sequence[Entry]) -> list[Retraction]:
    """The standing retractions, in their order."""
    return [
        Retraction(entry.sequence, entry.at, entry.who, entry.why, entry.payload["target"])
        for entry in effective_entries(entries)
        if entry.kind == "retraction"
    ]
