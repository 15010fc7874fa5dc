"""Each table as CSV that a spreadsheet shows and does not run."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from overt.publish.export.holdings import Holdings
from overt.publish.export.plain import plain_columns
from overt.publish.export.written import Loss, Written
from overt.publish.site.csv_safe import csv_lines, safe

_TRUTH = {True: "true", False: "false", None: None}


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one file a table: RFC 4180, UTF-8 with a mark at its beginning, lists as JSON."""
    target.mkdir(parents=True)
    guarded = 0
    for name in holdings.tables:
        holdings.progress(name)
        query = f'SELECT * FROM "{name}"'
        columns = [column[0] for column in holdings.connection.cursor().execute(f"{query} LIMIT 0").description or ()]
        counted = _Counted(_cells(holdings, query))
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            out.writelines(csv_lines(_with(columns, counted)))
        guarded += counted.guarded
    why = "a spreadsheet would take them for formulas: they begin with an apostrophe"
    return Written(holdings.records, (Loss("cells as they are", guarded, why),))


class _Counted:
    """Rows that pass, and how many of their cells will be guarded."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self._rows = rows
        self.guarded = 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self._rows:
            self.guarded += sum(safe(cell) is not cell for cell in row)
            yield row


def _with(columns: list[str], rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield columns
    yield from rows


def _cells(holdings: Holdings, query: str) -> Iterator[list[Any]]:
    for batch in holdings.batches(query):
        columns = [
            [_TRUTH[cell] for cell in column.to_pylist()] if pa.types.is_boolean(column.type) else cells
            for column, cells in zip(batch.columns, plain_columns(batch), strict=True)
        ]
        yield from map(list, zip(*columns, strict=True))
