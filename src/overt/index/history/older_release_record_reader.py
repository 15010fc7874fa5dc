"""Reads a record of an older release from its tables, as the API returns a record of the served release."""

from collections.abc import Collection
from datetime import date
from typing import Any

import duckdb

from overt.index.index_sql import index_query
from overt.index.release_views import evidence_with_documents
from overt.model.engines.duckdb_connection import interrupted_in_time
from overt.model.values.current_on_day import phase_on
from overt.release.release_reader import Release

MAX_CLAIMS, MAX_PLACES, MAX_MEMBERS = 2_000, 50, 200
"""Maximum number of claims of a record, places of a claim, and members of a record that are returned."""


def older_record(
    release: Release, identity: str, links: Collection[tuple[str, str]], lasting: Collection[str]
) -> dict[str, Any] | None:
    """Return a record by its published id, as `/api/v1/records/{identity}` does; None if the release does not have it.

    Its `span` and `in_place` are always None. `links`: all properties that refer to records, each as record type and property
    name. `lasting`: the types of records that begin and end.
    """
    cursor = release.cursor()
    try:
        records = _rows(cursor, index_query("older_records.record", _independent(cursor, "records", "r")), {"id": identity})
        if not records:
            return None
        values: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(cursor, index_query("older_records.values", _independent(cursor, "values", "v")), {"id": identity}):
            values.setdefault(row.pop("property"), []).append(row)
        named = [f"{kind} {name}" for kind, name in sorted(links)]
        claims = _rows(cursor, index_query("older_records.claims"), {"id": identity, "links": named, "most": MAX_CLAIMS})
        members = [
            row["record"] for row in _rows(cursor, "SELECT record FROM members WHERE id = $id ORDER BY record", {"id": identity})
        ]
        [total] = _rows(cursor, "SELECT count(*) AS claims FROM claims WHERE id = $id", {"id": identity})
        _add_places(cursor, claims)
    finally:
        cursor.close()
    cut = len(members) > MAX_MEMBERS or total["claims"] > len(claims)
    return {
        "release": release.id,
        **records[0],
        "current": _is_current(release, values) if records[0]["type"] in lasting else None,
        "values": values,
        "span": None,
        "in_place": None,
        "members_total": len(members),
        "claims_total": total["claims"],
        "truncated": cut or any(claim["evidence_total"] > len(claim["evidence"]) for claim in claims),
        "members": members[:MAX_MEMBERS],
        "claims": claims,
    }


def _is_current(release: Release, values: dict[str, list[dict[str, Any]]]) -> bool | None:
    start, end = (next((row["value"] for row in values.get(name, ()) if row["shown"]), None) for name in ("start", "end"))
    return phase_on(date.fromisoformat(release.manifest["date"]), start, end).current


def _independent(cursor: duckdb.DuckDBPyConnection, table: str, alias: str) -> dict[str, str]:
    """Return the SQL for `${independent}`: the column with the number of separate sources, or null if a release lacks it."""
    columns = {row["column_name"] for row in _rows(cursor, f'DESCRIBE "{table}"', {})}
    return {"independent": f"{alias}.independent_sources" if "independent_sources" in columns else "NULL::INTEGER"}


def _add_places(cursor: duckdb.DuckDBPyConnection, claims: list[dict[str, Any]]) -> None:
    places: dict[str, tuple[int, list[dict[str, Any]]]] = {}
    parameters = {"claims": [claim["claim_id"] for claim in claims], "most": MAX_PLACES}
    for row in _rows(
        cursor, index_query("older_records.evidence", {"cited": evidence_with_documents(cursor, "evidence")}), parameters
    ):
        claim, count = row.pop("claim_id"), row.pop("place_count")
        places.setdefault(claim, (count, []))[1].append(row)
    for claim in claims:
        claim["evidence_total"], claim["evidence"] = places.get(claim["claim_id"], (0, []))


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    with interrupted_in_time(cursor):
        cursor.execute(query, parameters)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
