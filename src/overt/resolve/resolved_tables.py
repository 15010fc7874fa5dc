"""Reads the tables of `resolved/`, which can be deleted and rebuilt at any time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.errors import OvertError


def read_rows(path: Path, columns: Sequence[str], filters: pc.Expression | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table; empty if the file does not exist. Raises OvertError for a table that cannot be used."""
    if not path.is_file():
        return []
    try:
        table = pq.read_table(path, columns=list(columns), filters=filters)
    except (pa.ArrowException, OSError) as error:
        raise unusable_table(path, str(error)) from None
    if missing := sorted(set(columns) - set(table.column_names)):
        raise unusable_table(path, f"column {missing[0]}")
    return table.to_pylist()


def unusable_table(path: Path, reason: str) -> OvertError:
    """Return the error for a table that cannot be used."""
    return OvertError(f"{path}: cannot be used ({reason}); delete it and run `overt resolve`, which makes it anew")
