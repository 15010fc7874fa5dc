"""Places of claims in documents that are not archived, so that nobody can check them here."""

from overt.model.record_ids import EDITORIAL_SOURCE


def in_document_not_archived(source: str, own: bool | None, document: str | None) -> bool:
    """Return whether the place of a claim is in a document that is not archived, so that nobody can check it.

    That is so of what editors enter in the ledger, and of lines of our own registers that cite a document. `own`: whether the
    source is such a register. `document`: what the place or its claim cites.
    """
    return source == EDITORIAL_SOURCE or (bool(own) and document is not None)
