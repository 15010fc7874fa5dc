"""How new the files of each source are, by the order of the archive."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

Recency = Mapping[str, int]
"""A number for each source that grows with how new its files are; equal numbers are equally new."""


class ArchivedDay(NamedTuple):
    """The snapshot of a source that a release is made of: its rank in the archive, and the day on which it was retrieved."""

    source: str
    position: int
    retrieved: str


def rank_recency(snapshots: Iterable[ArchivedDay]) -> dict[str, int]:
    """Return how new the files of each source are: 1, 2, 3 …

    Snapshots of one day are equally new. Which day is newer is decided by the order of the archive: the day that entered it
    later. The day itself decides nothing, because it can be one that a server sent.
    """
    ordered = sorted(snapshots, key=lambda snapshot: (snapshot.position, snapshot.source))
    ranks: dict[str, int] = {}
    for snapshot in ordered:
        ranks.setdefault(snapshot.retrieved, len(ranks) + 1)
    return {snapshot.source: ranks[snapshot.retrieved] for snapshot in sorted(ordered)}


def read_recency(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how new the files of each source of a release are, from its table `sources`.

    In releases of before there was such a column, the day on which they were retrieved decides.
    """
    columns = {row[0] for row in connection.execute("DESCRIBE sources").fetchall()}
    column = "recency" if "recency" in columns else "dense_rank() OVER (ORDER BY retrieved)"
    return dict(connection.execute(f"SELECT source, {column} FROM sources").fetchall())
