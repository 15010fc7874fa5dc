"""Corrections of published records, and the withholding of records in dispute."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.archive import Archive
from overt.cli.atlas_access import writing
from overt.cli.editor_entries.added_and_retracted_claims import record_named
from overt.cli.editor_entries.record_lookup import members_of, record_and_type
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.importing.claim_store import ClaimStore
from overt.ledger import Draft, Ledger, SourceDocument, correction_draft
from overt.model.claim import Claim
from overt.model.errors import ContentError, UsageError, ValueProblem, format_count
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.schema import Property
from overt.model.spelling_suggestions import did_you_mean
from overt.model.values.canonical_texts_urls_and_identifiers import canonical_url
from overt.model.workspace import Workspace
from overt.resolve.additions.entry_value_parser import AddedValue, canonical_value
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.workspace_resolution import imported_snapshots

_COLUMNS = ["claim_id", "record", "property", "value", "unit", "lang"]
_REASON = "the reason is missing; give it with --why: readers will see it"
_MAX_VALUES = 5
"""Maximum number of values that a message lists."""


class NewValue(NamedTuple):
    """The arguments of `overt correct`."""

    record: str
    name: str | None
    value: str | None
    was: str | None
    title: str | None
    place: str | None
    url: str | None
    unit: str | None
    lang: str | None


def correct(workspace: Path, new: NewValue, why: str, who: str, *, json: bool) -> None:
    """Enter a correction of a record or of one property.

    Without a property's name in `new`, the correction takes back the whole record. With a new value, it replaces the property's
    value; without one, it removes the value.

    Raises UsageError if there is no reason or nothing to correct, for an unknown record or property, for a value that is
    ambiguous, invalid or already taken back, and for a new value without a document.
    """
    _require_reason(why)
    with writing(workspace) as (atlas, archive, ledger):
        record, kind = record_and_type(atlas, record_named(atlas, new.record))
        members = members_of(atlas, record)
        draft = (
            _record_correction(ledger, record, kind, members, new, who, why)
            if new.name is None
            else _property_correction(atlas, archive, ledger, record, kind, members, new, who, why)
        )
        [entry] = ledger.append_drafts(lambda entries: [draft])
    taken = entry.payload["targets"]
    what = "the record as a whole" if new.name is None else format_count(len(taken), "claim")
    messages.print(
        f"entry {entry.sequence} on {record}: takes back {what}; `overt judge undo {entry.sequence} --why … --who …` undoes it;"
        " `overt release` makes it count and lists it with its reason"
    )
    if json:
        print_json({"entry": entry.sequence, **entry.payload})


def withhold(workspace: Path, name: str, why: str, who: str, *, json: bool) -> None:
    """Add a ledger entry that withholds a record.

    Raises UsageError for an unknown record or no reason, and LedgerError if the record is already withheld.
    """
    _require_reason(why)
    with writing(workspace) as (atlas, _, ledger):
        record = record_named(atlas, name)
        members = members_of(atlas, record)
        entry = ledger.withhold(record, who, why, members=members)
    messages.print(
        f"entry {entry.sequence} withholds {record}; `overt judge undo {entry.sequence} --why … --who …` shows it again;"
        " `overt release` makes it count, and the record’s address then gives the day and the reason"
    )
    if json:
        print_json({"entry": entry.sequence, "record": record, "members": members})


def _require_reason(why: str) -> None:
    if not why.strip():
        raise UsageError(_REASON)


def _record_correction(
    ledger: Ledger, record: str, kind: str, members: Sequence[str], new: NewValue, who: str, why: str
) -> Draft:
    """Return a correction that takes back a whole record.

    Raises UsageError if `new` has an old value, and if the whole record is taken back already.
    """
    retracted = {retraction.target for retraction in ledger.retractions()}
    targets = [member for member in members if member not in retracted]
    if new.was is not None:
        raise UsageError(f"{record}: --was needs a property; name the property before it")
    if not targets:
        raise UsageError(f"{record}: all of it is taken back already; `overt claim list` shows by which entry")
    return correction_draft(record, kind, None, targets=targets, before=[], who=who, why=why)


def _property_correction(
    atlas: Workspace,
    archive: Archive,
    ledger: Ledger,
    record: str,
    kind: str,
    members: Sequence[str],
    new: NewValue,
    who: str,
    why: str,
) -> Draft:
    """Return a correction that takes back wrong values of a property and adds the value of `new`, unless that is None.

    Raises UsageError if there is no wrong value, if several could be meant, for an invalid new value, and for a new value that
    was taken back earlier or has no document.
    """
    assert new.name is not None
    property_ = _property(atlas, kind, new.name)
    value, unit = _canonical(atlas, property_, new.value, new.unit)
    claims = _current_claims(atlas, archive, ledger, members, property_.name)
    if not claims:
        raise UsageError(f"{record}: no source states its {property_.name}; `overt claim add` adds a value")
    if new.was is not None:
        was, _ = _canonical(atlas, property_, new.was, None)
        chosen = [claim for claim in claims if claim["value"] == was]
        if not chosen:
            raise UsageError(f"{record}: no source states {new.was!r} as its {property_.name}; sources state {_listed(claims)}")
    else:
        chosen = [claim for claim in claims if new.lang is None or claim["lang"] == new.lang]
        if (property_.many or property_.type == "name") and len({claim["value"] for claim in chosen}) > 1:
            raise UsageError(f"{record}: has several values of {property_.name}: {_listed(chosen)}; choose one with --was")
    wrong = [claim for claim in chosen if (claim["value"], claim["unit"]) != (value, unit)]
    if not wrong:
        raise UsageError(f"{record}: its {property_.name} is {new.value or new.was} already; there is nothing to correct")
    document = None
    if value is not None:
        document = _document(new)
        claim = Claim(EDITORIAL_SOURCE, record, kind, property_.name, value, None, unit, new.lang)
        for retraction in ledger.retractions():
            if retraction.target == claim.id:
                raise UsageError(
                    f"{record}: entry {retraction.sequence} takes this value back; undo that entry with `overt judge undo"
                    f" {retraction.sequence}` instead"
                )
    return correction_draft(
        record, kind, property_.name,
        targets=sorted({claim["claim_id"] for claim in wrong}), before=sorted({_text(claim) for claim in wrong}),
        who=who, why=why, value=value, unit=unit, lang=new.lang if value is not None else None, document=document,
    )  # fmt: skip


def _property(atlas: Workspace, kind: str, name: str) -> Property:
    properties = atlas.content.schema.types[kind].properties
    if name not in properties:
        hint = did_you_mean(name, properties)
        raise UsageError(f"a record of type {kind} has no property {name!r}{hint} (it has {', '.join(properties)})")
    return properties[name]


def _canonical(atlas: Workspace, property_: Property, value: str | None, unit: str | None) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    try:
        text = record_named(atlas, value) if property_.type == "record" else value
        return canonical_value(atlas.content, property_, AddedValue(text, unit))
    except (ContentError, ValueProblem) as error:
        raise UsageError(str(error)) from None


def _document(new: NewValue) -> SourceDocument:
    if not (new.title or "").strip() or not (new.place or "").strip():
        raise UsageError("a new value needs the document that shows it: --document TITLE and --place WHERE")
    try:
        return SourceDocument(new.title or "", new.place or "", new.url and canonical_url(new.url))
    except ValueProblem as error:
        raise UsageError(str(error)) from None


def _current_claims(
    atlas: Workspace, archive: Archive, ledger: Ledger, members: Sequence[str], name: str
) -> list[dict[str, Any]]:
    """Return the claims about a property of these records that have not been taken back."""
    store = ClaimStore(atlas.claims)
    filters = pc.field("record").isin(list(members)) & (pc.field("property") == name)
    rows = [
        row
        for snapshot in imported_snapshots(atlas, archive, ledger.source_choices())
        for row in pq.read_table(
            store.intact_snapshot(snapshot.source, snapshot.id).claims, columns=_COLUMNS, filters=filters
        ).to_pylist()
    ]
    editorial = read_editorial_claims(atlas.content, ledger).claims.select(_COLUMNS).to_pylist()
    rows += [row for row in editorial if row["record"] in members and row["property"] == name]
    retracted = {retraction.target for retraction in ledger.retractions()}
    return [row for row in rows if not {row["claim_id"], row["record"]} & retracted]


def _text(claim: dict[str, Any]) -> str:
    return f"{claim['value']} {claim['unit']}" if claim["unit"] else str(claim["value"])


def _listed(claims: Sequence[dict[str, Any]]) -> str:
    texts = sorted({_text(claim) for claim in claims})
    more = f" and {len(texts) - _MAX_VALUES:,} more" if len(texts) > _MAX_VALUES else ""
    return "; ".join(texts[:_MAX_VALUES]) + more
