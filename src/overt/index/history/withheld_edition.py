"""The edition of an older release without the records that the newest release withholds."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.index.fingerprint import made_by
from overt.index.public_edition import Edition, create_once, make_tables
from overt.index.verification.edition_files import DESCRIPTION, read_edition
from overt.model.catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.progress import Progress, no_progress, within_step
from overt.model.workspace import Workspace
from overt.release.corrections.withheld_records import add_parts, reference_properties
from overt.release.derived_tables import create_parquet_view
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
    """Return an edition of a release without the records that have these ids; the edition itself if it contains none of them.

    Its tables are stored in `cache`, like those of `restrict`. The release itself never changes.
    """
    present = sorted(_ids(edition.tables / "members.parquet") & set(withheld)) if withheld else []
    if not present:
        return edition
    parts = [made_by(), content.digest("schema", "vocab", "sources", "figures"), edition.tables.parent.name, *present]
    fingerprint = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    without = hashlib.sha256("\0".join(present).encode()).hexdigest()[:8]
    reuse = "-".join(edition.allowed or ()) or "none" if edition.left_out else "all"
    folder = cache / f"{release}-{reuse}+without-{without}-{fingerprint[:12]}"
    if read_edition(folder) is None:
        inside = _other_records(edition, present, content, memory)
        with connect(memory=memory, spill=cache / ".tmp-spill") as connection, create_once(folder) as temporary:
            connection.register("inside_ids", inside)
            manifest = make_tables(
                connection, edition, temporary, content, list(edition.manifest["sources"]),
                [source["source"] for source in edition.left_out], inside="SELECT id FROM inside_ids",
                progress=within_step(progress, "leaving out withheld records", 0, 1),
            )  # fmt: skip
            (temporary / DESCRIPTION).write_bytes(orjson.dumps({"manifest": manifest}, option=orjson.OPT_INDENT_2))
    manifest = orjson.loads((folder / DESCRIPTION).read_bytes())["manifest"]
    return replace(edition, tables=folder / "tables", manifest=manifest, without=f"without-{without}")


def _ids(table: Path) -> set[str]:
    return {str(identity) for identity in pq.read_table(table, columns=["id"])["id"].unique().to_pylist()}


def _other_records(edition: Edition, withheld: Collection[str], content: Catalogue, memory: str) -> pa.Table:
    """Return the ids of all records except these and the records that depend on them."""
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
