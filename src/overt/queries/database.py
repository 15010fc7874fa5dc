"""Reads the index of a release. Each request has its own connection, so that requests never get each other's rows."""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import orjson

from overt.model.engines.named_sql import load_queries
from overt.model.engines.request_time_limit import OutOfTime, TimeLimit, current_limit
from overt.model.errors import OvertError
from overt.model.files.file_digests import FileState, file_state, read_digest, sha256_file
from overt.queries.rows.typed_rows import Decoders, RowT, make_rows

# `projects_in_memory` (NumPy) and `cache_locks_and_cleanup` (file locks) are imported in functions: few commands need them.
if TYPE_CHECKING:
    from overt.queries.projects_in_memory import Vectors

_MAX_IDLE = 16
"""Maximum number of connections that stay open between requests."""
Row = dict[str, Any]
"""A row as a mapping from column to value, for queries without a row class."""
_STEPS = 50_000
"""Number of SQLite virtual-machine steps between two checks of the time limit: a few milliseconds."""
_Values = Sequence[Any] | Row
_NO_DECODERS: Decoders = {}


def json_array(values: Iterable[Any]) -> str:
    """Return values as a JSON array, for a query's `json_each(?)`."""
    return orjson.dumps(list(values)).decode()


def _statement(name: str) -> str:
    return load_queries("queries", "sql")[name]


def _fill(name: str, parts: Row) -> str:
    return Template(_statement(name)).substitute(parts) if parts else _statement(name)


