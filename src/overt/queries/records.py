"""Records with their values, claims and the places that say so."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from overt.queries.database import Reader, Row

_AMONG = "c.claim_id IN (SELECT value FROM json_each(?))"
_OF_SEVERAL = "c.id IN (SELECT value FROM json_each(?))"
MOST_CLAIMS = 2_000
"""Claims that one page shows; a record with more is read through the API or the release's files."""


@dataclass(frozen=True)
class Fact:
    """One value of a property, with what its evidence mark shows."""

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
    """Of a value that names a record: what that record is called, in which language, and in Chinese."""
    label_lang: str | None = None
    label_zh: str | None = None
    kind: str | None = None
    """Of a value that names a record: its type."""


@dataclass(frozen=True)
class Record:
    """A thing and its values by property, the shown ones first."""

    id: str
    type: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    sources: int
    independent_sources: int | None
    """How many sources and documents tell of it that do not copy one another; None in a release of before that was counted."""
    members: int
    reuse: str
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def fact(self, name: str) -> Fact | None:
        """The value shown for a property."""
        found = self.facts.get(name)
        return found[0] if found else None

    def shown(self, name: str) -> list[Fact]:
        """All values shown for a property; one where it can have one only."""
        return [fact for fact in self.facts.get(name, []) if fact.shown]

    def rivals(self, name: str) -> list[Fact]:
        """Other values, which other sources give."""
        return [fact for fact in self.facts.get(name, []) if not fact.shown]

    def value(self, name: str) -> str | None:
        """The text of the value shown."""
        fact = self.fact(name)
        return fact.value if fact else None


def find(reader: Reader, identity: str) -> Record | None:
    """A record by its published id."""
    found = records(reader, [identity])
    return found[0] if found else None


def records(reader: Reader, ids: Iterable[str]) -> list[Record]:
    """Records with their values, in the order of `ids`; those that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    given = [orjson.dumps(wanted).decode()]
    rows = {row["id"]: row for row in reader.rows("records.by_id", given)}
    facts: dict[str, dict[str, list[Fact]]] = {}
    for row in reader.rows("records.values", given):
        fact = Fact(**{**row, "shown": bool(row["shown"]), "contested": bool(row["contested"])})
        facts.setdefault(fact.id, {}).setdefault(fact.property, []).append(fact)
    return [Record(**rows[identity], facts=facts.get(identity, {})) for identity in wanted if identity in rows]


def linked(reader: Reader, target: str, kind: str, *properties: str, limit: int = 500) -> list[Record]:
    """Records of type `kind` that name `target`, by any property or by one of `properties`."""
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
    """All claims of a record, each with its source and the places in captured bytes that say it.

    `places` holds the first 50 of `place_count`.
    """
    return _with_places(reader, reader.rows("records.claims", [identity, limit], which="c.id = ?", most="?"))


def claims_of(reader: Reader, ids: Iterable[str], limit: int = MOST_CLAIMS) -> tuple[list[Row], int]:
    """The claims of several records, as `claims` has those of one, and how many there are."""
    given = orjson.dumps(list(ids)).decode()
    found = reader.rows("records.claims", [given, limit + 1], which=_OF_SEVERAL, most="?")
    total = len(found) if len(found) <= limit else int((reader.one("records.claim_count", [given]) or {"held": 0})["held"])
    return _with_places(reader, found[:limit]), total


def claims_by_id(reader: Reader, ids: Iterable[str]) -> list[Row]:
    """Claims with their places, in the order of `ids`."""
    wanted = list(ids)
    found = {
        row["claim_id"]: row for row in reader.rows("records.claims", [orjson.dumps(wanted).decode()], which=_AMONG, most="-1")
    }
    return _with_places(reader, [found[one] for one in wanted if one in found])


def claim(reader: Reader, claim_id: str) -> Row | None:
    """One claim, with its record, source, rule and places."""
    found = _with_places(reader, reader.rows("records.claim", [claim_id]))
    return found[0] if found else None


def _with_places(reader: Reader, found: Sequence[Row]) -> list[Row]:
    places: dict[str, list[Row]] = {}
    wanted = [orjson.dumps([row["claim_id"] for row in found]).decode()]
    for place in reader.rows("records.evidence", wanted):
        places.setdefault(place.pop("claim_id"), []).append(place)
    counts = {row["claim_id"]: row["held"] for row in reader.rows("records.place_counts", wanted)}
    return [{**row, "places": places.get(row["claim_id"], []), "place_count": counts.get(row["claim_id"], 0)} for row in found]


def counts(reader: Reader, identity: str) -> Row:
    """How many claims and members a record has: `claims` and `members` give the first of them only when there are very many."""
    row = reader.one("records.counts", {"id": identity})
    assert row is not None, "an aggregate always has a row"
    return row


def standing(reader: Reader, identity: str) -> tuple[str, Any]:
    """What an id that is no record's stands for: `("moved", new id)`, `("withdrawn", row)` or `("unknown", None)`."""
    if row := reader.one("records.redirect", [identity]):
        return "moved", row["id"]
    if row := reader.one("records.withdrawn", [identity]):
        return "withdrawn", row
    return "unknown", None


def members(reader: Reader, identity: str) -> list[Row]:
    """The source records that a thing is made of."""
    return reader.rows("records.members", [identity])


def judgements(reader: Reader, identity: str) -> list[Row]:
    """What people decided about the records of a thing."""
    return reader.rows("records.judgements", {"id": identity})


def history(reader: Reader, identity: str) -> list[Row]:
    """What the newest snapshots of the sources changed about a thing."""
    return reader.rows("records.snapshots", [identity])
