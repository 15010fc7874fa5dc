"""Agreements: treaties, memoranda, laws, standards proposals."""

from overt.queries.database import Reader
from overt.queries.records import records
from overt.queries.rows.records import Record


def all_agreements(reader: Reader, limit: int = 500) -> list[Record]:
    """Return all agreements with their values, by name."""
    return records(reader, [row["id"] for row in reader.rows("records.of_type", ["agreement", limit])])
