"""The tables of a release as they would be otherwise: without a source or what a rule reads, or with joined records apart.

Only records that this touches are made anew, by the same rules of rank and with the same columns; who is who stays as it was
with everything. Queries look at copies in memory, which are changed and changed back.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal, referenced_tables, sql, thread_count
from overt.release.value_aggregation import CITED, Span, values_of
from overt.release.derived_tables import with_independence
from overt.release.independent_sources import independence, publishers
from overt.release.record_tables import Things, typed_columns

SQL = files("overt") / "release" / "sql"
MOST_CLAIMS = 1_000_000
"""Claims that are looked at again at a time: all of them are in memory."""
FEW_CLAIMS = 250_000
"""Claims below which one thread is as quick as several: there are very many queries, of a few milliseconds each."""
_HELD = "held"
_GROUPED = pa.schema([("record", pa.string()), ("id", pa.string())])


@dataclass(frozen=True)
class Otherwise:
    """What is taken out: claims for which `touches` holds (SQL over the table `claims`); what is said of the records that they
    are about, as far as `stays` holds; records with another id than they have.
    """

    touches: str
    stays: str = "true"
    regrouped: Mapping[str, str] = field(default_factory=dict)
    members: str = "true"
    """Which rows of the table `members` stay."""


def without_sources(sources: Collection[str]) -> Otherwise:
    """Nothing that these sources say, and nothing that others say of their records."""
    listed = ", ".join(quote_literal(source) for source in sorted(sources))
    records = f"(SELECT record FROM members WHERE source IN ({listed}))"
    told = f"source IN ({listed}) OR record IN {records} OR (target IS NOT NULL AND value IN {records})"
    stays = f"c.source NOT IN ({listed}) AND c.record NOT IN {records} AND (c.target IS NULL OR c.value NOT IN {records})"
    return Otherwise(told, stays, members=f"source NOT IN ({listed})")


def without_rule(rule: str) -> Otherwise:
    """Nothing that this rule reads out of texts."""
    return Otherwise(f"rule = {quote_literal(rule)}", f"c.rule IS DISTINCT FROM {quote_literal(rule)}")


def tables_read(content: Catalogue, query: str) -> frozenset[str]:
    """The tables that a query reads and that could be otherwise."""
    known = {kind.table for kind in content.schema.types.values()} | {"claims", "members", "project_kinds", "records", "values"}
    return frozenset(known & referenced_tables(query))


class Tables:
    """The tables that queries of figures read, and what becomes of them. `connection` has the release's own; `wanted`: those
    that matter. They are copied into memory until `close`.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, content: Catalogue, wanted: Collection[str], *, independent: bool = False
    ) -> None:
        """`independent`: whether somebody asks how many sources are independent, which takes a look at all claims each time."""
        self._connection = connection
        self._content = content
        self._independent = independent
        self._wanted = {*wanted, "claims", "members"} if independent else set(wanted)
        self._retrieved = dict(connection.execute("SELECT source, retrieved FROM sources").fetchall())
        self._sources = sorted({*self._retrieved, *content.sources})
        self._publishers = publishers(content, self._sources)
        self._registers = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.one_to_one}
        self._kinds = [
            kind
            for kind in content.schema.types.values()
            if kind.table in self._wanted or (kind.table == "projects" and "project_kinds" in self._wanted)
        ]
        self._home = str(connection.execute("SELECT current_schema()").fetchall()[0][0])
        connection.execute(f"CREATE SCHEMA {_HELD}")
        for name in sorted({*self._wanted, *(kind.table for kind in self._kinds), "members", "claims"}):
            current = " WHERE standing = 'current'" if name == "claims" else ""
            connection.execute(f'CREATE TABLE {_HELD}."{name}" AS SELECT * FROM {self._home}."{name}"{current}')
        connection.execute(f"CREATE VIEW {_HELD}.claims_out AS SELECT * FROM {_HELD}.claims")
        self._look_at(_HELD)
        self._claims = self._count("claims")
        self._threads = thread_count(connection)
        if self._claims < FEW_CLAIMS:
            connection.execute("SET threads = 1")

    def close(self) -> None:
        """Give back the memory."""
        self._look_at()
        self._connection.execute(f"SET threads = {self._threads}")
        self._connection.execute(f"DROP SCHEMA {_HELD} CASCADE")

    @contextmanager
    def changed(self, otherwise: Otherwise) -> Iterator[frozenset[str] | None]:
        """Within it, queries of the connection see what the release would be; gives the wanted tables that differ, or None where
        too many claims would have to be looked at again.
        """
        connection = self._connection
        connection.execute("BEGIN")  # what is changed is taken back, which costs less than a second copy of each table
        try:
            connection.execute(sql(SQL / "otherwise", "touched", {"touches": otherwise.touches}))
            touched = {kind for (kind,) in connection.execute("SELECT DISTINCT type FROM touched").fetchall()}
            if self._claims > MOST_CLAIMS and self._count("claims SEMI JOIN touched USING (id)") > MOST_CLAIMS:
                yield None
                return
            yield frozenset(self._make(otherwise, touched)) if touched else frozenset()
        finally:
            connection.execute("ROLLBACK")

    def _count(self, rows: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])

    def _look_at(self, *schemas: str) -> None:
        self._connection.execute(f"SET search_path = '{','.join([*schemas, self._home])}'")

    def _make(self, otherwise: Otherwise, touched: Collection[str]) -> Iterator[str]:
        """`touched`: the record types of which something else is said."""
        connection = self._connection
        grouped = {"record": list(otherwise.regrouped), "id": list(otherwise.regrouped.values())}
        connection.register("regrouped", pa.table(grouped, schema=_GROUPED))
        claims = connection.execute(sql(SQL / "otherwise", "claims", {"stays": otherwise.stays})).to_arrow_table()
        things = Things(self._content.schema)
        span = values_of(claims, self._content.schema, self._retrieved, registers=self._registers, publishers=self._publishers)
        things.add(things.of(span.values))
        for kind in self._kinds:
            if kind.name in touched:
                connection.register("incoming", things.table(kind))
                if self._put(kind.table, f"SELECT {typed_columns(kind)} FROM incoming"):
                    yield kind.table
                    if kind.table == "projects" and "project_kinds" in self._wanted:
                        kinds = connection.execute(sql(SQL, "project_kinds", {"projects": "put"}))
                        self._replace("project_kinds", kinds.to_arrow_table())
                        yield "project_kinds"
        if "members" in self._wanted and (otherwise.members != "true" or otherwise.regrouped):
            connection.execute(f"UPDATE {_HELD}.members SET id = r.id FROM regrouped AS r WHERE r.record = members.record")
            connection.execute(f"DELETE FROM {_HELD}.members WHERE NOT ({otherwise.members})")
            yield "members"
        if "claims" in self._wanted:
            connection.register("claims_then", claims)
            again = "SELECT c.* REPLACE (t.id AS id, t.target AS target) FROM claims AS c JOIN claims_then AS t USING (claim_id)"
            self._replace("claims", connection.execute(again).to_arrow_table())
            yield "claims"
        if self._wanted & {"records", "values"}:  # last, since what is independent is told of all claims and members
            yield from self._said(claims, span)

    def _said(self, claims: pa.Table, span: Span) -> Iterator[str]:
        """The tables `values` and `records`: the latter by the release's own query, over what is said then."""
        connection = self._connection
        ids = claims["claim_id"].combine_chunks().take(pa.array(span.best, pa.int64()))
        found = span.values
        if self._independent:
            told = independence(connection, self._content, self._sources)
            found = with_independence(connection, found, told)
        connection.register("values_then", found.append_column(CITED.field("claim_id"), ids))
        connection.register("claims_then", claims)
        if "values" in self._wanted and self._put("values", "SELECT * FROM values_then", "ALL"):
            yield "values"
        if "records" in self._wanted:
            of_these = {"claims": "claims_then", "values": "values_then"}
            if self._put("records", sql(SQL, "records", of_these)):
                yield "records"

    def _put(self, name: str, query: str, order: str = "id") -> bool:
        """Let the rows of the query stand for those that are touched; whether the table differs then."""
        connection = self._connection
        own = f'SELECT * FROM {_HELD}."{name}" SEMI JOIN touched USING (id) ORDER BY {order}'
        was = connection.execute(own).to_arrow_table()
        then = connection.execute(f"SELECT * FROM ({query}) ORDER BY {order}").to_arrow_table()
        if was.num_rows == then.num_rows and was.cast(then.schema).equals(then):
            return False
        self._replace(name, then)
        return True

    def _replace(self, name: str, then: pa.Table) -> None:
        """These rows in place of those that are touched."""
        self._connection.register("put", then)
        self._connection.execute(f'DELETE FROM {_HELD}."{name}" WHERE id IN (SELECT id FROM touched)')
        self._connection.execute(f'INSERT INTO {_HELD}."{name}" BY NAME SELECT * FROM put')
