"""What an export reads: the edition of a release that others may have, open to be asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from overt.index.missing_columns import new_columns
from overt.index.older_releases import OF_EDITORS
from overt.index.public_edition import Edition, restrict
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.model.settings import UNREGISTERED_PREFIX
from overt.model.workspace import Workspace

SQL = files("overt") / "export" / "sql"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Holdings:
    """The tables of an edition."""

    release: str
    """Its id; with `+` and what reuse limits it, where something was left out."""
    edition: Edition
    content: Catalogue
    address: str
    """Where readers reach the site, without a slash at the end; empty where overt.toml names none."""
    connection: duckdb.DuckDBPyConnection
    """Shows each table as a view of its name."""
    progress: Progress = lambda step: None
    oc4ids_prefix: str = UNREGISTERED_PREFIX
    """What ids in OC4IDS begin with: overt.toml says it."""

    @property
    def tables(self) -> dict[str, Path]:
        """The Parquet file of each table, by name, in order. Those that name editors are for people at this machine."""
        return {name: self.edition.tables / f"{name}.parquet" for name in sorted(self.manifest["tables"])}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the edition, with no table that is not in `tables`."""
        held = self.edition.manifest
        return {**held, "tables": {name: said for name, said in held["tables"].items() if name not in OF_EDITORS}}

    @cached_property
    def untold(self) -> dict[str, int]:
        """How many rows each table has that names editors, by name, in order."""
        held = self.edition.manifest["tables"]
        return {name: int(held[name]["rows"]) for name in OF_EDITORS if name in held}

    @cached_property
    def records(self) -> dict[str, int]:
        """How many records of each type the edition has, by type, in order."""
        found = self.rows("SELECT type, count(*) AS held FROM records GROUP BY type ORDER BY type")
        return {row["type"]: row["held"] for row in found}

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """The sources of the edition, as its table `sources` has them, in order."""
        return self.rows("SELECT * FROM sources ORDER BY source")

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.manifest["tables"][table]["rows"])

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query, each by column."""
        cursor = self.connection.cursor().execute(query)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def batches(self, query: str, size: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The rows of a query as Arrow, some at a time."""
        reader = self.connection.cursor().execute(query).to_arrow_reader(size)
        yield from reader

    def table(self, query: str) -> pa.Table:
        """The rows of a query as one Arrow table."""
        return self.connection.cursor().execute(query).to_arrow_table()

    def slices(self, table: str, size: int, test: str = "true") -> Iterator[tuple[str, str]]:
        """The first and the last id of each so many rows of a table that has ids, in order: what is asked for between the two
        takes as much memory of a large edition as of a small one.
        """
        query = self.told("slices", {"table": table, "size": str(size), "test": test})
        for row in self.rows(query):
            yield row["first"], row["last"]

    def told(self, name: str, values: Mapping[str, str] | None = None) -> str:
        """The statement in `sql/<name>.sql`."""
        return sql(SQL, name, values)


@contextmanager
def open_holdings(workspace: Workspace, release: Path, progress: Progress = lambda step: None) -> Iterator[Holdings]:
    """The part of a release that overt.toml lets others have, as a server beyond loopback shows it. Raises OvertError."""
    memory = workspace.settings.engine.memory
    edition = restrict(
        release, workspace.settings.republish, workspace.content, workspace.cache, memory=memory, progress=progress
    )
    address = workspace.settings.site.address.rstrip("/")
    with connect(memory=memory) as connection:
        held = Holdings(
            edition.named(release.name),
            edition,
            workspace.content,
            address,
            connection,
            progress,
            workspace.settings.export.oc4ids_prefix,
        )
        for name, path in held.tables.items():
            new = new_columns(path, workspace.content)
            connection.execute(f'CREATE VIEW "{name}" AS SELECT *{new} FROM read_parquet({quote_literal(path)})')
        yield held
