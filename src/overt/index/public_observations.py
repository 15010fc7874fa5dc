"""What was measured, in an edition for others."""

from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import write_parquet
from overt.release.derived_tables import create_parquet_view
from overt.release.measurement_tables import MEASUREMENT_TABLES, PLATFORM_TESTS
from overt.release.observation_tables import OBSERVATION_TABLES, PLATFORM_DOMAINS


def keep_observed(
    connection: duckdb.DuckDBPyConnection, whole_tables: Path, folder: Path, complete: Collection[str] | None
) -> dict[str, int]:
    """Write what the sources of the table `kept` observe into `folder`, of these countries alone where an edition has all of some
    only; returns the rows of each table. A release of before there were such tables has none.
    """
    if not (whole_tables / "observations.parquet").is_file():
        return {}
    for name in (*OBSERVATION_TABLES, PLATFORM_DOMAINS):
        create_parquet_view(connection, f"all_{name}", whole_tables / f"{name}.parquet")
    connection.register("complete_countries", pa.table({"country": pa.array(sorted(complete or ()), pa.string())}))
    series = "SELECT s.source, s.series FROM all_observed_series AS s SEMI JOIN kept USING (source)"
    if complete is not None:
        series += " SEMI JOIN complete_countries USING (country)"
    queries = {
        name: f"SELECT h.* FROM all_{name} AS h SEMI JOIN ({series}) USING (source, series) ORDER BY {order}"
        for name, order in OBSERVATION_TABLES.items()
    }
    queries[PLATFORM_DOMAINS] = f"FROM all_{PLATFORM_DOMAINS}"
    return _write(connection, folder, queries)


def keep_measured(
    connection: duckdb.DuckDBPyConnection, whole_tables: Path, folder: Path, complete: Collection[str] | None
) -> dict[str, int]:
    """Write the single measurements of the sources of the table `kept` into `folder`, likewise. Groups are of one source and one
    country each, so none is counted again."""
    if not (whole_tables / "measurements.parquet").is_file():
        return {}
    for name in (*MEASUREMENT_TABLES, PLATFORM_TESTS):
        create_parquet_view(connection, f"all_{name}", whole_tables / f"{name}.parquet")
    connection.register("complete_countries", pa.table({"country": pa.array(sorted(complete or ()), pa.string())}))
    some = "" if complete is None else " SEMI JOIN complete_countries USING (country)"
    queries = {
        name: f"SELECT h.* FROM all_{name} AS h SEMI JOIN kept USING (source){some} ORDER BY {order}"
        for name, order in MEASUREMENT_TABLES.items()
    }
    queries[PLATFORM_TESTS] = f"FROM all_{PLATFORM_TESTS}"
    return _write(connection, folder, queries)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, queries: Mapping[str, str]) -> dict[str, int]:
    """Write each table, and let SQL see it: figures are counted from these tables too. Returns the rows of each."""
    rows = {}
    for name, query in queries.items():
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        create_parquet_view(connection, name, folder / f"{name}.parquet")
    return rows
