"""Reproduces published figures: recomputes a figure from its release and compares it with the stored one."""

from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import orjson

from overt.model.engines.duckdb_connection import interrupted_in_time
from overt.model.engines.request_time_limit import OutOfTime
from overt.model.errors import OvertError
from overt.release.figures.figure_definition import Figure, check_figure_sql
from overt.release.figures.figure_rows import measure_rows, query_figure_rows
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.figure_tables import FIGURE_ROWS, group_values
from overt.release.release_reader import Release

_ROWS = "SELECT * EXCLUDE (name) FROM figure_rows WHERE name = ?"


def reproduction_differences(release: Release, name: str) -> list[str]:
    """Recompute a figure from the definition and SQL stored in its release, and return the differences.

    The list is empty if the result is the same or the figure has no value. A failing query is a difference, too. Raises
    OvertError for an unknown figure, OutOfTime if the query takes longer than a request may, and ValidationError for a
    definition that this version of Overt can't read.
    """
    figures = release.rows("SELECT value, groups, definition, sql FROM figures WHERE name = ?", [name])
    if not figures:
        raise OvertError(f"{name}: release {release.id} has no such figure")
    stored = figures[0]
    if stored["value"] is None:
        return []
    cursor = release.cursor()
    try:
        with interrupted_in_time(cursor):
            recomputed = recompute_figure(cursor, stored["definition"], stored["sql"])
    except OutOfTime:
        raise
    except OvertError as error:
        return [f"its query does not run: {error}"]
    differences = []
    if recomputed.value != stored["value"]:
        differences.append(f"the value is {plain_number(recomputed.value)}, and {plain_number(stored['value'])} is stored")
    if recomputed.groups != orjson.loads(stored["groups"]):
        differences.append("the groups differ from those stored")
    rows, stored_rows = _comparable(recomputed.rows), _comparable(release.rows(_ROWS, [name]))
    if rows != stored_rows:
        new_rows = len([row for row in rows if row not in stored_rows])
        differences.append(f"{new_rows:,} of {len(rows):,} rows are not among the {len(stored_rows):,} stored")
    return differences


def _comparable(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(
        (row["unit_id"], str(row["amount"]), row["counted"], tuple(row["variants"]), row["groups"]) for row in rows
    )  # A null amount becomes the string None, so that tuples can be sorted.


class RecomputedFigure(NamedTuple):
    """A figure recomputed from a release's tables."""

    value: Decimal
    rows: list[dict[str, Any]]
    """The columns `unit_id`, `amount`, `counted`, `variants` and `groups` (JSON) of the table `figure_rows`, in its order."""
    groups: dict[str, dict[str, float | int | None]]
    """The value of each group, by the column by which it is grouped and the group's name."""


def recompute_figure(connection: duckdb.DuckDBPyConnection, definition: str, query: str) -> RecomputedFigure:
    """Recompute a figure from its stored definition and query (columns `definition` and `sql` of the table `figures`).

    `connection` has the release's tables. Raises ContentError for a query that is invalid, takes too long or does more than read
    tables, and pydantic's ValidationError for a definition that this version of Overt can't read.
    """
    figure = Figure.model_validate({**orjson.loads(definition), "query": query})
    check_figure_sql(figure)  # Whoever made the release wrote this SQL, so it is not trusted.
    rows = query_figure_rows(connection, figure)
    counted = [row for row in rows if row["counted"]]
    groups = {group: group_values(figure, counted, group) for group in figure.groups}
    stored_columns = [{name: row[name] for name in FIGURE_ROWS.names} for row in rows]
    return RecomputedFigure(measure_rows(figure, counted), stored_columns, groups)
