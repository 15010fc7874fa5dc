"""The public part of a release, open for queries. Every export reads it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from overt.index.columns_of_older_releases import current_columns, empty_record_table
from overt.index.editions.edition_tables_and_limits import Edition
from overt.index.editions.edition_without_withheld import leave_out_withheld, withheld_now
from overt.index.editions.filtered_project_subset import Subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.index.editions.records_in_place_on_date import take_as_of
from overt.index.history.served_and_older_releases import EDITOR_TABLES
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.engines.named_sql import fill_query
from overt.model.progress import Progress, no_progress
from overt.model.settings import UNREGISTERED_PREFIX
from overt.model.workspace import Workspace
from overt.release.project_countries import create_project_countries

T = TypeVar("T")
AS_OF_SENTENCE = (
    "State of the world as of {date}: what was certainly or possibly in place then, as known in this release. Plans are left "
    "out. Organisations, documents and participations do not begin and end here, and stay."
)


def export_query(name: str, values: Mapping[str, str] | None = None) -> str:
    """Return a query of `sql/` by `file.query_name`, with `${…}` replaced by names and SQL from our own code."""
    return fill_query(("export", "sql"), name, values)


@dataclass(frozen=True)
class PublicRelease:
    """The tables of a release that may be published."""

    id: str
    """The release's id, with a `+` and a name for each limit of the edition; see `Edition.named`."""
    edition: Edition
    content: Catalogue
    address: str
    """Address of the site without a trailing slash; empty if overt.toml has none."""
    connection: duckdb.DuckDBPyConnection
    """Connection in which each table is a view of the same name.

    Record types without a table have an empty view. There is also a view `project_countries`.
    """
    progress: Progress = no_progress
    oc4ids_prefix: str = UNREGISTERED_PREFIX
    """Prefix of ids in OC4IDS, from overt.toml."""

    def in_steps(self, items: Iterable[T], name: Callable[[T], str] = str) -> Iterator[T]:
        """Yield the items, and report progress before each of them. `name` returns the name of an item for the report."""
        listed = list(items)
        for done, item in enumerate(listed):
            self.progress(name(item), done / len(listed))
            yield item

    @property
    def as_of(self) -> str:
        """The date to which the edition is limited (see `take_as_of`). Empty if there is no limit."""
        return self.edition.as_of

    @property
    def as_of_sentence(self) -> str:
        """What the limit to `as_of` means, in words; empty if there is no limit."""
        return AS_OF_SENTENCE.format(date=self.as_of) if self.as_of else ""

    @property
    def tables(self) -> dict[str, Path]:
        """Parquet files by table, sorted, without `EDITOR_TABLES`."""
        return {name: self.edition.tables / f"{name}.parquet" for name in sorted(self.manifest["tables"])}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest, limited to the tables in `tables`."""
        manifest = self.edition.manifest
        tables = {name: table for name, table in manifest["tables"].items() if name not in EDITOR_TABLES}
        return {**manifest, "tables": tables}

    @cached_property
    def editor_row_counts(self) -> dict[str, int]:
        """Number of rows of each of `EDITOR_TABLES` that the edition has."""
        tables = self.edition.manifest["tables"]
        return {name: int(tables[name]["rows"]) for name in EDITOR_TABLES if name in tables}

    @cached_property
    def record_counts(self) -> dict[str, int]:
        """Number of records of each type, sorted by type."""
        rows = self.rows("SELECT type, count(*) AS records FROM records GROUP BY type ORDER BY type")
        return {row["type"]: row["records"] for row in rows}

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Rows of the table `sources`, sorted by source."""
        return self.rows("SELECT * FROM sources ORDER BY source")

    def row_count(self, table: str) -> int:
        """Return the number of rows of a table, as recorded in the manifest."""
        return int(self.manifest["tables"][table]["rows"])

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query, each as a mapping from columns to values."""
        cursor = self.connection.cursor().execute(query)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def batches(self, query: str, size: int = 50_000) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query as Arrow record batches of up to `size` rows."""
        reader = self.connection.cursor().execute(query).to_arrow_reader(size)
        yield from reader

    def arrow_table(self, query: str) -> pa.Table:
        """Return the rows of a query as an Arrow table."""
        return self.connection.cursor().execute(query).to_arrow_table()

    def id_ranges(self, table: str, size: int, condition: str = "true") -> Iterator[tuple[str, str]]:
        """Yield the first and last id of every `size` rows of a table, in order.

        Queries between two such ids need no more memory for a large release than for a small one. `condition`: SQL that selects
        the rows.
        """
        values = {"table": table, "size": str(size), "condition": condition}
        for row in self.rows(export_query("record_values.id_ranges", values)):
            yield row["first"], row["last"]


@contextmanager
def open_public_release(
    workspace: Workspace,
    folder: Path,
    progress: Progress = no_progress,
    *,
    subset: Subset | None = None,
    as_of: str = "",
) -> Iterator[PublicRelease]:
    """Open the part of a release that overt.toml allows to be published, without the records that the newest release withholds.

    `subset`: filters that select projects; None for all projects. `as_of`: limits the part to what may have been in place at a
    date (see `take_as_of`). Raises OvertError if the part cannot be made.
    """
    memory = workspace.settings.engine.memory
    edition = restrict(folder, workspace.settings.republish, workspace.content, workspace.cache, memory=memory, progress=progress)
    edition = leave_out_withheld(
        edition, folder.name, withheld_now(workspace), workspace.content, workspace.cache, memory=memory, progress=progress
    )
    if subset is not None:
        edition = take_subset(edition, folder.name, subset, workspace.content, workspace.cache, memory=memory, progress=progress)
    if as_of:
        edition = take_as_of(edition, folder.name, as_of, workspace.content, workspace.cache, memory=memory, progress=progress)
    with connect(memory=memory) as connection:
        release = PublicRelease(
            id=edition.named(folder.name),
            edition=edition,
            content=workspace.content,
            address=workspace.settings.site.address.rstrip("/"),
            connection=connection,
            progress=progress,
            oc4ids_prefix=workspace.settings.export.oc4ids_prefix,
        )
        for name, path in release.tables.items():
            changes = current_columns(path, workspace.content)
            connection.execute(f'CREATE VIEW "{name}" AS SELECT *{changes} FROM read_parquet({quote_literal(path)})')
        for kind in workspace.content.schema.types.values():
            if kind.table not in release.tables:
                connection.execute(f'CREATE VIEW "{kind.table}" AS {empty_record_table(kind)}')
        create_project_countries(connection)
        yield release
