"""Bulk loading of SQLite tables from DuckDB as Arrow (ADBC), without a Python object for each value."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Full, Queue
from threading import Event
from typing import Any

import adbc_driver_sqlite.dbapi as sqlite_adbc
import duckdb
import pyarrow as pa

from overt.model.errors import OvertError
from overt.model.progress import Progress

_BATCH_ROWS = 50_000
_BATCHES_AHEAD = 4
"""Number of batches that DuckDB may prepare before SQLite reads them."""
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000")
_Batches = Queue[Any]
"""A queue that contains, for each query, its schema, its batches and then None."""


def load_tables(path: Path, source: duckdb.DuckDBPyConnection, queries: Mapping[str, str], progress: Progress) -> None:
    """Append the rows of each query to the SQLite table that its key names, whose columns must be in the same order.

    DuckDB works in a separate thread: it runs the next query while SQLite still writes. Nothing else may use `source` or write
    to the file until this returns. `progress` gets the name of each table. Raises OvertError when SQLite cannot write, and
    DuckDB's error when a query fails.
    """
    batches: _Batches = Queue(_BATCHES_AHEAD)
    stop = Event()
    with ThreadPoolExecutor(1, "duckdb") as pool:
        reading = pool.submit(_read, source, queries, batches, stop)
        try:
            _write(path, queries, batches, progress)
        finally:
            stop.set()
        reading.result()


def _read(source: duckdb.DuckDBPyConnection, queries: Mapping[str, str], batches: _Batches, stop: Event) -> None:
    """Put the schema of each query into the queue, then its batches, then None. Even if a query fails, None is put at the end,
    so that the writer stops waiting.
    """

    def put(item: Any) -> None:
        while not stop.is_set():
            with suppress(Full):
                batches.put(item, timeout=0.05)
                return

    query = ""
    try:
        for query in queries.values():
            reader = source.execute(query).to_arrow_reader(_BATCH_ROWS)
            put(reader.schema)
            for batch in reader:
                if stop.is_set():
                    return
                put(batch)
            put(None)
    except (OSError, duckdb.InterruptException) as error:  # Arrow reports errors of DuckDB as OSError after the first batch.
        # When one of DuckDB's threads fails, another may report first that it was stopped. Rerun the query for the real error.
        if "INTERRUPT" in str(error):
            source.execute(query).to_arrow_table()
        raise duckdb.IOException(str(error)) from None
    finally:
        put(None)  # This lets the writer finish the current table.
        put(None)  # The writer expects the next query's schema here.


def _write(path: Path, queries: Mapping[str, str], batches: _Batches, progress: Progress) -> None:
    table = ""
    interrupts: list[BaseException] = []
    with sqlite_adbc.connect(str(path), autocommit=True) as connection, connection.cursor() as cursor:
        try:
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.execute("BEGIN")
            for table in queries:
                progress(table)
                cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")  # This leaves out generated columns.
                columns = [name for (name,) in cursor.fetchall()]
                schema = batches.get()
                if schema is None:  # The query failed; the thread that ran it raises the error.
                    return
                cursor.adbc_ingest(table, _renamed(schema, columns, batches, interrupts), mode="append")
            cursor.execute("COMMIT")
        except sqlite_adbc.Error as error:
            if interrupts:
                raise interrupts[0] from None
            cause = " ".join(str(error).split())
            advice = "; make room there" if "full" in cause else ""
            raise OvertError(f"{path.parent}: table {table} cannot be written: {cause}{advice}") from None


def _renamed(schema: pa.Schema, columns: list[str], batches: _Batches, interrupts: list[BaseException]) -> pa.RecordBatchReader:
    """Return the batches of a query as a stream with the column names of the table.

    ADBC turns any exception that is raised here, even Ctrl-C, into an error of its own, so the original is stored in
    `interrupts`.
    """
    renamed = pa.schema([field.with_name(name) for field, name in zip(schema, columns, strict=True)])

    def stream() -> Iterator[pa.RecordBatch]:
        try:
            while (batch := batches.get()) is not None:
                yield pa.RecordBatch.from_arrays(batch.columns, schema=renamed)
        except (Exception, KeyboardInterrupt) as error:
            interrupts.append(error)
            raise

    return pa.RecordBatchReader.from_batches(renamed, stream())
