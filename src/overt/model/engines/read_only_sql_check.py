"""Checks that SQL in content or in a release reads tables, and nothing else.

Figures and findings contain SQL, and a release stores the SQL of its figures, which readers of a copy run again. Without these
checks, such SQL could read and write any file, and its result could depend on more than the release.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import duckdb
import orjson

from overt.model.engines.duckdb_sql_and_parquet import parser_database, quote_literal
from overt.model.errors import ValueProblem, quote_text
from overt.model.spelling_suggestions import similar_hint

_TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
"""The functions that a query can read rows from. Others read files, settings, or SQL from a text."""
_CLOCKS = frozenset(
    {"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user", "session_user", "user"}
)
"""Words that DuckDB reads as functions of the clock or the session if no column has that name."""
_TABLE_NAME = re.compile(r"\w+")
_MAX_DEPTH = 400
"""Maximum depth of a parsed query."""
_CACHED = 1024
"""Number of queries whose check is remembered: several steps of one command check the same queries."""


@lru_cache(_CACHED)
def check_query(query: str) -> None:
    """Raise ValueProblem unless SQL is a single SELECT whose result depends on nothing but the tables that it names."""
    # There must be only one statement, because DuckDB would run all of them. It must be a SELECT, because the checks read
    # JSON, and DuckDB can't write any other statement as JSON.
    try:
        statements = parser_database().cursor().extract_statements(query)
    except duckdb.Error as error:
        raise ValueProblem(str(error).splitlines()[0]) from None
    if len(statements) != 1:
        raise ValueProblem(f"there are {len(statements)} statements; write one SELECT")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise ValueProblem("only a SELECT is run; write one")
    _check_nodes(_parsed(query), 0)


def check_expression(expression: str) -> None:
    """Raise ValueProblem unless SQL is an expression over columns, such as a filter, and passes the checks of `check_query`."""
    check_query(f"SELECT ({expression})")


def check_tables(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise ValueProblem if a query reads something other than tables and views of a connection, such as a file."""
    rows = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name FROM duckdb_tables()"
    )
    known = {name for (name,) in rows.fetchall()}
    folded = {name.lower() for name in known}
    for name in sorted(referenced_tables(query)):
        if name.lower() not in folded:
            raise ValueProblem(f"there is no table {quote_text(name)}{similar_hint(name, sorted(known))}")


def referenced_tables(query: str) -> set[str]:
    """Return the names of the tables that a SELECT reads, as they are written in it. Raises ValueProblem for any other SQL."""
    return set(_tables(_parsed(query), frozenset()))


def _tables(node: Any, own: frozenset[str]) -> Iterator[str]:
    """Yield the tables in a parsed query. `own`: the names in scope that the query itself defines, such as those of its CTEs,
    in lower case.
    """
    if not isinstance(node, dict):
        for part in _parts(node):
            yield from _tables(part, own)
        return
    if node.get("type") == "BASE_TABLE" and node["table_name"].lower() not in own:
        yield node["table_name"]
    if node.get("type") == "RECURSIVE_CTE_NODE":
        own |= {node["cte_name"].lower()}
    for definition in (node.get("cte_map") or {}).get("map", ()):
        yield from _tables(definition["value"], own)
        own |= {definition["key"].lower()}
    for name, part in node.items():
        if name != "cte_map":
            yield from _tables(part, own)


@cache
def _changing_functions() -> frozenset[str]:
    """Return the functions that can give different results for equal arguments, such as `random` and `now`."""
    rows = (
        parser_database()
        .cursor()
        .execute(
            "SELECT function_name FROM duckdb_functions() WHERE function_type <> 'table' GROUP BY function_name"
            " HAVING bool_or(coalesce(stability, 'CONSISTENT') <> 'CONSISTENT')"
        )
    )
    return frozenset(name for (name,) in rows.fetchall()) | {"getvariable", "current_setting", "getenv", "version"}


@lru_cache(_CACHED)
def _parsed(query: str) -> Any:
    """Return the parsed SELECT, which callers share and must not change. Raises ValueProblem for any other SQL."""
    answer = parser_database().cursor().execute(f"SELECT json_serialize_sql({quote_literal(query)})").fetchone()
    parsed = orjson.loads(answer[0]) if answer else {"error": True}
    if parsed["error"]:
        raise ValueProblem(f"only a SELECT is run: {parsed.get('error_message', 'this is none')}")
    return parsed


def _check_nodes(node: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ValueProblem("it is nested too deeply")
    if isinstance(node, dict):
        _check_node(node)
    for part in _parts(node):
        _check_nodes(part, depth + 1)


def _parts(node: Any) -> Iterator[Any]:
    yield from node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


def _check_node(node: dict[str, Any]) -> None:
    kind = node.get("type")
    if kind == "BASE_TABLE" and not _TABLE_NAME.fullmatch(node["table_name"]):
        raise ValueProblem(f"{quote_text(node['table_name'])} is not the name of a table; a query can't read files")
    if kind == "TABLE_FUNCTION" and (name := str(node["function"].get("function_name"))) not in _TABLE_FUNCTIONS:
        raise ValueProblem(f"rows cannot be read from {name}(…), only from tables, {', '.join(sorted(_TABLE_FUNCTIONS))}")
    if node.get("sample"):
        raise ValueProblem("a sample can differ each time; leave it out")
    if kind == "SHOW_REF":
        raise ValueProblem("SHOW, DESCRIBE and SUMMARIZE cannot be used; write a SELECT over tables")
    if node.get("function_name") in _changing_functions():
        raise ValueProblem(f"{node['function_name']}() can give another result each time, so nobody could compute this again")
    if kind == "COLUMN_REF" and (words := node.get("column_names")) and len(words) == 1 and words[0].lower() in _CLOCKS:
        raise ValueProblem(f"{words[0]} depends on when or by whom it is computed; use a column of a table")
