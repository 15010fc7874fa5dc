"""Reads a release's claims in batches that end at record boundaries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

pc: Any = pyarrow.compute
"""`Any`, because the stubs type arrays too narrowly."""
BATCH_ROWS = 250_000
"""Approximate number of claims in a batch, unless its row groups reach `BATCH_BYTES` first."""
BATCH_BYTES = 1 << 28
DICTIONARY_COLUMNS = ("type", "property", "unit", "lang", "source", "snapshot", "basis", "standing")
"""Columns with few distinct values, which are read dictionary-encoded, as is `id`."""
_COLUMNS = ("value", "target", "id", *DICTIONARY_COLUMNS)


def read_claim_batches(claims: Path, rows: int) -> Iterator[pa.Table]:
    """Yield the claims, with the columns `_COLUMNS`, in tables of about `rows` rows that end at record boundaries.

    The claims of a record must be adjacent in the file. Tables whose row groups reach `BATCH_BYTES` have fewer rows.
    """
    with pq.ParquetFile(claims, read_dictionary=["id", *DICTIONARY_COLUMNS], memory_map=True) as file:
        pending: list[pa.Table] = []
        for groups in _row_group_runs(file.metadata, rows):
            pending.append(file.read_row_groups(groups, columns=list(_COLUMNS)))
            ids = pending[-1]["id"]
            end = len(ids) and len(ids) - int(pc.sum(pc.equal(ids, ids[-1])).as_py())
            if end:
                yield pa.concat_tables([*pending[:-1], pending[-1].slice(0, end)])
                pending = [pending[-1].slice(end)]
        if sum(table.num_rows for table in pending):
            yield pa.concat_tables(pending)


def _row_group_runs(metadata: Any, batch_rows: int) -> Iterator[list[int]]:
    """Yield runs of consecutive row groups. A run ends when it has `batch_rows` rows or `BATCH_BYTES` of data."""
    run: list[int] = []
    rows = size = 0
    for group in range(metadata.num_row_groups):
        run.append(group)
        rows += metadata.row_group(group).num_rows
        size += metadata.row_group(group).total_byte_size
        if rows >= batch_rows or size >= BATCH_BYTES:
            yield run
            run, rows, size = [], 0, 0
    if run:
        yield run
