"""Reading `serve.sqlite`: a connection to itself for each request, so that no reader can get another's rows."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from overt.model.errors import OvertError
from overt.model.named_sql import load_queries

# Commands that read a few rows can do without numpy and file locks, so these are imported where they are used.
if TYPE_CHECKING:
    from overt.queries.project_arrays import Vectors

_IDLE = 16
"""Connections kept open between requests."""
Row = dict[str, Any]


def _statement(name: str) -> str:
    return load_queries("queries", "sql")[name]


class Reader:
    """One connection, used by one request at a time."""

    def __init__(self, connection: sqlite3.Connection, arrays: "Arrays | None" = None, kept: int = 0) -> None:
        """`kept`: of so many questions, the answers to the last are kept, since the file never changes."""
        self._connection = connection
        self._arrays = arrays or Arrays()
        self._ask = lru_cache(kept)(self._asked) if kept else self._asked

    @property
    def vectors(self) -> "Vectors":
        """All projects as arrays; those of a file are in memory once, whoever reads it."""
        return self._arrays.of(self)

    def rows(self, name: str, values: Sequence[Any] | Row = (), **parts: str) -> list[Row]:
        """Return the rows of a query, `subject.query_name`.

        `values` fill its placeholders, `parts` its `${…}` with SQL of ours.
        """
        return self.select(Template(_statement(name)).substitute(parts) if parts else _statement(name), values)

    def select(self, statement: str, values: Sequence[Any] | Row = ()) -> list[Row]:
        """Return the rows of a statement: of a page that keeps its queries in its own folder."""
        named = isinstance(values, dict)
        names, found = self._ask(statement, named, tuple(values.items() if isinstance(values, dict) else values))
        return [dict(zip(names, row, strict=True)) for row in found]

    def _asked(self, statement: str, named: bool, values: tuple[Any, ...]) -> tuple[list[str], list[tuple[Any, ...]]]:
        cursor = self._connection.execute(statement, dict(values) if named else values)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def tuples(self, name: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The same without the names of the columns, for rows by the thousand."""
        return self._connection.execute(_statement(name), values).fetchall()

    def one(self, name: str, values: Sequence[Any] | Row = (), **parts: str) -> Row | None:
        """The first row, or None."""
        found = self.rows(name, values, **parts)
        return found[0] if found else None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Arrays:
    """The arrays of one file, from the first time that somebody needs them."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: Vectors | None = None

    def of(self, reader: Reader) -> "Vectors":
        """The arrays, read by this reader if nobody has done so."""
        from overt.queries.project_arrays import load_vectors

        with self._guard:
            if self._held is None:
                self._held = load_vectors(reader.rows("projects.arrays"))
            return self._held


class Database:
    """All connections to one file. The file never changes while it bears its name, so SQLite takes no lock.

    Until it is closed, or forgotten, no other process tidies the file away.
    """

    def __init__(self, path: Path) -> None:
        from overt.index.cache_files import in_use

        self._held = ExitStack()
        self._held.enter_context(in_use(path))
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._idle: list[Reader] = []
        self._arrays = Arrays()
        self._kept = 0
        self._guard = threading.Lock()
        self._finalize = weakref.finalize(self, _let_go, self._idle, self._held)  # also when nobody says close()

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
        return Reader(connection, self._arrays, self._kept)

    def keep_answers(self, number: int) -> None:
        """From now on each connection keeps its last answers: for whoever asks the same for several files in a row."""
        self._kept = number
        with self._guard:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def lease(self) -> Iterator[Reader]:
        """A reader that nobody else has until the block ends. Raises OvertError when the file is gone."""
        with self._guard:
            reader = self._idle.pop() if self._idle else None
        reader = reader or self._open()
        try:
            yield reader
        except sqlite3.Error:
            reader.close()
            raise
        except BaseException:  # whoever finds nothing to show raises, too
            self._give_back(reader)
            raise
        self._give_back(reader)

    def _give_back(self, reader: Reader) -> None:
        with self._guard:
            if len(self._idle) < _IDLE:
                self._idle.append(reader)
                return
        reader.close()

    def close(self) -> None:
        """Close the connections that nobody uses, and let the file be tidied away."""
        with self._guard:
            _let_go(self._idle, self._held)


def _let_go(idle: list[Reader], held: ExitStack) -> None:
    while idle:
        idle.pop().close()
    held.close()
