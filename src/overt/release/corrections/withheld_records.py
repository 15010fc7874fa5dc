"""Withholds records from a release, together with the records that depend on them."""

from typing import Any

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.release.release_inputs import ReleaseInputs
from overt.release.release_sql import release_query

PARTS = (("place", "project"), ("participation", "organization"), ("reported_figure", "organization"))
"""Optional references (record type, property) on which a record depends. It also depends on all its required references."""
_ROWS = pa.schema([(name, pa.string()) for name in ("record", "id", "date", "reason")])
_WITHHELD = pa.schema([("record", pa.string()), ("of", pa.string())])


def reference_properties(content: Catalogue) -> pa.Table:
    """Return a table of the properties whose values are records: type, property, and whether a record depends on the value."""
    rows = [
        (kind.name, prop.name, prop.required or (kind.name, prop.name) in PARTS)
        for kind in content.schema.types.values()
        for prop in kind.properties.values()
        if prop.type == "record"
    ]
    names = ("type", "property", "depends")
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


def leave_out_withheld(connection: duckdb.DuckDBPyConnection, inputs: ReleaseInputs, *, claims: str, evidence: str) -> None:
    """Create `withheld_records`, `withheld_claims` and `withheld_values`, and remove withheld records from the view `members`.

    The withheld records are all records of clusters with a record in dispute, the records that depend on these, organisations
    that are named only by withheld projects and their parts (see the query `parties` in corrections_and_withheld_records.sql),
    and documents that only withheld records cite or refer to. The connection has the views `members` and `all_members`, which
    are equal, and `record_properties` (see `reference_properties`). `claims` and `evidence`: queries for the claims and
    evidence of all sources.
    """
    rows = [
        {"record": record, "id": canonical_id(record), "date": row["at"][:10], "reason": row["why"]}
        for row in inputs.withholdings
        for record in row["members"]
    ]
    connection.register("withholding_rows", pa.Table.from_pylist(rows, schema=_ROWS))
    if not rows:
        connection.register("withheld_records", _WITHHELD.empty_table())
        connection.register("withheld_claims", pa.schema([("claim_id", pa.string())]).empty_table())
    else:
        references = release_query("corrections_and_withheld_records.references", claims=claims)
        connection.execute(f"CREATE TEMP TABLE withheld_references AS {references}")
        connection.execute(f"CREATE TEMP TABLE withheld_records AS {release_query('corrections_and_withheld_records.seeds')}")
        add_parts(connection)
        connection.execute(f"INSERT INTO withheld_records {release_query('corrections_and_withheld_records.parties')}")
        add_parts(connection)
        documents = release_query("corrections_and_withheld_records.documents", claims=claims, evidence=evidence)
        connection.execute(f"INSERT INTO withheld_records {documents}")
        connection.execute(
            f"CREATE TEMP TABLE withheld_claims AS {release_query('corrections_and_withheld_records.claims', claims=claims)}"
        )
        connection.execute("CREATE OR REPLACE VIEW members AS FROM all_members ANTI JOIN withheld_records USING (record)")
    connection.execute(
        "CREATE TEMP VIEW withheld_values AS"
        " SELECT p.type, p.property, w.record AS value FROM record_properties AS p, withheld_records AS w"
    )


def add_parts(connection: duckdb.DuckDBPyConnection) -> None:
    """Add all records that depend, directly or indirectly, on withheld records to the table `withheld_records`.

    The connection has this table, and the table `withheld_references` with all claims whose value is a record.
    """
    while _insert_count(connection, f"INSERT INTO withheld_records FROM ({_dependents_query()})"):
        pass


def _dependents_query() -> str:
    return f'SELECT record, min("of") FROM ({release_query("corrections_and_withheld_records.parts")}) GROUP BY record'


def _insert_count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row: tuple[Any, ...] | None = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
