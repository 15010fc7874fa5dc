"""Single measurements in a release: each that was judged, and counted by days and by quarters of a year."""

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

from overt.measure.finding_aggregate import Aggregate, Group, Threshold, VerdictRow
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, parquet_rows_query, sql, write_parquet
from overt.model.observations import MEASURED, MEASUREMENT_ORDER, MEASUREMENTS
from overt.release.derived_tables import SQL, view
from overt.release.release_inputs import SourceInput
from overt.release.release_manifest import measure_digest
from overt.release.release_folders import MANIFEST

_ORDER = "source, country, domain, test_name, period, asn NULLS FIRST"
MEASURED_TABLES = {
    "measurements": f"source, {', '.join(MEASUREMENT_ORDER)}",
    "measured_days": _ORDER,
    "measured_quarters": _ORDER,
}
"""Tables whose rows are each of one source and one country, and the order of their rows."""
PLATFORM_TESTS = "platform_tests"
_PLATFORM_TESTS = pa.schema([pa.field(name, pa.string(), nullable=False) for name in ("platform", "test_name")])
"""Which tests are of which platform alone."""
NO_MEASUREMENTS = {
    "measurements": MEASUREMENTS, "measured_days": MEASURED, "measured_quarters": MEASURED, PLATFORM_TESTS: _PLATFORM_TESTS,
}  # fmt: skip
"""The columns of all these tables, for releases that do not have them."""
_DIGITS = 4
"""Of shares: the last digits of a double need not be the same on every machine."""
_COUNTED = 20_000
"""Groups that are held as objects at a time."""


def quarter(day: str) -> str:
    """The quarter of a year that an ISO date is in: `2026-Q1`."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


PERIODS: dict[str, Callable[[str], str]] = {"measured_days": str, "measured_quarters": quarter}


def write_measured(
    connection: duckdb.DuckDBPyConnection, content: Catalogue, tables: Path, sources: Sequence[SourceInput]
) -> dict[str, int]:
    """Write the tables of single measurements of these sources into `tables` and show them; returns the rows of each."""
    connection.register("no_measurements", MEASUREMENTS.empty_table())
    connection.register("platform_test_rows", platform_tests(content))
    files = [held.measurements for held in sources if held.measurements is not None]
    rows = {}

    def write(name: str, query: str) -> None:
        rows[name] = write_parquet(connection, query, tables / f"{name}.parquet")
        view(connection, name, tables / f"{name}.parquet")

    write("measurements", parquet_rows_query(files, "no_measurements"))  # the files are sorted, and so are the sources
    write(PLATFORM_TESTS, "FROM platform_test_rows")
    for name in PERIODS:
        with groups_query(connection, name, tables) as query:
            write(name, query)
    return rows


def platform_tests(content: Catalogue) -> pa.Table:
    """The table of that name."""
    found = [{"platform": term.id, "test_name": name} for term in content.vocabularies["platforms"].terms for name in term.tests]
    return pa.Table.from_pylist(found, schema=_PLATFORM_TESTS)


@contextmanager
def groups_query(connection: duckdb.DuckDBPyConnection, name: str, folder: Path | None = None) -> Iterator[str]:
    """A query for the table `name` of groups, counted from the table `measurements` as `overt measure --aggregate` does. They lie
    in a file while it is used: in a folder for temporary files below `folder`, or below the system's.
    """
    with TemporaryDirectory(prefix=".counted-", dir=folder) as temporary:
        path = Path(temporary) / "groups.parquet"
        with pq.ParquetWriter(path, _GROUPS) as out:
            for table in _tables(connection, PERIODS[name]):
                out.write_table(table)
        view(connection, "counted_groups", path)
        period = "day::VARCHAR" if name == "measured_days" else "lpad(year(day)::VARCHAR, 4, '0') || '-Q' || quarter(day)"
        yield sql(SQL, "measured", {"period": period, "order": _ORDER})
        connection.execute("DROP VIEW counted_groups")


_BEHIND = ("first_day", "last_day", "days", "networks", "rules", "captures")
_GROUPS = pa.schema([MEASURED.field(name) for name in MEASURED.names if name not in _BEHIND])


def _tables(connection: duckdb.DuckDBPyConnection, period: Callable[[str], str]) -> Iterator[pa.Table]:
    held: list[dict[str, Any]] = []
    for source, group in _groups(connection, period):
        held.append(_row(source, group))
        if len(held) >= _COUNTED:
            yield pa.Table.from_pylist(held, schema=_GROUPS)
            held = []
    yield pa.Table.from_pylist(held, schema=_GROUPS)


def _groups(connection: duckdb.DuckDBPyConnection, period: Callable[[str], str]) -> Iterator[tuple[str, Group]]:
    """What was tested in a country at a time, so that the vantage points of that alone are in memory."""
    threshold = Threshold.load()
    columns = ", ".join({"asn": "coalesce(asn, 0)", "day": "day::VARCHAR"}.get(name, name) for name in VerdictRow._fields)
    cursor = connection.cursor()
    rows = cursor.execute(f"SELECT source, {columns} FROM measurements").fetchmany
    found = ((row[0], VerdictRow(*row[1:])) for batch in iter(lambda: rows(10_000), []) for row in batch)
    for (source, *_), of_one in groupby(found, key=_tested):
        counts = Aggregate(threshold, period)
        for _, one in of_one:
            counts.count(one)
        for networks in (False, True):
            yield from ((source, group) for group in counts.groups(networks))


def _tested(row: tuple[str, VerdictRow]) -> tuple[str, ...]:
    source, one = row
    return source, one.country, one.domain, one.test_name


def _row(source: str, group: Group) -> dict[str, Any]:
    held = group._asdict()
    rounded = {name: None if held[name] is None else round(held[name], _DIGITS) for name in ("share", "low", "high")}
    return {**held, **rounded, "source": source, "period": group.day, "vantage_points": group.points}


def same_rules(folder: Path, content: Catalogue) -> bool:
    """Whether a release has single measurements, judged and counted by the code and rules that are here."""
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    return "measurements" in manifest["tables"] and manifest.get("measure") == measure_digest(content)


def verify_groups(folder: Path) -> Iterator[str]:
    """One line for each table of groups that the release's own measurements do not give when they are counted again."""
    with connect() as connection:
        view(connection, "measurements", folder / "tables" / "measurements.parquet")
        for name in PERIODS:
            with groups_query(connection, name) as query:
                again = connection.execute(query).to_arrow_table().cast(MEASURED)
            if not again.equals(pq.read_table(folder / "tables" / f"{name}.parquet").cast(MEASURED)):
                yield f"{folder.name}: its measurements, counted again, give another table {name} than it keeps"
