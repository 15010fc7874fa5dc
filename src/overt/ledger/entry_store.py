"""The ledger's table, in any database that SQLAlchemy supports."""

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from overt.ledger.entry import Draft, Entry, Head, canonical_json, chain_drafts, restore_entry
from overt.ledger.errors import LedgerError

_metadata = sa.MetaData()
ENTRIES = sa.Table(
    "entries",
    _metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(20), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("chain", sa.String(64), nullable=False),
)
_ATTEMPTS = 50
"""An attempt fails only if another writer has added an entry."""
_IN_MEMORY = (None, "", ":memory:")


class EntryStore:
    """Reads and appends entries. Nothing else ever changes the table."""

    def __init__(self, address: str | URL) -> None:
        try:
            self.url: URL = sa.make_url(address)
            # No connection stays open, except to a database in memory, which exists only as long as its connection.
            pool = None if self._is_sqlite and self.url.database in _IN_MEMORY else NullPool
            self._engine = sa.create_engine(self.url, poolclass=pool)
            weakref.finalize(self, self._engine.dispose)  # closes a database in memory
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise LedgerError(f"the ledger's address in overt.toml cannot be used: {_reason(error)}") from None
        if self._is_sqlite:
            sa.event.listen(self._engine, "connect", _set_up_sqlite)

    @property
    def name(self) -> str:
        """Address for messages, without the password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def read(self, until: int | None = None) -> list[Entry]:
        """Return the entries in their order, up to a sequence number. Raises LedgerError if one has changed."""
        entries: list[Entry] = []
        previous = Head(0, "")
        for row in self.rows(until):
            entry, problem = restore_entry(row, previous)
            if entry is None or problem is not None:
                raise LedgerError(f"{self.name}: entry {row.sequence} {problem}; restore the ledger from a copy")
            entries.append(entry)
            previous = Head(entry.sequence, entry.chain)
        return entries

    def rows(self, until: int | None = None) -> Sequence[sa.Row[Any]]:
        """Return the rows of the database. Reading never creates a database."""
        query = sa.select(ENTRIES).order_by(ENTRIES.c.sequence)
        if until is not None:
            query = query.where(ENTRIES.c.sequence <= until)
        with self._failures("read"):
            if not self._exists():
                return []
            with self._engine.connect() as connection:
                return connection.execute(query).all()

    def head(self) -> Head:
        """Return the last entry's sequence and chain."""
        query = sa.select(ENTRIES.c.sequence, ENTRIES.c.chain).order_by(ENTRIES.c.sequence.desc()).limit(1)
        with self._failures("read"):
            if not self._exists():
                return Head(0, "")
            with self._engine.connect() as connection:
                row = connection.execute(query).one_or_none()
        return Head(0, "") if row is None else Head(row.sequence, row.chain)

    def append(
        self,
        at: str,
        who: str,
        why: str,
        kind: str,
        payload: Mapping[str, Any],
        check: Callable[[list[Entry]], None] | None = None,
    ) -> Entry:
        """Append an entry. `check` gets all entries before it and may raise."""

        def make(head: Head) -> Sequence[Draft]:
            if check is not None:
                check(self.read(until=head.sequence))
            return [Draft(at, who, why, kind, payload)]

        [entry] = self.append_all(make)
        return entry

    def append_all(self, make: Callable[[Head], Sequence[Draft]]) -> list[Entry]:
        """Append all drafts that `make` returns, or none. `make` gets the ledger's head and may raise.

        If another writer appends an entry in between, `make` is called again.
        """
        with self._failures("write to"):
            for _ in range(_ATTEMPTS):
                head = self.head()
                entries = list(chain_drafts(head, make(head)))
                if not entries:
                    return []
                self._create()
                try:
                    with self._engine.begin() as connection:
                        connection.execute(sa.insert(ENTRIES), [_row(entry) for entry in entries])
                except IntegrityError:
                    continue
                return entries
        raise LedgerError(f"{self.name}: other processes keep writing to the ledger; try again")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _create(self) -> None:
        if not self._exists():
            try:
                _metadata.create_all(self._engine)
            except DBAPIError:
                if not self._exists():  # Otherwise another writer has created it at the same time.
                    raise

    def _exists(self) -> bool:
        # Connecting would create an empty database file.
        if self._is_sqlite and self.url.database not in _IN_MEMORY and not Path(str(self.url.database)).exists():
            return False
        return sa.inspect(self._engine).has_table(ENTRIES.name)

    @contextmanager
    def _failures(self, action: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(f"{self.name}: cannot {action} the ledger: {_reason(error)}") from error


def _row(entry: Entry) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in ("sequence", "at", "who", "why", "kind", "chain")}
    return {**fields, "payload": canonical_json(entry.payload)}


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split())


def _set_up_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # Readers and a writer don't wait for each other.
    cursor.execute("PRAGMA synchronous=FULL")  # A confirmed entry survives a power cut.
    cursor.close()