class Reader:
    """One connection, used by one request at a time."""

    def __init__(self, connection: sqlite3.Connection, arrays: "Arrays | None" = None, cached_results: int = 0) -> None:
        """Wrap a connection.

        `cached_results`: maximum number of results to cache. Caching is safe because the file never changes.
        """
        self._connection = connection
        self._arrays = arrays or Arrays()
        self._execute = lru_cache(cached_results)(self._fetch) if cached_results else self._fetch

    @property
    def vectors(self) -> "Vectors":
        """All projects as arrays, shared by all readers of a file."""
        return self._arrays.load(self)

    def query(
        self, row_class: type[RowT], name: str, values: _Values = (), *, decode: Decoders = _NO_DECODERS, **parts: str
    ) -> list[RowT]:
        """Return the rows of the query `subject.query_name` as named tuples of `row_class`.

        `values` fill the query's placeholders. `parts`: SQL of our own that replaces each `${…}` in the query. `decode`: a
        function for each column that the index stores in another form, such as JSON. Raises TypeError if the columns don't fit
        the fields.
        """
        columns, rows = self._run(_fill(name, parts), values)
        return make_rows(row_class, name, tuple(columns), rows, decode)

    def query_first(
        self, row_class: type[RowT], name: str, values: _Values = (), *, decode: Decoders = _NO_DECODERS, **parts: str
    ) -> RowT | None:
        """Return the first row of a query as a named tuple, or None."""
        rows = self.query(row_class, name, values, decode=decode, **parts)
        return rows[0] if rows else None

    def rows(self, name: str, values: _Values = (), **parts: str) -> list[Row]:
        """Return the rows of a query as dictionaries, for queries without a row class."""
        return self.select(_fill(name, parts), values)

    def first(self, name: str, values: _Values = (), **parts: str) -> Row | None:
        """Return the first row of a query as a dictionary, or None."""
        rows = self.rows(name, values, **parts)
        return rows[0] if rows else None

    def select(self, statement: str, values: _Values = ()) -> list[Row]:
        """Return the rows of a statement as dictionaries, for pages that keep queries in their own folders."""
        columns, rows = self._run(statement, values)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _run(self, statement: str, values: _Values) -> tuple[list[str], list[tuple[Any, ...]]]:
        named = isinstance(values, dict)
        return self._execute(statement, named, tuple(values.items() if isinstance(values, dict) else values))

    def _fetch(self, statement: str, named: bool, values: tuple[Any, ...]) -> tuple[list[str], list[tuple[Any, ...]]]:
        cursor = self._connection.execute(statement, dict(values) if named else values)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def tuples(self, name: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query as plain tuples, for thousands of rows that are read by position. They are not cached."""
        return self._connection.execute(_statement(name), values).fetchall()

    def limit_time(self, limit: TimeLimit | None) -> None:
        """Interrupt queries when a time limit passes; None for no limit."""
        self._connection.set_progress_handler(limit.has_passed if limit else None, _STEPS)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Arrays:
    """Loads the project arrays of one file (see `Vectors`) on first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None

    def load(self, reader: Reader) -> "Vectors":
        """Return the arrays, reading them with `reader` if they are not loaded yet."""
        from overt.queries.projects_in_memory import load_vectors

        with self._lock:
            if self._vectors is None:
                self._vectors = load_vectors(reader.rows("projects.arrays"))
            return self._vectors


class Database:
    """A pool of connections to one file.

    The file is never changed in place, so SQLite needs no locks. Until the pool is closed or garbage-collected, no other process
    removes the file.
    """

    def __init__(self, path: Path) -> None:
        from overt.index.cache_locks_and_cleanup import in_use

        self._path, self._digest, self._state = path, read_digest(path), _state_of(path)
        self._in_use = ExitStack()
        self._in_use.enter_context(in_use(path))
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._idle: list[Reader] = []
        self._arrays = Arrays()
        self._cached_results = 0
        self._lock = threading.Lock()
        self._finalize = weakref.finalize(self, _close_all, self._idle, self._in_use)  # Runs even if `close` is never called.

    def _open(self) -> Reader:
        try:
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False, isolation_level=None)
        except sqlite3.OperationalError:
            raise OvertError("the cache of this release was removed while it was served; start `overt serve` again") from None
        try:
            connection.executescript("PRAGMA query_only = 1; PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -16000;")
        except sqlite3.Error:
            connection.close()
            raise
        return Reader(connection, self._arrays, self._cached_results)

    def cache_results(self, number: int) -> None:
        """Close the idle connections, and let each one that is opened from now on cache its `number` most recent results.

        This is for writing many files that need the same rows.
        """
        self._cached_results = number
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def lease(self) -> Iterator[Reader]:
        """Lend a reader until the block ends.

        Raises OvertError if the file was changed, or if it is gone and no connection is idle. Raises OutOfTime if the time
        limit of the request passes.
        """
        self._check_state()
        limit = current_limit()
        if limit and limit.has_passed():
            raise OutOfTime
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        reader = reader or self._open()
        if limit:
            reader.limit_time(limit)
        try:
            yield reader
        except sqlite3.Error:
            reader.close()
            if limit and limit.has_passed():
                raise OutOfTime from None
            raise
        except BaseException:  # The connection is intact: pages also raise an exception for a missing record.
            self._give_back(reader)
            raise
        self._give_back(reader)

    def _check_state(self) -> None:
        """Reread the file if someone has written to it since it was opened. Raises OvertError if its bytes have changed."""
        state = _state_of(self._path)
        if state is None or state == self._state or self._digest is None:
            return  # A removed file can still be read by the processes that have opened it.
        if sha256_file(self._path) != self._digest:
            raise OvertError(
                "the cache of this release was changed while it was served; start `overt serve` again, which makes it again"
            )
        self._state = state

    def _give_back(self, reader: Reader) -> None:
        reader.limit_time(None)
        with self._lock:
            if len(self._idle) < _MAX_IDLE:
                self._idle.append(reader)
                return
        reader.close()

    def close(self) -> None:
        """Close all idle connections, and allow other processes to remove the file."""
        with self._lock:
            _close_all(self._idle, self._in_use)


def _state_of(path: Path) -> FileState | None:
    try:
        return file_state(path)
    except OSError:
        return None


def _close_all(idle: list[Reader], in_use: ExitStack) -> None:
    while idle:
        idle.pop().close()
    in_use.close()
