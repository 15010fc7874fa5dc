"""The tables of a release as they would be otherwise: without a source or what a rule reads, or with joined records apart.

Only records that this touches are made anew, by the same rules of rank and with the same columns; who is who stays as it was
with everything. The tables that differ stand in a schema of their own, which queries look at first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import NamedTuple

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.engine import quote, sql, tables_named
from overt.model.record import canonical_id
from overt.release.aggregate import CITED, Span, values_of
from overt.release.connected import bridges, parts
from overt.release.typed import Things, typed_columns

SQL = files("overt") / "release" / "sql"
MOST_CLAIMS = 1_000_000
"""Claims that are looked at again at a time: all of them are in memory."""
_SCHEMA, _HELD = "otherwise", "held"
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
    listed = ", ".join(quote(source) for source in sorted(sources))
    records = f"(SELECT record FROM members WHERE source IN ({listed}))"
    told = f"source IN ({listed}) OR record IN {records} OR (target IS NOT NULL AND value IN {records})"
    stays = f"c.source NOT IN ({listed}) AND c.record NOT IN {records} AND (c.target IS NULL OR c.value NOT IN {records})"
    return Otherwise(told, stays, members=f"source NOT IN ({listed})")


def without_rule(rule: str) -> Otherwise:
    """Nothing that this rule reads out of texts."""
    return Otherwise(f"rule = {quote(rule)}", f"c.rule IS DISTINCT FROM {quote(rule)}")


def apart(clusters: Mapping[str, Sequence[Collection[str]]], positions: Mapping[str, int]) -> Otherwise:
    """Clusters (by their id) in parts: the first part keeps the id, the others take that of their own anchor. `positions`: where
    in the archive's order each record first stood.
    """
    regrouped: dict[str, str] = {}
    for split in clusters.values():
        for part in split[1:]:
            anchor = min(part, key=lambda record: (positions[record], record))
            regrouped |= dict.fromkeys(part, canonical_id(anchor))
    ids = ", ".join(quote(identity) for identity in sorted(clusters))
    return Otherwise(f"id IN ({ids}) OR target IN ({ids})", regrouped=regrouped)


def tables_read(content: Catalogue, query: str) -> frozenset[str]:
    """The tables that a query reads and that could be otherwise."""
    known = {kind.table for kind in content.schema.types.values()} | {"claims", "members", "project_kinds", "records", "values"}
    return frozenset(known & tables_named(query))


class Tables:
    """The tables that queries of figures read, and what becomes of them. `connection` has the release's own; `wanted`: those
    that matter. They are copied into memory until `close`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, wanted: Collection[str]) -> None:
        self._connection = connection
        self._content = content
        self._wanted = set(wanted)
        self._retrieved = dict(connection.execute("SELECT source, retrieved FROM sources").fetchall())
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
        self._look_at(_HELD)

    def close(self) -> None:
        """Give back the memory."""
        self._look_at()
        self._connection.execute(f"DROP SCHEMA {_HELD} CASCADE")

    @contextmanager
    def changed(self, otherwise: Otherwise) -> Iterator[frozenset[str] | None]:
        """Within it, queries of the connection see what the release would be; gives the wanted tables that differ, or None where
        too many claims would have to be looked at again.
        """
        connection = self._connection
        connection.execute(f"CREATE SCHEMA {_SCHEMA}")
        try:
            connection.execute(sql(SQL / "otherwise", "touched", {"touches": otherwise.touches}))
            held = dict(connection.execute(sql(SQL / "otherwise", "held")).fetchall())
            if sum(held.values()) > MOST_CLAIMS:
                yield None
                return
            differ = frozenset(self._make(otherwise, held.keys())) if held else frozenset()
            self._look_at(_SCHEMA, _HELD)
            yield differ
        finally:
            self._look_at(_HELD)
            connection.execute(f"DROP SCHEMA {_SCHEMA} CASCADE")

    def _look_at(self, *schemas: str) -> None:
        self._connection.execute(f"SET search_path = '{','.join([*schemas, self._home])}'")

    def _make(self, otherwise: Otherwise, touched: Collection[str]) -> Iterator[str]:
        """`touched`: the record types of which something else is said."""
        connection = self._connection
        grouped = {"record": list(otherwise.regrouped), "id": list(otherwise.regrouped.values())}
        connection.register("regrouped", pa.table(grouped, schema=_GROUPED))
        claims = connection.execute(sql(SQL / "otherwise", "claims", {"stays": otherwise.stays})).to_arrow_table()
        things = Things(self._content.schema)
        span = values_of(claims, self._content.schema, self._retrieved, registers=self._registers)
        things.add(things.of(span.values))
        for kind in self._kinds:
            if kind.name in touched:
                connection.register("incoming", things.table(kind))
                if self._put(kind.table, f"SELECT {typed_columns(kind)} FROM incoming"):
                    yield kind.table
        if self._wanted & {"records", "values"}:
            yield from self._said(claims, span)
        if "members" in self._wanted and (otherwise.members != "true" or otherwise.regrouped):
            moved = "SELECT m.* REPLACE (coalesce(r.id, m.id) AS id) FROM members AS m LEFT JOIN regrouped AS r USING (record)"
            connection.execute(f"CREATE TABLE {_SCHEMA}.members AS SELECT * FROM ({moved}) WHERE {otherwise.members}")
            yield "members"
        if "claims" in self._wanted:
            connection.register("claims_then", claims)
            connection.execute(f"CREATE TABLE {_SCHEMA}.claims AS {_AGAIN}")
            yield "claims"
        if "project_kinds" in self._wanted and self._has("projects"):
            self._look_at(_SCHEMA, _HELD)
            connection.execute(f"CREATE TABLE {_SCHEMA}.project_kinds AS {sql(SQL, 'project_kinds')}")
            yield "project_kinds"

    def _said(self, claims: pa.Table, span: Span) -> Iterator[str]:
        """The tables `values` and `records`: the latter by the release's own query, over what is said then."""
        connection = self._connection
        ids = claims["claim_id"].combine_chunks().take(pa.array(span.best, pa.int64()))
        connection.register("values_then", span.values.append_column(CITED.field("claim_id"), ids))
        connection.register("claims_then", claims)
        connection.execute(f"CREATE VIEW {_SCHEMA}.claims_out AS SELECT * FROM claims_then")
        connection.execute(f'CREATE VIEW {_SCHEMA}."values" AS SELECT * FROM values_then')
        self._look_at(_SCHEMA, _HELD)
        connection.register("incoming", connection.execute(sql(SQL, "records")).to_arrow_table())
        connection.execute(f'DROP VIEW {_SCHEMA}."values"; DROP VIEW {_SCHEMA}.claims_out')
        self._look_at(_HELD)
        for name, query in (("records", "SELECT * FROM incoming"), ("values", "SELECT * FROM values_then")):
            if name in self._wanted and self._put(name, query):
                yield name

    def _put(self, name: str, query: str) -> bool:
        """Make the table of this name: its rows that are not touched, and those of the query; whether it differs then."""
        connection, own = self._connection, f'{_HELD}."{name}"'
        was = connection.execute(f"SELECT * FROM {own} SEMI JOIN touched USING (id) ORDER BY ALL").to_arrow_table()
        then = connection.execute(f"SELECT * FROM ({query}) ORDER BY ALL").to_arrow_table()
        if was.num_rows == then.num_rows and was.cast(then.schema).equals(then):
            return False
        connection.register("put", then)
        whole = f"SELECT * FROM {own} ANTI JOIN touched USING (id) UNION ALL BY NAME SELECT * FROM put"
        connection.execute(f'CREATE TABLE {_SCHEMA}."{name}" AS {whole}')
        return True

    def _has(self, name: str) -> bool:
        found = "SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?"
        return bool(self._connection.execute(found, [_SCHEMA, name]).fetchall())


