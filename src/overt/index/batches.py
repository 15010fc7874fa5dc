"""Rows on their way from DuckDB to SQLite, so many at a time."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

_ROWS = 20_000
Row = tuple[Any, ...]


def batches(source: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Row]]:
    """What a query finds, in lists of at most 20,000 rows; none is empty."""
    source.execute(query)
    while rows := source.fetchmany(_ROWS):
        yield rows


def insert(target: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Add rows to a table, with a value for each of its columns."""
    if rows:
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
