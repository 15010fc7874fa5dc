"""Entering editorial claims, and retracting claims."""

import re
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from overt.archive import Archive
from overt.cli.atlas_access import writing
from overt.cli.editor_entries.record_lookup import members_of, named_record, record_and_type, records_named
from overt.cli.json_output import print_json
from overt.cli.messages_and_progress import messages
from overt.importing.claim_store import ClaimStore
from overt.ledger import Ledger, SourceDocument
from overt.model.errors import ContentError, UsageError, ValueProblem
from overt.model.record_ids import EDITORIAL_SOURCE, key_part
from overt.model.values.canonical_texts_urls_and_identifiers import canonical_url
from overt.model.values.dates import canonical_date
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.workspace_resolution import imported_snapshots

_CLAIM = re.compile(r"[0-9a-f]{32}")


class NewClaim(NamedTuple):
    """The arguments of `overt claim add`."""

    record: str
    record_type: str
    name: str
    value: str
    title: str
    place: str
    url: str | None
    unit: str | None
    lang: str | None
    valid_from: str | None
    valid_to: str | None


def add_claim(workspace: Path, claim: NewClaim, why: str, who: str, *, json: bool) -> None:
    """Enter a claim with its document.

    Raises UsageError for an unknown record, a type that is not the record's, and an invalid property, value, date or address.
    Raises LedgerError if the reason, the title of the document or the place in it is missing.
    """
    record, record_type, name, value, title, place, url, unit, lang, valid_from, valid_to = claim
    with writing(workspace) as (atlas, _, ledger):
        target = record_named(atlas, record)
        if (known := _type_of(atlas, ledger, target)) not in (None, record_type):
            raise UsageError(f"{target}: is of type {known}, not {record_type}")
        try:
            property_ = atlas.content.schema.property(record_type, name)
            text = record_named(atlas, value) if property_.type == "record" else value
            canonical, unit = atlas.content.canonical(property_, text, unit)
            valid_from, valid_to = (bound and canonical_date(bound) for bound in (valid_from, valid_to))
            address = url and canonical_url(url)
        except (ContentError, ValueProblem) as error:
            raise UsageError(str(error)) from None
        entry = ledger.add_claim(
            target, record_type, name, canonical, document=SourceDocument(title, place, address), who=who, why=why,
            unit=unit, lang=lang, valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
    messages.print(
        f"entry {entry.sequence} on {target}; `overt judge undo {entry.sequence} --why … --who …` takes it back;"
        " `overt release` makes it count"
    )
    if json:
        print_json({"entry": entry.sequence, "record": target, "property": name, "value": canonical, "unit": unit})


def retract(workspace: Path, target: str, why: str, who: str, *, json: bool) -> None:
    """Retract a claim, all claims of a record, or all claims of the records behind a published id or a name.

    Raises UsageError if there is no such claim or record, and LedgerError if nothing is left to retract.
    """
    with writing(workspace) as (atlas, archive, ledger):
        targets = [target]
        if target.startswith("ovt-"):
            targets = members_of(atlas, target)
        elif ":" in target:
            targets = [record_named(atlas, target)]
        elif not _CLAIM.fullmatch(target):
            targets = records_named(atlas, target)
        elif not _is_claim(atlas, archive, ledger, target):
            raise UsageError(f"{target}: there is no such claim; `overt show RECORD --json` lists those of a record")
        retracted = {retraction.target for retraction in ledger.retractions()} if len(targets) > 1 else set()
        targets = [name for name in targets if name not in retracted] or targets
        entries = ledger.retract_all(targets, who, why)
    for entry, name in zip(entries, targets, strict=True):
        messages.print(f"entry {entry.sequence} on {name}; `overt judge undo {entry.sequence} --why … --who …` takes it back")
    messages.print("`overt release` makes it count")
    if json:
        print_json([{"entry": entry.sequence, "target": name} for entry, name in zip(entries, targets, strict=True)])


def record_named(atlas: Workspace, name: str) -> str:
    """Return the id of the source record that an id, a published id or a name identifies (see `named_record`).

    A record `editorial:NAME` need not exist yet. Raises UsageError if no record or several records have the name, and for an
    invalid NAME.
    """
    source, _, key = name.partition(":")
    if source == EDITORIAL_SOURCE:
        try:
            return f"editorial:{'/'.join(key_part(part) for part in key.split('/'))}"
        except ValueProblem as error:
            raise UsageError(f"{name}: {error}") from None
    return named_record(atlas, name)


def _type_of(atlas: Workspace, ledger: Ledger, record: str) -> str | None:
    """Return the type of a record that was imported or that editors created; None for a new one."""
    for claim in ledger.claims():
        if claim.record == record:
            return claim.type
    return None if record.startswith("editorial:") else record_and_type(atlas, record)[1]


def _is_claim(atlas: Workspace, archive: Archive, ledger: Ledger, claim: str) -> bool:
    store = ClaimStore(atlas.claims)
    tables = [
        store.intact_snapshot(snapshot.source, snapshot.id).claims
        for snapshot in imported_snapshots(atlas, archive, ledger.source_choices())
    ]
    if any(pq.read_table(path, columns=["claim_id"], filters=[("claim_id", "=", claim)]).num_rows for path in tables):
        return True
    return claim in read_editorial_claims(atlas.content, ledger).claims["claim_id"].to_pylist()
