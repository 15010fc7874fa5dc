"""Look up names in `resolved/aliases.parquet`."""

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.errors import UsageError
from overt.model.spelling_suggestions import similar_names
from overt.resolve.names import NameKeys
from overt.resolve.names.equal_name_keys import alias_key
from overt.resolve.resolved_table_reader_and_digests import check_table
from overt.resolve.review.member_lookup import find_member

AliasRow = dict[str, Any]
"""A row of `overt.resolve.alias_table.ALIASES`."""


def find_aliases(resolved: Path, name: str) -> list[AliasRow]:
    """Return all aliases of the clusters with this `name`, which may also be a record id or a published id.

    Names are compared by their keys (`alias_key`). Aliases are in the table's order. Raises UsageError if nothing is resolved,
    and OvertError for a table that can't be used.
    """
    table = pq.read_table(_path(resolved))
    ids: list[Any] = _id_of(resolved, name)
    if not ids:
        ids = table.filter(pc.field("key") == alias_key(name, NameKeys()))["id"].unique().to_pylist()
    return table.filter(pc.field("id").isin(ids)).to_pylist() if ids else []


def ambiguous_aliases(resolved: Path) -> list[AliasRow]:
    """Return the aliases whose key is shared by several clusters of the same type.

    Raises UsageError if nothing is resolved, and OvertError for a table that can't be used.
    """
    return pq.read_table(_path(resolved), filters=pc.field("things") > 1).to_pylist()


def similar_things(resolved: Path, name: str, record_type: str = "") -> list[str]:
    """Return the names most similar to a misspelled name, each with the id of an entity that has it: “ZTE” (ovt-…).

    `record_type`: the type of the entities; empty for all types. The list is empty if nothing is resolved.
    """
    path = resolved / "aliases.parquet"
    if not path.is_file():
        return []
    chosen = pc.field("type") == record_type if record_type else None
    table = pq.read_table(path, columns=["name", "id"], filters=chosen)
    ids: dict[str, str] = {row["name"]: row["id"] for row in table.to_pylist()}
    return [f"“{match}” ({ids[match]})" for match in similar_names(name, ids)]


def _id_of(resolved: Path, name: str) -> list[str]:
    """Return a list with the published id if `name` is a record id or published id; otherwise an empty list."""
    try:
        return [find_member(resolved, name).id]
    except UsageError:
        return []


def _path(resolved: Path) -> Path:
    path = resolved / "aliases.parquet"
    if not check_table(path):
        raise UsageError(f"{resolved.parent}: nothing is resolved yet; run `overt resolve`")
    return path
