"""Evaluates a finding on a release's tables: its values, the rows of its chart, and whether it holds."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa

from overt.model.engines.read_only_sql_check import check_expression
from overt.model.errors import ContentError, ValueProblem
from overt.model.short_chinese_organization_name import chinese_short_name
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.time_limited_content_query import run_query
from overt.release.findings.finding_definition import Finding
from overt.release.findings.finding_statuses import HOLDS, WITHDRAWN
from overt.release.release_sql import release_query

_SHORT_NAMES = pa.schema([("id", pa.string()), ("zh", pa.string())])


class Evaluation(NamedTuple):
    """The result of evaluating a finding on a release's tables."""

    status: str
    reason: str | None
    """Why the finding is withdrawn, or what is missing; None if the finding holds."""
    values: dict[str, Any]
    chart_rows: list[dict[str, Any]]


def create_finding_views(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Create the views that queries of findings read in addition to the tables of a release.

    They are `organization_names`, and `edition` with the day of the edition.
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW edition AS SELECT DATE '{day.isoformat()}' AS day")
    rows = connection.execute(release_query("organization_names_for_findings.chinese_names")).fetchall()
    short = [{"id": identity, "zh": chinese_short_name(full, names) or None} for identity, full, names in rows]
    connection.register("chinese_short_names", pa.Table.from_pylist(short, schema=_SHORT_NAMES))
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW organization_names AS {release_query('organization_names_for_findings.organization_names')}"
    )


def evaluate(connection: duckdb.DuckDBPyConnection, finding: Finding) -> Evaluation:
    """Compute a finding's values and the rows of its chart, and whether it holds.

    `connection` has the release's tables and the views that `create_finding_views` creates. Raises ContentError if a query or the
    rule is invalid, if a query takes too long, if values.sql returns several rows, or if the finding names a figure, variant or
    value that doesn't exist.
    """
    loaded = {source for (source,) in connection.execute("SELECT source FROM sources").fetchall()}
    if missing := sorted(set(finding.requires) - loaded):
        status = f"source not loaded: {', '.join(missing)}"
        return Evaluation(status, status, {}, [])
    values, problem = _figure_values(connection, finding)
    if problem:
        return Evaluation(problem, problem, {}, [])
    if finding.sql:
        values |= _value_row(connection, finding)
    if unknown := sorted((finding.placeholders | finding.written_as.keys()) - values.keys()):
        raise ContentError(f"findings/{finding.name}: {unknown[0]!r} is not one of its values ({', '.join(sorted(values))})")
    if reason := _broken_rule(connection, finding, values):
        return Evaluation(WITHDRAWN, reason, values, [])
    rows = _query(connection, finding, finding.chart_sql)[1] if finding.chart_sql else []
    return Evaluation(HOLDS, None, values, rows)


def _figure_values(connection: duckdb.DuckDBPyConnection, finding: Finding) -> tuple[dict[str, Any], str | None]:
    """Return the values from figures, or the status of a figure without a value.

    Raises ContentError for an unknown figure or variant.
    """
    values: dict[str, Any] = {}
    for name, (figure, variant) in finding.figure_values.items():
        row = connection.execute("SELECT value, variants, status FROM figures WHERE name = ?", [figure]).fetchone()
        if row is None:
            raise ContentError(f"findings/{finding.name}: values: {name}: there is no figure {figure!r}")
        value, variants, status = row
        if value is None:
            return {}, str(status)
        if variant is not None:
            by_name = {entry["name"]: entry["value"] for entry in orjson.loads(variants)}
            if variant not in by_name:
                raise ContentError(f"findings/{finding.name}: values: {name}: {figure} has no variant {variant!r}")
            value = by_name[variant]
        values[name] = plain_number(value) if isinstance(value, Decimal) else value
    return values, None


def _value_row(connection: duckdb.DuckDBPyConnection, finding: Finding) -> dict[str, Any]:
    """Return the row of values.sql; None for every value if the query returns no row.

    Raises ContentError for a query that is invalid, takes too long or returns several rows.
    """
    columns, rows = _query(connection, finding, finding.sql)
    if len(rows) > 1:
        raise ContentError(f"findings/{finding.name}: values.sql returns {len(rows)} rows; it must return one")
    return rows[0] if rows else dict.fromkeys(columns)


def _query(connection: duckdb.DuckDBPyConnection, finding: Finding, sql: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the columns and rows of a query. Raises ContentError if it is invalid or takes too long (`run_query`)."""
    columns, fetched = run_query(connection, sql, f"findings/{finding.name}")
    return columns, [{name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in fetched]


def _broken_rule(connection: duckdb.DuckDBPyConnection, finding: Finding, values: Mapping[str, Any]) -> str | None:
    """Return why a finding does not hold, or None if it does. Raises ContentError for an invalid rule."""
    used = [name for name in values if re.search(rf"\b{re.escape(name)}\b", finding.holds_when)]
    absent = sorted(name for name in finding.placeholders if values[name] is None)
    if absent and not set(absent).isdisjoint(used):
        return _without_value(absent)
    names = "|".join(sorted(map(re.escape, values), key=len, reverse=True))
    rule = re.sub(rf"\b({names})\b", r'"\1"', finding.holds_when)
    columns = ", ".join(f'? AS "{name}"' for name in values)
    try:
        check_expression(rule)
        row = connection.execute(f"SELECT ({rule}) IS TRUE FROM (SELECT {columns})", list(values.values())).fetchone()
    except (duckdb.Error, ValueProblem) as error:
        raise ContentError(f"findings/{finding.name}: holds_when: {str(error).splitlines()[0]}") from None
    if row and row[0]:
        return _without_value(absent) if absent else None
    return f"{finding.holds_when} is not true: {', '.join(f'{name} = {_short(values[name])}' for name in used)}"


def _without_value(names: Sequence[str]) -> str:
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"the data give no value for {listed}"


def _short(value: Any) -> str:
    return f"{len(value)} items" if isinstance(value, list) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
