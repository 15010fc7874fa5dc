"""Ranks of sources by how new their files are, according to the order of the archive."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

Recency = Mapping[str, int]
"""A number for each source: the higher, the newer its files. Equal numbers mean equally new files."""


class ArchivedDay(NamedTuple):
    """The snapshot of a source in a release: its position in the archive, and its day of retrieval."""

    source: str
    position: int
    retrieved: str


def rank_recency(snapshots: Iterable[ArchivedDay]) -> dict[str, int]:
    """Return a rank for each source by how new its files are: 1 for the oldest, then 2, 3 …

    Snapshots of the same day have equal ranks. Days are ordered by their first snapshot in the archive, not by date, because a
    server can send a wrong date.
    """
    ordered = sorted(snapshots, key=lambda snapshot: (snapshot.position, snapshot.source))
    ranks: dict[str, int] = {}
    for snapshot in ordered:
        ranks.setdefault(snapshot.retrieved, len(ranks) + 1)
    return {snapshot.source: ranks[snapshot.retrieved] for snapshot in sorted(ordered)}


def read_recency(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the rank of each source of a release by how new its files are, from the table `sources`; 1 is the oldest.

    Older releases have no column `recency`, so the day of retrieval is used for them.
    """
    columns = {row[0] for row in connection.execute("DESCRIBE sources").fetchall()}
    column = "recency" if "recency" in columns else "dense_rank() OVER (ORDER BY retrieved)"
    return dict(connection.execute(f"SELECT source, {column} FROM sources").fetchall())
