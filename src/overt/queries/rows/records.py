"""Row classes for records."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from overt.model.values.current_on_day import Phase


@dataclass(frozen=True)
class Fact:
    """One value of a property, with what a page needs to link to its evidence."""

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
    """Label of the record that the value refers to."""
    label_lang: str | None = None
    """Language of that label."""
    label_zh: str | None = None
    """Chinese label of that record."""
    kind: str | None = None
    """Type of the record that the value refers to."""
    publishers: tuple[str, ...] = ()
    """Publishers of the documents that our own registers cite for the value, as `records.with_publishers` adds them."""
    place: str | None = None
    """The place in the document, if `publishers` has one name."""


class ClaimPlace(NamedTuple):
    """A place in archived bytes that supports a claim."""

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


class CitedDocument(NamedTuple):
    """A document that a claim cites."""

    id: str
    label: str | None
    lang: str | None
    label_zh: str | None


class Claim(NamedTuple):
    """A claim with its record, its source, its rule, and its places in archived bytes."""

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
    retrieved: str | None
    licence: str | None
    licence_url: str | None
    attribution: str | None
    reuse: str | None
    own: int | None
    transcribed: str | None
    publisher_address: str | None
    places: Sequence[ClaimPlace] = ()
    """The first places of the claim."""
    place_count: int = 0
    """The number of all places of the claim."""
    not_archived: bool = False
    """Whether the places are in a document that is not archived."""


class RecordCounts(NamedTuple):
    """How many claims and members a record has."""

    claims: int
    members: int


class UntitledDocument(NamedTuple):
    """A document without a title, with the data from which a name is made for it."""

    id: str
    publisher: str | None
    published: str | None
    """When the document was published (EDTF)."""
    kind: str | None
    """The `known-from` value of the claims that cite the document; None if the claims have none or disagree."""
    by_organization: bool
    """Whether an organisation of the release has the publisher's name."""


class Withdrawal(NamedTuple):
    """A record that was retracted, that sources no longer have, or that editors withhold."""

    id: str
    type: str | None
    reason: str
    """`retracted`, `gone` or `withheld`."""
    source: str | None
    why: str | None
    since: str | None
    """The day on which the record was withheld."""
    part_of: str | None
    """The disputed record because of which the record is withheld; this can be the record itself."""


class Member(NamedTuple):
    """A source record that is part of a published record."""

    record: str
    source: str
    current: int


class Judgement(NamedTuple):
    """An editor's decision on whether two source records describe the same entity."""

    sequence: int
    at: str
    why: str | None
    verdict: str
    left_record: str
    right_record: str


class SnapshotChange(NamedTuple):
    """A change to a record in the newest snapshot of a source."""

    reason: str
    source: str | None
    record: str | None
    type: str | None
    property: str | None
    before: str | None
    after: str | None


class ListedRecord(NamedTuple):
    """A record of the release. A value of a series also has the series and country whose page shows it."""

    id: str
    type: str
    series: str | None
    country: str | None


@dataclass(frozen=True)
class Record:
    """A record and its values by property, shown values first."""

    id: str
    type: str
    label: str | None
    label_lang: str | None
    label_zh: str | None
    sources: int
    independent_sources: int | None
    """Number of separate sources and documents that mention the record. None in older releases, which lack the count."""
    members: int
    reuse: str
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    phase: Phase | None = None
    """The record's phase on the release's day; None for types that don't begin and end."""

    @property
    def voices(self) -> int:
        """Number of separate sources. For older releases, which lack this number, the number of sources."""
        return self.sources if self.independent_sources is None else self.independent_sources

    def fact(self, name: str) -> Fact | None:
        """Return the first value of a property; None if it has none."""
        facts = self.facts.get(name)
        return facts[0] if facts else None

    def shown(self, name: str) -> list[Fact]:
        """Return all values shown for a property."""
        return [fact for fact in self.facts.get(name, []) if fact.shown]

    def rivals(self, name: str) -> list[Fact]:
        """Return the values of a property that are not shown."""
        return [fact for fact in self.facts.get(name, []) if not fact.shown]

    def value(self, name: str) -> str | None:
        """Return the text of the first value of a property; None if it has none."""
        fact = self.fact(name)
        return fact.value if fact else None


class Missing(NamedTuple):
    """What became of an id that has no record. If the id was merged into another, `what` is about the other id."""

    what: Literal["moved", "withdrawn", "unknown"]
    new_id: str = ""
    """The id into which the id was merged; empty if it wasn't merged. The release may have no record with this id."""
    record: Record | None = None
    """The record into which the id was merged, if `what` is `moved`."""
    withdrawal: Withdrawal | None = None
    """The withdrawal of the id, or of the id into which it was merged, if `what` is `withdrawn`."""


def distinct_places(claim: Claim) -> list[ClaimPlace]:
    """Return a claim's distinct places. A place that cites several documents occurs in `places` once for each."""
    return list({(place.capture, place.locator): place for place in reversed(claim.places)}.values())[::-1]


def cited_documents(claim: Claim) -> list[CitedDocument]:
    """Return the documents that a claim or one of its `places` cites."""
    own = CitedDocument(claim.document or "", claim.document_label, claim.document_lang, claim.document_zh)
    of_places = (
        CitedDocument(place.document or "", place.document_label, place.document_lang, place.document_zh)
        for place in claim.places
    )
    return list({document.id: document for document in (own, *of_places) if document.id}.values())
