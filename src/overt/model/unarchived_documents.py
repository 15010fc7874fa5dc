"""Which places of claims can be checked in archived files."""


def in_document_not_archived(source: str, own: bool | None, document: str | None) -> bool:
    """Return whether the place of a claim is in a document that is not archived, so that nobody can check it.

    That is so of what editors enter in the ledger, and of lines of our own registers that cite a document. `own`: whether the
    source is such a register. `document`: what the place or its claim cites.
    """
    return source == "editorial" or (bool(own) and document is not None)
