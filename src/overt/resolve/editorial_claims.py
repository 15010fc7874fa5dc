"""Editorial claims: what editors added by hand, in the form of any other claim."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from overt.ledger import Ledger, SourceDocument
from overt.model.claim import CLAIMS, EVIDENCE, Claim, Evidence
from overt.model.content import Catalogue
from overt.model.errors import OvertError

SOURCE = "editorial"


@dataclass(frozen=True)
class Editorial:
    """Claims and places of editorial entries, and at which entry each record first stood."""

    claims: pa.Table
    evidence: pa.Table
    positions: dict[str, int]


def editorial_claims(content: Catalogue, ledger: Ledger) -> Editorial:
    """The standing editorial claims. The place of one is its entry in the ledger, whose hash stands for the capture's; the
    document that the editor names becomes a record, the same one whenever its title and address are the same. What two entries
    say is one claim with two places. Raises OvertError for an entry that is no longer valid.
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
            held = content.schema.property(entry.type, entry.property)
            value, unit = content.canonical(held, entry.value, entry.unit)
            documents = [(one, _said(content, one)) for one in entry.documents]
        except OvertError as error:
            undo = f"take it back with `overt judge undo {entry.sequence}`"
            raise OvertError(f"ledger: entry {entry.sequence}, on {entry.record}: {error}; {undo}") from None
        for held_document, said in documents:
            document = f"{SOURCE}:document/{_key(said)}"
            add(
                Claim(
                    SOURCE, entry.record, entry.type, entry.property, value, None, unit, entry.lang,
                    entry.valid_from, entry.valid_to, "stated", None, document,
                ),
                entry.sequence, entry.chain, f"{held_document.title}: {held_document.place}",
            )  # fmt: skip
            for name, text in said.items():
                add(Claim(SOURCE, document, "document", name, text), entry.sequence, entry.chain, text)
    return Editorial(
        pa.Table.from_pylist([{"claim_id": key, **claim._asdict()} for key, claim in claims.items()], schema=CLAIMS),
        pa.Table.from_pylist([place._asdict() for place in places], schema=EVIDENCE),
        positions,
    )


def _said(content: Catalogue, document: SourceDocument) -> dict[str, str]:
    """What is claimed of a document: its title and, where it has one, its address. Raises ValueProblem."""
    texts = {"url": document.url, "title": document.title}
    kind = content.schema.types["document"]
    return {name: content.canonical(kind.properties[name], text)[0] for name, text in texts.items() if text}


def _key(said: Mapping[str, str]) -> str:
    """A document's key, out of what makes it the same as another: 64 bits of SHA-256, in hex."""
    return hashlib.sha256("\x1f".join([said["title"], said.get("url", "")]).encode()).hexdigest()[:16]
