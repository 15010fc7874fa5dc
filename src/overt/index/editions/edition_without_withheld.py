"""The edition of a release without the records that the newest release withholds."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from overt.index.editions.edition_tables_and_limits import Edition
from overt.index.editions.limited_edition import make_edition
from overt.index.fingerprint import made_by
from overt.index.verification.edition_files import read_edition
from overt.model.code_digest import digest_of
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view
from overt.model.progress import Progress, no_progress, within_step
from overt.model.workspace import Workspace
from overt.release.corrections.withheld_records import add_parts, reference_properties
from overt.release.release_folders import list_releases

_CLAIM_COLUMNS = "claim_id, record, type, property, value"


def withheld_now(workspace: Workspace) -> frozenset[str]:
    """Return the ids that the newest release withholds."""
    folders = list_releases(workspace.releases)
    path = folders[-1] / "tables" / "withheld.parquet" if folders else None
    return frozenset(_ids(path)) if path and path.is_file() else frozenset()


def leave_out_withheld(
    edition: Edition,
    release: str,
    withheld: Collection[str],
    content: Catalogue,
    cache: Path,
    *,
    memory: str = "4GB",
    progress: Progress = no_progress,
) -> Edition:
    """Return an edition of a release without the records with the ids `withheld` and those that depend on them.

    If the edition contains none of these ids, it is returned unchanged. The tables are stored in `cache`, like those of
    `restrict`. The release itself never changes.
    """
    present = sorted(_ids(edition.tables / "members.parquet") & set(withheld)) if withheld else []
    if not present:
        return edition
    parts = [made_by(), content.digest("schema", "vocab", "sources", "figures"), edition.tables.parent.name, *present]
    without = digest_of(present)[:8]
    folder = cache / f"{release}-{edition.reuse}+without-{without}-{digest_of(parts)[:12]}"
    made = read_edition(folder)
    if made is None:
        inside = _other_records(edition, present, content, memory)
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection:
            connection.register("inside_ids", inside)
            made = make_edition(
                connection, edition, folder, content, edition.manifest["sources"], inside="SELECT id FROM inside_ids",
                progress=within_step(progress, "leaving out withheld records", 0, 1),
            )  # fmt: skip
    return replace(edition, tables=folder / "tables", manifest=made["manifest"], without=f"without-{without}")


def _ids(table: Path) -> set[str]:
    return {str(identity) for identity in pq.read_table(table, columns=["id"])["id"].unique().to_pylist()}


def _other_records(edition: Edition, withheld: Collection[str], content: Catalogue, memory: str) -> pa.Table:
    """Return the ids of all records except the `withheld` ones and those that depend on them."""
    with connect(memory=memory) as connection:
        for name in ("claims", "members"):
            create_parquet_view(connection, name, edition.tables / f"{name}.parquet")
        connection.register("record_properties", reference_properties(content))
        connection.register("withheld_ids", pa.table({"id": pa.array(sorted(withheld), pa.string())}))
        connection.execute(
            f"CREATE TEMP TABLE withheld_references AS SELECT {_CLAIM_COLUMNS}, depends FROM claims"
            " JOIN record_properties USING (type, property)"
        )
        connection.execute(
            'CREATE TEMP TABLE withheld_records AS SELECT record, id AS "of" FROM members SEMI JOIN withheld_ids USING (id)'
        )
        add_parts(connection)
        return connection.execute(
            "SELECT DISTINCT id FROM members ANTI JOIN withheld_records USING (record) ORDER BY id"
        ).to_arrow_table()
