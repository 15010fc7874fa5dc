"""The countries in which each project counts: one view for everything that counts projects by country."""

import duckdb

from overt.release.release_sql import release_query


def create_project_countries(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the view `project_countries` (`id`, `country`) from the table `projects`."""
    connection.execute(f"CREATE OR REPLACE VIEW project_countries AS {release_query('records.project_countries')}")
