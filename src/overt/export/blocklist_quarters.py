"""All domains that lists of what is blocked name, by list and quarter of a year, as one CSV."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import duckdb

from overt.export.csv import Counted, loss_of, write_rows
from overt.export.public_release import SQL, Holdings
from overt.export.result import Written, left_behind, tables_left_behind
from overt.model.duckdb_connection import sql

TABLES = ("observations", "observed_lists", "observed_series")
_COLUMNS = (
    "domain", "source", "series", "country", "protocol", "quarter", "days_measured", "days_listed", "vantage_points",
)  # fmt: skip


def write(holdings: Holdings, target: Path) -> Written:
    """Write the table to `target`, packed where its name ends in `.gz`."""
    holdings.progress("observations")
    counted = write_quarters(holdings.edition.tables, holdings.connection, target)
    why = "the file holds what was measured to be blocked, by quarter"
    others = (name for name in holdings.tables if name not in TABLES)
    if not counted.rows:
        notes = ("The edition holds no lists of what is blocked.",)
    else:
        [days] = holdings.rows("SELECT coalesce(sum(names), 0)::BIGINT AS listed FROM observed_lists WHERE day IS NOT NULL")
        notes = (f"{counted.rows:,} lines: a domain, a series and a quarter each; the days listed add up to {days['listed']:,}.",)
    losses = (loss_of(counted.guarded), *left_behind(holdings, {}, why), *tables_left_behind(holdings, others, why))
    return Written({}, losses, notes)


def write_quarters(tables: Path, connection: duckdb.DuckDBPyConnection, target: Path) -> Counted:
    """Write the columns of `/domain/….csv` of all domains that the tables in a folder observe; `connection` shows these tables.

    A row is a domain, a series and a quarter in which a list of the series names the domain: `days_listed` of `days_measured`,
    and from how many distinct places (`vantage_points`). A series without days gives a row without quarter and days.
    """
    measured = all((tables / f"{name}.parquet").is_file() for name in TABLES)
    nothing = ", ".join(f"NULL AS {name}" for name in _COLUMNS)
    with _opened(target) as out:
        return write_rows(connection, sql(SQL, "observed_quarters") if measured else f"SELECT {nothing} WHERE false", out)


@contextmanager
def _opened(target: Path) -> Iterator[TextIO]:
    """A file for text; a packed one says no name and no time, so that equal rows make equal bytes."""
    if target.suffix != ".gz":
        with target.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as out,
    ):
        yield out
