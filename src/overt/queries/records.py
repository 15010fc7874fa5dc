"""Records with their values, claims and evidence."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from overt.model.claim import in_document_not_archived
from overt.queries.database import Reader, Row

_AMONG = "c.claim_id IN (SELECT value FROM json_each(?))"
_OF_SEVERAL = "c.id IN (SELECT value FROM json_each(?))"
MOST_CLAIMS = 2_000
"""Claims that one page shows; a record with more is read through the API or the release's files."""


@dataclass(frozen=True)
class Fact:
    """One value of a property, with the data of its evidence mark."""

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
    """The label of the record that the value names, its language, and the label in Chinese."""
    label_lang: str | None = None
    label_zh: str | None = None
    kind: str | None = None
    """The type of the record that the value names."""


@dataclass(frozen=True)
class Record:
    """A record and its values by property, shown ones first."""

    id: str
    type: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    sources: int
    independent_sources: int | None
    """How many sources and documents name it that do not copy one another; None in older releases, which lack the count."""
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
    """Return records of type `kind` that name `target` by any property, or by one of `properties`."""
    rows = reader.rows("records.linked", {"target": target, "type": kind, "limit": limit + 1})
    return records(reader, [row["id"] for row in rows if not properties or row["property"] in properties][:limit])


class Naming(NamedTuple):
    """The records of one type that name a record by one property."""

    type: str
    property: str
    total: int
    records: list[Record]
    """The first of them, by id."""


def named_by(reader: Reader, target: str, leave_out: Collection[str] = (), limit: int = 10) -> list[Naming]:
    """Return the records that name `target`, by type and property, without the types in `leave_out`; `limit`: records of each."""
    groups = []
    for row in reader.rows("records.naming_counts", [target]):
        if row["type"] not in leave_out:
            rows = reader.rows(
                "records.naming", {"target": target, "type": row["type"], "property": row["property"], "limit": limit}
            )
            groups.append(Naming(row["type"], row["property"], row["total"], records(reader, [row["id"] for row in rows])))
    return groups


def claims(reader: Reader, identity: str, limit: int = MOST_CLAIMS) -> list[Row]:
    """Return the claims of a record, each with its source and its places in captured bytes.

    `places` holds the first 50 of `place_count`. `not_archived`: they are in a document that is not archived.
    """
    return _with_places(reader, reader.rows("records.claims", [identity, limit], which="c.id = ?", most="?"))


def claims_of(reader: Reader, ids: Iterable[str], limit: int = MOST_CLAIMS) -> tuple[list[Row], int]:
    """Return the claims of several records, and how many there are."""
    identities = orjson.dumps(list(ids)).decode()
    rows = reader.rows("records.claims", [identities, limit + 1], which=_OF_SEVERAL, most="?")
    total = len(rows) if len(rows) <= limit else int((reader.one("records.claim_count", [identities]) or {"held": 0})["held"])
    return _with_places(reader, rows[:limit]), total


def claims_by_id(reader: Reader, ids: Iterable[str]) -> list[Row]:
    """Return claims with their places, in the order of `ids`."""
    claim_ids = list(ids)
    rows = reader.rows("records.claims", [orjson.dumps(claim_ids).decode()], which=_AMONG, most="-1")
    by_id = {row["claim_id"]: row for row in rows}
    return _with_places(reader, [by_id[claim_id] for claim_id in claim_ids if claim_id in by_id])


def claim(reader: Reader, claim_id: str) -> Row | None:
    """Return one claim with its record, source, rule and places."""
    matches = _with_places(reader, reader.rows("records.claim", [claim_id]))
    return matches[0] if matches else None


def _with_places(reader: Reader, claims: Sequence[Row]) -> list[Row]:
    places: dict[str, list[Row]] = {}
    claim_ids = [orjson.dumps([row["claim_id"] for row in claims]).decode()]
    for place in reader.rows("records.evidence", claim_ids):
        places.setdefault(place.pop("claim_id"), []).append(place)
    counts = {row["claim_id"]: row["held"] for row in reader.rows("records.place_counts", claim_ids)}
    rows = []
    for row in claims:
        of_claim = places.get(row["claim_id"], [])
        document = next(filter(None, [row["document"], *(place["document"] for place in of_claim)]), None)
        not_archived = in_document_not_archived(row["source"], row["own"], document)
        count = counts.get(row["claim_id"], 0)
        rows.append({**row, "places": of_claim, "place_count": count, "not_archived": not_archived})
    return rows


def counts(reader: Reader, identity: str) -> Row:
    """Count all claims and members of a record, of which `claims` and `members` may return only the first."""
    row = reader.one("records.counts", {"id": identity})
    assert row is not None, "an aggregate always has a row"
    return row


def standing(reader: Reader, identity: str) -> tuple[str, Any]:
    """Return what became of an id without a record: `("moved", new id)`, `("withdrawn", row)` or `("unknown", None)`."""
    if row := reader.one("records.redirect", [identity]):
        return "moved", row["id"]
    if row := reader.one("records.withdrawn", [identity]):
        return "withdrawn", row
    return "unknown", None


def members(reader: Reader, identity: str) -> list[Row]:
    """Return the source records that a record is made of."""
    return reader.rows("records.members", [identity])


def judgements(reader: Reader, identity: str) -> list[Row]:
    """Return the judgements about the members of a record."""
    return reader.rows("records.judgements", {"id": identity})


def history(reader: Reader, identity: str) -> list[Row]:
    """Return what the newest snapshots of its sources changed in a record."""
    return reader.rows("records.snapshots", [identity])
