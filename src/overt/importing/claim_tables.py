"""The claims and evidence of an import as sorted Parquet files, made in bounded memory.

Claims come row by row, in any order and with repetitions. They are collected as Arrow batches, spilled to disk, sorted by DuckDB
out of core, checked as they come out of the sort, and written a row group at a time.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from overt.model.claim import CLAIMS, EVIDENCE, Claim, Evidence
from overt.model.duckdb_connection import connect, quote_literal

pc: Any = pyarrow.compute
"""Any, because the stubs know an array only by one type of its values."""
BATCH_ROWS = 20_000
"""Claims that are collected as objects before they become columns, which take a tenth of the memory."""
SPILL_BYTES = 32 << 20
"""Size at which collected columns are written to disk."""
SORT_MEMORY = "64MB"
"""Memory of a sort before it spills. DuckDB counts neither its readers nor what it hands over."""
SORT_THREADS = 2
"""Each thread of a sort has buffers of its own."""
ROW_GROUP = 1 << 18
"""Rows of a row group, which is in memory as a whole while it is written."""
_SORTED_ROWS = 1 << 15
"""Rows that come out of a sort at a time."""

ORDER = pa.field("ordinal", pa.int64())
"""A claim's position in the import: of equal claims the first one counts, and errors name the first record."""


RECORDS = pa.schema([CLAIMS.field("record")])


class SpilledTable:
    """Rows that are collected in any order: the last ones in memory, those before in a Parquet file."""

    def __init__(self, name: str, schema: pa.Schema, folder: Path) -> None:
        self._name = name
        self._schema = schema
        self._path = folder / f"{name}-unsorted.parquet"
        self._rows: list[tuple[Any, ...]] = []
        self._batches: list[pa.Table] = []
        self._bytes = 0
        self._writer: pq.ParquetWriter | None = None

    def append(self, row: tuple[Any, ...]) -> None:
        """Add a row, a tuple with a value for each column."""
        self._rows.append(row)
        if len(self._rows) >= BATCH_ROWS:
            self._collect()

    def _collect(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._rows = []
        self.append_batch(pa.Table.from_arrays(arrays, schema=self._schema))

    def append_batch(self, batch: pa.Table) -> None:
        """Add rows that are columns already."""
        self._batches.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= SPILL_BYTES:
            self._spill()

    def _spill(self) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="lz4")
        for batch in self._batches:
            self._writer.write_table(batch)
        self._batches, self._bytes = [], 0

    def close(self) -> None:
        """End the spilled file, if there is one."""
        if self._writer is not None:
            self._writer.close()

    def register(self, connection: Any) -> None:
        """Make the rows a view of DuckDB, under the table's name."""
        self._collect()
        if self._writer is None:
            connection.register(self._name, pa.concat_tables([self._schema.empty_table(), *self._batches]))
            return
        self._spill()
        self.close()
        connection.execute(f"CREATE VIEW {self._name} AS SELECT * FROM read_parquet({quote_literal(self._path)})")


class Check(Protocol):
    """What looks at all claims before they are written."""

    def complete(self, table: pa.Table) -> pa.Table:
        """Look at a table of complete records, sorted and with repetitions; return the rows to keep."""

    def finish(self, connection: Any) -> None:
        """Raise what is wrong. DuckDB has the claims, with repetitions, as the view `claims`, and all records as `records`."""


