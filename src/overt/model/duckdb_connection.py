"""The one door to DuckDB: the engine over Parquet files, never a database file."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import duckdb

from overt.model.errors import UsageError


def connect(*, threads: int | None = None, memory: str = "4GB", spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory instance that writes equal bytes for equal inputs, whatever its number of threads.

    `memory` bounds what it keeps before it spills to `spill` (a directory for temporary files where none is given). Extensions
    are never fetched or loaded by themselves.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads or _threads() or os.cpu_count() or 1,
        "memory_limit": memory,
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if spill is not None:
        spill.mkdir(parents=True, exist_ok=True)
    # Without one it would spill into the directory in which the command was typed.
    config["temp_directory"] = str(spill or Path(tempfile.gettempdir()) / f"overt-spill-{os.getpid()}")
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def thread_count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many threads it works on."""
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    return int(row[0]) if row else 1


def _threads() -> int:
    given = os.environ.get("OVERT_THREADS", "0")
    if not given.isdecimal():
        raise UsageError(f"OVERT_THREADS: {given!r} is not a number of threads")
    return int(given)


def quote_literal(text: str | Path) -> str:
    """A SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def parquet_rows_query(paths: Sequence[Path], none: str) -> str:
    """A query for the rows of Parquet files of the same columns, one file after the other; of the table `none` where there is no
    file. It scans all of them at once: of scans joined by `UNION ALL`, one thread writes rows of the next file before the last
    ones of a file, and several threads do not.
    """
    listed = ", ".join(map(quote_literal, paths))
    return f"SELECT * FROM read_parquet([{listed}])" if paths else f"SELECT * FROM {none}"


def sql(folder: Traversable, name: str, values: Mapping[str, str] | None = None) -> str:
    """The statement in `name`.sql, with `${…}` filled in by names and lists that we made ourselves, never by data."""
    return Template((folder / f"{name}.sql").read_text(encoding="utf-8")).substitute(values or {})


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of an ordered query to a Parquet file; returns how many. Equal rows give equal bytes."""
    # Groups of twelve of the engine's vectors: small enough that threads share a table of a hundred thousand rows.
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 24576"
    row = connection.execute(f"COPY ({query}) TO {quote_literal(path)} ({options})").fetchone()
    return int(row[0]) if row else 0


def referenced_tables(query: str) -> set[str]:
    """The tables that a query names. An engine of its own reads it: one that knows a name as a view tells what is behind it."""
    with _bare().cursor() as reader:
        return set(reader.get_table_names(query))


@cache
def _bare() -> duckdb.DuckDBPyConnection:
    """An engine that knows no tables. It takes a hundred times as long to make as a query takes to be read."""
    return duckdb.connect(config={"threads": 1})
