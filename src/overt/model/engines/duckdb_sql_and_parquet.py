"""Helpers for SQL that DuckDB runs: quoting, statements from files, Parquet files, and a database for parsing."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import duckdb


def quote_literal(text: str | Path) -> str:
    """Quote text as a SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def parquet_rows_query(paths: Sequence[Path], empty_table: str) -> str:
    """Return a query for the rows of Parquet files with equal columns, file by file. If there are no files, query `empty_table`.

    All files are read in one scan. With scans joined by `UNION ALL`, one thread starts a row group with the last rows of a file
    and several threads don't, so the bytes written would depend on the number of threads.
    """
    literals = ", ".join(map(quote_literal, paths))
    return f"SELECT * FROM read_parquet([{literals}])" if paths else f"SELECT * FROM {empty_table}"


def sql(folder: Traversable, name: str, values: Mapping[str, str] | None = None) -> str:
    """Read the statement in `name`.sql and fill in `${…}`. `values` are names and lists from our own code, never data."""
    return Template((folder / f"{name}.sql").read_text(encoding="utf-8")).substitute(values or {})


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of an ordered query to a Parquet file and return their number. Equal rows give equal bytes."""
    # Each row group has twelve of DuckDB's vectors, which is small enough for threads to share a table of a hundred thousand
    # rows.
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 24576"
    row = connection.execute(f"COPY ({query}) TO {quote_literal(path)} ({options})").fetchone()
    return int(row[0]) if row else 0


@cache
def parser_database() -> duckdb.DuckDBPyConnection:
    """Return an empty database for parsing queries. All callers share it, each with a cursor of its own."""
    # Cached, because opening a database takes a hundred times as long as parsing a query.
    return duckdb.connect(config={"threads": 1})


def create_parquet_view(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Create a view of a Parquet file, or replace the view of this name."""
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({quote_literal(path)})')
