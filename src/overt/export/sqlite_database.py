"""All tables in one SQLite database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from overt.export.export_result import ExportResult, Loss
from overt.export.public_release import PublicRelease
from overt.export.scalar_cells import scalar_columns

_PRAGMAS = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8'"
"""A crash loses nothing, because the file gets its name only when it is complete."""
_INDEXED = ("id", "claim_id", "record", "project", "organization", "source")
_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "DATE": "TEXT", "VARCHAR": "TEXT"}


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the tables, with an index on each column of ids."""
    lists = 0
    with closing(sqlite3.connect(target)) as database:
        database.executescript(_PRAGMAS)
        for name in release.in_steps(release.tables):
            columns = [(row["column_name"], row["column_type"]) for row in release.rows(f'DESCRIBE "{name}"')]
            lists += sum(column_type.endswith("[]") for _, column_type in columns)
            definitions = ", ".join(f'"{column}" {_sqlite_type(column_type)}' for column, column_type in columns)
            database.execute(f'CREATE TABLE "{name}" ({definitions})')
            placeholders = ", ".join("?" * len(columns))
            database.executemany(f'INSERT INTO "{name}" VALUES ({placeholders})', _read_rows(release, name))
            for column, column_type in columns:
                if column in _INDEXED and column_type == "VARCHAR":
                    database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
        database.commit()
        database.execute("PRAGMA optimize")
    why = "SQLite knows no lists: they are JSON, for json_each()"
    return ExportResult(release.record_counts, (Loss("columns of lists as they are", lists, why),))


def _sqlite_type(column_type: str) -> str:
    """Return the type of a column in SQLite, which stores decimals as numbers if none of their digits change."""
    return "NUMERIC" if column_type.startswith("DECIMAL") else _TYPES.get(column_type, "TEXT")


def _read_rows(release: PublicRelease, table: str) -> Iterator[tuple[Any, ...]]:
    for batch in release.batches(f'SELECT * FROM "{table}"'):
        yield from zip(*scalar_columns(batch), strict=True)
