"""Which records can count as in place: all but denied, cancelled and unverified projects and their roles."""

from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.values.span import NEVER_COUNTED
from overt.release.release_sql import release_query


def counts_sql(prefix: str = "") -> str:
    """Return an SQL condition (DuckDB) for the rows of the table `spans` that can count as in place.

    A query with this condition needs the tables `projects` and `roles` of the release. `prefix`: the query's name for `spans`,
    with a dot after it, if other tables have a column `id`.
    """
    statuses = ", ".join(map(quote_literal, NEVER_COUNTED))
    return f"{prefix}id NOT IN ({release_query('spans.never_counted', statuses=statuses)})"
