"""Tables derived from claims and content, for a full release or a part of it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import thread_count
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.release.country_dependence.country_dependence_tables import write_dependence_tables
from overt.release.record_tables import RecordTables, typed_columns
from overt.release.release_sql import release_query
from overt.release.repeated_commitments import TABLE as REPEATED_COMMITMENTS
from overt.release.repeated_commitments import repeated_commitments
from overt.release.source_independence.independent_sources import IndependentSources, count_independent_sources, publisher_keys
from overt.release.source_recency import Recency
from overt.release.value_aggregation import CITED_VALUES, ValueBatch, aggregate_values, cite_values
from overt.resolve.alias_table import alias_query
from overt.resolve.names import NameKeys

STRICTNESS = ("open", "share-alike", "non-commercial", "private")
"""Values of `reuse`, from the most permissive to the strictest."""


def write_derived_tables(
    connection: duckdb.DuckDBPyConnection,
    content: Catalogue,
    folder: Path,
    recency: Recency,
    day: date,
    *,
    complete: bool = True,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, int]:
    """Write the tables derived from claims and content into `folder`, create views of them, and return their row counts.

    They are `values`, `records`, a table per record type, `project_kinds`, `repeated_commitments`, the tables of dependence,
    `terms`, `areas` and `exchange_rates`. Temporary tables stay in the connection, among them `LOOKUP_TABLES` and
    `independent_records`.

    `folder` must have the release table `claims`, and `connection` must have it as the view `claims_out`, and the views `members`
    and `claim_documents`. `recency`: how new the files of each source are. `day`: the day of the release. `complete`: whether
    `claims` has all claims of its sources, rather than those of some records. `progress` is called with the share of the claims
    that have been read.
    """
    _create_lookup_tables(connection, content, recency)
    records = RecordTables(content.schema, day)
    registers = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.one_to_one}
    naming = {(slug, kind) for slug, spec in content.sources.items() for kind in spec.names}
    claims, threads = folder / "claims.parquet", thread_count(connection)
    sources = sorted({*recency, *content.sources})
    independent = count_independent_sources(connection, content, sources)
    publishers = publisher_keys(content, sources)
    _create_table(connection, "publishers", "source publisher", sorted(publishers.items()))
    create_independent_records(connection, independent)

    all_claims, read_claims = pq.read_metadata(claims).num_rows, 0

    def batches() -> Iterator[ValueBatch]:  # Runs while the connection writes, so it must not use the connection.
        nonlocal read_claims
        for batch in aggregate_values(
            claims,
            content.schema,
            recency,
            records.gather,
            registers=registers,
            naming=naming,
            publishers=publishers,
            threads=threads,
        ):
            records.add(batch.records)
            read_claims += batch.rows
            progress(read_claims / all_claims)
            yield batch._replace(values=_set_independent_sources(batch.values, independent))

    record_batches = (batch for table in cite_values(claims, batches()) for batch in table.to_batches())
    connection.register("incoming", pa.RecordBatchReader.from_batches(CITED_VALUES, record_batches))
    rows = {"values": write_parquet(connection, "SELECT * FROM incoming", folder / "values.parquet")}
    connection.unregister("incoming")
    create_parquet_view(connection, "values", folder / "values.parquet")
    query = release_query("records.records", claims="claims_out", values='"values"')
    rows["records"] = write_parquet(connection, query, folder / "records.parquet")
    create_parquet_view(connection, "records", folder / "records.parquet")
    rows |= write_record_tables(connection, content, records, folder)
    queries = {
        "terms": "SELECT * FROM term_rows ORDER BY ALL",
        "areas": "SELECT * FROM area_rows ORDER BY ALL",
        "exchange_rates": "SELECT currency, year, usd::DECIMAL(20, 10) AS usd, days FROM rate_rows ORDER BY ALL",
        "project_kinds": release_query("records.project_kinds", projects="projects"),
    }
    for name, query in queries.items():
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        create_parquet_view(connection, name, folder / f"{name}.parquet")
    connection.register("incoming", repeated_commitments(connection, content))
    rows[REPEATED_COMMITMENTS] = write_parquet(connection, "FROM incoming", folder / f"{REPEATED_COMMITMENTS}.parquet")
    connection.unregister("incoming")
    create_parquet_view(connection, REPEATED_COMMITMENTS, folder / f"{REPEATED_COMMITMENTS}.parquet")
    return rows | write_dependence_tables(connection, content, folder, complete=complete)


def add_independent_sources(connection: duckdb.DuckDBPyConnection, values: pa.Table, independent: IndependentSources) -> pa.Table:
    """Return values with their number of separate sources, and create the table `independent_records`."""
    create_independent_records(connection, independent)
    return _set_independent_sources(values, independent)


def create_independent_records(connection: duckdb.DuckDBPyConnection, independent: IndependentSources) -> None:
    """Create the temporary table `independent_records` from `independent.records`.

    Records without a row have as many separate sources as publishers.
    """
    rows = sorted(independent.records.items())
    _create_table(connection, "independent_records", "id independent_sources:count", rows)


def _set_independent_sources(values: pa.Table, independent: IndependentSources) -> pa.Table:
    """Replace `independent_sources` of values for which it may differ from the number of publishers."""
    ids = values["id"].combine_chunks() if isinstance(values["id"], pa.ChunkedArray) else values["id"]
    affected = pa.array(sorted(independent.values), pa.string())
    rows = np.flatnonzero(pc.is_in(ids.cast(pa.string()), value_set=affected).to_numpy(zero_copy_only=False))
    if not len(rows):
        return values
    numbers = values["independent_sources"].to_numpy().copy()
    columns = ("id", "property", "value", "unit")
    selected = values.select(list(columns)).take(pa.array(rows, pa.int64())).to_pylist()
    for row, fields in zip(rows.tolist(), selected, strict=True):
        identity, prop, value, unit = (fields[name] for name in columns)
        numbers[row] = independent.values[identity].get((prop, value, unit or ""), numbers[row])
    index = values.schema.get_field_index("independent_sources")
    return values.set_column(index, values.schema.field(index), pa.array(numbers, pa.int32()))


def aliases_query(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a query for the release table `aliases`, from the view `claims_out`, and create the tables that it reads."""
    return alias_query(connection, "(SELECT * FROM claims_out WHERE standing = 'current')", NameKeys())