class ClaimTables:
    """Collects the claims of one import and their evidence in a folder for unfinished files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._claims = SpilledTable("claims", CLAIMS.append(ORDER), folder)
        self._evidence = SpilledTable("evidence", EVIDENCE, folder)
        self._count = 0

    def add(self, claim: Claim, evidence: Sequence[Evidence]) -> None:
        """Add a claim with at least one place. It may be one that was added before, with the same or other places."""
        self._claims.append((evidence[0].claim_id, *claim, self._count))
        self._count += 1
        for place in evidence:
            self._evidence.append(place)

    def write(self, check: Check) -> tuple[Path, Path, int]:
        """Sort the claims and evidence into `claims.parquet` and `evidence.parquet`; return the paths and the number of claims.

        Raises what the check raises.
        """
        claims, evidence = self.folder / "claims.parquet", self.folder / "evidence.parquet"
        with connect(memory=SORT_MEMORY, spill=self.folder / "sort", threads=_sort_threads()) as connection:
            self._claims.register(connection)
            self._evidence.register(connection)
            order = "record, property, claim_id, document NULLS LAST, ordinal"
            dropped: list[Any] = []
            records = SpilledTable("records", RECORDS, self.folder)
            checked = _checked(_sorted(connection, f"FROM claims ORDER BY {order}"), check, dropped, records)
            count = _write(claims, CLAIMS, checked)
            records.register(connection)
            check.finish(connection)
            remaining = ""
            if dropped:
                connection.register("dropped", pa.table({"claim_id": pa.concat_arrays(dropped)}))
                remaining = "WHERE claim_id NOT IN (SELECT claim_id FROM dropped)"
            order = "claim_id, capture, locator, excerpt, document NULLS FIRST"
            _write(evidence, EVIDENCE, _distinct_rows(_sorted(connection, f"FROM evidence {remaining} ORDER BY {order}")))
        return claims, evidence, count

    def close(self) -> None:
        """End files that an import left unfinished, because it was refused."""
        self._claims.close()
        self._evidence.close()


def _checked(batches: Iterator[pa.Table], check: Check, dropped: list[Any], records: SpilledTable) -> Iterator[pa.Table]:
    """Yield the claims that pass the check, each once; collect the ids of claims that don't, and the records of those that do."""
    for table in complete_records(batches):
        checked = check.complete(table)
        if len(checked) < len(table):
            ids = pc.unique(table["claim_id"])
            dropped.append(ids.filter(pc.invert(pc.is_in(ids, value_set=checked["claim_id"].combine_chunks()))))
        if len(checked):
            records.append_batch(checked.select(["record"]).filter(changes(checked["record"])).cast(RECORDS))
            yield checked.filter(changes(checked["claim_id"])).drop_columns(ORDER.name)


def changes(column: Any) -> Any:
    """Return which rows of a sorted column differ from the row before. The first row always does."""
    values = column.combine_chunks()
    return pa.concat_arrays([pa.array([True] * min(len(values), 1)), pc.not_equal(values[1:], values[:-1])])


def complete_records(batches: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield sorted claims in tables that end where a record ends."""
    pending: list[pa.Table] = []
    for batch in batches:
        records = batch["record"]
        last = len(records) - pc.sum(pc.equal(records, records[-1])).as_py()
        if last or (pending and pending[-1]["record"][-1] != records[0]):
            yield pa.concat_tables([*pending, batch.slice(0, last)])
            pending = []
        pending.append(batch.slice(last))
    if pending:
        yield pa.concat_tables(pending)


def _sort_threads() -> int:
    with connect() as connection:
        row = connection.execute("SELECT current_setting('threads')").fetchone()
    return min(SORT_THREADS, int(row[0]) if row else 1)


def _sorted(connection: Any, query: str) -> Iterator[pa.Table]:
    for batch in connection.execute(f"SELECT * {query}").to_arrow_reader(_SORTED_ROWS):
        if batch.num_rows:
            yield pa.Table.from_batches([batch])


def _distinct_rows(batches: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Leave out rows that are equal to the row before."""
    previous: pa.Table | None = None
    for batch in batches:
        table = batch if previous is None else pa.concat_tables([previous, batch])
        columns = [changes(pc.fill_null(table[name], "")) for name in table.column_names]
        differs = reduce(pc.or_, columns)
        yield table.filter(differs) if previous is None else table.slice(1).filter(differs[1:])
        previous = table.slice(len(table) - 1)


def _write(path: Path, schema: pa.Schema, tables: Iterator[pa.Table]) -> int:
    """Write tables as one Parquet file and return its number of rows. The bytes don't depend on how the rows are divided."""
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
    """Write a row group with one chunk a column, because pages end where chunks end."""
    writer.write_table(rows.cast(schema).combine_chunks(), ROW_GROUP)
