"""Reading the tables of `resolved/`, any of which can be deleted and made anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.errors import OvertError


def read_rows(path: Path, columns: Sequence[str], filters: pc.Expression | None = None) -> list[dict[str, Any]]:
    """The rows of a table; none where it is not there. Raises OvertError for one that cannot be used."""
    if not path.is_file():
        return []
    try:
        table = pq.read_table(path, columns=list(columns), filters=filters)
    except (pa.ArrowException, OSError) as error:
        raise unusable(path, str(error)) from None
    if lost := sorted(set(columns) - set(table.column_names)):
        raise unusable(path, f"column {lost[0]}")
    return table.to_pylist()


def unusable(path: Path, what: str) -> OvertError:
    """The failure of a table that cannot be used."""
    return OvertError(f"{path}: cannot be used ({what}); delete it and run `overt resolve`, which makes it anew")
