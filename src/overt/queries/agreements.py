"""Agreements: treaties, memoranda, laws, standards proposals."""

from overt.queries.database import Reader
from overt.queries.records import Record, records


def every(reader: Reader, limit: int = 500) -> list[Record]:
    """All agreements with their values, by name."""
    return records(reader, [row["id"] for row in reader.rows("records.of_type", ["agreement", limit])])
