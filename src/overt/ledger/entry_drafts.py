"""Drafts of entries, in canonical form. `at`: time of the entry, by default now."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from overt.ledger.decisions_in_force import Origin, SourceDocument, Verdict
from overt.ledger.entry import Draft, Entry, format_moment, optional_text, require_text
from overt.ledger.errors import LedgerError
from overt.model.values.canonical_texts_urls_and_identifiers import clean_text

_RECORD = re.compile(r"[a-z][a-z0-9_]*:\S.*")


def judgement_draft(
    left: str,
    right: str,
    verdict: str,
    who: str,
    why: str,
    at: datetime | str | None = None,
    origin: Origin | None = None,
) -> Draft:
    """Build a judgement in canonical form, which doesn't depend on the order of the pair.

    `origin`: None for a judgement that is not imported.

    Raises LedgerError for an invalid value, and for a record paired with itself.
    """
    pair = sorted((record_name(left), record_name(right)))
    if pair[0] == pair[1]:
        raise LedgerError(f"{left}: a record is always the same as itself; name two records")
    if verdict not in get_args(Verdict):
        raise LedgerError(f"{verdict!r} is not a verdict; it is one of {', '.join(get_args(Verdict))}")
    payload: dict[str, Any] = {"left": pair[0], "right": pair[1], "verdict": verdict}
    if origin is not None:
        fields = {"atlas": require_text("the atlas it comes from", origin.atlas), "entry": origin.entry, "chain": origin.chain}
        payload["origin"] = {name: value for name, value in fields.items() if value is not None}
    return make_draft(at, who, why, "judgement", payload)


def claim_draft(
    record: str,
    type: str,
    property: str,
    value: str,
    *,
    document: SourceDocument,
    who: str,
    why: str,
    unit: str | None = None,
    lang: str | None = None,
    valid_from: str | None = None,
    valid_to: str | None = None,
    at: datetime | str | None = None,
) -> Draft:
    """Build an editorial claim in canonical form. Raises LedgerError for an invalid value."""
    payload = {
        "record": record_name(record),
        "type": require_text("type", type),
        "property": require_text("property", property),
        "value": require_text("value", value),
        "unit": optional_text("unit", unit),
        "lang": optional_text("lang", lang),
        "valid_from": optional_text("valid_from", valid_from),
        "valid_to": optional_text("valid_to", valid_to),
        "document": document_fields(document),
    }
    return make_draft(at, who, why, "claim", payload)


def document_draft(sequence: int, document: SourceDocument, who: str, why: str, at: datetime | str | None = None) -> Draft:
    """Build a draft that adds a document to the editorial claim of entry `sequence`.

    The number is not checked; it should be that of a claim that is appended together with this draft. Raises LedgerError for any
    other invalid value.
    """
    return make_draft(at, who, why, "claim-source-document", {"claim": sequence, "document": document_fields(document)})


def correction_draft(
    record: str,
    type: str,
    property: str | None,
    *,
    targets: Iterable[str],
    before: Iterable[str],
    who: str,
    why: str,
    value: str | None = None,
    unit: str | None = None,
    lang: str | None = None,
    document: SourceDocument | None = None,
    at: datetime | str | None = None,
) -> Draft:
    """Build a correction in canonical form. Its fields are those of `overt.ledger.decisions_in_force.Correction`.

    `lang` and `document`: language of the new value, and the document that shows it. Raises LedgerError for an invalid value,
    for empty `targets`, and for a new value without a property or a document.
    """
    if value is not None and (document is None or property is None):
        raise LedgerError(f"{record}: a new value needs its property and the document that shows it")
    payload = {
        "record": record_name(record),
        "type": require_text("type", type),
        "property": optional_text("property", property),
        "targets": list(targets),
        "before": list(before),
        "value": None if value is None else require_text("value", value),
        "unit": optional_text("unit", unit),
        "lang": optional_text("lang", lang),
        "document": None if document is None else document_fields(document),
    }
    if not payload["targets"]:
        raise LedgerError(f"{record}: a correction takes back at least one claim or record")
    return make_draft(at, who, why, "correction", payload)


def mark_as_act(entries: Sequence[Entry], drafts: Iterable[Draft]) -> list[Draft]:
    """Mark drafts as written together, so that `act_range` returns all of them. `entries`: all entries before them."""
    return [draft._replace(payload={**draft.payload, "act": len(entries) + 1}) for draft in drafts]


def make_draft(at: datetime | str | None, who: str, why: str, kind: str, payload: dict[str, Any]) -> Draft:
    """Build a draft, stripping surrounding white space. Raises LedgerError for an invalid time or text, or without a reason."""
    # A ledger with keys stores no names, so `who` is only required without keys. The store checks that, because it knows the
    # keys.
    return Draft(format_moment(at), optional_text("who", who) or "", require_text("why", why), kind, payload)


def record_name(text: str) -> str:
    """Return the id of a source's record. Raises LedgerError if the string is not such an id."""
    record = require_text("record", text)
    if not _RECORD.fullmatch(record):
        raise LedgerError(f"{record!r} is not a record of a source; name it as source:key, as `overt show` lists them")
    return record


def document_fields(document: SourceDocument) -> dict[str, str]:
    """Return a document as part of a payload. Control characters are removed from its title and place, which are published.

    Raises LedgerError as `require_text` does, and if the address is not a web address.
    """
    fields = {
        "title": clean_text(require_text("the document's title", document.title)),
        "place": clean_text(require_text("the place in it", document.place)),
    }
    url = optional_text("the document's address", document.url)
    if url is not None:
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise LedgerError(f"{url!r} is not a web address of a document; it begins with https://")
        fields["url"] = url
    return fields
