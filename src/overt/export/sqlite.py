"""Each table in one SQLite database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from overt.export.plain_cells import plain_columns
from overt.export.public_release import Holdings
from overt.export.result import Loss, Written

_NEW = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8'"
"""Nothing is lost by a crash: the file bears its name only when it is whole."""
_KEYS = ("id", "claim_id", "record", "project", "organization", "source")
_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "DATE": "TEXT", "VARCHAR": "TEXT"}


def write(holdings: Holdings, target: Path) -> Written:
    """Write the tables with an index on each column by which rows are found."""
    lists = 0
    with closing(sqlite3.connect(target)) as database:
        database.executescript(_NEW)
        for name in holdings.tables:
            holdings.progress(name)
            described = holdings.rows(f'DESCRIBE "{name}"')
            columns = [(row["column_name"], row["column_type"]) for row in described]
            lists += sum(kind.endswith("[]") for _, kind in columns)
            told = ", ".join(f'"{column}" {_type(kind)}' for column, kind in columns)
            database.execute(f'CREATE TABLE "{name}" ({told})')
            places = ", ".join("?" * len(columns))
            database.executemany(f'INSERT INTO "{name}" VALUES ({places})', _rows(holdings, name))
            for column, kind in columns:
                if column in _KEYS and kind == "VARCHAR":
                    database.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')
        database.commit()
        database.execute("PRAGMA optimize")
    why = "SQLite knows no lists: they are JSON, for json_each()"
    return Written(holdings.records, (Loss("columns of lists as they are", lists, why),))


def _type(kind: str) -> str:
    """The column's type in SQLite. Decimals become numbers there wherever that changes none of their digits."""
    return "NUMERIC" if kind.startswith("DECIMAL") else _TYPES.get(kind, "TEXT")


def _rows(holdings: Holdings, name: str) -> Iterator[tuple[Any, ...]]:
    for batch in holdings.batches(f'SELECT * FROM "{name}"'):
        yield from zip(*plain_columns(batch), strict=True)
