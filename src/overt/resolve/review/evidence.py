"""What the sources say of two things, side by side: every value with who says it and the cell or words that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from overt.archive import Archive
from overt.importing.step import newest_last
from overt.importing.store import ClaimStore
from overt.ledger import Ledger
from overt.model.engine import connect, quote, sql
from overt.model.workspace import Workspace
from overt.resolve.editorial import SOURCE, editorial_claims
from overt.resolve.review.members import Member, Members
from overt.resolve.step import imported_snapshots

_SQL = files("overt") / "resolve" / "review" / "sql"
MOST_MEMBERS = 50
"""Records of one thing whose claims are shown, the one in question first."""
MOST_LINKS = 12
"""Records shown that name a thing."""


class Place(NamedTuple):
    """Where a claim stands in an archived file, with the text of that place."""

    file: str
    locator: str
    excerpt: str
    retrieved: str


@dataclass(frozen=True)
class Said:
    """A value of one property, as one claim says it."""

    record: str
    source: str
    property: str
    value: str
    unit: str | None
    lang: str | None
    original: str | None
    basis: str
    rule: str | None
    claim_id: str
    retracted: bool
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Link:
    """Another record that names the thing, and what that record is about: a role, and the project it was played in."""

    type: str
    record: str
    words: tuple[str, ...]
    """Its own values, in the order of its properties; a record that it names stands by its name."""


@dataclass(frozen=True)
class Side:
    """One of the two things."""

    member: Member
    """The record in question."""
    records: tuple[str, ...]
    """All records of its cluster, the one in question first."""
    said: Mapping[str, tuple[Said, ...]]
    """By property."""
    links: tuple[Link, ...]
    link_count: int

    @property
    def label(self) -> str:
        """What it is called: its first name, or the record's id."""
        for name in ("name", "title", "alias"):
            if held := self.said.get(name):
                return held[0].value
        return self.member.record


class Evidence:
    """Reads the claims that stand: those of the newest snapshot of each source, and the editors'."""

    def __init__(self, workspace: Workspace, archive: Archive, ledger: Ledger, members: Members) -> None:
        """Raises OvertError when the claims in the workspace are not those of its archive."""
        self._members = members
        self._content = workspace.content
        self._memory = workspace.settings.engine.memory
        store = ClaimStore(workspace.claims)
        standing = {held.source: held for held in newest_last(imported_snapshots(workspace, archive))}
        self._files = {source: store.snapshot(source, held.id) for source, held in sorted(standing.items())}
        self._captures = {
            capture.sha256: (capture.name, capture.retrieved) for held in standing.values() for capture in held.captures
        }
        self._editorial = editorial_claims(workspace.content, ledger)
        self._retracted = {held.target for held in ledger.retractions()}

    def sides(self, left: Member, right: Member) -> tuple[Side, Side]:
        """The things that the two records stand for; where they are one thing now, each record by itself."""
        apart = left.id != right.id
        with connect(memory=self._memory) as connection:
            connection.register("editorial", self._editorial.claims)
            connection.register("editorial_evidence", self._editorial.evidence)
            return self._side(connection, left, whole=apart), self._side(connection, right, whole=apart)

    def _side(self, connection: duckdb.DuckDBPyConnection, member: Member, *, whole: bool) -> Side:
        others = [record for record in self._members.cluster(member.id) if record != member.record] if whole else []
        records = (member.record, *others)
        shown = records[:MOST_MEMBERS]
        connection.register("wanted", pa.table({"record": shown, "rank": range(len(shown))}))
        claims, places = self._query("claims"), self._query("evidence")
        found = _rows(connection, sql(_SQL, "said", {"claims": claims}))
        connection.register("found", pa.table({"claim_id": pa.array([row["claim_id"] for row in found], pa.string())}))
        where: dict[str, list[Place]] = {}
        for row in _rows(connection, sql(_SQL, "places", {"evidence": places})):
            file, retrieved = self._captures.get(row["capture"], ("ledger", ""))
            where.setdefault(row["claim_id"], []).append(Place(file, row["locator"], row["excerpt"], retrieved))
        said: dict[str, list[Said]] = {}
        for row in found:
            taken = row["claim_id"] in self._retracted or row["record"] in self._retracted
            said.setdefault(row["property"], []).append(
                Said(**row, retracted=taken, places=tuple(where.get(row["claim_id"], ())))
            )
        order = list(self._content.schema.types[member.type].properties)
        named = {
            name: tuple(said[name]) for name in sorted(said, key=lambda name: order.index(name) if name in order else len(order))
        }
        links = _rows(connection, sql(_SQL, "links", {"claims": claims}))
        return Side(member, records, named, tuple(self._links(links)), len({row["record"] for row in links}))

    def _links(self, rows: Sequence[Mapping[str, Any]]) -> list[Link]:
        held: dict[str, list[Mapping[str, Any]]] = {}
        for row in rows:
            held.setdefault(row["record"], []).append(row)
        found = []
        for record, parts in list(held.items())[:MOST_LINKS]:
            kind = self._content.schema.types[parts[0]["type"]]
            order = list(kind.properties)
            ordered = sorted(parts, key=lambda row: order.index(row["property"]) if row["property"] in order else len(order))
            found.append(
                Link(kind.name, record, tuple(dict.fromkeys(filter(None, (row["label"] or row["value"] for row in ordered)))))
            )
        return found

    def _query(self, what: str) -> str:
        parts = [f"SELECT * FROM read_parquet({quote(getattr(held, what))})" for held in self._files.values()]
        return (
            "(" + " UNION ALL ".join([*parts, f"SELECT * FROM {'editorial' if what == 'claims' else 'editorial_evidence'}"]) + ")"
        )

    def title_of(self, source: str) -> str:
        """What a source is called."""
        spec = self._content.sources.get(source)
        return "This atlas’s editors" if source == SOURCE else spec.title if spec else source


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]
