"""The ledger's database, in any system that SQLAlchemy supports."""

import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from overt.ledger.database_definitions_check import database_problem, foreign_object
from overt.ledger.editor_keys_in_force import SHORT, EditorKeys
from overt.ledger.entries_table import (
    ENTRIES,
    FORMAT,
    IN_MEMORY,
    columns_of,
    create_tables,
    exists,
    row_of,
    table_format,
    upgrade_tables,
)
from overt.ledger.entry import Draft, Entry, Head, Signed, chain_drafts
from overt.ledger.entry_queries import EntryQueries, restore_all
from overt.ledger.errors import EmptyField, LedgerError
from overt.ledger.sqlite_connection import set_up_connections
from overt.model.errors import MissingLibrary

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_Result = TypeVar("_Result")
Signer = Callable[[], "Ed25519PrivateKey"]
"""Function that returns the editor's key. It is only called if an entry must be signed. Raises OvertError if there is no key."""
_ATTEMPTS = 50
"""Maximum number of attempts to append. An attempt only fails if another writer has added an entry."""
_CREATE_ATTEMPTS = 5
"""Maximum number of attempts to create the tables."""


class EntryStore:
    """Reads and appends entries. No other code changes the table. Raises LedgerError if the database can't be used."""

    def __init__(self, address: str | URL, signer: Signer | None = None) -> None:
        try:
            self.url: URL = sa.make_url(address)
            # No connection stays open, except to an in-memory database, which only exists while it is connected.
            pool = None if self._is_sqlite and self.url.database in IN_MEMORY else NullPool
            self._engine = sa.create_engine(self.url, poolclass=pool)
            weakref.finalize(self, self._engine.dispose)  # This also closes an in-memory database.
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            if isinstance(error, ImportError) and self.url.get_backend_name() == "postgresql":
                raise MissingLibrary(f"a ledger on PostgreSQL needs {error.name}", "postgresql") from None
            raise LedgerError(f"the ledger's address in overt.toml cannot be used: {_reason(error)}") from None
        self._signer = signer
        if self._is_sqlite:
            set_up_connections(self._engine)

    @property
    def name(self) -> str:
        """Address of the ledger for messages, without the password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def read(self, until: int | None = None) -> list[Entry]:
        """Return the entries in order, up to sequence number `until` (default: all).

        Raises LedgerError if an entry was changed.
        """
        return restore_all(self.name, self.rows(until)[0])

    def rows(self, until: int | None = None) -> tuple[Sequence[sa.Row[Any]], int]:
        """Return the rows of the entries up to the sequence number `until` (default: all), and the format of the tables. Reading
        never creates a database.
        """
        with self._reading() as (connection, number):
            if connection is None:
                return [], number
            query = sa.select(*columns_of(number)).order_by(ENTRIES.c.sequence)
            if until is not None:
                query = query.where(ENTRIES.c.sequence <= until)
            return connection.execute(query).all(), number

    def database_problem(self) -> str | None:
        """Return what is wrong with the database itself, not with its entries; None if nothing is."""
        with self._reading() as (connection, number):
            return None if connection is None else database_problem(connection, number)

    def head(self) -> Head:
        """Return the last entry's sequence and chain; (0, "") if there is no entry."""
        with self._reading() as (connection, _):
            return _head(connection)

    def query(self, ask: Callable[[EntryQueries], _Result]) -> _Result:
        """Return what `ask` returns for the current entries.

        In a ledger of an older format, queries that need look-up columns find no entry.
        """
        with self._reading() as (connection, number):
            return ask(EntryQueries(connection, _head(connection), self.name, number))

    def last_entry(self) -> Entry | None:
        """Return the last entry; None if there is none. The other entries are not read. Raises LedgerError if it was changed."""
        with self._reading() as (connection, number):
            head = _head(connection)
            return EntryQueries(connection, head, self.name, number).entry(head.sequence) if head.sequence else None

    def chain_of(self, sequence: int) -> str | None:
        """Return the chain of an entry as it is stored; None if there is no such entry, "" for 0."""
        if sequence == 0:
            return ""
        with self._reading() as (connection, _):
            if connection is None:
                return None
            query = sa.select(ENTRIES.c.chain).where(ENTRIES.c.sequence == sequence)
            chain: str | None = connection.execute(query).scalar_one_or_none()
            return chain

    def keys(self) -> EditorKeys:
        """Return the keys of editors: those in force, and those that were revoked."""
        with self._reading() as (connection, number):
            return EntryQueries(connection, _head(connection), self.name, number).keys

    def unlock(self) -> None:
        """Load the signer's key if entries must be signed. Raises OvertError if the key is missing or not in force."""
        keys = self.keys()
        if keys.is_signed:
            self._signing(None, keys)

    def append_all(self, make: Callable[[EntryQueries], Sequence[Draft]]) -> list[Entry]:
        """Append all drafts that `make` returns, or none. `make` can query earlier entries, and may raise an exception.

        If another writer appends an entry in the meantime, `make` is called again.

        Raises OvertError if the entries must be signed and there is no key in force to sign them. Raises LedgerError if an
        unsigned entry has no `who`, if the database has an older format or a schema that is not Overt's, if it doesn't store
        the rows as written, or if other writers keep changing it.
        """
        for _ in range(_ATTEMPTS):
            with self._reading("write to") as (connection, number):
                if number < FORMAT:
                    raise LedgerError(
                        f"{self.name}: the ledger has format {number}, and entries are added in format {FORMAT};"
                        " run `overt upgrade`, which leaves its entries as they are"
                    )
                if connection is not None:
                    self._require_own_schema(connection)
                queries = EntryQueries(connection, _head(connection), self.name, number)
                drafts = make(queries)
                if not drafts:
                    return []
                entries = list(self._finish(queries.head, drafts, queries.keys))
                if connection is not None and self._insert(connection, queries.head, entries):
                    return entries
            if connection is None and self._insert_first(entries):
                return entries
        raise LedgerError(f"{self.name}: other processes keep writing to the ledger; try again")

    def upgrade(self) -> bool:
        """Upgrade the tables to the newest format, leaving entries unchanged. Return whether the tables had an older format."""
        with self._failures("upgrade"):
            if not exists(self.url):
                return False
            with self._engine.connect() as connection:
                if table_format(connection, self.name) != 1:
                    return False
                self._require_own_schema(connection)
                upgrade_tables(connection)
                connection.commit()
        return True

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _finish(self, head: Head, drafts: Sequence[Draft], keys: EditorKeys) -> Iterator[Entry]:
        """Return the entries for drafts. If the ledger has keys or gets its first key, entries are signed and name no editor."""
        if not keys.is_signed and drafts[0].kind != "admit-key":
            if not all(draft.who for draft in drafts):
                raise EmptyField(
                    "who is empty; name who decides with --who or in OVERT_WHO, or sign with a key (`overt key editor` makes one)"
                )
            return chain_drafts(head, drafts)
        sign = self._signing(drafts[0].payload.get("public") if not keys.is_signed else None, keys)
        return chain_drafts(head, [draft._replace(who="") for draft in drafts], sign)

    def _signing(self, first: str | None, keys: EditorKeys) -> Callable[[Draft, Head], Signed]:
        """Return a function that signs entries with the editor's key.

        `first`: the ledger's first key, in hex, if the entries to sign admit it; None if the ledger has keys.

        Raises LedgerError if there is no key or if it is not in force, and the errors of the signer.
        """
        from overt.ledger.entry_signature import key_fingerprint, sign_draft
        from overt.model.detached_file_signatures import fingerprint

        if self._signer is None:
            raise LedgerError(f"{self.name}: its entries are signed since entry {keys.since}, and there is no key here")
        key = self._signer()
        own = fingerprint(key.public_key())
        if own not in keys.in_force and (first is None or own != key_fingerprint(first)):
            raise LedgerError(
                f"{self.name}: your key {own[:SHORT]}… is one {keys.status(own)};"
                " have an editor whose key is in force admit yours: `overt key admit FILE`"
            )
        return lambda draft, seen: sign_draft(draft, seen, key)

    def _insert_first(self, entries: Sequence[Entry]) -> bool:
        """Create the tables and insert the first entries. Return False if another writer did so at the same time."""
        with self._failures("write to"):
            for attempt in range(1, _CREATE_ATTEMPTS + 1):
                try:
                    with self._engine.connect() as connection:
                        create_tables(connection)
                        self._require_own_schema(connection)
                        return self._insert(connection, Head(0, ""), entries)
                except DBAPIError:  # Either another writer is creating the tables at the same time, or they can't be created.
                    if attempt == _CREATE_ATTEMPTS:
                        raise
                    time.sleep(0.02)
        return False

    def _insert(self, connection: Connection, head: Head, entries: Sequence[Entry]) -> bool:
        """Insert entries after `head`, and read them back before committing them.

        Return False if another writer has added an entry, whose number is then taken. Raises LedgerError, and adds nothing, if
        the database doesn't have exactly these rows: its own rules and triggers can skip, change or delete rows.
        """
        rows = [row_of(entry) for entry in entries]
        try:
            connection.execute(sa.insert(ENTRIES), rows)
        except IntegrityError:
            connection.rollback()
            return False
        query = sa.select(ENTRIES).where(ENTRIES.c.sequence >= head.sequence).order_by(ENTRIES.c.sequence)
        stored = [dict(row) for row in connection.execute(query).mappings()]
        previous = stored.pop(0)["chain"] if head.sequence and stored else ""
        if previous != head.chain or stored != rows:
            connection.rollback()
            raise LedgerError(
                f"{self.name}: the database did not store entry {entries[0].sequence} as it was written, so nothing was added;"
                " see `overt verify`, and look for rules and triggers that Overt did not make"
            )
        connection.commit()
        return True

    def _require_own_schema(self, connection: Connection) -> None:
        if unknown := foreign_object(connection):
            raise LedgerError(f"{self.name}: has a {unknown}; see `overt verify`")

    @contextmanager
    def _reading(self, action: str = "read") -> Iterator[tuple[Connection | None, int]]:
        """Yield a connection and the format of the tables; None and the newest format if there are none."""
        with self._failures(action):
            if not exists(self.url):
                yield None, FORMAT
                return
            with self._engine.connect() as connection:
                number = table_format(connection, self.name)
                yield (connection, number) if number else (None, FORMAT)

    @contextmanager
    def _failures(self, action: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(f"{self.name}: cannot {action} the ledger: {_reason(error)}") from error


def _head(connection: Connection | None) -> Head:
    if connection is None:
        return Head(0, "")
    query = sa.select(ENTRIES.c.sequence, ENTRIES.c.chain).order_by(ENTRIES.c.sequence.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return Head(0, "") if row is None else Head(row.sequence, row.chain)


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split())
