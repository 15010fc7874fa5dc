"""Compares a figure with totals reported by others."""

from decimal import Decimal
from typing import Any

import duckdb

from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.release.figures.figure_definition import Comparator, Figure
from overt.release.figures.figure_rows import plain_value
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.gap_and_difference_labels import UNEXPLAINED, gap_texts
from overt.release.figures.reported_total_difference import CountedFigure, difference_parts
from overt.release.release_sql import release_query


def compare_reported_totals(
    connection: duckdb.DuckDBPyConnection,
    comparator: Comparator,
    figure: Figure,
    value: Decimal | None,
    gaps: list[dict[str, Any]],
    counted: CountedFigure,
) -> list[dict[str, Any]]:
    """Return the totals that others reported for the comparator's measure.

    If the figure has a value and the two can be compared, a total has the `difference` (our value minus the total) and its
    `parts`; otherwise, `difference` is None and `parts` is empty. `why` is the comparator's reason, or states that the two
    can't be compared or that we can't explain the difference; otherwise None. `gaps` are the figure's gaps.
    """
    cursor = connection.execute(
        release_query("reported_totals_and_unit_records.comparators", measure=quote_literal(comparator.measure))
    )
    columns = [column[0] for column in cursor.description or ()]
    totals = []
    for values in cursor.fetchall():
        row = {name: plain_value(cell) for name, cell in zip(columns, values, strict=True)}
        incomparable = _incomparable_reason(figure, row["unit"], row["bound"])
        difference = None if value is None or incomparable else value - Decimal(str(row["value"]))
        unknown = "; ".join([UNEXPLAINED, *gap_texts(gaps)])
        parts = [] if difference is None else difference_parts(connection, figure, comparator, row, difference, counted)
        explained = any(part["amount"] for part in parts if part["kind"] != "not known")
        why = comparator.why or incomparable or (unknown if difference and not explained else None)
        totals.append({**row, "difference": plain_number(difference), "why": why, "note": comparator.note, "parts": parts})
    return totals


def _incomparable_reason(figure: Figure, unit: str | None, bound: str | None) -> str | None:
    """Return why a reported total can't be subtracted from the figure, or None if it can."""
    if figure.measure == "sum" and unit != figure.unit:
        return f"not comparable: given in {_unit_text(unit)}, ours in {_unit_text(figure.unit)}"
    if bound not in (None, "exact"):
        return "not comparable: given as a bound"
    return None


def _unit_text(unit: str | None) -> str:
    currency, _, year = (unit or "no unit").partition("@")
    return f"{currency} at prices of {year}" if year else currency
