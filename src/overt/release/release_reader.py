"""Reads a release's tables, and single records with every claim and its evidence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from overt.model.engines.duckdb_connection import connect, interrupted_in_time
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.errors import UsageError
from overt.release.release_folders import read_manifest
from overt.release.release_sql import release_query


class Release:
    """A release on disk, opened for reading; use it in a `with` block. Raises OvertError if the manifest can't be read."""

    def __init__(self, folder: Path) -> None:
        self._open(folder.name, folder / "tables", read_manifest(folder))

    @classmethod
    def from_tables(
        cls, identity: str, tables: Path, manifest: Mapping[str, Any], database: duckdb.DuckDBPyConnection
    ) -> "Release":
        """Open a release whose tables are in another folder, such as those of its public edition.

        Several releases can share one `database` and its memory; it stays open when a release is closed.
        """
        release = cls.__new__(cls)
        release._open(identity, tables, manifest, database)
        return release

    def _open(
        self, identity: str, tables: Path, manifest: Mapping[str, Any], database: duckdb.DuckDBPyConnection | None = None
    ) -> None:
        self.id = identity
        self.tables = tables
        self.manifest = manifest
        self._connection = database.cursor() if database is not None else connect()
        self._schema = '"' + identity.replace('"', '""') + '"' if database is not None else "main"
        self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")
        self._connection.execute(f"USE {self._schema}")
        for name in self.manifest["tables"]:
            path = quote_literal(tables / f"{name}.parquet")
            self._connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({path})')

    def __enter__(self) -> "Release":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor over the tables. Raises UsageError if the release has been closed."""
        try:
            cursor = self._connection.cursor()
        except duckdb.ConnectionException:
            raise UsageError(f"release {self.id}: is closed; open it again") from None
        cursor.execute(f"USE {self._schema}")
        return cursor

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query over the tables as dictionaries.

        Raises UsageError if the release has been closed, and OutOfTime if the query takes longer than a request may.
        """
        cursor = self.cursor()
        with interrupted_in_time(cursor):
            cursor.execute(query, parameters or [])
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def canonical(self, name: str) -> str:
        """Return the published id for a published id, a former id or a source's record id. Raises UsageError if unknown."""
        rows = self.rows(release_query("records.published_id"), [name, name, name])
        if not rows:
            raise UsageError(f"{name}: release {self.id} has no such record")
        return str(rows[0]["id"])

    def record(self, name: str) -> dict[str, Any]:
        """Return a record with its members, its values, and its claims with evidence.

        A record without current claims has `withdrawn` instead of a type, label and reuse. Raises UsageError for an unknown
        record.
        """
        identity = self.canonical(name)
        records = self.rows("SELECT * FROM records WHERE id = ?", [identity])
        members = [row["record"] for row in self.rows("SELECT record FROM members WHERE id = ? ORDER BY record", [identity])]
        claims = self.rows("SELECT * EXCLUDE (id) FROM claims WHERE id = ? ORDER BY property, claim_id", [identity])
        evidence: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows(release_query("records.evidence"), [identity]):
            evidence.setdefault(row.pop("claim_id"), []).append(row)
        head = {name: records[0][name] for name in ("type", "label", "reuse")} if records else {"withdrawn": True}
        return {
            "id": identity,
            "release": self.id,
            **head,
            "members": members,
            "values": self.rows("SELECT * EXCLUDE (id, type) FROM values WHERE id = ? ORDER BY property, rank", [identity]),
            "claims": [{**claim, "evidence": evidence.get(claim["claim_id"], [])} for claim in claims],
        }
