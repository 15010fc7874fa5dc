"""Makes an edition of a release by limiting the tables of another edition to some sources and records."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.index.editions.blocklist_and_measurement_tables import write_measurements, write_observations
from overt.index.editions.edition_tables_and_limits import Edition
from overt.index.index_sql import index_query
from overt.index.release_views import create_release_views
from overt.index.verification.edition_files import DESCRIPTION, write_edition_digest
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.model.files.atomic_writes import atomic_path
from overt.model.files.hard_links_and_file_removal import remove
from overt.model.record_ids import EDITORIAL_SOURCE, canonical_id
from overt.release.answers.answer_tables import ANSWERS_BY_COUNTRY, write_answer_tables
from overt.release.denials.denial_weighing import weigh_denials
from overt.release.denials.denied_project_status import add_denied_statuses
from overt.release.figures.figure_tables import write_figure_tables
from overt.release.findings.finding_tables import write_finding_table
from overt.release.flat_projects import write_flat_projects
from overt.release.ids_of_records_renamed_by_sources import renamed_records
from overt.release.overlaps.source_overlaps_and_estimates import write_overlap_tables
from overt.release.release_manifest import table_entries
from overt.release.source_independence.claim_documents import create_claim_documents
from overt.release.source_recency import read_recency
from overt.release.spans.span_table import write_span_table
from overt.release.tables_derived_from_claims import aliases_query, properties_of_type, write_derived_tables

_MANIFEST_FIELDS = ("format", "title", "note", "date", "overt", "code", "content", "libraries", "withheld")
"""Fields of the manifest that every edition has, so that readers can see whether releases differ in their rules or records."""
_EVERYTHING = "SELECT DISTINCT id FROM all_members"
_BY_COUNTRY = (*(f"dependence{name}" for name in ("", "_suppliers", "_cables")), *ANSWERS_BY_COUNTRY)
"""Tables in which a country's rows depend on all records about that country."""


class Chosen(NamedTuple):
    """The records to which an edition is limited."""

    inside: str
    """SQL query for the ids of the records."""
    empty: Collection[str]
    """Tables whose rows the edition leaves out. Figures that need them have no value."""
    complete: Collection[str]
    """Countries whose records all stay."""


def make_edition(
    connection: duckdb.DuckDBPyConnection,
    complete: Edition,
    folder: Path,
    content: Catalogue,
    sources: Collection[str],
    chosen: Chosen | None = None,
    *,
    inside: str = _EVERYTHING,
    details: Mapping[str, Any] | None = None,
    progress: Callable[[float], None],
) -> dict[str, Any]:
    """Make an edition in `folder`, limited to `sources`, unless another process makes it first.

    Return its description.

    `complete`: the edition from which it is made; readers may not see the sources in its `left_out`. `chosen`, `inside`: see
    `make_tables`.
    `details`: fields of the description besides the manifest.
    """
    with create_once(folder) as temporary:
        withheld = [source["source"] for source in complete.left_out]
        manifest = make_tables(
            connection, complete, temporary, content, sources, withheld, chosen, inside=inside, progress=progress
        )
        document = {**(details or {}), "manifest": manifest}
        (temporary / DESCRIPTION).write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    description: dict[str, Any] = orjson.loads((folder / DESCRIPTION).read_bytes())
    return description


def make_tables(
    connection: duckdb.DuckDBPyConnection,
    complete: Edition,
    folder: Path,
    content: Catalogue,
    sources: Collection[str],
    withheld: Collection[str],
    chosen: Chosen | None = None,
    *,
    inside: str = _EVERYTHING,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Any]:
    """Write an edition's tables, limited to `sources`, to `folder/tables`, and return their manifest.

    `complete`: the edition from which they are made. `withheld`: sources of the release that readers may not see. `chosen`: the
    records to which the edition is limited; if it is None, `inside` is the query for the ids of the records. `progress`
    receives the share of the work that is done.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True)
    rows = _tables(
        connection, complete, tables, content, sources, withheld, chosen, chosen.inside if chosen else inside, progress
    )
    manifest = complete.manifest
    return {
        **{name: manifest.get(name) for name in _MANIFEST_FIELDS},
        "sources": {name: details for name, details in manifest["sources"].items() if name in sources},
        "tables": table_entries(folder, rows),
    }


@contextmanager
def create_once(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder for an edition; afterwards, rename it to `folder`.

    The digest of the edition's description is written before the renaming. If another process has created `folder` in the
    meantime, its folder stays. An incomplete `folder` is removed first.
    """
    if folder.exists() and not (folder / DESCRIPTION).is_file():
        remove(folder)  # Its description is missing, so the folder is incomplete.
    try:
        with atomic_path(folder) as temporary:
            yield temporary
            write_edition_digest(temporary)
    except OSError:  # Renaming fails if another process has created the folder first.
        if not (folder / DESCRIPTION).is_file():
            raise


