"""What `overt show` tells of a record: what a release has of it, what names it, and who decided what editors added."""

import re
from collections.abc import Iterable
from typing import Any

from overt.ledger import Entry, Ledger
from overt.model.errors import UsageError
from overt.model.workspace import Workspace
from overt.release.release import Release

Data = dict[str, Any]
_ID = re.compile(r"ovt-\S+|[a-z][a-z0-9_]*:\S.*")
"""What can only be an id, and no name."""
_LISTED = 10
"""Things that a message names."""


def record_data(atlas: Workspace, held: Release, name: str) -> Data:
    """A record of a release: `overt.release.release.Release.record`, and more.

    Each value that names a record has that record's `label`; `named_by` holds the records that name this one, with their values;
    `cited_for` those that a document is cited for; a place in the ledger has its `entry`, a claim taken back its `retraction`.
    Raises UsageError for a name of none, or of several things.
    """
    found = held.record(record_id(held, name))
    identity = found["id"]
    labelled = _labels(held)
    found["values"] = labelled(found["values"])
    found["named_by"] = _named_by(held, identity, labelled)
    found["cited_for"] = held.rows(_CITED, [identity, identity]) if found.get("type") == "document" else []
    _add_decisions(found, held, atlas)
    return found


def provenance_data(atlas: Workspace, held: Release, found: Data) -> Data:
    """Where a record comes from, in PROV-O. `found`: what `record_data` gives. Raises UsageError where nothing is said of it."""
    from overt.export.prov import provenance  # here: what prints a record needs no site
    from overt.http.addresses import record_url

    if found.get("withdrawn"):
        raise UsageError(f"{found['id']}: nothing is said of it any more in release {held.id}")
    named = sorted({claim["document"] for claim in found["claims"] if claim["document"]})
    query = "SELECT record, id FROM members WHERE list_contains(?, record)"
    documents = {row["record"]: row["id"] for row in held.rows(query, [named])} if named else {}
    claims = [{**claim, "document": documents.get(claim["document"])} for claim in found["claims"]]
    page = record_url(found["type"], found["id"])
    address = atlas.settings.site.address.rstrip("/")
    return provenance(held.id, address, found, page, claims, held.rows("SELECT * FROM sources ORDER BY source"))


def record_id(held: Release, name: str) -> str:
    """The published id behind any id, or behind a name that means one thing. Raises UsageError."""
    try:
        return held.canonical(name)
    except UsageError as error:
        if _ID.fullmatch(name) or "aliases" not in held.manifest["tables"]:
            raise UsageError(f"{error}; `overt search` finds records by their names") from None
    from overt.resolve.alias_table import key_of  # here, with NameForms: an id needs neither
    from overt.resolve.names import NameForms

    things = held.rows(_CALLED, [key_of(name, NameForms())])
    if not things:
        raise UsageError(f"{name}: nothing of release {held.id} goes by that name; `overt search` finds names that are like it")
    if len(things) > 1:
        told = "; ".join(f"{thing['label']} ({thing['type']} {thing['id']})" for thing in things[:_LISTED])
        more = f" … and {len(things) - _LISTED:,} more" if len(things) > _LISTED else ""
        raise UsageError(f"{name}: {len(things):,} things go by that name: {told}{more}; name one by its id")
    return str(things[0]["id"])


_CALLED = """
    SELECT DISTINCT a.id, a.type, r.label
    FROM aliases AS a
    JOIN records AS r USING (id)
    WHERE a.key = ?
    ORDER BY a.type, r.label, a.id
"""
_CITED = """
    SELECT DISTINCT c.id, c.type, r.label
    FROM claims AS c
    JOIN records AS r USING (id)
    WHERE c.type <> 'document' AND c.standing = 'current' AND (
        c.document IN (SELECT record FROM members WHERE id = ?)
        OR c.claim_id IN (SELECT claim_id FROM evidence WHERE document IN (SELECT record FROM members WHERE id = ?)))
    ORDER BY c.type, r.label, c.id
"""


def _named_by(held: Release, identity: str, labelled: Any) -> list[Data]:
    """The records that name this one as a value, each with its values but that one."""
    naming = held.rows('SELECT DISTINCT id, type, property FROM "values" WHERE value = ? ORDER BY type, property, id', [identity])
    ids = list(dict.fromkeys(row["id"] for row in naming))
    query = 'SELECT * EXCLUDE (type, claim_id) FROM "values" WHERE list_contains(?, id) ORDER BY id, property, rank'
    values: dict[str, list[Data]] = {}
    for row in labelled(held.rows(query, [ids]) if ids else []):
        values.setdefault(row.pop("id"), []).append(row)
    return [
        {
            **row,
            "values": [one for one in values[row["id"]] if (one["property"], one["value"]) != (row["property"], identity)],
        }
        for row in naming
    ]


def _labels(held: Release) -> Any:
    """A function that adds to values the labels of the records that they name."""

    def add(values: list[Data]) -> list[Data]:
        wanted = sorted({row["value"] for row in values if row["value"].startswith("ovt-")})
        found = held.rows("SELECT id, label FROM records WHERE list_contains(?, id)", [wanted]) if wanted else []
        labels = {row["id"]: row["label"] for row in found}
        return [{**row, "label": labels.get(row["value"])} for row in values]

    return add


def _add_decisions(found: Data, held: Release, atlas: Workspace) -> None:
    """Who decided what of it, when and why: of editorial claims out of the ledger, of retractions out of the release."""
    places = [place for claim in found["claims"] for place in claim["evidence"] if place["locator"].startswith("entry=")]
    entries = _entries(Ledger(atlas.ledger).entries()) if places else {}
    for place in places:
        place["entry"] = entries.get(place["capture"])
    if any(claim["standing"] == "retracted" for claim in found["claims"]) and "retractions" in held.manifest["tables"]:
        taken = {row["target"]: row for row in held.rows("SELECT * FROM retractions ORDER BY sequence")}
        for claim in found["claims"]:
            if claim["standing"] == "retracted":
                claim["retraction"] = taken.get(claim["claim_id"]) or taken.get(claim["record"])


def _entries(entries: Iterable[Entry]) -> dict[str, Data]:
    """Entries by their chain, which is the place that a claim of theirs has."""
    return {one.chain: {"sequence": one.sequence, "at": one.at, "who": one.who, "why": one.why} for one in entries}
