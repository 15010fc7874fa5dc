"""The documents behind a claim of one of our own registers, each with its kind and the places in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.model.values.document_url_normalization import normalize_address
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record
from overt.release.source_independence.independent_sources import Voice, count_voices, document_voices, repeated_voices
from overt.release.source_independence.same_and_cited_documents import Document
from overt.release.source_independence.shared_announcements import announcement_keys
from overt.site.claim.document_publisher_kinds import PUBLIC_KINDS, brand, host_of, is_of_its_kind
from overt.site.claim.publishers_known_at_second_hand import absent_origins, origin_sentence
from overt.site.claim.source_row import ClaimExhibit
from overt.site.claim.values_from_document import TakenValue, taken_values
from overt.site.site import Site

_PLACE, _KNOWN_FROM = "place_in_document", "known_from"
"""Columns of our own registers."""
_PRIMARY_KINDS = (*PUBLIC_KINDS, "company-statement")
"""Values of `known-from` for documents of public bodies, and of companies that took part in the project."""


class CitedEvidence(NamedTuple):
    """A document that a claim cites, with its kind and the places in it."""

    document: Record
    host: str
    """Host of the document's address, without `www.`; empty without an address."""
    kind: str
    """The kind of evidence, as an id of the vocabulary `known-from`; empty if the register doesn't give it."""
    passes_on: bool
    """Whether the document only reports on a document of this kind, as far as its publisher shows."""
    places: list[str]
    """The places in the document that support the claim, in the register's words."""
    repeats: Record | None
    """Another document behind the claim that this one isn't independent of; None if it is independent of all others."""
    why: str = ""
    """Why the document is not independent of `repeats`; empty if `repeats` is None.

    It `cites` that document or `credits` its publisher, has the same `publisher` or site, is the `same` document, reports the
    same `announcement`, `collects` the reports of others, or cites or credits the same third document (`cites-same`).
    """
    taken: Sequence[TakenValue] = ()
    """The values that Overt took from the document, the claimed value first."""
    origins: Markup = Markup()
    """Sentences on publishers whose reports the document passes on; empty if there are none.

    Publishers of the claim's documents, and of others that say the same, are left out.
    """

    @property
    def primary(self) -> bool:
        """Whether the document is itself a contract, or comes from a public body, a court or a company that took part."""
        return self.kind in _PRIMARY_KINDS and not self.passes_on

    @property
    def published(self) -> str:
        """The date of publication of the document (EDTF); empty if unknown."""
        return self.document.value("published") or ""


class Evidence(NamedTuple):
    """The documents behind a claim.

    They are sorted by three criteria: primary documents first, then those that repeat no other, then the newest.
    """

    documents: list[CitedEvidence]
    independent: int
    """Number of independent voices among the documents (`count_voices`)."""


def cited_evidence(
    site: Site,
    reader: Reader,
    claim: Claim,
    places: Sequence[ClaimExhibit],
    names: Iterable[str],
    owner: str = "",
    *,
    besides: Sequence[Record] = (),
    same: Sequence[str] = (),
) -> Evidence:
    """Return all documents that the rows behind a claim cite.

    - `places`: the first of these rows. Documents that only other rows cite have no kind and no places.
    - `names`: names of the organisations that the claim is about. They are used to recognise the organisations' own documents.
    - `owner`: id of the record whose values are listed as `taken` from each document. By default, this is the claim's record.
    - `besides`: documents on the same project that are evidence for other facts.
    - `same`: publisher fields of other documents that say the same.
    """
    rows: dict[str, list[dict[str, str]]] = {identity: [] for identity in records.documents_of_claim(reader, claim)}
    for exhibit in places:
        if cited := exhibit.place.document or claim.document:
            cells = {cell.column: cell.text for cell in exhibit.row.cells} if exhibit.row else {}
            rows.setdefault(cited, []).append(cells)
    documents = {record.id: record for record in records.records(reader, rows)}
    voices = voices_of(site, reader, documents)
    repeats = repeated_voices(voices)
    words = [word for name in names if (word := brand(name))]
    taken = taken_values(site, reader, claim, owner or claim.id, documents)
    publishers = [record.value("publisher") or "" for record in documents.values()]
    origins = dict(zip(documents, absent_origins(publishers, with_articles=site.language.code == "en", same=same), strict=True))
    evidence = [
        _evidence(record, rows[identity], words, documents.get(repeats.get(identity, "")))._replace(
            why=why_dependent(voices[identity], voices[repeats[identity]]) if identity in repeats else "",
            taken=taken.get(identity, ()),
            origins=origin_sentence(site, origins[identity], besides),
        )
        for identity, record in documents.items()
    ]
    evidence.sort(key=lambda row: row.published, reverse=True)
    evidence.sort(key=lambda row: (not row.primary, row.repeats is not None))
    return Evidence(evidence, count_voices(voices.values()))


def voices_of(site: Site, reader: Reader, documents: Mapping[str, Record]) -> dict[str, Voice]:
    """Return the voice of each document, by the document's id. `count_voices` counts how many of them are independent."""
    return document_voices(comparable_documents(reader, documents), site.words.country_names)


def comparable_documents(reader: Reader, documents: Mapping[str, Record]) -> dict[str, Document]:
    """Return the properties of each document that `document_voices` compares, by the document's id."""
    collecting, announced = records.collections(reader, documents), announcement_keys(records.announcements(reader, documents))
    return {
        identity: _compared(record)._replace(collects=identity in collecting, announcements=announced.get(identity, frozenset()))
        for identity, record in documents.items()
    }


def why_dependent(voice: Voice, other: Voice) -> str:
    """Return why a document is not independent of another, as in `CitedEvidence.why`."""
    if passed_on := other.keys & voice.passes_on:
        return "credits" if all(key.startswith("publisher ") for key in passed_on) else "cites"
    shared = other.keys & voice.keys
    if any(key.startswith(("publisher ", "site ")) for key in shared):
        return "publisher"
    if shared and all(key.startswith("announcement ") for key in shared):
        return "announcement"
    if shared:
        return "same"
    return "collects" if voice.collects and not other.collects else "cites-same"


def _evidence(document: Record, rows: Sequence[dict[str, str]], names: Sequence[str], repeats: Record | None) -> CitedEvidence:
    kind = next((row[_KNOWN_FROM] for row in rows if row.get(_KNOWN_FROM)), "")
    places = list(dict.fromkeys(row[_PLACE] for row in rows if row.get(_PLACE)))
    host = host_of(document)
    return CitedEvidence(document, host, kind, not is_of_its_kind(document, host, kind, names), places, repeats)


def _compared(record: Record) -> Document:
    url = record.value("url") or ""
    publishers = tuple(fact.value for fact in record.facts.get("publisher", ()))
    return Document(
        record.id, normalize_address(url) if url else "", record.value("title") or "", publishers,
        record.value("published") or "", tuple(fact.value for fact in record.shown("cites")),
    )  # fmt: skip
