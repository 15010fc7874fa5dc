"""Each table as CSV that a spreadsheet shows and does not run."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa

from overt.export.plain_cells import plain_columns
from overt.export.public_release import Holdings
from overt.export.result import Loss, Written
from overt.language.safe_csv import csv_lines, escape_formula

_AT_ONCE = 50_000
"""Rows that are held at a time."""
_TRUTH = {True: "true", False: "false", None: None}


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one file a table: RFC 4180, UTF-8 with a mark at its beginning, lists as JSON."""
    target.mkdir(parents=True)
    guarded = 0
    for name in holdings.tables:
        holdings.progress(name)
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            guarded += write_rows(holdings.connection, f'SELECT * FROM "{name}"', out).guarded
    return Written(holdings.records, (loss_of(guarded),))


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, out: TextIO) -> "Counted":
    """Write the rows of a query, some at a time; returns what was counted on the way."""
    columns = [column[0] for column in connection.cursor().execute(f"DESCRIBE {query}").fetchall()]
    counted = Counted(_cells(connection, query))
    out.writelines(csv_lines(_with(columns, counted)))
    return counted


def loss_of(guarded: int) -> Loss:
    """What is said of cells that begin with an apostrophe."""
    return Loss("cells as they are", guarded, "a spreadsheet would take them for formulas: they begin with an apostrophe")


class Counted:
    """Rows that pass, how many there were, and how many of their cells begin with an apostrophe for it."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self._rows = rows
        self.rows = self.guarded = 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self._rows:
            self.rows += 1
            self.guarded += sum(escape_formula(cell) is not cell for cell in row)
            yield row


def _with(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield columns
    yield from rows


def _cells(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Any]]:
    for batch in connection.cursor().execute(query).to_arrow_reader(_AT_ONCE):
        columns = [
            [_TRUTH[cell] for cell in column.to_pylist()] if pa.types.is_boolean(column.type) else cells
            for column, cells in zip(batch.columns, plain_columns(batch), strict=True)
        ]
        yield from map(list, zip(*columns, strict=True))
