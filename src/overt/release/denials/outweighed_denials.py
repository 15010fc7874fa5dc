"""Denials: a project that independent sources document stays documented if somebody denies it (docs/decisions/0142)."""

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from overt.model.catalogue import Catalogue
from overt.release.independence.independent_sources import Origin, Voices
from overt.release.release_queries import release_query

SUFFICIENT_SOURCES = 2
"""Number of independent sources, apart from those of the denial, that outweigh it."""


def weigh_denials(connection: duckdb.DuckDBPyConnection, content: Catalogue, sources: Iterable[str]) -> int:
    """Register the table `weighed_denials`, and return its number of rows.

    It has the projects that a document calls denied, and `is_outweighed`: whether at least `SUFFICIENT_SOURCES` independent
    sources say what they are or who took part. The query `denials.claims` then sets the claims of one side aside. The claims and
    their documents are read from the views `claims_out` and `claim_documents`. `sources`: the sources with claims.
    """
    denied = [project for (project,) in connection.execute(release_query("denials.denied")).fetchall()]
    origins: dict[str, set[Origin]] = defaultdict(set)
    for project, source, record, document in connection.execute(release_query("denials.origins")).fetchall():
        origins[project].add(Origin(source, record, document))
    voices = Voices(connection, content, sources) if origins else None
    outweighed = [voices is not None and voices.count(origins[project], ()) >= SUFFICIENT_SOURCES for project in denied]
    weighed = pa.table({"id": pa.array(denied, pa.string()), "is_outweighed": pa.array(outweighed, pa.bool_())})
    connection.register("weighed_denials", weighed)
    return len(denied)
