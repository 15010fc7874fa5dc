"""Records with their values, claims and evidence."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

import orjson

from overt.model.claim import in_document_not_archived
from overt.queries.database import Reader

_WITH_CLAIM_ID = "c.claim_id IN (SELECT value FROM json_each(?))"
_OF_RECORDS = "c.id IN (SELECT value FROM json_each(?))"
ClaimT = TypeVar("ClaimT", "Claim", "ClaimDetails")
MOST_CLAIMS = 2_000
"""Maximum number of claims on one page; the API and the release's files have all claims of a record."""


@dataclass(frozen=True)
class Fact:
    """One value of a property, with the data for its evidence mark."""

    id: str
    property: str
    value: str
    unit: str | None
    lang: str | None
    shown: bool
    contested: bool
    basis: str
    claims: int
    sources: int
    independent_sources: int | None
    claim_id: str
    source: str | None
    retrieved: str | None
    excerpt: str | None
    label: str | None = None
    """If the value refers to a record: that record's label; the next fields are the label's language and the Chinese label."""
    label_lang: str | None = None
    label_zh: str | None = None
    kind: str | None = None
    """If the value refers to a record: that record's type."""


class ClaimPlace(NamedTuple):
    """A place in archived bytes that states a claim."""

    claim_id: str
    capture: str
    locator: str
    excerpt: str | None
    document: str | None
    document_label: str | None
    document_lang: str | None
    document_zh: str | None
    file: str | None
    role: str | None
    address: str | None
    retrieved: str | None
    licence: str | None
    snapshot: str | None


class Claim(NamedTuple):
    """A claim with its source, its rule, and its places in archived bytes."""

    claim_id: str
    id: str
    source: str
    record: str
    type: str
    property: str
    value: str
    target: str | None
    target_label: str | None
    target_lang: str | None
    target_zh: str | None
    target_type: str | None
    original: str | None
    unit: str | None
    lang: str | None
    valid_from: str | None
    valid_to: str | None
    basis: str
    rule: str | None
    rule_meaning: str | None
    document: str | None
    document_label: str | None
    document_lang: str | None
    document_zh: str | None
    standing: str
    source_title: str | None
    retrieved: str | None
    licence: str | None
    reuse: str | None
    own: int | None
    places: Sequence[ClaimPlace] = ()
    """The first places that state the claim."""
    place_count: int = 0
    """Number of all places that state the claim."""
    not_archived: bool = False
    """Whether the places are in a document that is not archived."""


class ClaimDetails(NamedTuple):
    """A claim with its record, source, rule and places, for a page of its own."""

    claim_id: str
    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    source: str
    record: str
    type: str
    property: str
    value: str
    target: str | None
    target_label: str | None
    target_lang: str | None
    target_zh: str | None
    target_type: str | None
    original: str | None
    unit: str | None
    lang: str | None
    valid_from: str | None
    valid_to: str | None
    basis: str
    rule: str | None
    rule_meaning: str | None
    document: str | None
    document_label: str | None
    document_lang: str | None
    document_zh: str | None
    standing: str
    source_title: str | None
    retrieved: str | None
    licence: str | None
    licence_url: str | None
    attribution: str | None
    reuse: str | None
    own: int | None
    transcribed: str | None
    publisher_address: str | None
    places: Sequence[ClaimPlace] = ()
    """The first places that state the claim."""
    place_count: int = 0
    """Number of all places that state the claim."""
    not_archived: bool = False
    """Whether the places are in a document that is not archived."""


class RecordCounts(NamedTuple):
    """How many claims and members a record has."""

    claims: int
    members: int


class Withdrawal(NamedTuple):
    """A record about which nothing is stated any more, and the reason."""

    id: str
    type: str
    reason: str
    source: str | None
    why: str | None


class Missing(NamedTuple):
    """Why an id has no record: it was merged, or withdrawn."""

    what: Literal["moved", "withdrawn", "unknown"]
    new_id: str = ""
    """Id of the record that it was merged into."""
    withdrawal: Withdrawal | None = None


class Member(NamedTuple):
    """A source record that belongs to a published record."""

    record: str
    source: str
    current: int


class Judgement(NamedTuple):
    """An editor's decision on whether two source records describe the same thing."""

    sequence: int
    at: str
    why: str | None
    verdict: str
    left_record: str
    right_record: str
    left_id: str | None
    right_id: str | None


class SnapshotChange(NamedTuple):
    """A change of a record in the newest snapshot of a source."""

    reason: str
    source: str | None
    record: str | None
    type: str | None
    property: str | None
    before: str | None
    after: str | None


class ListedRecord(NamedTuple):
    """A record of the release. If it is a value of a series, also the series and country whose page shows it."""

    id: str
    type: str
    series: str | None
    country: str | None


@dataclass(frozen=True)
class Record:
    """A record and its values by property; the values that are shown come first."""

    id: str
    type: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    sources: int
    independent_sources: int | None
    """Number of sources and documents that describe the record and don't copy one another; None in older releases, which lack it.
    """
    members: int
    reuse: str
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def fact(self, name: str) -> Fact | None:
        """Return the value shown for a property."""
        facts = self.facts.get(name)
        return facts[0] if facts else None

    def shown(self, name: str) -> list[Fact]:
        """Return all values shown for a property."""
        return [fact for fact in self.facts.get(name, []) if fact.shown]

    def rivals(self, name: str) -> list[Fact]:
        """Return the values that disagree with those shown."""
        return [fact for fact in self.facts.get(name, []) if not fact.shown]

    def value(self, name: str) -> str | None:
        """Return the text of the value shown for a property."""
        fact = self.fact(name)
        return fact.value if fact else None


