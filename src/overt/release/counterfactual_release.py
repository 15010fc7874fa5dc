"""The tables of a release as they would be without a source, the claims of one rule, or certain merges.

Only the affected records are recomputed, with the same ranking rules and columns; all other merges stay. Queries use copies in
memory, and each change is rolled back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import thread_count
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.engines.read_only_sql_check import referenced_tables
from overt.release.record_tables import RecordTables, typed_columns
from overt.release.release_sql import release_query
from overt.release.source_independence.independent_sources import Voices, count_independent_sources, publisher_keys
from overt.release.source_recency import read_recency
from overt.release.tables_derived_from_claims import add_independent_sources
from overt.release.value_aggregation import CITED_VALUES, ValueBatch, aggregate_table

MAX_CLAIMS = 1_000_000
"""Maximum number of affected claims, since all of them are in memory."""
FEW_CLAIMS = 250_000
"""With fewer claims, one thread is as fast as several, because each of the many queries takes only milliseconds."""
_NEW_IDS = pa.schema([("record", pa.string()), ("id", pa.string())])


@dataclass(frozen=True)
class Counterfactual:
    """A hypothetical change to a release: claims and members to leave out, and records to publish under another id."""

    affected: str
    """SQL condition on the table `claims`. Records with a claim that meets it are recomputed."""
    remaining: str = "true"
    """SQL condition on the claims `c` of affected records. Claims that meet it remain."""
    new_ids: Mapping[str, str] = field(default_factory=dict)
    """New published ids, by record. All other records keep theirs."""
    members: str = "true"
    """SQL condition on the table `members`. Rows that meet it remain."""


def without_sources(sources: Collection[str]) -> Counterfactual:
    """Return the change that leaves out these sources' claims and records, and claims that are about or name such a record."""
    literals = ", ".join(quote_literal(source) for source in sorted(sources))
    records = f"(SELECT record FROM members WHERE source IN ({literals}))"
    affected = f"source IN ({literals}) OR record IN {records} OR (target IS NOT NULL AND value IN {records})"
    remaining = f"c.source NOT IN ({literals}) AND c.record NOT IN {records} AND (c.target IS NULL OR c.value NOT IN {records})"
    return Counterfactual(affected, remaining, members=f"source NOT IN ({literals})")


def without_rule(rule: str) -> Counterfactual:
    """Return the change that leaves out the claims that this rule coded or computed."""
    return Counterfactual(f"rule = {quote_literal(rule)}", f"c.rule IS DISTINCT FROM {quote_literal(rule)}")


def changeable_tables(content: Catalogue, query: str) -> frozenset[str]:
    """Return the tables that a query reads and that a change can affect."""
    tables = {kind.table for kind in content.schema.types.values()} | {"claims", "members", "project_kinds", "records", "values"}
    return frozenset(tables & referenced_tables(query))


