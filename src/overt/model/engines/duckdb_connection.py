"""In-memory DuckDB connections. Overt never stores a DuckDB database file."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from overt.model.engines.request_time_limit import OutOfTime, current_limit
from overt.model.errors import UsageError
from overt.model.files.atomic_writes import mark_unfinished, temporary_path


def connect(*, threads: int | None = None, memory: str = "4GB", spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database that writes equal bytes for equal inputs, regardless of its number of threads.

    `threads`: by default the number in OVERT_THREADS, or one per core; raises UsageError if OVERT_THREADS is not a number.
    `memory`: limit above which DuckDB spills to disk. `spill`: a path. DuckDB spills into a folder beside the path, named after
    the path and the process; by default, in the system's temporary directory. Extensions are never downloaded or loaded
    automatically.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads or _threads_from_environment() or os.cpu_count() or 1,
        "memory_limit": memory,
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    # DuckDB would otherwise spill into the current directory. It creates the folder when needed, and removes it.
    directory = temporary_path(spill or Path(tempfile.gettempdir()) / "overt-spill")
    directory.parent.mkdir(parents=True, exist_ok=True)
    mark_unfinished(directory)
    config["temp_directory"] = str(directory)
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


@contextmanager
def interrupted_in_time(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Interrupt a connection's queries in the block, and raise OutOfTime, when the request's time limit has passed."""
    limit = current_limit()
    if limit is None:
        yield
        return
    try:
        with interrupted_after(connection, max(0.0, limit.seconds_left())):
            yield
    except TimeoutError:
        raise OutOfTime from None


@contextmanager
def interrupted_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt a connection's queries in the block after some seconds, and raise TimeoutError."""
    interrupted = threading.Event()

    def interrupt() -> None:
        interrupted.set()
        connection.interrupt()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if interrupted.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()


def thread_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of threads that a connection uses."""
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    return int(row[0]) if row else 1


def _threads_from_environment() -> int:
    value = os.environ.get("OVERT_THREADS", "0")
    if not value.isdecimal():
        raise UsageError(f"OVERT_THREADS: {value!r} is not a number of threads")
    return int(value)
