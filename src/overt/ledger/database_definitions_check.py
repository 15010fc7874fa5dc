"""Compares the definitions in a SQLite file with those that Overt makes, and checks that the file is not damaged.

SQLite lets a definition decide what a write does: a trigger changes or deletes rows, `ON CONFLICT IGNORE` skips them without an
error, `ON CONFLICT REPLACE` deletes others. So a name proves nothing; the text of each definition must be Overt's own.
"""

import re
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from overt.ledger.entries_table import ENTRIES, FIRST_COLUMNS, FORMATS, INDEXES

_STATISTICS = "sqlite_stat"
"""Start of the names of the tables that `ANALYZE` makes. A digit follows, as in `sqlite_stat1`."""
_TOKEN = re.compile(r"\w+|[^\w\s\"`\[\]]")


def foreign_object(connection: Connection) -> str | None:
    """Describe the first object of a SQLite database that Overt did not create or would define differently.

    Return None if there is none, and for other databases. Tables that `ANALYZE` makes are skipped. Only the schema is read, not
    the entries.
    """
    if connection.dialect.name != "sqlite":
        return None
    ours = _definitions()
    for kind, name, sql in connection.execute(sa.text("SELECT type, name, sql FROM sqlite_master ORDER BY name")):
        if kind == "table" and name.rstrip("0123456789") == _STATISTICS:
            continue
        if (kind, name) not in ours:
            return f"{kind} {name}, which Overt did not make"
        if _normalise(str(sql)) not in ours[kind, name]:
            return f"{kind} {name} with a definition that Overt did not make"
    return None


def database_problem(connection: Connection, number: int) -> str | None:
    """Return what is wrong with the database itself, in one line; None if nothing is. Reads all of a SQLite file.

    `number`: the format of its tables.
    """
    if (unknown := foreign_object(connection)) is not None:
        return f"has a {unknown}; remove it, or restore the ledger from a copy"
    if number == 1 and len(sa.inspect(connection).get_columns(ENTRIES.name)) > len(FIRST_COLUMNS):
        return "says that it has format 1, and has columns of a later one; run `overt upgrade`"
    if connection.dialect.name == "sqlite":
        [answer, *_] = connection.execute(sa.text("PRAGMA integrity_check(1)")).scalars()
        return None if answer == "ok" else f"is damaged: {' '.join(answer.split())}; restore it from a copy"
    return None


@cache
def _definitions() -> dict[tuple[str, str], set[str]]:
    """Return the normalised definitions that Overt makes, by type and name of the object."""
    dialect = sqlite.dialect()
    definitions = {
        ("table", FORMATS.name): {_normalise(str(CreateTable(FORMATS).compile(dialect=dialect)))},
        ("table", ENTRIES.name): {_normalise(str(CreateTable(ENTRIES).compile(dialect=dialect))), *_upgraded_definitions()},
    }
    for index in INDEXES:
        definitions["index", str(index.name)] = {_normalise(str(CreateIndex(index).compile(dialect=dialect)))}
    return definitions


def _upgraded_definitions() -> set[str]:
    """Return the definitions of the table of entries in format 1, and after each column that an upgrade appends."""
    dialect = sqlite.dialect()
    columns = [
        sa.Column(column.name, column.type, primary_key=column.primary_key, nullable=column.nullable, autoincrement=False)
        for column in ENTRIES.columns
        if column.name in FIRST_COLUMNS
    ]
    first = sa.Table(ENTRIES.name, sa.MetaData(), *columns)
    text = str(CreateTable(first).compile(dialect=dialect)).rstrip().removesuffix(")")
    definitions = {_normalise(f"{text})")}
    for column in ENTRIES.columns:
        if column.name not in FIRST_COLUMNS:
            text += f", {column.name} {column.type.compile(dialect)}"
            definitions.add(_normalise(f"{text})"))
    return definitions


def _normalise(sql: str) -> str:
    """Return a definition without differences that don't matter: spaces, letter case and quotation marks around names."""
    return " ".join(_TOKEN.findall(sql.lower()))
