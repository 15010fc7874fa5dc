"""Gives the status `denied` to projects if a statement denies the system itself (docs/decisions/0142)."""

from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.claim import Claim
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.release.release_sql import release_query

RULE = "system-denial@1"
"""The rule that computes the status from a denial whose `concerns` has the term `system`."""


def add_denied_statuses(connection: duckdb.DuckDBPyConnection, claims: Path, evidence: Path) -> dict[str, int]:
    """Add a computed claim of the status `denied` for each denial of a project's system, to the files `claims` and `evidence`.

    The claim has the source, the document and the places of the denial. A project that already has a claim of this status gets
    none. The views `claims_out`, `claims` and `evidence` are created anew. Return the new row counts of both tables; empty if
    nothing was added.
    """
    stated = connection.execute(release_query("denied_projects.stated")).fetchall()
    if not stated:
        return {}
    statuses: dict[str, dict[str, str | None]] = {}
    denials: list[dict[str, str | None]] = []
    for claim_id, source, snapshot, identity, record, document in stated:
        claim = Claim(source, record, "project", "status", "denied", basis="computed", rule=RULE, document=document)
        denials.append({"claim_id": claim_id, "status_claim": claim.id})
        columns = {"claim_id": claim.id, "id": identity, "snapshot": snapshot, "target": None, "standing": "current"}
        statuses.setdefault(claim.id, {**columns, **claim._asdict()})  # Several statements of a source give one status.
    for name, added in (("denied_statuses", list(statuses.values())), ("denial_claims", denials)):
        arrays = {column: pa.array([row[column] for row in added], pa.string()) for column in added[0]}
        connection.register(name, pa.table(arrays))
    rows: dict[str, int] = {}
    for path, query, views in (
        (evidence, "denied_projects.with_places", ["evidence"]),
        (claims, "denied_projects.with_statuses", ["claims", "claims_out"]),
    ):
        new_path = path.with_name(f"denied-{path.name}")
        rows[path.stem] = write_parquet(connection, release_query(query), new_path)
        new_path.rename(path)
        for view in views:
            create_parquet_view(connection, view, path)
    connection.unregister("denied_statuses")
    connection.unregister("denial_claims")
    return rows
