"""Copies rows from DuckDB to SQLite in batches."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

_ROWS = 20_000
Row = tuple[Any, ...]


def batches(source: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Row]]:
    """Yield the rows of a query in non-empty lists of up to `_ROWS`."""
    source.execute(query)
    while rows := source.fetchmany(_ROWS):
        yield rows


def insert(target: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows, each with a value for every column of the table."""
    if rows:
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
