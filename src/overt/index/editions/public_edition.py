"""The public edition of a release, recomputed from the claims of sources whose licences allow reuse."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import duckdb

from overt.index.editions.edition_tables_and_limits import Edition, full_edition
from overt.index.editions.limited_edition import make_edition
from overt.index.fingerprint import made_by
from overt.index.verification.edition_files import read_edition
from overt.model.code_digest import digest_of
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view
from overt.model.progress import Progress, no_progress, within_step
from overt.model.source import Reuse
from overt.release.tables_derived_from_claims import STRICTNESS


def restrict(
    release: Path,
    allowed: Collection[Reuse],
    content: Catalogue,
    cache: Path,
    *,
    memory: str = "4GB",
    progress: Progress = no_progress,
) -> Edition:
    """Return the edition of `release` with only the sources whose reuse is in `allowed`.

    If no source is left out, the tables are those of the release itself.

    The reuse of a source is the stricter of what the release and the current source.yml say. The tables are stored in
    `cache/<release>-<allowed>-<fingerprint>/tables` and never changed. Raises OvertError if the release cannot be read.
    """
    complete = full_edition(release)
    kinds = tuple(kind for kind in STRICTNESS if kind in allowed)
    with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
        public_sources, left_out = _sources(connection, complete.tables, content, kinds)
        edition = replace(complete, allowed=kinds, left_out=tuple(left_out))
        if not left_out:
            return edition
        parts = [made_by(), content.digest("schema", "vocab", "models", "sources", "figures"), *sorted(public_sources)]
        fingerprint = digest_of(parts)
        folder = cache / f"{release.name}-{'+'.join(kinds) or 'none'}-{fingerprint[:12]}"
        made = read_edition(folder) or make_edition(
            connection, edition, folder, content, public_sources,
            details={"fingerprint": fingerprint, "allowed": kinds, "left_out": left_out},
            progress=within_step(progress, "leaving out what may not be shown", 0, 1),
        )  # fmt: skip
    return replace(edition, tables=folder / "tables", manifest=made["manifest"])


def _sources(
    connection: duckdb.DuckDBPyConnection, tables: Path, content: Catalogue, allowed: Collection[str]
) -> tuple[list[str], list[dict[str, str]]]:
    names = ("source", "title", "publisher", "licence", "reuse")
    create_parquet_view(connection, "all_sources", tables / "sources.parquet")
    rows = connection.execute(f"SELECT {', '.join(names)} FROM all_sources ORDER BY source").fetchall()
    public_sources, left_out = [], []
    for row in rows:
        source = dict(zip(names, row, strict=True))
        now = content.sources[source["source"]].reuse if source["source"] in content.sources else source["reuse"]
        source["reuse"] = max(source["reuse"], now, key=STRICTNESS.index)
        if source["reuse"] in allowed:
            public_sources.append(source["source"])
        else:
            left_out.append(source)
    return public_sources, left_out
