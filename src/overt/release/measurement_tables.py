"""The released tables of network measurements: each judged measurement, counts by day and by quarter, and tests of platforms.

To verify the counts, `verify_measurement_groups` computes them again from the judged measurements.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.measure.measurement_aggregate import Aggregate, Group, Threshold, VerdictRow
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, parquet_rows_query, write_parquet
from overt.model.observation_table_columns import MEASURED, MEASUREMENT_ORDER, MEASUREMENTS
from overt.release.release_folders import MANIFEST
from overt.release.release_inputs import SourceInput
from overt.release.release_manifest import measure_digest
from overt.release.release_sql import release_query

_ORDER = "source, country, domain, test_name, period, asn NULLS FIRST"
MEASUREMENT_TABLES = {
    "measurements": f"source, {', '.join(MEASUREMENT_ORDER)}",
    "measured_days": _ORDER,
    "measured_quarters": _ORDER,
}
"""Sort order of the rows, by table. In these tables each row belongs to one source and one country."""
PLATFORM_TESTS = "platform_tests"
_PLATFORM_TESTS = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("platform", "test_name")])
"""Columns of `platform_tests`, which lists the network tests that check only one platform."""
MEASUREMENT_SCHEMAS = {
    "measurements": MEASUREMENTS, "measured_days": MEASURED, "measured_quarters": MEASURED, PLATFORM_TESTS: _PLATFORM_TESTS,
}  # fmt: skip
"""Columns of the measurement tables, for releases that lack them."""
_SHARE_DIGITS = 4
"""Decimal places of shares. Further digits of a double could differ between machines."""
_BATCH_GROUPS = 20_000
"""Maximum number of groups in memory as objects at once."""


def quarter(day: str) -> str:
    """Return the quarter of an ISO date: `2026-Q1`."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


PERIODS: dict[str, Callable[[str], str]] = {"measured_days": str, "measured_quarters": quarter}
"""For each table of counts, the function that returns its period for a day (ISO 8601)."""


def write_measurement_tables(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, tables: Path, sources: Sequence[SourceInput]
) -> dict[str, int]:
    """Write the measurement tables of these sources into `tables` and create views of them. Return the row counts."""
    connection.register("no_measurements", MEASUREMENTS.empty_table())
    connection.register("platform_test_rows", platform_tests(content))
    files = [source.measurements for source in sources if source.measurements is not None]
    rows = {}

    def write(name: str, query: str) -> None:
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        create_parquet_view(connection, name, tables / f"{name}.parquet")

    write("measurements", parquet_rows_query(files, "no_measurements"))  # The files and sources are sorted already.
    write(PLATFORM_TESTS, "FROM platform_test_rows")
    for name in PERIODS:
        with group_query(connection, name, tables) as query:
            write(name, query)
    return rows


def platform_tests(content: Catalogue) -> pa.Table:
    """Return the rows of `platform_tests`: each platform with the tests that check only this platform, from the vocabulary."""
    rows = [{"platform": term.id, "test_name": name} for term in content.vocabularies["platforms"].terms for name in term.tests]
    return pa.Table.from_pylist(rows, schema=_PLATFORM_TESTS)


@contextmanager
def group_query(connection: duckdb.DuckDBPyConnection, name: str, folder: Path | None = None) -> Iterator[str]:
    """Yield a query for the groups of the table `name`, counted from `measurements` as `overt measure --aggregate` does.

    The groups are in a temporary file while the context is open, below `folder` or the system's temporary directory.
    """
    with TemporaryDirectory(prefix=".counted-", dir=folder) as temporary:
        path = Path(temporary) / "groups.parquet"
        with pq.ParquetWriter(path, _GROUPS) as writer:
            for table in _group_tables(connection, PERIODS[name]):
                writer.write_table(table)
        create_parquet_view(connection, "counted_groups", path)
        period = "day::VARCHAR" if name == "measured_days" else "lpad(year(day)::VARCHAR, 4, '0') || '-Q' || quarter(day)"
        yield release_query("measurements.groups", period=period, order=_ORDER)
        connection.execute("DROP VIEW counted_groups")


_JOINED_COLUMNS = ("first_day", "last_day", "days", "networks", "rules", "fingerprints", "captures")
"""Columns that the query `measurements.groups` adds to the counted groups."""
_GROUPS = pa.schema([MEASURED.field(name) for name in MEASURED.names if name not in _JOINED_COLUMNS])


def _group_tables(connection: duckdb.DuckDBPyConnection, period: Callable[[str], str]) -> Iterator[pa.Table]:
    rows: list[dict[str, Any]] = []
    for source, group in _groups(connection, period):
        rows.append(_group_row(source, group))
        if len(rows) >= _BATCH_GROUPS:
            yield pa.Table.from_pylist(rows, schema=_GROUPS)
            rows = []
    yield pa.Table.from_pylist(rows, schema=_GROUPS)


def _groups(connection: duckdb.DuckDBPyConnection, period: Callable[[str], str]) -> Iterator[tuple[str, Group]]:
    """Yield the source and the counts of each group.

    Only the vantage points of one target in one country are in memory at once.
    """
    threshold = Threshold.load()
    columns = ", ".join({"asn": "coalesce(asn, 0)", "day": "day::VARCHAR"}.get(name, name) for name in VerdictRow._fields)
    cursor = connection.cursor()
    fetch = cursor.execute(f"SELECT source, {columns} FROM measurements").fetchmany
    verdicts = ((row[0], VerdictRow(*row[1:])) for batch in iter(lambda: fetch(10_000), []) for row in batch)
    for (source, *_), rows in groupby(verdicts, key=_target):
        counts = Aggregate(threshold, period)
        for _, verdict in rows:
            counts.count(verdict)
        for networks in (False, True):
            yield from ((source, group) for group in counts.groups(networks))


def _target(row: tuple[str, VerdictRow]) -> tuple[str, ...]:
    source, verdict = row
    return source, verdict.country, verdict.domain, verdict.test_name


def _group_row(source: str, group: Group) -> dict[str, Any]:
    fields = group._asdict()
    rounded = {name: None if fields[name] is None else round(fields[name], _SHARE_DIGITS) for name in ("share", "low", "high")}
    return {**fields, **rounded, "source": source, "period": group.day, "vantage_points": group.points}


def made_by_current_rules(folder: Path, content: Catalogue) -> bool:
    """Return whether this installation's code and rules judged and counted a release's measurements.

    The result is false if the release has no tables of measurements.
    """
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    return "measurements" in manifest["tables"] and manifest.get("measure") == measure_digest(content)


def verify_measurement_groups(folder: Path) -> Iterator[str]:
    """Recount a release's measurements, and yield a line for each table of groups that differs."""
    with connect() as connection:
        create_parquet_view(connection, "measurements", folder / "tables" / "measurements.parquet")
        for name in PERIODS:
            with group_query(connection, name) as query:
                recomputed = connection.execute(query).to_arrow_table().cast(MEASURED)
            if not recomputed.equals(pq.read_table(folder / "tables" / f"{name}.parquet").cast(MEASURED)):
                yield f"{folder.name}: its table {name} differs from a new count of its measurements"
