"""Writes each table as CSV that spreadsheets display but never execute."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa

from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.public_release_reader import PublicRelease
from overt.export.scalar_cells import scalar_columns
from overt.language.safe_csv import csv_parts, escape_formula

_BATCH_ROWS = 50_000
"""Maximum number of rows in memory at a time."""
_BOOLEANS = {True: "true", False: "false", None: None}


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Create the folder `target` with one file per table: RFC 4180, UTF-8 with a byte order mark, lists as JSON.

    Text that looks like a formula gets an apostrophe in front.
    """
    target.mkdir(parents=True)
    escaped = 0
    for name in release.in_steps(release.tables):
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            escaped += write_rows(release.connection, f'SELECT * FROM "{name}"', out).escaped
    return ExportResult(release.record_counts, (escaped_cells_loss(escaped),))


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, out: TextIO) -> "CountedRows":
    """Write the header and the rows of a query as CSV; return the counts of rows and of escaped cells."""
    columns = [column[0] for column in connection.cursor().execute(f"DESCRIBE {query}").fetchall()]
    rows = CountedRows(_read_rows(connection, query))
    out.writelines(csv_parts(_with_header(columns, rows)))
    return rows


def escaped_cells_loss(escaped: int) -> Loss:
    """Return the loss that reports how many cells got an apostrophe in front."""
    return Loss("unchanged cells", escaped, "a spreadsheet would take them for formulas, so they begin with an apostrophe")


class CountedRows:
    """Counts the rows that pass through, and the cells that got an apostrophe in front."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self._rows = rows
        self.count = self.escaped = 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self._rows:
            self.count += 1
            self.escaped += sum(escape_formula(cell) is not cell for cell in row)
            yield row


def _with_header(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield columns
    yield from rows


def _read_rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Any]]:
    for batch in connection.cursor().execute(query).to_arrow_reader(_BATCH_ROWS):
        columns = [
            [_BOOLEANS[cell] for cell in column.to_pylist()] if pa.types.is_boolean(column.type) else cells
            for column, cells in zip(batch.columns, scalar_columns(batch), strict=True)
        ]
        yield from map(list, zip(*columns, strict=True))
