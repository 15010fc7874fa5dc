"""Search entries have the year of a project's only date, whichever date that is."""

from datetime import date

import pytest

from overt.index.index_sql import table_queries
from overt.index.release_views import create_index_views, register_rows
from overt.index.search_entries_from_content import COLUMNS
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from tests.support.small_atlas import SmallAtlas

DATES = ("agreed", "construction_start", "started", "operational", "completed")


@pytest.mark.parametrize("kind", ["construction_start", "completed"])
def test_a_project_with_one_date_has_its_year(atlas: SmallAtlas, kind: str) -> None:
    tables = atlas.workspace.releases / atlas.release / "tables"
    columns = []
    for name in DATES:
        text, day = ("'2015'", "DATE '2015-01-01'") if name == kind else ("NULL", "NULL")
        columns += [f"{text}::VARCHAR AS {name}", f"{day}::DATE AS {name}_from", f"{day}::DATE AS {name}_to"]
    with connect() as connection:
        create_index_views(connection, tables, atlas.workspace.content, date(2026, 1, 1))
        register_rows(connection, "content_entries", COLUMNS, [("country", "KE", "Kenya", None, 1, ["Kenya"])])
        projects = f"SELECT * REPLACE ({', '.join(columns)}) FROM read_parquet({quote_literal(tables / 'projects.parquet')})"
        connection.execute(f"CREATE OR REPLACE VIEW projects AS {projects}")
        years = [row[8] for row in connection.execute(table_queries()["entries"]).fetchall() if row[0] == "project"]
    assert len(years) == 14 and set(years) == {2015}
