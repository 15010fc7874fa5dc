"""The SQL queries of this package, in `resolve/sql/`."""

from overt.model.engines import named_sql


def fill_query(name: str, **values: str) -> str:
    """Return a query by its name (`file.query_name`), with each `${key}` replaced by the value of that key.

    The values are names and conditions made by this package, never data.
    """
    return named_sql.fill_query(("resolve", "sql"), name, values)
