"""All domains on blocklists, by series of lists and quarter, as one CSV file."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import duckdb

from overt.export.csv_files import CountedRows, escaped_cells_loss, write_rows
from overt.export.export_result_and_losses import ExportResult, record_losses, table_losses
from overt.export.public_release_reader import PublicRelease, export_query

TABLES = ("observations", "observed_lists", "observed_series")
_COLUMNS = (
    "domain", "source", "series", "country", "protocol", "quarter", "days_measured", "days_listed", "vantage_points",
)  # fmt: skip


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the CSV file `target`, compressed if its name ends in `.gz`."""
    release.progress("observations")
    rows = write_quarters(release.edition.tables, release.connection, target)
    why = "the file holds what was measured to be blocked, by quarter"
    other_tables = (name for name in release.tables if name not in TABLES)
    if rows.count:
        [days] = release.rows("SELECT coalesce(sum(names), 0)::BIGINT AS listed FROM observed_lists WHERE day IS NOT NULL")
        note = f"{rows.count:,} lines: a domain, a series and a quarter each; the days listed add up to {days['listed']:,}."
    else:
        note = "The edition has no lists of what is blocked."
    losses = (escaped_cells_loss(rows.escaped), *record_losses(release, {}, why), *table_losses(release, other_tables, why))
    return ExportResult({}, losses, (note,))


def write_quarters(tables: Path, connection: duckdb.DuckDBPyConnection, target: Path) -> CountedRows:
    """Write a CSV file like `/domain/….csv` for all domains on blocklists; return the counts of rows and of escaped cells.

    There is a row for each domain, series and quarter in which a list of the series contains the domain. The row has
    `days_listed`, `days_measured`, and the largest number of vantage points. If the lists of the series have no dates, the
    quarter and the days are empty. If the release has no tables of blocklists, the file only has a header.

    `tables`: the folder of the tables. `connection`: has a view of each table. `target`: compressed if its name ends in `.gz`.
    """
    has_blocklists = all((tables / f"{name}.parquet").is_file() for name in TABLES)
    no_rows = f"SELECT {', '.join(f'NULL AS {name}' for name in _COLUMNS)} WHERE false"
    with _open_text(target) as out:
        return write_rows(connection, export_query("blocklists.quarters") if has_blocklists else no_rows, out)


@contextmanager
def _open_text(target: Path) -> Iterator[TextIO]:
    """Open a file to write text to it, compressed if its name ends in `.gz`.

    A compressed file stores neither name nor time, so that equal rows give equal bytes.
    """
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
