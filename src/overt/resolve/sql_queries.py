"""The SQL queries of this package, in `resolve/sql/`."""

from string import Template

from overt.model.engines.named_sql import load_queries


def fill_query(name: str, **values: str) -> str:
    """Return a query by its name (`file.query_name`), with each `${key}` replaced by the value of that key.

    The values are names and conditions made by this package, never data.
    """
    return Template(load_queries("resolve", "sql")[name]).substitute(values)
