"""Weighs denials: a project stays documented despite a denial if enough separate sources document it (docs/decisions/0142)."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.release.release_sql import release_query
from overt.release.source_independence.independent_sources import Voices, denied_origins

SUFFICIENT_SOURCES = 2
"""Minimum number of separate sources, apart from the denial's own, that outweigh a denial."""


def weigh_denials(connection: duckdb.DuckDBPyConnection, content: Catalogue, claims: Path, sources: Iterable[str]) -> None:
    """Rewrite the file `claims`, marking, for each denied project, the denial or the other statuses as `outweighed`.

    The denial is outweighed if at least `SUFFICIENT_SOURCES` separate sources say what the project is or who took part.
    Without a denied project, nothing changes. `connection` has the views `claims_out`, `claim_documents` and `members`;
    `claims_out` is created anew for the new file. `sources`: the sources with claims.
    """
    origins = denied_origins(connection)
    if not origins:
        return
    voices = Voices(connection, content, sources) if any(origins.values()) else None
    denied = sorted(origins)
    outweighed = [voices is not None and voices.count(origins[project], ()) >= SUFFICIENT_SOURCES for project in denied]
    weighed = pa.table({"id": pa.array(denied, pa.string()), "is_outweighed": pa.array(outweighed, pa.bool_())})
    connection.register("weighed_denials", weighed)
    new_claims = claims.with_name("weighed.parquet")
    write_parquet(connection, release_query("denied_projects.claims"), new_claims)
    new_claims.rename(claims)
    create_parquet_view(connection, "claims_out", claims)
