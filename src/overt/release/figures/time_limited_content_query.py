"""Runs the SQL of figures and findings: one SELECT over tables of the release, within a time limit."""

from typing import Any

import duckdb

from overt.model.engines.duckdb_connection import interrupted_after
from overt.model.engines.read_only_sql_check import check_tables
from overt.model.errors import ContentError, ValueProblem

MAX_SECONDS = 600.0
"""Maximum number of seconds for a query. Without a limit, an endless recursion would never stop."""


def run_query(connection: duckdb.DuckDBPyConnection, sql: str, where: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run a query from a content file, and return its columns and rows. `where`: its place for errors, such as `figures/NAME`.

    Raises ContentError for an invalid query, and for one that takes longer than `MAX_SECONDS`.
    """
    try:
        check_tables(connection, sql)
        with interrupted_after(connection, MAX_SECONDS):
            cursor = connection.execute(sql)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()
    except ValueProblem as problem:
        raise ContentError(f"{where}: {problem}") from None
    except TimeoutError:
        limit = f"a query takes more than {MAX_SECONDS:g} seconds; look for endless recursion"
        raise ContentError(f"{where}: {limit}") from None
    except duckdb.Error as error:
        raise ContentError(f"{where}: {str(error).splitlines()[0]}") from None