def find(reader: Reader, identity: str) -> Record | None:
    """Return a record by its published id."""
    matches = records(reader, [identity])
    return matches[0] if matches else None


def records(reader: Reader, ids: Iterable[str]) -> list[Record]:
    """Return records with their values, in the order of `ids`; unknown ids are left out."""
    unique_ids = list(dict.fromkeys(ids))
    values = [orjson.dumps(unique_ids).decode()]
    rows = {row["id"]: row for row in reader.rows("records.by_id", values)}
    facts: dict[str, dict[str, list[Fact]]] = {}
    for row in reader.rows("records.values", values):
        fact = Fact(**{**row, "shown": bool(row["shown"]), "contested": bool(row["contested"])})
        facts.setdefault(fact.id, {}).setdefault(fact.property, []).append(fact)
    return [Record(**rows[identity], facts=facts.get(identity, {})) for identity in unique_ids if identity in rows]


def linked(reader: Reader, target: str, kind: str, *properties: str, limit: int = 500) -> list[Record]:
    """Return up to `limit` records of type `kind` that refer to `target` by any property, or only by one of `properties`."""
    rows = reader.rows("records.linked", {"target": target, "type": kind, "limit": limit + 1})
    return records(reader, [row["id"] for row in rows if not properties or row["property"] in properties][:limit])


class Naming(NamedTuple):
    """The records of one type that refer to a record by one property."""

    type: str
    property: str
    total: int
    records: list[Record]
    """The first of these records, sorted by id."""


def named_by(reader: Reader, target: str, leave_out: Collection[str] = (), limit: int = 10) -> list[Naming]:
    """Return the records that refer to `target`, grouped by type and property. Types in `leave_out` are left out.

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
    """Return all records of the release, each with its series and country if it is a value of a series."""
    return reader.query(ListedRecord, "edition.records")


def claims(reader: Reader, identity: str, limit: int = MOST_CLAIMS) -> list[Claim]:
    """Return the claims of a record, each with its source and its first 50 places in archived bytes."""
    return _with_places(reader, reader.query(Claim, "records.claims", [identity, limit], which="c.id = ?", most="?"))


def claims_of(reader: Reader, ids: Iterable[str], limit: int = MOST_CLAIMS) -> tuple[list[Claim], int]:
    """Return the first `limit` claims of several records, and the number of all their claims."""
    identities = orjson.dumps(list(ids)).decode()
    rows = reader.query(Claim, "records.claims", [identities, limit + 1], which=_OF_RECORDS, most="?")
    total = len(rows)
    if total > limit:
        [(total,)] = reader.tuples("records.claim_count", [identities])
    return _with_places(reader, rows[:limit]), total


def claims_by_id(reader: Reader, ids: Iterable[str]) -> list[Claim]:
    """Return claims with their places, in the order of `ids`."""
    claim_ids = list(ids)
    rows = reader.query(Claim, "records.claims", [orjson.dumps(claim_ids).decode()], which=_WITH_CLAIM_ID, most="-1")
    by_id = {row.claim_id: row for row in rows}
    return _with_places(reader, [by_id[claim_id] for claim_id in claim_ids if claim_id in by_id])


def claim(reader: Reader, claim_id: str) -> ClaimDetails | None:
    """Return one claim with its record, source, rule and places."""
    matches = _with_places(reader, reader.query(ClaimDetails, "records.claim", [claim_id]))
    return matches[0] if matches else None


def _with_places(reader: Reader, claims: Sequence[ClaimT]) -> list[ClaimT]:
    places: dict[str, list[ClaimPlace]] = {}
    claim_ids = [orjson.dumps([row.claim_id for row in claims]).decode()]
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


def _is_not_archived(claim: "Claim | ClaimDetails", places: Sequence[ClaimPlace]) -> bool:
    document = next(filter(None, [claim.document, *(place.document for place in places)]), None)
    return in_document_not_archived(claim.source, bool(claim.own), document)


def counts(reader: Reader, identity: str) -> RecordCounts:
    """Count all claims and members of a record; `claims` and `members` may return only the first of them."""
    [row] = reader.query(RecordCounts, "records.counts", {"id": identity})
    return row


def find_missing(reader: Reader, identity: str) -> Missing:
    """Return why an id has no record."""
    if row := reader.first("records.redirect", [identity]):
        return Missing("moved", row["id"])
    if withdrawal := reader.query_first(Withdrawal, "records.withdrawn", [identity]):
        return Missing("withdrawn", withdrawal=withdrawal)
    return Missing("unknown")


def members(reader: Reader, identity: str) -> list[Member]:
    """Return the source records that belong to a published record."""
    return reader.query(Member, "records.members", [identity])


def judgements(reader: Reader, identity: str) -> list[Judgement]:
    """Return the judgements about the members of a record."""
    return reader.query(Judgement, "records.judgements", {"id": identity})


def history(reader: Reader, identity: str) -> list[SnapshotChange]:
    """Return the changes of a record in the newest snapshots of its sources."""
    return reader.query(SnapshotChange, "records.snapshots", [identity])
