"""Denials: a project that independent sources document stays documented if somebody denies it (docs/decisions/0142)."""

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from overt.model.catalogue import Catalogue
from overt.release.independent_sources import Origin, Voices
from overt.release.release_queries import release_query

SUFFICIENT_SOURCES = 2
"""Number of independent sources, apart from those of the denial, that outweigh it."""


def outweigh_denials(connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> int:
    """Create the temporary table `outweighed_denials`, and return its number of rows.

    It has the ids of projects that a document calls denied although at least `SUFFICIENT_SOURCES` independent sources say what
    they are or who took part. The query `denials.claims` sets the claims of their status `denied` aside. The claims are read from
    the view `claims_out`. `sources`: the sources with claims.
    """
    origins: dict[str, set[Origin]] = defaultdict(set)
    for project, source, record, document in connection.execute(release_query("denials.origins")).fetchall():
        origins[project].add(Origin(source, record, document))
    voices = Voices(connection, content, sources) if origins else None
    ids = sorted(project for project, its in origins.items() if voices and voices.count(its, ()) >= SUFFICIENT_SOURCES)
    connection.register("incoming", pa.table({"id": pa.array(ids, pa.string())}))
    connection.execute("CREATE OR REPLACE TEMP TABLE outweighed_denials AS SELECT * FROM incoming")
    connection.unregister("incoming")
    return len(ids)
