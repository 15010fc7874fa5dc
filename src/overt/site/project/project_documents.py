"""The documents that claims cite, newest first."""

from collections.abc import Sequence

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record, cited_documents


def project_documents(reader: Reader, claims: Sequence[Claim]) -> list[Record]:
    """Return the documents that current claims cite, the newest first. Undated documents come last."""
    ids = [document.id for claim in claims if claim.standing == "current" for document in cited_documents(claim)]
    documents = records.records(reader, ids)
    return sorted(documents, key=lambda document: document.value("published") or "", reverse=True)
