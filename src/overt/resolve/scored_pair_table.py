"""The table of scored pairs, `resolved/candidates.parquet`."""

from collections.abc import Iterable

import orjson
import pyarrow as pa

from overt.resolve.scored_pair import ScoredPair

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("left", pa.string()),
    ("right", pa.string()),
    ("probability", pa.float64()),
    ("parts", pa.string()),
    ("same", pa.bool_()),
]
CANDIDATES = pa.schema(_COLUMNS)
"""One row per scored pair of source records, `left` before `right`, sorted.

`probability`: the probability, from 0 to 1, that the two are the same entity. `parts`: a JSON object that maps each comparison
to its `weight` (in bits: log2 of the Bayes factor) and, unless it has none, its `level`. `same`: whether the machine may join
the two by this score alone.
"""


def candidates_table(scored: Iterable[ScoredPair]) -> pa.Table:
    """Return scored pairs as a table with the columns of CANDIDATES. If a pair was scored twice, the higher score is used."""
    rows: dict[tuple[str, str], tuple[float, str, bool]] = {}
    for scored_pair in scored:
        parts = {
            part.comparison: {"weight": part.bits} | ({"level": part.level} if part.level else {}) for part in scored_pair.parts
        }
        left, right = scored_pair.left, scored_pair.right
        pair = (left, right) if left <= right else (right, left)
        row = scored_pair.probability, orjson.dumps(parts).decode(), scored_pair.same
        rows[pair] = max(rows.get(pair, row), row)
    columns = list(zip(*((*pair, *rows[pair]) for pair in sorted(rows)), strict=True)) or [()] * len(_COLUMNS)
    return pa.Table.from_arrays(
        [pa.array(column, kind) for column, (_, kind) in zip(columns, _COLUMNS, strict=True)], schema=CANDIDATES
    )
