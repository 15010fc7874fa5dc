"""Give the status `denied` to projects that a statement denies as a whole (docs/decisions/0142)."""

from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.claim import Claim
from overt.model.engines.duckdb_sql import write_parquet
from overt.release.derived_tables import create_parquet_view
from overt.release.release_queries import release_query

RULE = "whole-denial@1"
"""The rule that computes the status from a denial whose `concerns` has the term `system`."""


def add_denied_statuses(connection: duckdb.DuckDBPyConnection, claims: Path, evidence: Path) -> None:
    """Add a computed claim of the status `denied` for each denial of a whole project, to the files `claims` and `evidence`.

    The claim has the source, the document and the places of the denial. A project of which a claim says already that it is denied
    gets none. The views `claims_out`, `claims` and `evidence` are created anew.
    """
    rows = connection.execute(release_query("denials.stated")).fetchall()
    if not rows:
        return
    statuses: list[dict[str, str | None]] = []
    denials: list[dict[str, str]] = []
    for claim_id, source, snapshot, identity, record, document in rows:
        claim = Claim(source, record, "project", "status", "denied", basis="computed", rule=RULE, document=document)
        denials.append({"claim_id": claim_id, "status_claim": claim.id})
        row = {
            "claim_id": claim.id,
            "id": identity,
            "snapshot": snapshot,
            **claim._asdict(),
            "target": None,
            "standing": "current",
        }
        if all(row["claim_id"] != other["claim_id"] for other in statuses):
            statuses.append(row)
    text = pa.string()
    connection.register(
        "denied_statuses", pa.table({name: pa.array([row[name] for row in statuses], text) for name in statuses[0]})
    )
    connection.register("denial_claims", pa.table({name: pa.array([row[name] for row in denials], text) for name in denials[0]}))
    for path, query, views in (
        (evidence, "denials.with_places", ["evidence"]),
        (claims, "denials.with_statuses", ["claims", "claims_out"]),
    ):
        new_path = path.with_name(f"denied-{path.name}")
        write_parquet(connection, release_query(query), new_path)
        new_path.rename(path)
        for view in views:
            create_parquet_view(connection, view, path)
    connection.unregister("denied_statuses")
    connection.unregister("denial_claims")
