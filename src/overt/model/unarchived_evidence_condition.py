"""Detects claims whose evidence is in a document that is not archived, so that nobody can check it in the archive.

`in_document_not_archived` and the condition of `not_archived_sql` are the same rule, for Python and for SQL.
"""

from overt.model.record_ids import EDITORIAL_SOURCE


def in_document_not_archived(source: str, own: bool | None, document: str | None) -> bool:
    """Return whether a claim's evidence is in a document that is not archived, so that nobody can check it in the archive.

    This is true for what editors enter in the ledger, and for rows of our own registers that cite a document. `own`: whether the
    source is such a register; None means False. `document`: the document that the claim, or a place of its evidence, cites;
    None if it cites none.
    """
    return source == EDITORIAL_SOURCE or (bool(own) and document is not None)


def not_archived_sql(source: str, own: str, document: str) -> str:
    """Return the SQL condition, for DuckDB, of `in_document_not_archived`. The arguments are SQL expressions."""
    return f"({source} = '{EDITORIAL_SOURCE}' OR (coalesce({own}, false) AND {document} IS NOT NULL))"
