"""An index of current claims, by record and by the records that they refer to."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import orjson

from overt.archive import Snapshot
from overt.importing.claim_store import ClaimStore
from overt.model.code_digest import code_digest
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.files.atomic_writes import atomic_path
from overt.model.files.file_digests import matches_digest, remove_digest, sha256_file, write_digest
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.schema import Schema
from overt.model.workspace import Workspace
from overt.resolve.sql_queries import fill_query

_PRAGMAS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;"
"""Fast but unsafe settings. A crash does no harm, because the file is renamed only when it is complete."""
_BATCH = 20_000
MAX_PLACES = 3
"""Maximum number of places per claim in the index."""
COLUMNS = ("record", "type", "source", "property", "value", "unit", "lang", "original", "basis", "rule", "claim_id")
Row = dict[str, Any]


class ClaimIndex:
    """The claims of some snapshots, in an SQLite file that never changes. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def for_snapshots(cls, workspace: Workspace, snapshots: Sequence[Snapshot]) -> "ClaimIndex":
        """Return the index of these snapshots, building it in the workspace's cache if needed.

        When an index is built, older indexes are deleted.
        """
        store = ClaimStore(workspace.claims)
        marks = [(snapshot.source, snapshot.id, store.fingerprint(snapshot.source, snapshot.id)) for snapshot in snapshots]
        name = hashlib.sha256(orjson.dumps(marks) + code_digest("resolve").encode()).hexdigest()[:16]
        path = workspace.cache / "judging" / f"{name}.sqlite"
        if not matches_digest(path):
            _build(path, [store.intact_snapshot(snapshot.source, snapshot.id) for snapshot in snapshots], workspace)
            for other in path.parent.glob("*.sqlite"):
                if other != path:
                    remove(other)
                    remove_digest(other)
        return cls(path)

    def claims(self, records: Sequence[str]) -> list[Row]:
        """Return every claim about these records (COLUMNS), sorted by record, property, source and value."""
        query = f"SELECT {', '.join(COLUMNS)} FROM claim WHERE record IN (SELECT value FROM json_each(?))"
        with self._open() as connection:
            rows = connection.execute(query, (json.dumps(records),)).fetchall()
        rows.sort(key=lambda row: (row[0], row[3], row[2], row[4], row[-1]))
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]

    def places(self, claims: Sequence[str]) -> Iterator[Row]:
        """Yield the first MAX_PLACES places of each of these claims: `claim_id`, `capture`, `locator`, `excerpt`."""
        names = ("claim_id", "capture", "locator", "excerpt")
        query = f"SELECT {', '.join(names)} FROM place WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, n"
        with self._open() as connection:
            for row in connection.execute(query, (json.dumps(claims),)).fetchall():
                yield dict(zip(names, row, strict=True))

    def references_to(self, records: Sequence[str], limit: int) -> tuple[int, list[tuple[str, str]]]:
        """Return the number of records that refer to any of these records, and the first `limit` of them with their types."""
        with self._open() as connection:
            rows = connection.execute(fill_query("claim_index.references_to"), (json.dumps(records), limit)).fetchall()
        return (rows[0][2] if rows else 0), [(record, kind) for record, kind, _ in rows]

    def references_between(self, targets: Sequence[str], records: Sequence[str]) -> set[str]:
        """Return the subset of `records` that refer to any of `targets`."""
        query = fill_query("claim_index.references_between")
        with self._open() as connection:
            rows = connection.execute(query, (json.dumps(targets), json.dumps(records))).fetchall()
        return {record for (record,) in rows}

    def labels(self, records: Sequence[str]) -> dict[str, str]:
        """Return the name or title of each record that has one."""
        with self._open() as connection:
            return dict(connection.execute(fill_query("claim_index.labels"), (json.dumps(records),)).fetchall())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            yield connection
        finally:
            connection.close()


def _build(path: Path, snapshots: Sequence[Any], workspace: Workspace) -> None:
    """Read the claims with DuckDB, and write the index with SQLite. The file is renamed at the end."""
    with atomic_path(path) as temporary:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            target.executescript(_PRAGMAS + fill_query("claim_index.schema"))
            target.execute("BEGIN")
            if snapshots:
                values = {
                    "claims": _files_query([snapshot.claims for snapshot in snapshots]),
                    "evidence": _files_query([snapshot.evidence for snapshot in snapshots]),
                    "properties": _reference_properties(workspace.content.schema),
                    "places": str(MAX_PLACES),
                }
                with connect(memory=workspace.settings.engine.memory, spill=workspace.cache / "spill-judging") as source:
                    for table in ("claim", "place", "reference"):
                        _copy(source, target, table, values)
                remove(workspace.cache / "spill-judging")
            target.execute("CREATE INDEX claim_record ON claim (record)")
            target.execute("COMMIT")
        finally:
            target.close()
        write_digest(path, sha256_file(temporary))


def _copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection, table: str, values: Mapping[str, str]) -> None:
    result = source.execute(fill_query(f"claim_index.fill_{table}", **values))
    marks = ", ".join("?" * len(result.description or ()))
    while rows := result.fetchmany(_BATCH):
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _files_query(paths: Sequence[Path]) -> str:
    return f"(FROM read_parquet([{', '.join(quote_literal(path) for path in paths)}]))"


def _reference_properties(schema: Schema) -> str:
    """Return an SQL list of the properties whose values are records, as pairs of record type and property."""
    pairs = [
        (record_type.name, property_.name)
        for record_type in schema.types.values()
        for property_ in record_type.properties.values()
        if property_.type == "record"
    ]
    return ", ".join(f"({quote_literal(record_type)}, {quote_literal(name)})" for record_type, name in pairs)
