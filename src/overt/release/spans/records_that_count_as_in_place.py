"""Which records can count as in place: all but denied, cancelled and unverified projects and their roles."""

from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.values.span import NEVER_COUNTED
from overt.release.release_sql import release_query


def counts_sql(prefix: str = "") -> str:
    """Return a condition (DuckDB's SQL) for rows of the table `spans` that can count as in place.

    The query that uses it needs the tables `projects` and `roles` of the release. `prefix`: the name of `spans` and a dot.
    """
    statuses = ", ".join(map(quote_literal, NEVER_COUNTED))
    return f"{prefix}id NOT IN ({release_query('spans.never_counted', statuses=statuses)})"
