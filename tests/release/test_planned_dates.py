"""Dates of the table `projects_flat` that are plans, not events."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from overt.export.public_release_reader import PublicRelease
from overt.model.content_catalogue import Catalogue
from overt.release.flat_projects import NAME, flat_projects_query
from overt.release.source_independence.claim_documents import create_claim_documents

DATES = ("agreed", "construction_start", "started", "operational", "completed", "ended")
DAY = date(2026, 11, 29)


@pytest.fixture
def tables(public_release: PublicRelease) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the release in a separate connection, with sources that can be changed, and without dated documents."""
    with duckdb.connect() as connection:
        for name, path in public_release.tables.items():
            connection.execute(f"CREATE TABLE \"{name}\" AS FROM read_parquet('{path}')")
        connection.execute("CREATE VIEW claims_out AS FROM claims")
        create_claim_documents(connection)
        connection.execute("UPDATE documents SET published = NULL, published_to = NULL")
        yield connection


def plans(connection: duckdb.DuckDBPyConnection, as_of: str) -> dict[str, tuple[list[str], list[str]]]:
    """Return each dated project's columns with a date, and which of these dates are plans if every source speaks on `as_of`."""
    connection.execute("UPDATE sources SET as_of = ?", [as_of])
    query = flat_projects_query(connection, Catalogue(), DAY)
    dated = ", ".join(f"CASE WHEN {name} IS NOT NULL THEN '{name}' END" for name in DATES)
    rows = connection.execute(f"SELECT id, list_filter([{dated}], x -> x IS NOT NULL), planned_column FROM ({query})").fetchall()
    return {identity: (columns, (marked or "").split("; ") if marked else []) for identity, columns, marked in rows if columns}


def test_a_date_after_the_day_of_its_source_is_a_plan(tables: duckdb.DuckDBPyConnection) -> None:
    early = plans(tables, "1890")
    by_editors = {
        (row[0], row[1].replace("-", "_"))
        for row in tables.execute("SELECT id, property FROM claims WHERE source NOT IN (SELECT source FROM sources)").fetchall()
    }
    assert early
    for identity, (columns, marked) in early.items():
        assert marked == [name for name in columns if (identity, name) not in by_editors]


def test_a_date_before_it_is_none(tables: duckdb.DuckDBPyConnection) -> None:
    late = plans(tables, "2199-12-31")
    assert late and not any(marked for _, marked in late.values())


def test_a_year_in_which_a_source_speaks_is_a_plan_only_of_what_is_unfinished(tables: duckdb.DuckDBPyConnection) -> None:
    [(identity, value)] = tables.execute(
        f"SELECT id, operational FROM {NAME} WHERE length(operational) = 4 ORDER BY id LIMIT 1"
    ).fetchall() or [("", "")]
    assert identity, "the atlas has a project in use since a year"
    tables.execute("DELETE FROM claims WHERE property = 'status'")
    assert "operational" not in plans(tables, f"{value}-06-30")[identity][1]
    tables.execute(
        "INSERT INTO claims BY NAME SELECT * REPLACE ('status' AS property, 'announced' AS value, 'new' AS claim_id) "
        "FROM claims WHERE id = ? AND property = 'operational'",
        [identity],
    )
    assert "operational" in plans(tables, f"{value}-06-30")[identity][1]
