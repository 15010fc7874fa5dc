"""From claims to the tables that people read. It runs over a whole release, or over the part of one that may be published."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.engine import quote, sql, write_parquet
from overt.model.schema import RecordType
from overt.model.values.dates import EARLIEST, LATEST, date_bounds

SQL = files("overt") / "release" / "sql"
_BITS = 127
"""Of DuckDB's widest integer without its sign; more sources than this are marked in bit strings, which is slower."""
_CASTS = {"money": "DECIMAL(38, 4)", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "year": "INTEGER"}
STRICTNESS = ("open", "share-alike", "non-commercial", "private")


def view(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Let SQL see a Parquet file under a name."""
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({quote(path)})')


def derive(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, retrieved: Mapping[str, str]
) -> dict[str, int]:
    """Write `values`, `records` and a table per record type into `folder`; returns the rows of each.

    `connection` must show `claims_out` (columns of claims.sql) and `members`. `retrieved`: the capture date of each source.
    """
    _register(connection, content, retrieved)
    rows = {"values": write_parquet(connection, sql(SQL, "values"), folder / "values.parquet")}
    view(connection, "values_out", folder / "values.parquet")
    view(connection, "values", folder / "values.parquet")
    _register_dates(connection)
    rows["records"] = write_parquet(connection, sql(SQL, "records"), folder / "records.parquet")
    view(connection, "records", folder / "records.parquet")
    for record_type in content.schema.types.values():
        name = record_type.table
        rows[name] = write_parquet(connection, typed_query(record_type), folder / f"{name}.parquet")
        view(connection, name, folder / f"{name}.parquet")
    for name, query in (("terms", "SELECT * FROM term_rows ORDER BY ALL"), ("areas", "SELECT * FROM area_rows ORDER BY ALL")):
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        view(connection, name, folder / f"{name}.parquet")
    rows["project_kinds"] = write_parquet(connection, sql(SQL, "project_kinds"), folder / "project_kinds.parquet")
    view(connection, "project_kinds", folder / "project_kinds.parquet")
    return rows


def _register(connection: duckdb.DuckDBPyConnection, content: Catalogue, retrieved: Mapping[str, str]) -> None:
    held = [
        (kind.name, prop.name, prop.many, prop.type == "record", prop.type == "date")
        for kind in content.schema.types.values()
        for prop in kind.properties.values()
    ]
    strict = [(slug, STRICTNESS.index(spec.reuse)) for slug, spec in content.sources.items()]
    strict += [("editorial", 0)]
    strict += [(source, 0) for source in sorted(retrieved) if source not in content.sources]
    _register_marks(connection, [source for source, _ in strict])
    terms = [
        (name, term.id, term.label, term.label_zh, term.definition, term.broader, term.layer, term.sign, term.unit)
        for name, vocabulary in sorted(content.vocabularies.items())
        for term in vocabulary.terms
    ]
    areas = [
        (area.code, area.alpha3, area.label, area.label_zh, area.kind, area.part_of) for area in content.areas.areas.values()
    ]
    _table(connection, "properties", "type property many:flag is_record:flag is_date:flag", held)
    _table(connection, "licences", "source strictness:count", strict)
    _table(connection, "snapshot_dates", "source retrieved", sorted(retrieved.items()))
    _table(connection, "term_rows", "vocabulary id label label_zh definition broader layer sign unit", terms)
    _table(connection, "area_rows", "code alpha3 label label_zh kind part_of", areas)


def _register_marks(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> None:
    """A bit for each source: or-ing them counts the sources of a value without keeping a set of names for each of millions."""
    mark = "1::HUGEINT << place::HUGEINT" if len(sources) <= _BITS else f"set_bit(repeat('0', {len(sources)})::BIT, place, 1)"
    _table(connection, "source_places", "source place:count", [(source, place) for place, source in enumerate(sources)])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE source_marks AS SELECT source, {mark} AS mark FROM source_places")


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
    """A small table of ours for SQL to join; a column is text unless it says `:flag`, `:count` or `:date`."""
    kinds = {"": pa.string(), "flag": pa.bool_(), "count": pa.int32(), "date": pa.date32()}
    fields = [(column.partition(":")[0], kinds[column.partition(":")[2]]) for column in columns.split()]
    arrays = [pa.array([row[index] for row in rows], kind) for index, (_, kind) in enumerate(fields)]
    connection.register("incoming", pa.Table.from_arrays(arrays, names=[column for column, _ in fields]))
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def _register_dates(connection: duckdb.DuckDBPyConnection) -> None:
    """The first and last day that each date in the release can mean; an open end is null."""
    found = connection.execute(
        "SELECT DISTINCT v.value FROM values_out AS v JOIN properties AS p USING (type, property) WHERE p.is_date ORDER BY 1"
    ).fetchall()
    bounds = [(value, *date_bounds(value)) for (value,) in found]
    rows = [(value, None if low == EARLIEST else low, None if high == LATEST else high) for value, low, high in bounds]
    _table(connection, "date_bounds", "value low:date high:date", rows)


def typed_query(record_type: RecordType) -> str:
    """The query that makes the table of a record type."""
    gathered: list[str] = []
    columns: list[str] = []
    joins: list[str] = []
    for prop in record_type.properties.values():
        column, only = prop.column, f"FILTER (WHERE property = {quote(prop.name)})"
        if prop.many:
            gathered.append(f'list(struct_pack(rank := rank, value := value)) {only} AS "{column}"')
            columns.append(f'[held.value FOR held IN list_sort(g."{column}")] AS "{column}"')
            continue
        gathered.append(f'max(value) {only} AS "{column}"')
        cast = _CASTS.get(prop.type)
        columns.append(f'TRY_CAST(g."{column}" AS {cast}) AS "{column}"' if cast else f'g."{column}"')
        if prop.type == "money" or (prop.type == "number" and prop.unit is None):
            gathered.append(f'max(unit) {only} AS "{column}_unit"')
            columns.append(f'g."{column}_unit"')
        if prop.type == "date":
            bounds = f'"{column}_bounds"'
            joins.append(f'LEFT JOIN date_bounds AS {bounds} ON {bounds}.value = g."{column}"')
            columns += [f'{bounds}.low AS "{column}_from"', f'{bounds}.high AS "{column}_to"']
    return sql(
        SQL,
        "typed",
        {
            "type": record_type.name,
            "gathered": "".join(f",\n        {held}" for held in gathered),
            "columns": "".join(f",\n    {held}" for held in columns),
            "joins": "".join(f"\n{held}" for held in joins),
        },
    )
