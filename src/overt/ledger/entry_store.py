"""The ledger's one table, in any database that SQLAlchemy reaches."""

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
_ATTEMPTS = 50  # each one fails only because another writer's entry came in
_MEMORY = (None, "", ":memory:")


class EntryStore:
    """Reads and appends entries; nothing else is ever done to the table."""

    def __init__(self, address: str | URL) -> None:
        try:
            self.url: URL = sa.make_url(address)
            # No connection is kept, so that nothing is left open; one in memory is its only copy and has to be.
            pool = None if self._is_sqlite and self.url.database in _MEMORY else NullPool
            self._engine = sa.create_engine(self.url, poolclass=pool)
            weakref.finalize(self, self._engine.dispose)  # closes the one in memory
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise LedgerError(f"the ledger's address in overt.toml cannot be used: {_line(error)}") from None
        if self._is_sqlite:
            sa.event.listen(self._engine, "connect", _set_up_sqlite)

    @property
    def name(self) -> str:
        """The address as messages show it, without a password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def read(self, until: int | None = None) -> list[Entry]:
        """The entries in their order, up to a sequence number. Raises LedgerError if one is not as it was written."""
        entries: list[Entry] = []
        before = Head(0, "")
        for row in self.rows(until):
            entry, problem = restore_entry(row, before)
            if entry is None or problem is not None:
                raise LedgerError(f"{self.name}: entry {row.sequence} {problem}; restore the ledger from a copy")
            entries.append(entry)
            before = Head(entry.sequence, entry.chain)
        return entries

    def rows(self, until: int | None = None) -> Sequence[sa.Row[Any]]:
        """The entries as the database has them. Reading never makes a ledger where there is none."""
        query = sa.select(ENTRIES).order_by(ENTRIES.c.sequence)
        if until is not None:
            query = query.where(ENTRIES.c.sequence <= until)
        with self._failures("read"):
            if not self._exists():
                return []
            with self._engine.connect() as connection:
                return connection.execute(query).all()

    def head(self) -> Head:
        """The last entry's number and chain."""
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
        """Add an entry after the last one; `check` gets all before it and may raise."""

        def make(head: Head) -> Sequence[Draft]:
            if check is not None:
                check(self.read(until=head.sequence))
            return [Draft(at, who, why, kind, payload)]

        [entry] = self.append_all(make)
        return entry

    def append_all(self, make: Callable[[Head], Sequence[Draft]]) -> list[Entry]:
        """Add what `make` returns after the last entry, all of it or nothing; it gets the end of the ledger and may raise.

        Another writer may add one meanwhile: then the number is taken, and `make` is asked again.
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
        raise LedgerError(f"{self.name}: others keep writing to the ledger; try again")

    def close(self) -> None:
        """Close what is open."""
        self._engine.dispose()

    def _create(self) -> None:
        if not self._exists():
            try:
                _metadata.create_all(self._engine)
            except DBAPIError:
                if not self._exists():  # else another writer made it at the same moment
                    raise

    def _exists(self) -> bool:
        # To connect would make an empty database file.
        if self._is_sqlite and self.url.database not in _MEMORY and not Path(str(self.url.database)).exists():
            return False
        return sa.inspect(self._engine).has_table(ENTRIES.name)

    @contextmanager
    def _failures(self, doing: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(f"{self.name}: cannot {doing} the ledger: {_line(error)}") from error


def _row(entry: Entry) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in ("sequence", "at", "who", "why", "kind", "chain")}
    return {**fields, "payload": canonical_json(entry.payload)}


def _line(error: Exception) -> str:
    reason = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(reason).split())


def _set_up_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers and a writer do not wait for each other
    cursor.execute("PRAGMA synchronous=FULL")  # an entry that was confirmed survives a power cut
    cursor.close()
