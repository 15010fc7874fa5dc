"""A release's claims in spans that end where a record ends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

pc: Any = pyarrow.compute
"""Its stubs know an array only by the one type of what it holds."""
SPAN = 250_000
"""Claims that are read at a time, unless their text reaches `BYTES` before."""
BYTES = 1 << 28
WORDS = ("type", "property", "unit", "lang", "source", "snapshot", "basis", "standing")
"""Columns of few different words."""
_COLUMNS = ("value", "target", "id", *WORDS)


def spans(claims: Path, span: int) -> Iterator[pa.Table]:
    """The claims in tables that each hold about `span` rows and end where a record ends."""
    with pq.ParquetFile(claims, read_dictionary=["id", *WORDS], memory_map=True) as file:
        held: list[pa.Table] = []
        for groups in _runs(file.metadata, span):
            held.append(file.read_row_groups(groups, columns=list(_COLUMNS)))
            ids = held[-1]["id"]
            end = len(ids) and len(ids) - int(pc.sum(pc.equal(ids, ids[-1])).as_py())
            if end:
                yield pa.concat_tables([*held[:-1], held[-1].slice(0, end)])
                held = [held[-1].slice(end)]
        if sum(table.num_rows for table in held):
            yield pa.concat_tables(held)


def _runs(metadata: Any, span: int) -> Iterator[list[int]]:
    """Neighbouring row groups that together hold `span` rows or `BYTES` of text."""
    run: list[int] = []
    rows = size = 0
    for group in range(metadata.num_row_groups):
        run.append(group)
        rows += metadata.row_group(group).num_rows
        size += metadata.row_group(group).total_byte_size
        if rows >= span or size >= BYTES:
            yield run
            run, rows, size = [], 0, 0
    if run:
        yield run
