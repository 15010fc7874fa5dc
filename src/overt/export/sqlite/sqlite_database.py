"""All tables in one SQLite database, with keys, views that show names, and full-text search."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.public_release_reader import PublicRelease
from overt.export.scalar_cells import scalar_columns
from overt.export.sqlite.former_column_name_views import former_name_views
from overt.export.sqlite.full_text import search_tables
from overt.export.sqlite.labelled_views import labelled_views
from overt.export.sqlite.table_keys import Keys, valid_keys
from overt.release.columns.column_descriptions import describe_columns

_PRAGMAS = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8'"
"""SQL for fast writes without protection against crashes. A crash loses nothing: only a complete file gets its name."""
_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "DATE": "TEXT", "VARCHAR": "TEXT"}
_NO_KEYS = Keys((), ())
_DESCRIPTIONS = "column_descriptions"


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the tables with their keys and indexes on the foreign keys, the views, and the full-text search.

    The table `column_descriptions` describes each column.
    """
    columns = {
        name: {row["column_name"]: row["column_type"] for row in release.rows(f'DESCRIBE "{name}"')} for name in release.tables
    }
    keys, without_row = valid_keys(release)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(_PRAGMAS)
        for name in release.in_steps(release.tables):
            _write_table(database, release, name, columns[name], keys.get(name, _NO_KEYS))
        _write_descriptions(database, release, columns)
        for statement in labelled_views(release.content.schema, columns):
            database.execute(statement)
        for statement in former_name_views(columns):
            database.execute(statement)
        for statement in search_tables(release.content.schema, columns):
            database.execute(statement)
        database.commit()
        database.execute("PRAGMA optimize")
    lists = sum(column_type.endswith("[]") for table in columns.values() for column_type in table.values())
    return ExportResult(
        release.record_counts,
        (
            Loss("columns of lists as they are", lists, "SQLite knows no lists: they are JSON, for json_each()"),
            Loss("references as keys", without_row, "this edition lacks the row that they refer to"),
        ),
    )


def _write_table(database: sqlite3.Connection, release: PublicRelease, name: str, columns: dict[str, str], keys: Keys) -> None:
    parts = [f'"{column}" {_sqlite_type(column_type)}' for column, column_type in columns.items()]
    if keys.primary:
        identifying = ", ".join(f'"{column}"' for column in keys.primary)
        parts.append(f"PRIMARY KEY ({identifying})")
    parts += [f'FOREIGN KEY ("{r.column}") REFERENCES "{r.table}" ("{r.key}")' for r in keys.references]
    database.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')
    placeholders = ", ".join("?" * len(columns))
    database.executemany(f'INSERT INTO "{name}" VALUES ({placeholders})', _read_rows(release, name))
    for reference in keys.references:
        if reference.column != next(iter(keys.primary), None):
            database.execute(f'CREATE INDEX "{name}_{reference.column}" ON "{name}" ("{reference.column}")')


def _write_descriptions(database: sqlite3.Connection, release: PublicRelease, columns: dict[str, dict[str, str]]) -> None:
    """Write the table `column_descriptions`, which describes each column of each table."""
    columns_of_table = "table_name TEXT, column_name TEXT, description TEXT, PRIMARY KEY (table_name, column_name)"
    database.execute(f"CREATE TABLE {_DESCRIPTIONS} ({columns_of_table})")
    for table, names in columns.items():
        described = describe_columns(release.content.schema, table)
        rows = [(table, name, described[name].description) for name in names if name in described]
        database.executemany(f"INSERT INTO {_DESCRIPTIONS} VALUES (?, ?, ?)", rows)


def _sqlite_type(column_type: str) -> str:
    """Return the SQLite type of a column. Decimals are stored as numbers if that does not change any digit."""
    return "NUMERIC" if column_type.startswith("DECIMAL") else _TYPES.get(column_type, "TEXT")


def _read_rows(release: PublicRelease, table: str) -> Iterator[tuple[Any, ...]]:
    for batch in release.batches(f'SELECT * FROM "{table}"'):
        yield from zip(*scalar_columns(batch), strict=True)
