"""Counts the places that support a release's claims: those in archived files, and those in documents that are not archived.

Anyone who has the archive can check a place in an archived file. An editor's entry, or a line of our own registers, was typed
from a document outside the archive, so it can't be checked against the document here.
"""

from pathlib import Path
from typing import NamedTuple

from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.unarchived_evidence_condition import not_archived_sql


class PlaceCounts(NamedTuple):
    """Numbers of distinct places that support a release's claims."""

    archived: int
    """Places in archived files."""
    documents: int
    """Places in documents that are not archived: ledger entries, and cells of our own registers that cite a document."""

    def __add__(self, other: object) -> "PlaceCounts":
        if not isinstance(other, PlaceCounts):
            return NotImplemented
        return PlaceCounts(self.archived + other.archived, self.documents + other.documents)


NO_PLACES = PlaceCounts(0, 0)


def count_places(release: Path) -> PlaceCounts:
    """Count the distinct places of an intact release."""
    tables = {name: quote_literal(release / "tables" / f"{name}.parquet") for name in ("claims", "evidence", "sources")}
    condition = not_archived_sql("c.source", "s.own", "coalesce(e.document, c.document)")
    with connect() as connection:
        archived, documents = connection.execute(
            f"""
            WITH places AS (
                SELECT e.capture, e.locator, bool_or({condition}) AS typed
                FROM read_parquet({tables["evidence"]}) AS e
                JOIN read_parquet({tables["claims"]}) AS c USING (claim_id)
                LEFT JOIN read_parquet({tables["sources"]}) AS s ON s.source = c.source
                GROUP BY e.capture, e.locator
            )
            SELECT count(*) FILTER (NOT typed), count(*) FILTER (typed) FROM places
            """
        ).fetchall()[0]
    return PlaceCounts(archived, documents)