def _tables(
    connection: duckdb.DuckDBPyConnection,
    complete: Edition,
    folder: Path,
    content: Catalogue,
    sources: Collection[str],
    withheld: Collection[str],
    chosen: Chosen | None,
    inside: str,
    progress: Callable[[float], None],
) -> dict[str, int]:
    """Write the tables of an edition, and return their row counts. Tables that are not listed here are not published."""
    day = date.fromisoformat(complete.manifest["date"])
    create_release_views(connection, complete.tables)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE inside AS {inside}")
    # Editorial claims are always included, except those about a record that is left out: the queries drop them with the record.
    connection.register("public_sources", pa.table({"source": [*sources, EDITORIAL_SOURCE]}))
    connection.register("record_properties", properties_of_type(content, "record"))
    anchors = connection.execute(index_query("limited_edition.anchors")).fetchall()
    renamed = [{"old_id": old, "new_id": canonical_id(anchor)} for old, anchor in anchors]
    names = pa.schema([("old_id", pa.string()), ("new_id", pa.string())])
    connection.register("renamed", pa.Table.from_pylist(renamed, schema=names))
    rows: dict[str, int] = {}

    def write(name: str, query: str) -> None:
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        create_parquet_view(connection, name, folder / f"{name}.parquet")

    write("members", index_query("limited_edition.members"))
    connection.register("own", _separate_ids(connection))
    connection.register("renamed_records", renamed_records(content))
    write("redirects", index_query("limited_edition.redirects"))
    write("claims", index_query("limited_edition.claims"))
    create_parquet_view(connection, "claims_out", folder / "claims.parquet")
    for name in ("evidence", "joins", "scores"):
        write(name, index_query(f"limited_edition.{name}"))
    # The only claim of the status `denied` may be from a source that is left out. If a remaining source has a denial, this adds
    # a claim of that status.
    added = add_denied_statuses(connection, folder / "claims.parquet", folder / "evidence.parquet")
    rows |= added
    create_claim_documents(connection)
    # Older releases weighed no denials, so their editions don't either.
    if added or connection.execute(index_query("limited_edition.has_outweighed")).fetchone():
        weigh_denials(connection, content, folder / "claims.parquet", sorted({*sources, *content.sources}))
    write("aliases", aliases_query(connection))
    write("sources", index_query(f"limited_edition.{'sources_of_part' if chosen else 'sources'}"))
    write("captures", "SELECT c.* FROM all_captures AS c SEMI JOIN public_sources USING (source) ORDER BY ALL")
    for name in ("judgements", "retractions", "changes", "withheld", "corrections"):
        write(name, index_query(f"limited_edition.{name}"))
    rows |= write_observations(connection, complete.tables, folder, chosen.complete if chosen else None)
    rows |= write_measurements(connection, complete.tables, folder, chosen.complete if chosen else None)
    rows |= write_derived_tables(
        connection, content, folder, read_recency(connection), day,
        complete=chosen is None, progress=lambda share: progress(0.1 + 0.3 * share),
    )  # fmt: skip
    rows |= write_span_table(connection, content, folder, day)
    rows |= write_answer_tables(connection, content, folder) | write_flat_projects(connection, content, folder, day)
    if chosen:
        rows |= _only_complete_countries(connection, folder, chosen.complete)
    rows |= write_overlap_tables(connection, content, folder)
    rows |= write_figure_tables(
        connection, content, folder, day, withheld, chosen.empty if chosen else (),
        progress=lambda share: progress(0.45 + 0.55 * share),
    )  # fmt: skip
    return rows | write_finding_table(connection, content, folder, day, complete=chosen is None)


def _only_complete_countries(connection: duckdb.DuckDBPyConnection, folder: Path, complete: Collection[str]) -> dict[str, int]:
    """Remove the countries that are not in `complete` from the tables in `_BY_COUNTRY`. Return the tables' row counts."""
    rows = {}
    for name in _BY_COUNTRY:
        table = pq.read_table(folder / f"{name}.parquet")
        table = table.filter(pc.is_in(table["country"], pa.array(sorted(complete), pa.string())))
        connection.register("complete", table)
        rows[name] = write_parquet(connection, "FROM complete", folder / f"{name}.parquet")
        connection.unregister("complete")
    return rows


def _separate_ids(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return, for each record in a cluster of several, the id that it would have if it were alone in its cluster."""
    several = "SELECT id FROM members GROUP BY id HAVING count(*) > 1"
    rows = connection.execute(f"SELECT record, id FROM members WHERE id IN ({several}) ORDER BY record").fetchall()
    own = [canonical_id(record) for record, _ in rows]
    ids = [identity for _, identity in rows]
    return pa.table({"old_id": pa.array(own, pa.string()), "id": pa.array(ids, pa.string())})
