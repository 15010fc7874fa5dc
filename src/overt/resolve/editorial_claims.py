"""Claims that editors entered, in the same form as all other claims."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from overt.ledger import Ledger, SourceDocument
from overt.model.claim import CLAIMS, EVIDENCE, Claim, Evidence
from overt.model.content_catalogue import Catalogue
from overt.model.errors import OvertError
from overt.model.record_ids import EDITORIAL_SOURCE


@dataclass(frozen=True)
class EditorialClaims:
    """The claims of editorial entries, with their evidence."""

    claims: pa.Table
    evidence: pa.Table
    positions: dict[str, int]
    """Record → number of the first entry with a claim about it."""


def read_editorial_claims(content: Catalogue, ledger: Ledger) -> EditorialClaims:
    """Return the editorial claims in force.

    The evidence of a claim is its ledger entry, with the entry's hash in place of a capture's. Each document that an editor
    cites becomes a record; documents with the same title and address are one record. If several entries make the same claim, it
    is returned once, with the evidence of each. Raises OvertError for an entry that is no longer valid.
    """
    claims: dict[str, Claim] = {}
    places: list[Evidence] = []
    positions: dict[str, int] = {}

    def add(claim: Claim, sequence: int, capture: str, excerpt: str) -> None:
        claims.setdefault(claim.id, claim)
        places.append(Evidence(claim.id, capture, f"entry={sequence}", excerpt, claim.document))
        positions.setdefault(claim.record, sequence)

    for entry in ledger.claims():
        try:
            property_ = content.schema.property(entry.type, entry.property)
            value, unit = content.canonical(property_, entry.value, entry.unit)
            documents = [(document, _document_values(content, document)) for document in entry.documents]
        except OvertError as error:
            undo = f"take it back with `overt judge undo {entry.sequence}`"
            raise OvertError(f"ledger: entry {entry.sequence}, on {entry.record}: {error}; {undo}") from None
        for document, values in documents:
            cited = f"{EDITORIAL_SOURCE}:document/{_document_key(values)}"
            add(
                Claim(
                    EDITORIAL_SOURCE, entry.record, entry.type, entry.property, value, None, unit, entry.lang,
                    entry.valid_from, entry.valid_to, "stated", None, cited,
                ),
                entry.sequence, entry.chain, f"{document.title}: {document.place}",
            )  # fmt: skip
            for name, text in values.items():
                add(Claim(EDITORIAL_SOURCE, cited, "document", name, text), entry.sequence, entry.chain, text)
    return EditorialClaims(
        pa.Table.from_pylist([{"claim_id": key, **claim._asdict()} for key, claim in claims.items()], schema=CLAIMS),
        pa.Table.from_pylist([place._asdict() for place in places], schema=EVIDENCE),
        positions,
    )


def document_record(content: Catalogue, document: SourceDocument) -> str:
    """Return the record id of a document that an editor cites. Raises ValueProblem for an invalid title or address."""
    return f"{EDITORIAL_SOURCE}:document/{_document_key(_document_values(content, document))}"


def _document_values(content: Catalogue, document: SourceDocument) -> dict[str, str]:
    """Return the canonical title of a document, and its address if known. Raises ValueProblem if either text is invalid."""
    texts = {"url": document.url, "title": document.title}
    document_type = content.schema.types["document"]
    return {name: content.canonical(document_type.properties[name], text)[0] for name, text in texts.items() if text}


def _document_key(values: Mapping[str, str]) -> str:
    """Return a key for a title and an address: 64 bits of SHA-256, in hex."""
    return hashlib.sha256("\x1f".join([values["title"], values.get("url", "")]).encode()).hexdigest()[:16]