def properties_of_type(content: Catalogue, value_type: str) -> pa.Table:
    """Return a table of the properties with values of a type, such as `record`, and their record types."""
    properties = [(kind.name, prop) for kind in content.schema.types.values() for prop in kind.properties.values()]
    rows = [(kind, prop.name) for kind, prop in properties if prop.type == value_type]
    return pa.table({"type": [kind for kind, _ in rows], "property": [name for _, name in rows]})


LOOKUP_TABLES = ("licences", "publishers", "term_rows", "area_rows", "rate_rows")
"""Temporary tables with rows from content, which queries join."""


def _create_lookup_tables(connection: duckdb.DuckDBPyConnection, content: Catalogue, recency: Recency) -> None:
    licences = [(slug, STRICTNESS.index(spec.reuse)) for slug, spec in content.sources.items()]
    licences += [(EDITORIAL_SOURCE, 0)]
    licences += [(source, 0) for source in sorted(recency) if source not in content.sources]
    terms = [
        (name, term.id, term.label, term.label_zh, term.definition, term.broader, term.layer, term.sign, term.unit)
        for name, vocabulary in sorted(content.vocabularies.items())
        for term in vocabulary.terms
    ]
    areas = [
        (area.code, area.alpha3, area.label, area.label_zh, area.kind, area.part_of) for area in content.areas.areas.values()
    ]
    _create_table(connection, "rate_rows", "currency year:count usd days:count", content.exchange_rates)
    _create_table(connection, "licences", "source strictness:count", licences)
    _create_table(connection, "term_rows", "vocabulary id label label_zh definition broader layer sign unit", terms)
    _create_table(connection, "area_rows", "code alpha3 label label_zh kind part_of", areas)


def _create_table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Create a temporary table. Columns contain text, or integers if `:count` is appended to their name."""
    types = {"": pa.string(), "count": pa.int32()}
    fields = [(column.partition(":")[0], types[column.partition(":")[2]]) for column in columns.split()]
    arrays = [pa.array([row[index] for row in rows], kind) for index, (_, kind) in enumerate(fields)]
    connection.register("incoming", pa.Table.from_arrays(arrays, names=[column for column, _ in fields]))
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def write_record_tables(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, records: RecordTables, folder: Path
) -> dict[str, int]:
    """Write the table of each record type into `folder` and create views of them. Return the row counts."""
    rows = {}
    for record_type in content.schema.types.values():
        name = record_type.table
        connection.register("incoming", records.table(record_type))
        query = f"SELECT {typed_columns(record_type)} FROM incoming"
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        connection.unregister("incoming")
        create_parquet_view(connection, name, folder / f"{name}.parquet")
    return rows
