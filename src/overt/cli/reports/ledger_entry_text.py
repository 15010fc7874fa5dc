"""Descriptions of entries in the ledger, in words."""

from collections.abc import Mapping
from typing import Any

from overt.cli.text_truncation_and_sizes import cut
from overt.ledger import Entry

_VALUE = 80
"""Maximum number of characters of a value that are printed."""


def describe_entry(entry: Entry) -> str:
    """Return what an entry did, in one line."""
    payload = entry.payload
    match entry.kind:
        case "judgement":
            imported = f" (from {payload['origin']['atlas']})" if "origin" in payload else ""
            return f"judged {payload['verdict']}: {payload['left']} and {payload['right']}{imported}"
        case "claim":
            unit = f" {payload['unit']}" if payload.get("unit") else ""
            value = f"{cut(payload['value'], _VALUE)}{unit}"
            return f"claimed {payload['record']} {payload['property']}: {value} ({_document(payload)})"
        case "claim-source-document":
            return f"added a document to the claim of entry {payload['claim']} ({_document(payload)})"
        case "retraction":
            return f"retracted {payload['target']}"
        case "correction":
            return f"corrected {payload['record']}{_correction(payload)}"
        case "withholding":
            return f"withheld {payload['record']}"
        case "source-snapshot":
            return f"chose snapshot {payload['snapshot']} of {payload['source']}"
        case "source-removal":
            return f"left the source {payload['source']} out"
        case "undo":
            last = payload.get("last", payload["sequence"])
            more = f" to {last}" if last != payload["sequence"] else ""
            return f"took {'entries' if more else 'entry'} {payload['sequence']}{more} back"
    return entry.kind


def entry_data(entry: Entry, undone_by: Mapping[int, int]) -> dict[str, Any]:
    """Return an entry for --json, with its description, and the entry that took it back (or null)."""
    return {
        "entry": entry.sequence,
        "kind": entry.kind,
        "at": entry.at,
        "who": entry.who,
        "why": entry.why,
        "what": describe_entry(entry),
        "payload": dict(entry.payload),
        "undone_by": undone_by.get(entry.sequence),
    }


def entry_line(entry: Entry, undone_by: Mapping[int, int]) -> str:
    """Return an entry as one line: number, day, editor, description, reason, and whether it was taken back."""
    undone = f"  [taken back by entry {undone_by[entry.sequence]}]" if entry.sequence in undone_by else ""
    return f"{entry.sequence:>5}  {entry.at[:10]}  {entry.who}: {describe_entry(entry)}: {entry.why}{undone}"


def _correction(payload: Mapping[str, Any]) -> str:
    if "property" not in payload:
        return ": taken back as a whole"
    before = "; ".join(cut(value, _VALUE) for value in payload["before"])
    if "value" not in payload:
        return f" {payload['property']}: {before} taken back"
    unit = f" {payload['unit']}" if payload.get("unit") else ""
    return f" {payload['property']}: {before} → {cut(payload['value'], _VALUE)}{unit} ({_document(payload)})"


def _document(payload: Mapping[str, Any]) -> str:
    document = payload["document"]
    return f"“{cut(document['title'], _VALUE)}”, {cut(document['place'], _VALUE)}"
