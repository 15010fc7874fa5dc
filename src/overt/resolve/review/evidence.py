"""What the sources say of two things, side by side: every value with who says it and the cell or words that say so."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from overt.archive import Archive
from overt.importing.snapshots import newest_last
from overt.ledger import Ledger
from overt.model.content import Catalogue
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import SOURCE, editorial_claims
from overt.resolve.review.claim_index import MOST_PLACES, SAID, ClaimIndex, Row
from overt.resolve.review.members import Member, Members
from overt.resolve.step import imported_snapshots

MOST_MEMBERS = 50
"""Records of one thing whose claims are shown, the one in question first."""
MOST_LINKS = 12
"""Records shown that name a thing."""
_LONGEST = 200
"""Signs of a value that such a record is told by."""


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
    """Looks up the claims that stand: those of the newest snapshot of each source, and the editors'."""

    def __init__(self, workspace: Workspace, archive: Archive, ledger: Ledger, members: Members) -> None:
        """Raises OvertError when the claims in the workspace are not those of its archive."""
        standing = {held.source: held for held in newest_last(imported_snapshots(workspace, archive))}
        self._index = ClaimIndex.of(workspace, [standing[source] for source in sorted(standing)])
        self._captures = {
            capture.sha256: (capture.name, capture.retrieved) for held in standing.values() for capture in held.captures
        }
        self._content = workspace.content
        self._editors = _Editors(workspace.content, ledger)
        self._members = members

    def updated(self, ledger: Ledger, members: Members) -> "Evidence":
        """The same claims of sources with what the ledger says now, and who is who now."""
        held = copy(self)
        held._editors, held._members = _Editors(self._content, ledger), members
        return held

    def sides(self, left: Member, right: Member) -> tuple[Side, Side]:
        """The things that the two records stand for; where they are one thing now, each record by itself."""
        apart = left.id != right.id
        return self._side(left, whole=apart), self._side(right, whole=apart)

    def _side(self, member: Member, *, whole: bool) -> Side:
        others = [record for record in self._members.cluster(member.id) if record != member.record] if whole else []
        records = (member.record, *others)
        shown = records[:MOST_MEMBERS]
        rank = {record: place for place, record in enumerate(shown)}
        found = sorted([*self._index.said(shown), *self._editors.said(shown)], key=lambda row: rank[row["record"]])
        where = self._places([row["claim_id"] for row in found])
        said: dict[str, list[Said]] = {}
        for row in found:
            kept = {name: value for name, value in row.items() if name != "type"}
            taken = self._editors.has_retracted(row)
            said.setdefault(row["property"], []).append(
                Said(**kept, retracted=taken, places=tuple(where.get(row["claim_id"], ())))
            )
        order = list(self._content.schema.types[member.type].properties)
        named = {name: tuple(said[name]) for name in sorted(said, key=lambda name: _place_in(order, name))}
        count, links = self._links(shown)
        return Side(member, records, named, tuple(links), count)

    def _places(self, claims: Sequence[str]) -> dict[str, list[Place]]:
        where: dict[str, list[Place]] = {}
        for row in [*self._index.places(claims), *self._editors.places(claims)]:
            file, retrieved = self._captures.get(row["capture"], ("ledger", ""))
            where.setdefault(row["claim_id"], []).append(Place(file, row["locator"], row["excerpt"], retrieved))
        return where

    def _links(self, shown: Sequence[str]) -> tuple[int, list[Link]]:
        """How many records name one of these, and what the first of them say."""
        count, first = self._index.naming(shown, MOST_LINKS)
        made = self._editors.naming(shown)
        count += len(made.keys() - self._index.who_name(shown, list(made))) if made else 0
        kinds = dict(sorted({**made, **dict(first)}.items())[:MOST_LINKS])
        said = [*self._index.said(list(kinds)), *self._editors.said(list(kinds))]
        told = [row for row in said if len(row["value"]) <= _LONGEST and row["value"] not in shown]
        labels = {**self._editors.labels(), **self._index.labels([row["value"] for row in told])}
        links = []
        for record, kind in kinds.items():
            order = list(self._content.schema.types[kind].properties)
            rows = sorted((row for row in told if row["record"] == record), key=lambda row: _place_in(order, row["property"]))
            words = dict.fromkeys(labels.get(row["value"], row["value"]) for row in rows)
            links.append(Link(kind, record, tuple(filter(None, words))))
        return count, links

    def title_of(self, source: str) -> str:
        """What a source is called."""
        spec = self._content.sources.get(source)
        return "This atlas’s editors" if source == SOURCE else spec.title if spec else source


class _Editors:
    """What editors say and took back, as the ledger has it."""

    def __init__(self, content: Catalogue, ledger: Ledger) -> None:
        held = editorial_claims(content, ledger)
        self._said: dict[str, list[Row]] = {}
        self._naming: dict[str, dict[str, str]] = {}
        self._labels: dict[str, str] = {}
        for row in held.claims.select(list(SAID)).to_pylist():
            self._said.setdefault(row["record"], []).append(row)
            self._naming.setdefault(row["value"], {})[row["record"]] = row["type"]
            if row["property"] in ("name", "title"):
                self._labels[row["record"]] = min(row["value"], self._labels.get(row["record"], row["value"]))
        self._places: dict[str, list[Row]] = {}
        for row in held.evidence.to_pylist():
            self._places.setdefault(row["claim_id"], []).append(row)
        self._retracted = {one.target for one in ledger.retractions()}

    def said(self, records: Sequence[str]) -> list[Row]:
        return [row for record in records for row in self._said.get(record, ())]

    def places(self, claims: Sequence[str]) -> list[Row]:
        return [row for claim in claims for row in self._places.get(claim, ())[:MOST_PLACES]]

    def naming(self, records: Sequence[str]) -> dict[str, str]:
        """The records whose editorial claims name one of these, with their types."""
        return {record: kind for target in records for record, kind in self._naming.get(target, {}).items()}

    def labels(self) -> dict[str, str]:
        return self._labels

    def has_retracted(self, row: Row) -> bool:
        return row["claim_id"] in self._retracted or row["record"] in self._retracted


def _place_in(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
