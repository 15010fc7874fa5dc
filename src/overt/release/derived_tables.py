"""From claims to the tables that people read. It runs over a whole release, or over the part of one that may be published."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal, sql, thread_count, write_parquet
from overt.release.value_aggregation import CITED, Span, cited, values
from overt.release.dependence.dependence_tables import write_dependence
from overt.release.independent_sources import Independence, independence, publishers
from overt.release.record_tables import Things, typed_columns
from overt.resolve.alias_table import alias_query
from overt.resolve.names import NameForms

SQL = files("overt") / "release" / "sql"
STRICTNESS = ("open", "share-alike", "non-commercial", "private")


def view(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Let SQL see a Parquet file under a name."""
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({quote_literal(path)})')


def derive(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, retrieved: Mapping[str, str], *, whole: bool = True
) -> dict[str, int]:
    """Write `values`, `records`, a table per record type, and what is computed of them into `folder`; returns the rows of each.

    `folder` must hold the release table `claims`, which `connection` must show as `claims_out`. `retrieved`: the capture date of
    each source; `whole`: whether these are all claims of their sources, and not those on some things.
    """
    _register(connection, content, retrieved)
    things = Things(content.schema)
    registers = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.one_to_one}
    claims, threads = folder / "claims.parquet", thread_count(connection)
    sources = sorted({*retrieved, *content.sources})
    told, published = independence(connection, content, sources), publishers(content, sources)
    _table(connection, "publishers", "source publisher", sorted(published.items()))
    register_independence(connection, told)

    def gathered() -> Iterator[Span]:  # runs while the connection writes: it must not ask it anything
        found = values(claims, content.schema, retrieved, things.of, registers=registers, publishers=published, threads=threads)
        for span in found:
            things.add(span.things)
            yield span._replace(values=_independent(span.values, told))

    batches = (batch for table in cited(claims, gathered()) for batch in table.to_batches())
    connection.register("incoming", pa.RecordBatchReader.from_batches(CITED, batches))
    rows = {"values": write_parquet(connection, "SELECT * FROM incoming", folder / "values.parquet")}
    connection.unregister("incoming")
    view(connection, "values", folder / "values.parquet")
    rows["records"] = write_parquet(
        connection, sql(SQL, "records", {"claims": "claims_out", "values": '"values"'}), folder / "records.parquet"
    )
    view(connection, "records", folder / "records.parquet")
    rows |= write_things(connection, content, things, folder)
    for name, query in (("terms", "SELECT * FROM term_rows ORDER BY ALL"), ("areas", "SELECT * FROM area_rows ORDER BY ALL")):
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        view(connection, name, folder / f"{name}.parquet")
    rows["project_kinds"] = write_parquet(
        connection, sql(SQL, "project_kinds", {"projects": "projects"}), folder / "project_kinds.parquet"
    )
    view(connection, "project_kinds", folder / "project_kinds.parquet")
    return rows | write_dependence(connection, content, folder, whole=whole)


def with_independence(connection: duckdb.DuckDBPyConnection, held: pa.Table, told: Independence) -> pa.Table:
    """Values with the number of their independent sources; SQL sees that of things as `independent_things`."""
    register_independence(connection, told)
    return _independent(held, told)


def register_independence(connection: duckdb.DuckDBPyConnection, told: Independence) -> None:
    """Let SQL see how many independent sources tell of things as `independent_things`."""
    _table(connection, "independent_things", "id independent_sources:count", sorted(told.things.items()))


def _independent(held: pa.Table, told: Independence) -> pa.Table:
    """Values with the number of their independent sources where documents or copied texts decide it."""
    ids = held["id"].combine_chunks() if isinstance(held["id"], pa.ChunkedArray) else held["id"]
    wanted = pa.array(sorted(told.values), pa.string())
    rows = np.flatnonzero(pc.is_in(ids.cast(pa.string()), value_set=wanted).to_numpy(zero_copy_only=False))
    if not len(rows):
        return held
    numbers = held["independent_sources"].to_numpy().copy()
    columns = ("id", "property", "value", "unit")
    for row, found in zip(rows.tolist(), held.select(list(columns)).take(pa.array(rows, pa.int64())).to_pylist(), strict=True):
        identity, prop, value, unit = (found[name] for name in columns)
        numbers[row] = told.values[identity].get((prop, value, unit or ""), numbers[row])
    at = held.schema.get_field_index("independent_sources")
    return held.set_column(at, held.schema.field(at), pa.array(numbers, pa.int32()))


def aliases_of(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL for the release table `aliases`, of the claims that the connection shows as `claims_out`."""
    return alias_query(connection, "(SELECT * FROM claims_out WHERE standing = 'current')", NameForms())


def properties_of(content: Catalogue, value_type: str) -> pa.Table:
    """The properties whose values are of this type: those that name records, say."""
    held = [(kind.name, prop) for kind in content.schema.types.values() for prop in kind.properties.values()]
    found = [(kind, prop.name) for kind, prop in held if prop.type == value_type]
    return pa.table({"type": [kind for kind, _ in found], "property": [name for _, name in found]})


def _register(connection: duckdb.DuckDBPyConnection, content: Catalogue, retrieved: Mapping[str, str]) -> None:
    strict = [(slug, STRICTNESS.index(spec.reuse)) for slug, spec in content.sources.items()]
    strict += [("editorial", 0)]
    strict += [(source, 0) for source in sorted(retrieved) if source not in content.sources]
    terms = [
        (name, term.id, term.label, term.label_zh, term.definition, term.broader, term.layer, term.sign, term.unit)
        for name, vocabulary in sorted(content.vocabularies.items())
        for term in vocabulary.terms
    ]
    areas = [
        (area.code, area.alpha3, area.label, area.label_zh, area.kind, area.part_of) for area in content.areas.areas.values()
    ]
    _table(connection, "licences", "source strictness:count", strict)
    _table(connection, "term_rows", "vocabulary id label label_zh definition broader layer sign unit", terms)
    _table(connection, "area_rows", "code alpha3 label label_zh kind part_of", areas)


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    """A small table of ours for SQL to join; a column is text unless it says `:flag`, `:count` or `:date`."""
    kinds = {"": pa.string(), "flag": pa.bool_(), "count": pa.int32(), "date": pa.date32()}
    fields = [(column.partition(":")[0], kinds[column.partition(":")[2]]) for column in columns.split()]
    arrays = [pa.array([row[index] for row in rows], kind) for index, (_, kind) in enumerate(fields)]
    connection.register("incoming", pa.Table.from_arrays(arrays, names=[column for column, _ in fields]))
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def write_things(connection: duckdb.DuckDBPyConnection, content: Catalogue, things: Things, folder: Path) -> dict[str, int]:
    """Write the table of each record type into `folder` and show it; returns the rows of each."""
    rows = {}
    for record_type in content.schema.types.values():
        name = record_type.table
        connection.register("incoming", things.table(record_type))
        query = f"SELECT {typed_columns(record_type)} FROM incoming"
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        connection.unregister("incoming")
        view(connection, name, folder / f"{name}.parquet")
    return rows
