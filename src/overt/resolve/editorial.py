"""Editorial claims: what editors added by hand, in the form of any other claim."""

from dataclasses import dataclass

import pyarrow as pa

from overt.ledger import Ledger
from overt.model.claim import CLAIMS, EVIDENCE, Claim
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
    places: list[dict[str, str]] = []
    positions: dict[str, int] = {}

    def add(claim: Claim, sequence: int, capture: str, excerpt: str) -> None:
        claims[claim.id] = claim  # the later entry's document
        places.append({"claim_id": claim.id, "capture": capture, "locator": f"entry={sequence}", "excerpt": excerpt})
        positions.setdefault(claim.record, sequence)

    for entry in ledger.claims():
        try:
            held = content.schema.property(entry.type, entry.property)
            value, unit = content.canonical(held, entry.value, entry.unit)
        except OvertError as error:
            undo = f"take it back with `overt judge undo {entry.sequence}`"
            raise OvertError(f"ledger: entry {entry.sequence}, on {entry.record}: {error}; {undo}") from None
        document = f"{SOURCE}:document/{entry.sequence}"
        add(
            Claim(
                SOURCE, entry.record, entry.type, entry.property, value, None, unit, entry.lang, entry.valid_from, entry.valid_to,
                "stated", None, document,
            ),
            entry.sequence, entry.chain, f"{entry.document_title}: {entry.document_place}",
        )  # fmt: skip
        for name, text in (("url", entry.document_url), ("title", entry.document_title)):
            if text:
                value, _ = content.canonical(content.schema.property("document", name), text)
                add(Claim(SOURCE, document, "document", name, value), entry.sequence, entry.chain, text)
    return Editorial(
        pa.Table.from_pylist([{"claim_id": key, **claim._asdict()} for key, claim in claims.items()], schema=CLAIMS),
        pa.Table.from_pylist(places, schema=EVIDENCE),
        positions,
    )
