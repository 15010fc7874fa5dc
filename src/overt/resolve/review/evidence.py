"""Evidence about two entities: the values of their properties, with sources and places, and the records that refer to them."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from overt.archive import Archive
from overt.ledger import Ledger
from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.workspace import Workspace
from overt.resolve.editorial_claims import read_editorial_claims
from overt.resolve.review.claim_index import COLUMNS, MAX_PLACES, ClaimIndex, Row
from overt.resolve.review.member_lookup import Member, Members
from overt.resolve.workspace_resolution import imported_snapshots

MAX_MEMBERS = 50
"""Maximum number of a cluster's records whose claims are shown. The record in question comes first."""
MAX_LINKS = 12
"""Maximum number of records shown that refer to an entity."""
_MAX_LENGTH = 200
"""Maximum length, in characters, of a value in the description of a record that refers to an entity."""


class Place(NamedTuple):
    """The place of a claim in an archived file or in the ledger, with its text."""

    file: str
    locator: str
    excerpt: str
    retrieved: str


@dataclass(frozen=True)
class SourceClaim:
    """A value of a property in one claim."""

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
    """Another record that refers to the entity, such as a role, with words that describe it, such as the role's project."""

    type: str
    record: str
    words: tuple[str, ...]
    """The record's values in the order of its properties. References to other records are shown as names."""


@dataclass(frozen=True)
class EvidenceSide:
    """The evidence about one of the two entities."""

    member: Member
    """The record in question."""
    records: tuple[str, ...]
    """The record in question, followed by the other records of its cluster unless the cluster contains both records."""
    claims: Mapping[str, tuple[SourceClaim, ...]]
    """Property → claims of the first MAX_MEMBERS records."""
    links: tuple[Link, ...]
    link_count: int

    @property
    def label(self) -> str:
        """The entity's name, title or alias (the first that it has), or the record id if it has none."""
        for name in ("name", "title", "alias"):
            if claims := self.claims.get(name):
                return claims[0].value
        return self.member.record


