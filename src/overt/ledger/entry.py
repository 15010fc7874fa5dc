"""Entries of the ledger, each chained to the previous one, and checks of the times and texts in them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from overt.ledger.errors import EmptyField, LedgerError
from overt.ledger.payload_shapes import has_shape
from overt.model.values.canonical_texts_urls_and_identifiers import clean_text

KEY_KINDS = ("admit-key", "revoke-key")
"""Kinds of entries about the keys of editors. They cannot be undone."""
MAX_TEXT_LENGTH = 10_000
"""Maximum number of characters of a string that `require_text` checks."""


@dataclass(frozen=True)
class Entry:
    """A decision: what was decided, when, by whom and why. Entries never change; later ones override or undo them."""

    sequence: int
    """Position in the ledger: 1, 2, 3 … An `undo` refers to it."""
    at: str
    """Time, UTC: 2026-11-24T12:00:00Z."""
    who: str
    why: str
    kind: str
    payload: Mapping[str, Any]
    chain: str
    """SHA-256 over the chain of the previous entry and all other fields of this one."""
    key: str | None = None
    """Fingerprint of the editor's key that signed the entry; None for an unsigned one."""
    seen: int | None = None
    """Sequence number of the last entry that the signer had seen, which is usually the previous one."""
    signature: str | None = None
    """Ed25519 signature, in hex, over the entry's content and the chain of the entry `seen`."""


class Draft(NamedTuple):
    """An entry without position, chain and signature. The fields are those of `Entry`."""

    at: str
    who: str
    why: str
    kind: str
    payload: Mapping[str, Any]


class Head(NamedTuple):
    """The last entry's sequence and chain, which identify the complete ledger; (0, "") for an empty ledger."""

    sequence: int
    chain: str


def canonical_json(data: Mapping[str, Any]) -> str:
    """Encode fields as canonical JSON: compact, sorted by name, without fields that are None."""
    fields = {name: value for name, value in data.items() if value is not None}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Signed(NamedTuple):
    """The fields that a signature adds to an entry. They are described in `Entry`."""

    key: str | None = None
    seen: int | None = None
    signature: str | None = None


UNSIGNED = Signed()


def chain_drafts(
    head: Head, drafts: Iterable[Draft], sign: Callable[[Draft, Head], Signed] = lambda draft, head: UNSIGNED
) -> Iterator[Entry]:
    """Yield the entries for these drafts after `head`, each chained to the previous one and signed by `sign` (default: unsigned).

    Raises LedgerError for a draft with a shape that `restore_entry` would refuse, because a single such entry makes the complete
    ledger unreadable.
    """
    for draft in drafts:
        entry = chain_entry(head, *draft, sign(draft, head))
        if not has_shape(entry.kind, entry.payload):
            raise LedgerError(
                f"an entry of kind {entry.kind} with {', '.join(entry.payload)} can't be read again; nothing was added"
            )
        yield entry
        head = Head(entry.sequence, entry.chain)


def chain_entry(
    head: Head, at: str, who: str, why: str, kind: str, payload: Mapping[str, Any], signed: Signed = UNSIGNED
) -> Entry:
    """Build the entry that follows `head`, without the fields of the payload that are None.

    The chain of an unsigned entry is computed as it was before signatures existed.
    """
    payload = {name: value for name, value in payload.items() if value is not None}
    chain = _chain(head, at, who, why, kind, canonical_json(payload), signed)
    return Entry(head.sequence + 1, at, who, why, kind, payload, chain, *signed)


def restore_entry(row: Any, previous: Head) -> tuple[Entry | None, str | None]:
    """Return the entry of a database row (None if it is unreadable), and what is wrong with it (None if nothing is)."""
    try:
        payload = json.loads(row.payload)
        if not isinstance(payload, dict) or canonical_json(payload) != row.payload or not has_shape(row.kind, payload):
            return None, "is not an entry that Overt wrote"
        signed = Signed(row.key, row.seen, row.signature)
        entry = Entry(row.sequence, row.at, row.who, row.why, row.kind, payload, row.chain, *signed)
        chain = _chain(previous, row.at, row.who, row.why, row.kind, row.payload, signed)
        if (row.sequence, row.chain) != (previous.sequence + 1, chain):
            return entry, "does not fit the previous entry"
    except (TypeError, ValueError, RecursionError):  # Deeply nested brackets exhaust Python's stack.
        return None, "is not an entry that Overt wrote"
    return entry, None


def _chain(head: Head, at: str, who: str, why: str, kind: str, payload: str, signed: Signed) -> str:
    """Return the chain of the entry after `head`. `payload` is already canonical JSON."""
    # This gives the same bytes as canonical_json of all fields, without encoding the payload again.
    text = encode_basestring
    parts = [
        f'"at":{text(at)}',
        f'"key":{text(signed.key)}' if signed.key is not None else "",
        f'"kind":{text(kind)}',
        f'"payload":{payload}',
        f'"seen":{signed.seen:d}' if signed.seen is not None else "",
        f'"sequence":{head.sequence + 1}',
        f'"signature":{text(signed.signature)}' if signed.signature is not None else "",
        f'"who":{text(who)}',
        f'"why":{text(why)}',
    ]
    fields = ",".join(part for part in parts if part)
    return hashlib.sha256(f"{head.chain}{{{fields}}}".encode()).hexdigest()


def format_moment(at: datetime | str | None) -> str:
    """Format a time as entries store it: in UTC, to the second. None means now.

    Raises LedgerError for an invalid time or one without a time zone.
    """
    try:
        time = datetime.fromisoformat(at) if isinstance(at, str) else at or datetime.now(UTC)
    except ValueError:
        raise LedgerError(f"{at!r} is not a time; write it as 2026-11-24T12:00:00Z") from None
    if time.tzinfo is None:
        raise LedgerError(f"{at} has no time zone; write it as 2026-11-24T12:00:00Z")
    try:
        return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        raise LedgerError(f"{at} is outside the years 1 to 9999 in UTC; write it as 2026-11-24T12:00:00Z") from None


def require_text(name: str, value: str) -> str:
    """Return a stripped string. Raises LedgerError if it is empty, too long, or not storable in every database.

    A string of invisible characters, such as zero-width spaces, is an error like an empty one. `name`: what the string is, for
    messages.
    """
    text = value.strip()
    if not text:
        raise EmptyField(f"{name} is empty; every entry of the ledger needs it")
    if len(text) > MAX_TEXT_LENGTH:
        raise LedgerError(f"{name} has {len(text):,} characters; at most {MAX_TEXT_LENGTH:,} are allowed")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise LedgerError(f"{name} is not readable text") from None
    if "\0" in text:
        raise LedgerError(f"{name} has a character that cannot be stored (NUL)")
    if not text.isprintable() and not clean_text(text):
        raise EmptyField(f"{name} is empty, apart from invisible characters; every entry of the ledger needs it")
    return text


def optional_text(name: str, value: str | None) -> str | None:
    """Return a stripped string as `require_text` does, or None if it is missing or empty."""
    return require_text(name, value) if value is not None and value.strip() else None
