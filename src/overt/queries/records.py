"""Records with their values, claims, evidence, members and changes, and what became of records that are missing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from overt.model.unarchived_evidence_condition import in_document_not_archived
from overt.model.values.current_on_day import Phase
from overt.queries.database import Reader, json_array
from overt.queries.rows.records import (
    Claim,
    ClaimPlace,
    Fact,
    Judgement,
    ListedRecord,
    Member,
    Missing,
    Record,
    RecordCounts,
    SnapshotChange,
    UntitledDocument,
    Withdrawal,
)
from overt.release.source_independence.shared_announcements import ANNOUNCED, Announced

_WITH_CLAIM_ID = "c.claim_id IN (SELECT value FROM json_each(?))"
_OF_RECORDS = "c.id IN (SELECT value FROM json_each(?))"
MAX_CLAIMS = 2_000
"""Maximum number of claims on a record's page and in `/api/v1/records/…`. `/api/v1/claims` and the release's files have all."""


def find(reader: Reader, identity: str) -> Record | None:
    """Return the record with this published id; None if the release has none."""
    matches = records(reader, [identity])
    return matches[0] if matches else None


def records(reader: Reader, ids: Iterable[str], properties: Collection[str] = ()) -> list[Record]:
    """Return records with their values, in the order of `ids`; unknown ids are left out.

    `properties`: names of the properties whose values are read; all properties if it is empty.
    """
    unique_ids = list(dict.fromkeys(ids))
    values = [json_array(unique_ids)]
    rows = {
        row["id"]: {**row, "phase": Phase(row["phase"]) if row["phase"] else None} for row in reader.rows("records.by_id", values)
    }
    facts: dict[str, dict[str, list[Fact]]] = {}
    chosen = {"ids": values[0], "properties": json_array(properties) if properties else None}
    for row in reader.rows("records.values", chosen):
        fact = Fact(**{**row, "shown": bool(row["shown"]), "contested": bool(row["contested"])})
        facts.setdefault(fact.id, {}).setdefault(fact.property, []).append(fact)
    return [Record(**rows[identity], facts=facts.get(identity, {})) for identity in unique_ids if identity in rows]


def with_publishers(reader: Reader, of_records: Sequence[Record]) -> list[Record]:
    """Return records whose values have the publishers of the documents that our own registers cite for them.

    Values that another source states, too, are unchanged, because that source is their publisher. So are values for which a
    register cites a document without a publisher.
    """
    cited: dict[tuple[str, str, str], list[tuple[str, str | None]]] = {}
    for row in reader.rows("records.publishers", [json_array([record.id for record in of_records])]):
        cited.setdefault((row["id"], row["property"], row["value"]), []).append((row["publisher"] or "", row["place"]))

    def changed(fact: Fact) -> Fact:
        rows = cited.get((fact.id, fact.property, fact.value), ())
        names = tuple(dict.fromkeys(name for name, _ in rows))
        if not names or "" in names:
            return fact
        return replace(fact, publishers=names, place=rows[0][1] if len(rows) == 1 else None)

    return [
        replace(record, facts={name: [changed(fact) for fact in facts] for name, facts in record.facts.items()})
        for record in of_records
    ]


def count(reader: Reader, kind: str) -> int:
    """Count the records of a type."""
    [(total,)] = reader.tuples("records.count", [kind])
    return int(total)


def linked(reader: Reader, target: str, kind: str, *properties: str, limit: int = 500) -> list[Record]:
    """Return up to `limit` records of type `kind` that refer to `target`, sorted by the property, then by id.

    With `properties`, only references by one of these count.
    """
    names = json_array(properties) if properties else None
    values = {"target": target, "type": kind, "properties": names, "limit": limit}
    return records(reader, [row["id"] for row in reader.rows("records.linked", values)])


class Naming(NamedTuple):
    """The records of one type that refer to a record by one property."""

    type: str
    property: str
    total: int
    records: list[Record]
    """The first of these records, by id."""


def named_by(reader: Reader, target: str, leave_out: Collection[str] = (), limit: int = 10) -> list[Naming]:
    """Return the records that refer to `target`, grouped by type and property, without the types in `leave_out`.

    `limit`: maximum number of records in each group.
    """
    groups = []
    for row in reader.rows("records.naming_counts", [target]):
        if row["type"] not in leave_out:
            rows = reader.rows(
                "records.naming", {"target": target, "type": row["type"], "property": row["property"], "limit": limit}
            )
            groups.append(Naming(row["type"], row["property"], row["total"], records(reader, [row["id"] for row in rows])))
    return groups


def all_records(reader: Reader) -> list[ListedRecord]:
    """Return every record of the release."""
    return reader.query(ListedRecord, "static_edition.records")


def claims(reader: Reader, identity: str, limit: int = MAX_CLAIMS) -> list[Claim]:
    """Return up to `limit` claims of a record, sorted by property, each with its source and its first 50 places."""
    return _with_places(reader, reader.query(Claim, "records.claims", [identity, limit], which="c.id = ?", most="?"))


def claims_of(reader: Reader, ids: Iterable[str], limit: int = MAX_CLAIMS) -> tuple[list[Claim], int]:
    """Return the first `limit` claims of several records, and the total number of their claims."""
    identities = json_array(ids)
    rows = reader.query(Claim, "records.claims", [identities, limit + 1], which=_OF_RECORDS, most="?")
    total = len(rows)
    if total > limit:
        [(total,)] = reader.tuples("records.claim_count", [identities])
    return _with_places(reader, rows[:limit]), total


def claims_by_id(reader: Reader, ids: Iterable[str]) -> list[Claim]:
    """Return these claims with their places, in the order of `ids`; unknown ids are left out."""
    claim_ids = list(ids)
    rows = reader.query(Claim, "records.claims", [json_array(claim_ids)], which=_WITH_CLAIM_ID, most="-1")
    by_id = {row.claim_id: row for row in rows}
    return _with_places(reader, [by_id[claim_id] for claim_id in claim_ids if claim_id in by_id])


def claim(reader: Reader, claim_id: str) -> Claim | None:
    """Return one claim with its record, source, rule and places, or None."""
    matches = claims_by_id(reader, [claim_id])
    return matches[0] if matches else None


def documents_of_claim(reader: Reader, claim: Claim) -> list[str]:
    """Return the ids of all documents that a claim's places cite, or that the claim cites for places without a document.

    All places count, not only the first 50 as in `Claim.places`.
    """
    values = {"claim": claim.claim_id, "document": claim.document}
    return [row["cited"] for row in reader.rows("records.documents_of_claim", values)]


def collections(reader: Reader, documents: Iterable[str]) -> set[str]:
    """Return the ids of the documents among these that collect reports by others, according to a register that cites them."""
    return {row["document"] for row in reader.rows("records.collections", {"documents": json_array(documents)})}


def announcements(reader: Reader, documents: Iterable[str]) -> list[Announced]:
    """Return which of these documents, cited by a register as statements of a state or company, announce which records."""
    values = {"documents": json_array(documents), "kinds": json_array(ANNOUNCED)}
    return reader.query(Announced, "records.announcements", values)


def untitled_documents(reader: Reader) -> list[UntitledDocument]:
    """Return the documents without a title, sorted by id."""
    return reader.query(UntitledDocument, "records.untitled_documents", decode={"by_organization": bool})


def claims_citing(reader: Reader, identity: str, source: str, documents: Iterable[str]) -> dict[str, list[Claim]]:
    """Return a source's current claims about a record that cite these documents, by the document's id.

    Claims about the roles, money, places, provisions and statements that belong to the record are included. Documents without
    such a claim are left out.
    """
    values = {"id": identity, "source": source, "documents": json_array(documents)}
    pairs = [(row["claim_id"], row["cited"]) for row in reader.rows("records.claims_citing", values)]
    by_id = {claim.claim_id: claim for claim in claims_by_id(reader, dict.fromkeys(claim_id for claim_id, _ in pairs))}
    cited: dict[str, list[Claim]] = {}
    for claim_id, document in pairs:
        cited.setdefault(document, []).append(by_id[claim_id])
    return cited


class NearCell(NamedTuple):
    """A cell of a file, and its text."""

    locator: str
    excerpt: str


def cells_near(reader: Reader, claim: Claim, capture: str, row: str) -> list[NearCell]:
    """Return up to 300 cells of a captured file that belong to the same row as a claim's cell.

    These are cells of the claim's record, of the records to which this record refers (except organisations and documents), and
    of up to 200 records that refer to any of these. `row`: the prefix of the locators in the row.
    """
    values = {"id": claim.id, "source": claim.source, "capture": capture, "row": f"{row}%"}
    return reader.query(NearCell, "records.cells_near", values)


def _with_places(reader: Reader, claims: Sequence[Claim]) -> list[Claim]:
    places: dict[str, list[ClaimPlace]] = {}
    claim_ids = [json_array([row.claim_id for row in claims])]
    for place in reader.query(ClaimPlace, "records.evidence", claim_ids):
        places.setdefault(place.claim_id, []).append(place)
    counts = dict(reader.tuples("records.place_counts", claim_ids))
    return [
        row._replace(
            places=places.get(row.claim_id, []),
            place_count=counts.get(row.claim_id, 0),
            not_archived=_is_not_archived(row, places.get(row.claim_id, [])),
        )
        for row in claims
    ]


def _is_not_archived(claim: Claim, places: Sequence[ClaimPlace]) -> bool:
    document = next(filter(None, [claim.document, *(place.document for place in places)]), None)
    return in_document_not_archived(claim.source, bool(claim.own), document)


def counts(reader: Reader, identity: str) -> RecordCounts:
    """Count all claims and members of a record; `claims` and `members` may return only some of them."""
    [row] = reader.query(RecordCounts, "records.counts", {"id": identity})
    return row


def find_missing(reader: Reader, identity: str) -> Missing:
    """Return why there is no record with this id, and which record has it now."""
    redirect = reader.first("records.redirect", [identity])
    new_id = str(redirect["id"]) if redirect else ""
    if new_id and (record := find(reader, new_id)):
        return Missing("moved", new_id, record)
    if withdrawal := reader.query_first(Withdrawal, "records.withdrawn", [new_id or identity]):
        return Missing("withdrawn", new_id, withdrawal=withdrawal)
    return Missing("unknown", new_id)


def members(reader: Reader, identity: str) -> list[Member]:
    """Return up to 200 source records that belong to a published record."""
    return reader.query(Member, "records.members", [identity])


def judgements(reader: Reader, identity: str) -> list[Judgement]:
    """Return the judgements about the members of a record."""
    return reader.query(Judgement, "records.judgements", {"id": identity})


def history(reader: Reader, identity: str) -> list[SnapshotChange]:
    """Return up to 200 changes of a record in the newest snapshots of its sources."""
    return reader.query(SnapshotChange, "records.snapshots", [identity])
