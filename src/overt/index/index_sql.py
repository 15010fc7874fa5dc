"""The SQL that makes indexes and editions, and reads older releases.

DuckDB runs the queries, and the script `index_input_views`, on the tables of a release. The scripts `schema` and `indexes` are
for the index, in SQLite.
"""

from collections.abc import Mapping
from importlib.resources import files
from string import Template

from overt.model.engines.named_sql import fill_query, load_queries
from overt.release.release_sql import release_query
from overt.release.spans.records_that_count_as_in_place import counts_sql


def index_query(name: str, values: Mapping[str, str] | None = None) -> str:
    """Return a query of `sql/queries` by `file.query_name`.

    Each `${…}` is replaced by names and SQL from our own code, never by data.
    """
    return fill_query(("index", "sql", "queries"), name, values)


def table_queries() -> dict[str, str]:
    """Return the queries that fill tables of the index from those of a release, by table."""
    queries = load_queries("index", "sql", "tables")
    values = {"project_dates": release_query("flat_projects.first_dates"), "counts": counts_sql()}
    return {name.partition(".")[2]: Template(statement).substitute(values) for name, statement in queries.items()}


def empty_tables() -> dict[str, str]:
    """Return queries that return no rows, for tables that older releases may lack, by table."""
    queries = load_queries("index", "sql", "queries")
    return {name.partition(".")[2]: statement for name, statement in queries.items() if name.startswith("empty_tables.")}


def script(name: str, values: Mapping[str, str] | None = None) -> str:
    """Return a script of `sql/`, which contains several statements. Each `${key}` is replaced as in `index_query`."""
    return Template((files("overt") / "index" / "sql" / f"{name}.sql").read_text(encoding="utf-8")).substitute(values or {})
