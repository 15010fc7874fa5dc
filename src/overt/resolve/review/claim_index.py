"""What the sources say, in a file from which the claims of a record, and the records that name it, are looked up at once."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import orjson

from overt.archive import Snapshot
from overt.importing.claim_store import ClaimStore
from overt.model.atomic_files import atomic_path, remove
from overt.model.code_digest import code_digest
from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.model.schema import Schema
from overt.model.workspace import Workspace

_SQL = files("overt") / "resolve" / "review" / "sql"
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;"
"""Nothing is lost by a crash: the file bears its name only when it is whole."""
_BATCH = 20_000
MOST_PLACES = 3
"""Places of one claim that are kept."""
SAID = ("record", "type", "source", "property", "value", "unit", "lang", "original", "basis", "rule", "claim_id")
Row = dict[str, Any]


class ClaimIndex:
    """The claims of some snapshots, in one SQLite file that never changes; many threads may ask at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, workspace: Workspace, snapshots: Sequence[Snapshot]) -> "ClaimIndex":
        """The index of these snapshots in the workspace's cache, made if it is not there. Those of others go."""
        store = ClaimStore(workspace.claims)
        marks = [(held.source, held.id, store.fingerprint(held.source, held.id)) for held in snapshots]
        name = hashlib.sha256(orjson.dumps(marks) + code_digest("resolve").encode()).hexdigest()[:16]
        path = workspace.cache / "judging" / f"{name}.sqlite"
        if not path.is_file():
            _build(path, [store.snapshot(held.source, held.id) for held in snapshots], workspace)
            for other in path.parent.glob("*.sqlite"):
                if other != path:
                    remove(other)
        return cls(path)

    def said(self, records: Sequence[str]) -> list[Row]:
        """Every claim about these records, sorted by record, property, source, value."""
        query = f"SELECT {', '.join(SAID)} FROM said WHERE record IN (SELECT value FROM json_each(?))"
        with self._open() as connection:
            rows = connection.execute(query, (json.dumps(records),)).fetchall()
        return [
            dict(zip(SAID, row, strict=True)) for row in sorted(rows, key=lambda row: (row[0], row[3], row[2], row[4], row[-1]))
        ]

    def places(self, claims: Sequence[str]) -> Iterator[Row]:
        """Where these claims stand, in order, as `capture`, `locator` and `excerpt` with the `claim_id`."""
        names = ("claim_id", "capture", "locator", "excerpt")
        query = f"SELECT {', '.join(names)} FROM place WHERE claim_id IN (SELECT value FROM json_each(?)) ORDER BY claim_id, n"
        with self._open() as connection:
            for row in connection.execute(query, (json.dumps(claims),)).fetchall():
                yield dict(zip(names, row, strict=True))

    def naming(self, records: Sequence[str], most: int) -> tuple[int, list[tuple[str, str]]]:
        """How many records name one of these, and the first of them with their types."""
        with self._open() as connection:
            rows = connection.execute(sql(_SQL, "naming"), (json.dumps(records), most)).fetchall()
        return (rows[0][2] if rows else 0), [(record, kind) for record, kind, _ in rows]

    def who_name(self, targets: Sequence[str], records: Sequence[str]) -> set[str]:
        """Those of the records that name one of the targets."""
        with self._open() as connection:
            rows = connection.execute(sql(_SQL, "named"), (json.dumps(targets), json.dumps(records))).fetchall()
        return {record for (record,) in rows}

    def labels(self, records: Sequence[str]) -> dict[str, str]:
        """What these records are called, those that are called anything."""
        with self._open() as connection:
            return dict(connection.execute(sql(_SQL, "labels"), (json.dumps(records),)).fetchall())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            yield connection
        finally:
            connection.close()


def _build(path: Path, snapshots: Sequence[Any], workspace: Workspace) -> None:
    """Write the index: DuckDB reads, Python's sqlite3 writes, one rename at the end."""
    with atomic_path(path) as temporary:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            target.executescript(_FAST + sql(_SQL, "index_schema"))
            target.execute("BEGIN")
            if snapshots:
                claims, evidence = (_all([getattr(held, what) for held in snapshots]) for what in ("claims", "evidence"))
                values = {"claims": claims, "evidence": evidence, "naming": _naming(workspace.content.schema)}
                with connect(memory=workspace.settings.engine.memory, spill=workspace.cache / "spill-judging") as source:
                    for table in ("said", "place", "naming"):
                        _copy(source, target, table, {**values, "places": str(MOST_PLACES)})
                remove(workspace.cache / "spill-judging")
            target.execute("CREATE INDEX said_record ON said (record)")
            target.execute("COMMIT")
        finally:
            target.close()


def _copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection, table: str, values: Mapping[str, str]) -> None:
    found = source.execute(sql(_SQL, f"index_{table}", values))
    marks = ", ".join("?" * len(found.description or ()))
    while rows := found.fetchmany(_BATCH):
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _all(paths: Sequence[Path]) -> str:
    return f"(FROM read_parquet([{', '.join(quote_literal(path) for path in paths)}]))"


def _naming(schema: Schema) -> str:
    """The properties whose values are records, as SQL pairs of type and property."""
    pairs = [
        (kind.name, held.name) for kind in schema.types.values() for held in kind.properties.values() if held.type == "record"
    ]
    return ", ".join(f"({quote_literal(kind)}, {quote_literal(name)})" for kind, name in pairs)