_AGAIN = f"""
    SELECT * FROM {_HELD}.claims ANTI JOIN touched USING (id) UNION ALL BY NAME
    SELECT c.* REPLACE (t.id AS id, t.target AS target) FROM {_HELD}.claims AS c JOIN claims_then AS t USING (claim_id)
"""
"""All claims as they would be."""


class Merge(NamedTuple):
    """Two records that the machine joined by their score and nobody judged."""

    left: str
    right: str
    probability: float
    id: str
    """Of their cluster."""


class Merges:
    """All such pairs without which a cluster falls apart, the least sure first; of record types whose tables are `wanted`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, content: Catalogue, wanted: Collection[str]) -> None:
        types = {kind.name for kind in content.schema.types.values() if kind.table in wanted}
        types |= {"project"} if "project_kinds" in wanted else set()
        listed = "SELECT unnest(?::VARCHAR[]) AS type"
        pairs = connection.execute(sql(SQL / "otherwise", "merges", {"types": f"({listed})"}), [sorted(types)]).fetchall()
        connection.register("wanted_ids", pa.table({"id": pa.array(sorted({held[3] for held in pairs}), pa.string())}))
        self._positions: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}
        for record, identity, position in connection.execute(sql(SQL / "otherwise", "members")).fetchall():
            self._members.setdefault(identity, []).append(record)
            self._positions[record] = position
        self._joins: dict[str, list[tuple[str, str]]] = {}
        for left, right, identity in connection.execute(sql(SQL / "otherwise", "joins")).fetchall():
            self._joins.setdefault(identity, []).append((left, right))
        for identity, members in self._members.items():  # what a record that is not in this edition held together stays so
            joins = self._joins[identity]
            ends = sorted(min(part) for part in parts(members, joins))
            joins += [(ends[0], other) for other in ends[1:]]
        found = [Merge(left, right, float(probability), identity) for left, right, probability, identity in pairs]
        needed = {identity: bridges(self._joins[identity]) for identity in sorted({held.id for held in found})}
        self.found = [held for held in found if (held.left, held.right) in needed[held.id]]

    def apart(self, merge: Merge) -> Otherwise:
        """What would be without one."""
        away = next(part for part in parts(self._members[merge.id], self._without(merge)) if merge.right in part)
        rest = [record for record in self._members[merge.id] if record not in away]
        return apart({merge.id: [rest, sorted(away)]}, self._positions)

    def all_apart(self) -> Otherwise:
        """What would be without any."""
        clusters = {}
        for identity in sorted({held.id for held in self.found}):
            taken = {(held.left, held.right) for held in self.found if held.id == identity}
            left = [pair for pair in self._joins[identity] if pair not in taken]
            found = [sorted(part) for part in parts(self._members[identity], left)]
            anchor = min(self._members[identity], key=lambda record: (self._positions[record], record))
            clusters[identity] = sorted(found, key=lambda part: (anchor not in part, part))
        return apart(clusters, self._positions)

    def _without(self, merge: Merge) -> list[tuple[str, str]]:
        return [pair for pair in self._joins[merge.id] if pair != (merge.left, merge.right)]
