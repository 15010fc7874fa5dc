"""Editorial claims: what editors added by hand, in the form of any other claim."""

from dataclasses import dataclass

import pyarrow as pa

from overt.ledger import Ledger
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
    document that the editor names becomes a record of its own. What two entries say is one claim with two places. Raises
    OvertError for an entry that is no longer valid.
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
        except OvertError as error:
            undo = f"take it back with `overt judge undo {entry.sequence}`"
            raise OvertError(f"ledger: entry {entry.sequence}, on {entry.record}: {error}; {undo}") from None
        for number, held_document in enumerate(entry.documents, start=1):
            document = f"{SOURCE}:document/{entry.sequence}" + (f"-{number}" if number > 1 else "")
            add(
                Claim(
                    SOURCE, entry.record, entry.type, entry.property, value, None, unit, entry.lang,
                    entry.valid_from, entry.valid_to, "stated", None, document,
                ),
                entry.sequence, entry.chain, f"{held_document.title}: {held_document.place}",
            )  # fmt: skip
            for name, text in (("url", held_document.url), ("title", held_document.title)):
                if text:
                    said, _ = content.canonical(content.schema.property("document", name), text)
                    add(Claim(SOURCE, document, "document", name, said), entry.sequence, entry.chain, text)
    return Editorial(
        pa.Table.from_pylist([{"claim_id": key, **claim._asdict()} for key, claim in claims.items()], schema=CLAIMS),
        pa.Table.from_pylist([place._asdict() for place in places], schema=EVIDENCE),
        positions,
    )
