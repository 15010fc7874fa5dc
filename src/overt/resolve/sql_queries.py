"""SQL queries of this package, from `resolve/sql/`."""

from overt.model.engines import named_sql


def fill_query(name: str, **values: str) -> str:
    """Return the query `file.query_name`, with each `${key}` replaced by its value.

    Values are inserted as SQL, so data in them must be quoted (`quote_literal`).
    """
    return named_sql.fill_query(("resolve", "sql"), name, values)
