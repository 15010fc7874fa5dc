"""Writes observations, labels of domains, and measurements to the folder of an edition."""

from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, write_parquet
from overt.release.blocklist_and_domain_tables import LABEL_ORDER, LABELS, OBSERVATION_TABLES, PLATFORM_DOMAINS
from overt.release.measurement_tables import MEASUREMENT_TABLES, PLATFORM_TESTS


def write_observations(
    connection: duckdb.DuckDBPyConnection, release_tables: Path, folder: Path, complete: Collection[str] | None
) -> dict[str, int]:
    """Write the observations and labels of public sources, and the domains of platforms, to `folder`.

    Create a view of each table that was written, and return the row counts by table.

    `connection` has the table `public_sources`. `complete`: the countries to write, or None for all; labels without a country
    are always written. If an older release lacks these tables, nothing is written and the result is empty.
    """
    if not (release_tables / "observations.parquet").is_file():
        return {}
    for name in (*OBSERVATION_TABLES, PLATFORM_DOMAINS):
        create_parquet_view(connection, f"all_{name}", release_tables / f"{name}.parquet")
    connection.register("complete_countries", pa.table({"country": pa.array(sorted(complete or ()), pa.string())}))
    series = "SELECT s.source, s.series FROM all_observed_series AS s SEMI JOIN public_sources USING (source)"
    if complete is not None:
        series += " SEMI JOIN complete_countries USING (country)"
    queries = {
        name: f"SELECT h.* FROM all_{name} AS h SEMI JOIN ({series}) USING (source, series) ORDER BY {order}"
        for name, order in OBSERVATION_TABLES.items()
    }
    queries[PLATFORM_DOMAINS] = f"FROM all_{PLATFORM_DOMAINS}"
    if (release_tables / f"{LABELS}.parquet").is_file():
        create_parquet_view(connection, f"all_{LABELS}", release_tables / f"{LABELS}.parquet")
        own = "" if complete is None else " WHERE h.country IS NULL OR h.country IN (SELECT country FROM complete_countries)"
        queries[LABELS] = f"SELECT h.* FROM all_{LABELS} AS h SEMI JOIN public_sources USING (source){own} ORDER BY {LABEL_ORDER}"
    return _write(connection, folder, queries)


def write_measurements(
    connection: duckdb.DuckDBPyConnection, release_tables: Path, folder: Path, complete: Collection[str] | None
) -> dict[str, int]:
    """Write the measurements of public sources, and the tests of platforms, to `folder`, as `write_observations` does.

    The counts by day and quarter need no correction, because each of them covers one source in one country.
    """
    if not (release_tables / "measurements.parquet").is_file():
        return {}
    for name in (*MEASUREMENT_TABLES, PLATFORM_TESTS):
        create_parquet_view(connection, f"all_{name}", release_tables / f"{name}.parquet")
    connection.register("complete_countries", pa.table({"country": pa.array(sorted(complete or ()), pa.string())}))
    condition = "" if complete is None else " SEMI JOIN complete_countries USING (country)"
    queries = {
        name: f"SELECT h.* FROM all_{name} AS h SEMI JOIN public_sources USING (source){condition} ORDER BY {order}"
        for name, order in MEASUREMENT_TABLES.items()
    }
    queries[PLATFORM_TESTS] = f"FROM all_{PLATFORM_TESTS}"
    return _write(connection, folder, queries)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, queries: Mapping[str, str]) -> dict[str, int]:
    """Write each table and create its view, from which figures are computed. Return the row count of each table."""
    rows = {}
    for name, query in queries.items():
        rows[name] = write_parquet(connection, query, folder / f"{name}.parquet")
        create_parquet_view(connection, name, folder / f"{name}.parquet")
    return rows
