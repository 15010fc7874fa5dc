"""Reading one record of a release, with every claim and where it comes from."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.model.errors import UsageError
from overt.release.release_folders import read_manifest

_SQL = files("overt") / "release" / "sql"


class Release:
    """A release on disk, to read; open it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        self._open(folder.name, folder / "tables", read_manifest(folder))

    @classmethod
    def of_tables(cls, identity: str, tables: Path, manifest: Mapping[str, Any], engine: duckdb.DuckDBPyConnection) -> "Release":
        """One whose tables lie elsewhere, as those of the part that may be shown to others. `engine`: several share one, and so
        its memory; it stays open when the release is closed.
        """
        made = cls.__new__(cls)
        made._open(identity, tables, manifest, engine)
        return made

    def _open(
        self, identity: str, tables: Path, manifest: Mapping[str, Any], engine: duckdb.DuckDBPyConnection | None = None
    ) -> None:
        self.id = identity
        self.tables = tables
        self.manifest = manifest
        self._connection = engine.cursor() if engine is not None else connect()
        self._schema = '"' + identity.replace('"', '""') + '"' if engine is not None else "main"
        self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")
        self._connection.execute(f"USE {self._schema}")
        for name in self.manifest["tables"]:
            place = quote_literal(tables / f"{name}.parquet")
            self._connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({place})')

    def __enter__(self) -> "Release":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the engine."""
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own over the tables. Raises UsageError when the release has been closed."""
        try:
            made = self._connection.cursor()
        except duckdb.ConnectionException:
            raise UsageError(f"release {self.id}: is closed; open it again") from None
        made.execute(f"USE {self._schema}")
        return made

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a query over the tables, each as a dictionary."""
        cursor = self.cursor().execute(query, parameters or [])
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def canonical(self, name: str) -> str:
        """The published id behind a published id, a redirected one or a source's record id. Raises UsageError."""
        found = self.rows(sql(_SQL, "find"), [name, name, name])
        if not found:
            raise UsageError(f"{name}: release {self.id} has no such record")
        return str(found[0]["id"])

    def record(self, name: str) -> dict[str, Any]:
        """A record: its members, values, and claims with their places. Raises UsageError when there is none."""
        identity = self.canonical(name)
        head = self.rows("SELECT * FROM records WHERE id = ?", [identity])
        members = [row["record"] for row in self.rows("SELECT record FROM members WHERE id = ? ORDER BY record", [identity])]
        claims = self.rows("SELECT * EXCLUDE (id) FROM claims WHERE id = ? ORDER BY property, claim_id", [identity])
        places: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows(sql(_SQL, "places"), [identity]):
            places.setdefault(row.pop("claim_id"), []).append(row)
        return {
            "id": identity,
            "release": self.id,
            **({"type": head[0]["type"], "label": head[0]["label"], "reuse": head[0]["reuse"]} if head else {"withdrawn": True}),
            "members": members,
            "values": self.rows("SELECT * EXCLUDE (id, type) FROM values WHERE id = ? ORDER BY property, rank", [identity]),
            "claims": [{**claim, "evidence": places.get(claim["claim_id"], [])} for claim in claims],
        }
