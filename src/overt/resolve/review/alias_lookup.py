"""Looking up who goes by a name, in `resolved/aliases.parquet`."""

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.errors import UsageError
from overt.resolve.alias_table import key_of
from overt.resolve.names import NameForms
from overt.resolve.review.members import find_member

Row = dict[str, Any]
"""A row of `overt.resolve.alias_table.ALIASES`."""


def called(resolved: Path, name: str) -> list[Row]:
    """All names of the things that go by a name in any spelling, or of the one that a record or a published id names; sorted as
    the table is. Raises UsageError when nothing is resolved.
    """
    table = pq.read_table(_path(resolved))
    ids: list[Any] = _named(resolved, name)
    if not ids:
        ids = table.filter(pc.field("key") == key_of(name, NameForms()))["id"].unique().to_pylist()
    return table.filter(pc.field("id").isin(ids)).to_pylist() if ids else []


def ambiguous(resolved: Path) -> list[Row]:
    """The names that several things of one type go by. Raises UsageError when nothing is resolved."""
    return pq.read_table(_path(resolved), filters=pc.field("things") > 1).to_pylist()


def _named(resolved: Path, name: str) -> list[str]:
    """The id of what a record's id or a published id names, if it does."""
    try:
        return [find_member(resolved, name).id]
    except UsageError:
        return []


def _path(resolved: Path) -> Path:
    path = resolved / "aliases.parquet"
    if not path.is_file():
        raise UsageError(f"{resolved.parent}: nothing is resolved yet; run `overt resolve`")
    return path