class CounterfactualTables:
    """In-memory copies of `tables`, until `close`. Queries see a change within the context of `changed`.

    `connection` has the release's tables, and `day` is the release's day. The copy of `claims` has only current and outweighed
    claims; denials are not weighed again. Until `close`, queries on the connection find the copies first, and the connection
    uses one thread if there are fewer than `FEW_CLAIMS` claims. With `independent`, each change recounts the separate sources
    of the affected records. `schema` is the name of the schema of the copies; a database can have several.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        content: Catalogue,
        tables: Collection[str],
        day: date,
        *,
        independent: bool = False,
        schema: str = "counterfactual",
    ) -> None:
        self.connection = connection
        """The connection on which queries see the change within `changed`."""
        self._schema = schema
        self._content = content
        self._day = day
        self._independent = independent
        self._needed = {*tables, "claims", "members"} if independent else set(tables)
        self._recency = read_recency(connection)
        self._sources = sorted({*self._recency, *content.sources})
        self._publishers = publisher_keys(content, self._sources)
        self._registers = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.one_to_one}
        self._naming = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.names}
        self._types = [
            kind
            for kind in content.schema.types.values()
            if kind.table in self._needed or (kind.table == "projects" and "project_kinds" in self._needed)
        ]
        self._release_schema = str(connection.execute("SELECT current_schema()").fetchall()[0][0])
        connection.execute(f"CREATE SCHEMA {self._schema}")
        for name in sorted({*self._needed, *(kind.table for kind in self._types), "members", "claims"}):
            # Outweighed claims are needed to count the separate sources of denied projects.
            remaining = " WHERE standing IN ('current', 'outweighed')" if name == "claims" else ""
            connection.execute(
                f'CREATE TABLE {self._schema}."{name}" AS SELECT * FROM {self._release_schema}."{name}"{remaining}'
            )
        connection.execute(f"CREATE VIEW {self._schema}.claims_out AS SELECT * FROM {self._schema}.claims")
        self._set_search_path(self._schema)
        self._voices = Voices(connection, content, self._sources) if independent else None
        self._claims = self._count("claims")
        self._threads = thread_count(connection)
        if self._claims < FEW_CLAIMS:
            connection.execute("SET threads = 1")

    def close(self) -> None:
        """Drop the copies, and restore the connection's search path and threads."""
        self._set_search_path()
        self.connection.execute(f"SET threads = {self._threads}")
        self.connection.execute(f"DROP SCHEMA {self._schema} CASCADE")

    @contextmanager
    def changed(self, change: Counterfactual) -> Iterator[frozenset[str] | None]:
        """Apply a change within the context, and yield the names of the tables that it changes.

        If it affects more than `MAX_CLAIMS` claims, yield None and change nothing.
        """
        connection = self.connection
        connection.execute("BEGIN")  # A rollback costs less than a second copy of each table.
        try:
            connection.execute(release_query("counterfactual.affected", condition=change.affected))
            types = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM affected").fetchall()}
            if self._claims > MAX_CLAIMS and self._count("claims SEMI JOIN affected USING (id)") > MAX_CLAIMS:
                yield None
                return
            yield frozenset(self._apply(change, types)) if types else frozenset()
        finally:
            connection.execute("ROLLBACK")

    def _count(self, rows: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])

    def _set_search_path(self, *schemas: str) -> None:
        self.connection.execute(f"SET search_path = '{','.join([*schemas, self._release_schema])}'")

    def _apply(self, change: Counterfactual, types: Collection[str]) -> Iterator[str]:
        """Change the tables and yield their names. `types`: the record types of affected records."""
        connection = self.connection
        new_ids = {"record": list(change.new_ids), "id": list(change.new_ids.values())}
        connection.register("new_ids", pa.table(new_ids, schema=_NEW_IDS))
        remaining = connection.execute(release_query("counterfactual.claims", remaining=change.remaining)).to_arrow_table()
        claims = remaining.filter(pc.equal(remaining["standing"], pa.scalar("current")))
        records = RecordTables(self._content.schema, self._day)
        batch = aggregate_table(
            claims,
            self._content.schema,
            self._recency,
            registers=self._registers,
            naming=self._naming,
            publishers=self._publishers,
        )
        records.add(records.gather(batch.values))
        for kind in self._types:
            if kind.name in types:
                connection.register("incoming", records.table(kind))
                if self._update(kind.table, f"SELECT {typed_columns(kind)} FROM incoming"):
                    yield kind.table
                    if kind.table == "projects" and "project_kinds" in self._needed:
                        kinds = connection.execute(release_query("records.project_kinds", projects="new_rows"))
                        self._replace("project_kinds", kinds.to_arrow_table())
                        yield "project_kinds"
        if "members" in self._needed and (change.members != "true" or change.new_ids):
            connection.execute(f"UPDATE {self._schema}.members SET id = n.id FROM new_ids AS n WHERE n.record = members.record")
            connection.execute(f"DELETE FROM {self._schema}.members WHERE NOT ({change.members})")
            yield "members"
        if "claims" in self._needed:
            connection.register("new_claims", remaining)
            query = "SELECT c.* REPLACE (n.id AS id, n.target AS target) FROM claims AS c JOIN new_claims AS n USING (claim_id)"
            self._replace("claims", connection.execute(query).to_arrow_table())
            yield "claims"
        # This comes last, because counting separate sources requires the changed claims and members.
        if self._needed & {"records", "values"}:
            voices = None if "document" in types else self._voices
            yield from self._apply_to_values(claims, batch, voices)

    def _apply_to_values(self, claims: pa.Table, batch: ValueBatch, voices: Voices | None) -> Iterator[str]:
        """Update the affected rows of `values` and `records`, and yield the name of each table whose rows changed.

        `records` is computed by the same query as in a release.
        """
        connection = self.connection
        ids = claims["claim_id"].combine_chunks().take(pa.array(batch.best, pa.int64()))
        values = batch.values
        if self._independent:
            independent = count_independent_sources(
                connection, self._content, self._sources, condition="id IN (SELECT id FROM affected)", voices=voices
            )
            values = add_independent_sources(connection, values, independent)
        connection.register("new_values", values.append_column(CITED_VALUES.field("claim_id"), ids))
        connection.register("new_claims", claims)
        if "values" in self._needed and self._update("values", "SELECT * FROM new_values", "ALL"):
            yield "values"
        if "records" in self._needed and self._update(
            "records", release_query("records.records", claims="new_claims", values="new_values")
        ):
            yield "records"

    def _update(self, name: str, query: str, order: str = "id") -> bool:
        """Replace the rows of affected records with the rows of a query. Return whether they differ."""
        connection = self.connection
        affected = f'SELECT * FROM {self._schema}."{name}" SEMI JOIN affected USING (id) ORDER BY {order}'
        old_rows = connection.execute(affected).to_arrow_table()
        new_rows = connection.execute(f"SELECT * FROM ({query}) ORDER BY {order}").to_arrow_table()
        if old_rows.num_rows == new_rows.num_rows and old_rows.cast(new_rows.schema).equals(new_rows):
            return False
        self._replace(name, new_rows)
        return True

    def _replace(self, name: str, new_rows: pa.Table) -> None:
        self.connection.register("new_rows", new_rows)
        self.connection.execute(f'DELETE FROM {self._schema}."{name}" WHERE id IN (SELECT id FROM affected)')
        self.connection.execute(f'INSERT INTO {self._schema}."{name}" BY NAME SELECT * FROM new_rows')
