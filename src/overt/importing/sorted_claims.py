"""The claims and evidence of an import as sorted Parquet files, made in bounded memory.

Claims arrive row by row, in any order and with repetitions. They are collected as Arrow tables, sorted on disk, checked as they
come out of the sort, and written a row group at a time.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from overt.importing.sorted_runs import SortedRuns
from overt.model.claim import CLAIMS, EVIDENCE, Claim, Evidence

pc: Any = pyarrow.compute
"""`Any`, because the stubs type arrays too narrowly."""
BATCH_ROWS = 20_000
"""Number of rows that are collected as objects before they become columns, which take a tenth of the memory."""
ROW_GROUP = 1 << 17
"""Maximum number of rows in a row group. While it is written, a complete row group is in memory."""
ORDINAL = pa.field("ordinal", pa.int64())
"""A claim's position in the import. The first of equal claims counts, and errors name the first record."""
COLLECTED = CLAIMS.append(ORDINAL)
RECORDS = pa.schema([CLAIMS.field("record")])


class Check(Protocol):
    """Interface of checks that examine all claims before they are written."""

    def complete(self, table: pa.Table) -> pa.Table:
        """Return the rows of `table` that should be written.

        The table is sorted, has all claims of each of its records, and may repeat claims.
        """

    def finish(self, records: SortedRuns) -> None:
        """Raise an error if the claims are invalid. `records` has each record's id once."""


class _Collected:
    """Rows that are being converted from objects to columns."""

    def __init__(self, schema: pa.Schema, runs: SortedRuns) -> None:
        self._schema = schema
        self._rows: list[tuple[Any, ...]] = []
        self.runs = runs

    def append(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
            self._rows = []
            self.runs.add(pa.Table.from_arrays(arrays, schema=self._schema))


class SortedClaims:
    """Collects the claims of an import and their evidence in a folder for unfinished files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        order = ("record", "property", "claim_id", "document", "ordinal")
        self._claims = _Collected(COLLECTED, SortedRuns("claims", COLLECTED, folder, order))
        self._evidence = _Collected(EVIDENCE, SortedRuns("evidence", EVIDENCE, folder, EVIDENCE.names, nulls_first=True))
        self._count = 0

    def add(self, claim: Claim, evidence: Sequence[Evidence]) -> None:
        """Add a claim with at least one place. A claim may be added again, with the same or other places."""
        self._claims.append((evidence[0].claim_id, *claim, self._count))
        self._count += 1
        for place in evidence:
            self._evidence.append(place)

    def write(self, check: Check) -> tuple[Path, Path, int]:
        """Sort the claims and evidence into `claims.parquet` and `evidence.parquet`; return the paths and the number of claims.

        Raises the errors that the check raises.
        """
        self._claims.flush()
        self._evidence.flush()
        claims, evidence = self.folder / "claims.parquet", self.folder / "evidence.parquet"
        records = SortedRuns("records", RECORDS, self.folder, RECORDS.names)
        dropped: list[Any] = []
        count = _write(claims, CLAIMS, _checked(self._claims.runs.read(), check, dropped, records))
        check.finish(records)
        _write(evidence, EVIDENCE, _distinct_rows(self._evidence.runs.read(), dropped))
        return claims, evidence, count


def _checked(tables: Iterator[pa.Table], check: Check, dropped: list[Any], records: SortedRuns) -> Iterator[pa.Table]:
    """Yield the claims that pass the check, each once.

    The ids of the other claims are added to `dropped`. The records of the claims that are yielded are added to `records`.
    """
    for table in tables:
        checked = check.complete(table)
        if len(checked) < len(table):
            ids = pc.unique(table["claim_id"])
            dropped.append(ids.filter(pc.invert(pc.is_in(ids, value_set=checked["claim_id"].combine_chunks()))))
        if len(checked):
            records.add(checked.select(["record"]).filter(changes(checked["record"])))
            yield checked.filter(changes(checked["claim_id"])).drop_columns(ORDINAL.name)


def changes(column: Any) -> Any:
    """Return which rows of a sorted column differ from the previous row; true for the first row."""
    values = column.combine_chunks()
    return pa.concat_arrays([pa.array([True] * min(len(values), 1)), pc.not_equal(values[1:], values[:-1])])


def _distinct_rows(tables: Iterator[pa.Table], dropped: list[Any]) -> Iterator[pa.Table]:
    """Yield the rows, except repetitions of the previous row and rows of dropped claims."""
    ids = pa.concat_arrays(dropped) if dropped else None
    for table in tables:
        rows = table.filter(reduce(pc.or_, [changes(pc.fill_null(table[name], "")) for name in table.column_names]))
        yield rows if ids is None else rows.filter(pc.invert(pc.is_in(rows["claim_id"], value_set=ids)))


def _write(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    """Write tables as one Parquet file and return its number of rows.

    The bytes don't depend on how the rows are divided into tables.
    """
    pending: list[pa.Table] = []
    count = waiting = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            pending.append(table)
            count += len(table)
            waiting += len(table)
            while waiting >= ROW_GROUP:
                rows = pa.concat_tables(pending)
                pending = []
                _write_group(writer, schema, rows.slice(0, ROW_GROUP))
                pending = [rows.slice(ROW_GROUP)]
                waiting -= ROW_GROUP
        if waiting or not count:
            _write_group(writer, schema, pa.concat_tables(pending) if pending else schema.empty_table())
    return count


def _write_group(writer: pq.ParquetWriter, schema: pa.Schema, rows: pa.Table) -> None:
    """Write a row group with one chunk per column, because pages end where chunks end."""
    writer.write_table(rows.cast(schema).combine_chunks(), ROW_GROUP)
