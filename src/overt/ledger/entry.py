"""One entry of the ledger, and the chain that binds it to the one before."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from overt.ledger.errors import LedgerError

KINDS = ("judgement", "claim", "claim-source-document", "retraction", "undo")
LONGEST = 10_000
"""Most characters of one text in an entry."""


@dataclass(frozen=True)
class Entry:
    """What somebody decided, when and why. No entry is ever changed; a later one overrides or undoes it."""

    sequence: int
    """1, 2, 3 …: the order of the ledger; also the number by which `undo` names it."""
    at: str
    """When, UTC: 2026-11-24T12:00:00Z."""
    who: str
    why: str
    kind: str
    payload: Mapping[str, Any]
    chain: str
    """SHA-256 over the chain of the entry before and all other fields of this one."""


class Draft(NamedTuple):
    """An entry before it has its place in a ledger; the fields are those of `Entry`."""

    at: str
    who: str
    why: str
    kind: str
    payload: Mapping[str, Any]


class Head(NamedTuple):
    """The end of a ledger: it stands for all entries up to there. An empty ledger's is (0, "")."""

    sequence: int
    chain: str


def canonical_json(data: Mapping[str, Any]) -> str:
    """The one JSON text of these fields: sorted, compact, without those that are None."""
    held = {name: value for name, value in data.items() if value is not None}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chain_drafts(head: Head, drafts: Iterable[Draft]) -> Iterator[Entry]:
    """The entries that follow `head`, each chained to the one before."""
    for draft in drafts:
        entry = chain_entry(head, *draft)
        yield entry
        head = Head(entry.sequence, entry.chain)


def chain_entry(head: Head, at: str, who: str, why: str, kind: str, payload: Mapping[str, Any]) -> Entry:
    """The entry that follows `head`."""
    payload = {name: value for name, value in payload.items() if value is not None}
    fields = {"sequence": head.sequence + 1, "at": at, "who": who, "why": why, "kind": kind, "payload": payload}
    chain = hashlib.sha256((head.chain + canonical_json(fields)).encode()).hexdigest()
    return Entry(head.sequence + 1, at, who, why, kind, payload, chain)


def restore_entry(row: Any, before: Head) -> tuple[Entry | None, str | None]:
    """The entry that a row of the database holds, if it can be read, and what is wrong with it, if anything is."""
    try:
        payload = json.loads(row.payload)
        if not isinstance(payload, dict) or canonical_json(payload) != row.payload or row.kind not in KINDS:
            return None, "is not an entry that Overt wrote"
        entry = Entry(row.sequence, row.at, row.who, row.why, row.kind, payload, row.chain)
        if entry != chain_entry(before, row.at, row.who, row.why, row.kind, payload):
            return entry, "does not fit the entry before it"
    except (TypeError, ValueError):
        return None, "is not an entry that Overt wrote"
    return entry, None


def format_moment(at: datetime | str | None) -> str:
    """A moment as entries write it; None is now. Raises LedgerError for one that is none or has no time zone."""
    try:
        held = datetime.fromisoformat(at) if isinstance(at, str) else at or datetime.now(UTC)
    except ValueError:
        raise LedgerError(f"{at!r} is not a moment; write it as 2026-11-24T12:00:00Z") from None
    if held.tzinfo is None:
        raise LedgerError(f"{at} has no time zone; write it as 2026-11-24T12:00:00Z")
    return held.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def require_text(name: str, value: str) -> str:
    """The text without blanks around it. Raises LedgerError if nothing is left or it cannot be kept in every database."""
    text = value.strip()
    if not text:
        raise LedgerError(f"{name} is empty; every entry of the ledger says it")
    if len(text) > LONGEST:
        raise LedgerError(f"{name} has {len(text):,} characters; at most {LONGEST:,} are kept")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise LedgerError(f"{name} is not readable text") from None
    if "\0" in text:
        raise LedgerError(f"{name} has a character that cannot be kept (NUL)")
    return text


def optional_text(name: str, value: str | None) -> str | None:
    """As `required`, but None or nothing is None."""
    return require_text(name, value) if value is not None and value.strip() else None