class EvidenceReader:
    """Looks up current claims: those of each source's current snapshot, and those of editors."""

    def __init__(self, workspace: Workspace, archive: Archive, ledger: Ledger, members: Members) -> None:
        """Open the index of current claims, building it if needed.

        Raises OvertError if the current snapshot of a source is not imported, or was imported with other code or content.
        """
        newest = {snapshot.source: snapshot for snapshot in imported_snapshots(workspace, archive, ledger.source_choices())}
        self._index = ClaimIndex.for_snapshots(workspace, [newest[source] for source in sorted(newest)])
        self._captures = {
            capture.sha256: (capture.name, capture.retrieved) for snapshot in newest.values() for capture in snapshot.captures
        }
        self._content = workspace.content
        self._editorial = _EditorialEvidence(workspace.content, ledger)
        self._members = members

    def updated(self, ledger: Ledger, members: Members) -> "EvidenceReader":
        """Return a reader of the same source claims with the current ledger and clusters."""
        reader = copy(self)
        reader._editorial, reader._members = _EditorialEvidence(self._content, ledger), members
        return reader

    def sides(self, left: Member, right: Member) -> tuple[EvidenceSide, EvidenceSide]:
        """Return the evidence about the two entities to which the records belong.

        If both belong to the same entity, each side has only its own record, without the rest of the cluster.
        """
        apart = left.id != right.id
        return self._side(left, with_cluster=apart), self._side(right, with_cluster=apart)

    def _side(self, member: Member, *, with_cluster: bool) -> EvidenceSide:
        cluster = self._members.cluster(member.id) if with_cluster else []
        records = (member.record, *(record for record in cluster if record != member.record))
        selected = records[:MAX_MEMBERS]
        rank = {record: place for place, record in enumerate(selected)}
        rows = sorted([*self._index.claims(selected), *self._editorial.claims(selected)], key=lambda row: rank[row["record"]])
        places = self._places([row["claim_id"] for row in rows])
        claims: dict[str, list[SourceClaim]] = {}
        for row in rows:
            fields = {name: value for name, value in row.items() if name != "type"}
            claims.setdefault(row["property"], []).append(
                SourceClaim(**fields, retracted=self._editorial.has_retracted(row), places=tuple(places.get(row["claim_id"], ())))
            )
        order = list(self._content.schema.types[member.type].properties)
        ordered = {name: tuple(claims[name]) for name in sorted(claims, key=lambda name: _index_in(order, name))}
        count, links = self._links(selected)
        return EvidenceSide(member, records, ordered, tuple(links), count)

    def _places(self, claims: Sequence[str]) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        for row in [*self._index.places(claims), *self._editorial.places(claims)]:
            file, retrieved = self._captures.get(row["capture"], ("ledger", ""))
            places.setdefault(row["claim_id"], []).append(Place(file, row["locator"], row["excerpt"], retrieved))
        return places

    def _links(self, records: Sequence[str]) -> tuple[int, list[Link]]:
        """Return the number of records that refer to any of these records, and the first MAX_LINKS of them."""
        count, first = self._index.references_to(records, MAX_LINKS)
        editorial = self._editorial.references_to(records)
        count += len(editorial.keys() - self._index.references_between(records, list(editorial))) if editorial else 0
        types = dict(sorted({**editorial, **dict(first)}.items())[:MAX_LINKS])
        claims = [*self._index.claims(list(types)), *self._editorial.claims(list(types))]
        described = [row for row in claims if len(row["value"]) <= _MAX_LENGTH and row["value"] not in records]
        labels = {**self._editorial.labels(), **self._index.labels([row["value"] for row in described])}
        links = []
        for record, record_type in types.items():
            order = list(self._content.schema.types[record_type].properties)
            rows = sorted(
                (row for row in described if row["record"] == record), key=lambda row: _index_in(order, row["property"])
            )
            words = dict.fromkeys(labels.get(row["value"], row["value"]) for row in rows)
            links.append(Link(record_type, record, tuple(filter(None, words))))
        return count, links

    def title_of(self, source: str) -> str:
        """Return the title of a source, a phrase for the atlas's editors, or the slug of an unknown source."""
        spec = self._content.sources.get(source)
        return "This atlas’s editors" if source == EDITORIAL_SOURCE else spec.title if spec else source


class _EditorialEvidence:
    """Claims and retractions of editors, from the ledger."""

    def __init__(self, content: Catalogue, ledger: Ledger) -> None:
        editorial = read_editorial_claims(content, ledger)
        self._claims: dict[str, list[Row]] = {}
        self._references: dict[str, dict[str, str]] = {}
        self._labels: dict[str, str] = {}
        for row in editorial.claims.select(list(COLUMNS)).to_pylist():
            self._claims.setdefault(row["record"], []).append(row)
            self._references.setdefault(row["value"], {})[row["record"]] = row["type"]
            if row["property"] in ("name", "title"):
                self._labels[row["record"]] = min(row["value"], self._labels.get(row["record"], row["value"]))
        self._places: dict[str, list[Row]] = {}
        for row in editorial.evidence.to_pylist():
            self._places.setdefault(row["claim_id"], []).append(row)
        self._retracted = {retraction.target for retraction in ledger.retractions()}

    def claims(self, records: Sequence[str]) -> list[Row]:
        return [row for record in records for row in self._claims.get(record, ())]

    def places(self, claims: Sequence[str]) -> list[Row]:
        return [row for claim in claims for row in self._places.get(claim, ())[:MAX_PLACES]]

    def references_to(self, records: Sequence[str]) -> dict[str, str]:
        """Return the records whose editorial claims refer to any of these records, with their types."""
        return {record: kind for target in records for record, kind in self._references.get(target, {}).items()}

    def labels(self) -> dict[str, str]:
        return self._labels

    def has_retracted(self, row: Row) -> bool:
        return row["claim_id"] in self._retracted or row["record"] in self._retracted


def _index_in(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
