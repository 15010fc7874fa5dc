"""An external sort of Arrow tables: sorted runs on disk, merged one key range at a time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute

pc: Any = pyarrow.compute
"""`Any`, because the stubs type arrays too narrowly."""
RUN_BYTES = 24 << 20
"""Size, in bytes, at which collected rows are written to disk as a run."""
BATCH_ROWS = 1_024
"""Number of rows in a batch, the smallest part of a run that the merge can read."""
RANGE_BATCHES = 32
"""Number of batches whose rows make up a key range, which is sorted in memory."""


class _Run(NamedTuple):
    path: Path
    starts: list[str]
    """First key of each batch."""


class SortedRuns:
    """Rows that are added in any order and read in sorted order. Memory is bounded unless a key has very many rows.

    `order` names the columns to sort by. The first one, the key, is a string without nulls. Nulls in other columns come last, or
    first with `nulls_first`.
    """

    def __init__(self, name: str, schema: pa.Schema, folder: Path, order: Sequence[str], *, nulls_first: bool = False) -> None:
        self._name = name
        self._schema = schema
        self._folder = folder
        self._order = [(column, "ascending", "at_start" if nulls_first else "at_end") for column in order]
        self._key = order[0]
        self._tables: list[pa.Table] = []
        self._bytes = 0
        self._runs: list[_Run] = []

    def add(self, table: pa.Table) -> None:
        """Add rows in any order. When enough rows have been collected, they are written to disk."""
        if not len(table):
            return
        self._tables.append(table.cast(self._schema))
        self._bytes += table.nbytes
        if self._bytes >= RUN_BYTES:
            self._write_run()

    def _sorted(self, tables: Sequence[pa.Table]) -> pa.Table:
        # Chunks are combined first, because sorting a table of many chunks takes several times as long.
        table = pa.concat_tables([self._schema.empty_table(), *tables]).combine_chunks()
        return table.take(pc.sort_indices(table, sort_keys=self._order))

    def _write_run(self) -> None:
        batches = self._sorted(self._tables).combine_chunks().to_batches(max_chunksize=BATCH_ROWS)
        self._tables, self._bytes = [], 0
        run = _Run(
            self._folder / f"{self._name}-{len(self._runs)}.arrow", [str(batch[self._key][0].as_py()) for batch in batches]
        )
        with pa.OSFile(str(run.path), "wb") as file, pa.ipc.new_file(file, self._schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        self._runs.append(run)

    def read(self) -> Iterator[pa.Table]:
        """Yield the rows in sorted order, in tables that are not empty. All rows of a key are in one table."""
        if not self._runs:
            if self._tables:
                yield self._sorted(self._tables)
            return
        if self._tables:
            self._write_run()
        starts = sorted(start for run in self._runs for start in run.starts)
        bounds = sorted(set(starts[::RANGE_BATCHES]))
        for first, end in zip(bounds, [*bounds[1:], None], strict=True):
            yield self._sorted([self._rows(run, first, end) for run in self._runs])

    def between(self, first: str, last: str) -> pa.Table:
        """Return all rows whose key is at least `first` and at most `last`, and possibly others, in any order."""
        if self._runs and self._tables:
            self._write_run()
        rows = [self._rows(run, first, f"{last}\0") for run in self._runs] or self._tables
        return pa.concat_tables([self._schema.empty_table(), *rows])

    def _rows(self, run: _Run, first: str, end: str | None) -> pa.Table:
        """Return the rows of a run whose key is at least `first` and below `end`."""
        begin = max(bisect_left(run.starts, first) - 1, 0)
        stop = len(run.starts) if end is None else bisect_left(run.starts, end)
        if begin >= stop:
            return self._schema.empty_table()
        with pa.OSFile(str(run.path), "rb") as file, pa.ipc.open_file(file) as reader:
            table = pa.Table.from_batches([reader.get_batch(number) for number in range(begin, stop)], self._schema)
        # Only the first and the last batch can extend beyond the range.
        keys = table[self._key]
        low = _position(keys, first)
        high = len(table) if end is None else _position(keys, end)
        return table.slice(low, high - low)


def _position(keys: Any, bound: str) -> int:
    """Return the number of keys below `bound` in a sorted column."""
    return bisect_right(range(len(keys)), False, key=lambda row: keys[row].as_py() >= bound)
