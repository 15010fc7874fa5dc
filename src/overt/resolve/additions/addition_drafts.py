"""Ledger entries for added values. All entries of one addition are undone together."""

from collections.abc import Sequence

from overt.ledger import Draft, Entry, claim_draft, document_draft, mark_as_act
from overt.resolve.additions.claims_from_entries import Additions


def addition_drafts(additions: Additions, entries: Sequence[Entry], who: str, why: str) -> list[Draft]:
    """Return drafts to append to `entries`: one for each value with its first document, and one for each further document.

    `who` and `why`: the editor and the reason. Raises LedgerError if the editor, the reason or a claim is invalid.
    """
    drafts: list[Draft] = []
    for claim in additions.claims:
        sequence = len(entries) + len(drafts) + 1
        first, *more = claim.documents
        drafts.append(
            claim_draft(
                claim.record, claim.type, claim.property, claim.value, document=first, who=who, why=why,
                unit=claim.unit, lang=claim.lang, valid_from=claim.valid_from, valid_to=claim.valid_to,
            )
        )  # fmt: skip
        drafts += [document_draft(sequence, document, who, why) for document in more]
    return mark_as_act(entries, drafts)
