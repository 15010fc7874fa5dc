"""The ledger's tables, with columns for looking up the entries that are checked when an entry is appended."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from overt.ledger.entry import Entry, canonical_json
from overt.ledger.errors import LedgerError
from overt.model.errors import OvertError, quote_text
from overt.model.format_versions import LEDGER, check_format

FORMAT = LEDGER
"""Format of the ledger's tables. Format 2 added signatures and the look-up columns."""
SUBJECT_LENGTH = 200
IN_MEMORY = (None, "", ":memory:")

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
    sa.Column("key", sa.String(64)),
    sa.Column("seen", sa.Integer),
    sa.Column("signature", sa.String(128)),
    # These columns are derived from the content, for look-ups. The chain doesn't cover them, so look-ups and `verify` always
    # compare them with the content.
    sa.Column("subject", sa.String(SUBJECT_LENGTH)),
    sa.Column("undoes_from", sa.Integer),
    sa.Column("undoes_to", sa.Integer),
)
INDEXES = (
    sa.Index("entries_by_subject", ENTRIES.c.kind, ENTRIES.c.subject),
    sa.Index("entries_by_undone", ENTRIES.c.undoes_from, ENTRIES.c.undoes_to),
)
FORMATS = sa.Table("ledger_format", _metadata, sa.Column("format", sa.Integer, primary_key=True, autoincrement=False))
_SUBJECTS = {
    "retraction": "target", "claim": "record", "judgement": "left", "source-snapshot": "source", "source-removal": "source",
    "correction": "record", "withholding": "record",
}  # fmt: skip
"""Key of the payload that has the entry's subject, by kind of entry."""
FIRST_COLUMNS = ("sequence", "at", "who", "why", "kind", "payload", "chain")
"""Columns of format 1."""


def lookup_columns(kind: str, payload: Mapping[str, Any], sequence: int) -> dict[str, Any]:
    """Return the look-up columns of an entry: its subject, cut to `SUBJECT_LENGTH`, and the first and last entry that it undoes.

    A column without a value is None.
    """
    columns: dict[str, Any] = {"subject": None, "undoes_from": None, "undoes_to": None}
    if isinstance(subject := payload.get(_SUBJECTS.get(kind, "")), str):
        columns["subject"] = subject[:SUBJECT_LENGTH]
    if kind == "undo" and isinstance(first := payload.get("sequence"), int):
        last = payload.get("last", first)
        columns |= {"undoes_from": first, "undoes_to": min(last, sequence - 1) if isinstance(last, int) else first}
    return columns


def row_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as a row of the table, with its payload as canonical JSON and its look-up columns."""
    names = ("sequence", "at", "who", "why", "kind", "chain", "key", "seen", "signature")
    fields = {name: getattr(entry, name) for name in names}
    lookups = lookup_columns(entry.kind, entry.payload, entry.sequence)
    return {**fields, "payload": canonical_json(entry.payload), **lookups}


def lookups_differ(row: Any, entry: Entry) -> bool:
    """Return whether a row's look-up columns disagree with its content."""
    return any(getattr(row, name) != value for name, value in lookup_columns(entry.kind, entry.payload, entry.sequence).items())


def table_format(connection: Connection, name: str) -> int:
    """Return the format of the tables; 0 if there are none. `name`: name of the ledger for messages.

    Raises LedgerError if the format is unreadable or newer than this code.
    """
    inspector = sa.inspect(connection)
    if not inspector.has_table(ENTRIES.name):
        return 0
    if not inspector.has_table(FORMATS.name):
        return 1
    stored = connection.execute(sa.select(sa.func.max(FORMATS.c.format))).scalar() or 1
    try:
        number = int(stored)
    except (TypeError, ValueError, OverflowError):  # SQLite stores any value in any column.
        raise LedgerError(
            f"{name}: its format is {quote_text(str(stored))}, which is no number; restore it from a copy"
        ) from None
    try:
        check_format(name, "the ledger", number, FORMAT)
    except OvertError as error:
        raise LedgerError(str(error)) from None
    return number


def columns_of(number: int) -> list[sa.ColumnElement[Any]]:
    """Return the columns to select from tables of format `number`. Columns that this format lacks are null."""
    return [column if number > 1 or column.name in FIRST_COLUMNS else sa.null().label(column.name) for column in ENTRIES.columns]


def create_tables(connection: Connection) -> None:
    """Create the tables of the newest format, unless they exist."""
    # SQLite commits each table separately. The table of entries is created last, so that a process that sees this table also
    # sees the format number.
    FORMATS.create(connection, checkfirst=True)
    if not connection.execute(sa.select(FORMATS.c.format)).first():
        connection.execute(sa.insert(FORMATS).values(format=FORMAT))
        connection.commit()
    ENTRIES.create(connection, checkfirst=True)
    connection.commit()


def upgrade_tables(connection: Connection) -> None:
    """Upgrade tables of format 1. Entries and their chain are left unchanged. If a run is killed, this can be run again."""
    existing = {column["name"] for column in sa.inspect(connection).get_columns(ENTRIES.name)}
    quote = connection.dialect.identifier_preparer.quote
    for column in ENTRIES.columns:
        if column.name not in existing:
            kind = column.type.compile(connection.dialect)
            connection.execute(sa.text(f"ALTER TABLE {quote(ENTRIES.name)} ADD COLUMN {quote(column.name)} {kind}"))
    for index in INDEXES:
        index.create(connection, checkfirst=True)
    _fill_lookups(connection)
    create_tables(connection)  # This writes the format number last; until then, the format is 1.
    connection.execute(sa.update(FORMATS).values(format=FORMAT))  # Another program may have reset the number.


def _fill_lookups(connection: Connection) -> None:
    rows = connection.execute(sa.select(ENTRIES.c.sequence, ENTRIES.c.kind, ENTRIES.c.payload)).all()
    changes = []
    for row in rows:
        try:
            payload = json.loads(row.payload)
        except (TypeError, ValueError, RecursionError):
            continue  # `verify` reports this problem.
        lookups = lookup_columns(row.kind, payload if isinstance(payload, dict) else {}, row.sequence)
        if any(value is not None for value in lookups.values()):
            changes.append({"entry": row.sequence, **{f"new_{name}": value for name, value in lookups.items()}})
    if changes:
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in ("subject", "undoes_from", "undoes_to")}
        connection.execute(sa.update(ENTRIES).where(ENTRIES.c.sequence == sa.bindparam("entry")).values(**values), changes)


def exists(url: URL) -> bool:
    """Return whether the database may exist. Trying to connect would create an empty SQLite file."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in IN_MEMORY
    return not is_file or Path(str(url.database)).exists()
