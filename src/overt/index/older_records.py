"""A record of a release that is kept, read from its tables, in the form in which the one that is served has it."""

from collections.abc import Collection
from typing import Any

import duckdb

from overt.index.build import SQL, cited
from overt.model.duckdb_connection import sql
from overt.release.release_reader import Release

_SQL = SQL / "kept"
MOST_CLAIMS, MOST_PLACES, MOST_MEMBERS = 2_000, 50, 200
"""Of one record; of one claim; of one record."""


def record_of(release: Release, identity: str, links: Collection[tuple[str, str]]) -> dict[str, Any] | None:
    """A record by its published id, as `/api/v1/records/{identity}` has it; None where that release says nothing of it any more.

    `links`: type and property of all that names records.
    """
    cursor = release.cursor()
    try:
        records = _rows(cursor, sql(_SQL, "record", _independent(cursor, "records", "r")), {"id": identity})
        if not records:
            return None
        values: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(cursor, sql(_SQL, "values", _independent(cursor, "values", "v")), {"id": identity}):
            values.setdefault(row.pop("property"), []).append(row)
        named = [f"{kind} {name}" for kind, name in sorted(links)]
        claims = _rows(cursor, sql(_SQL, "claims"), {"id": identity, "links": named, "most": MOST_CLAIMS})
        members = [
            row["record"] for row in _rows(cursor, "SELECT record FROM members WHERE id = $id ORDER BY record", {"id": identity})
        ]
        [total] = _rows(cursor, "SELECT count(*) AS held FROM claims WHERE id = $id", {"id": identity})
        _add_places(cursor, claims)
    finally:
        cursor.close()
    cut = len(members) > MOST_MEMBERS or total["held"] > len(claims)
    return {
        "release": release.id,
        **records[0],
        "values": values,
        "members_total": len(members),
        "claims_total": total["held"],
        "truncated": cut or any(claim["evidence_total"] > len(claim["evidence"]) for claim in claims),
        "members": members[:MOST_MEMBERS],
        "claims": claims,
    }


def _independent(cursor: duckdb.DuckDBPyConnection, table: str, called: str) -> dict[str, str]:
    """The column that tells how many sources are independent: nothing in releases of before that was computed."""
    columns = {row["column_name"] for row in _rows(cursor, f'DESCRIBE "{table}"', {})}
    return {"independent": f"{called}.independent_sources" if "independent_sources" in columns else "NULL::INTEGER"}


def _add_places(cursor: duckdb.DuckDBPyConnection, claims: list[dict[str, Any]]) -> None:
    places: dict[str, tuple[int, list[dict[str, Any]]]] = {}
    parameters = {"claims": [claim["claim_id"] for claim in claims], "most": MOST_PLACES}
    for row in _rows(cursor, sql(_SQL, "evidence", {"cited": cited(cursor, "evidence")}), parameters):
        claim, count = row.pop("claim_id"), row.pop("held")
        places.setdefault(claim, (count, []))[1].append(row)
    for claim in claims:
        claim["evidence_total"], claim["evidence"] = places.get(claim["claim_id"], (0, []))


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    cursor.execute(query, parameters)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
