"""What others reported beside a figure, and how far the two differ."""

from decimal import Decimal
from importlib.resources import files
from typing import Any

import duckdb

from overt.model.duckdb_connection import quote_literal, sql
from overt.release.figures.figure_definition import Comparator, Figure
from overt.release.figures.difference_parts import Ours, parts_of
from overt.release.figures.figure_data import plain_number
from overt.release.figures.figure_wording import gaps_in_words
from overt.release.figures.figure_rows import plain

_SQL = files("overt") / "release" / "sql"


def others_of(
    connection: duckdb.DuckDBPyConnection,
    comparator: Comparator,
    figure: Figure,
    value: Decimal | None,
    gaps: list[dict[str, Any]],
    ours: Ours,
) -> list[dict[str, Any]]:
    """What others reported, each with its difference from ours where both are numbers of one unit, and the
    parts of it."""
    cursor = connection.execute(sql(_SQL, "comparators", {"measure": quote_literal(comparator.measure)}))
    columns = [column[0] for column in cursor.description or ()]
    said = []
    for values in cursor.fetchall():
        row = {name: plain(held) for name, held in zip(columns, values, strict=True)}
        apart = _not_comparable(figure, row["unit"], row["bound"])
        difference = None if value is None or apart else value - Decimal(str(row["value"]))
        not_known = "; ".join(["not known", *gaps_in_words(gaps)])
        why = comparator.why or apart or (not_known if difference else None)
        parts = [] if difference is None else parts_of(connection, figure, comparator, row, difference, ours)
        said.append({**row, "difference": plain_number(difference), "why": why, "note": comparator.note, "parts": parts})
    return said


def _not_comparable(figure: Figure, unit: str | None, bound: str | None) -> str | None:
    """Why the two cannot be taken from one another; nothing when they can."""
    if figure.measure == "sum" and unit != figure.unit:
        return f"not comparable: given in {_unit_in_words(unit)}, ours in {_unit_in_words(figure.unit)}"
    if bound not in (None, "exact"):
        return "not comparable: given as a bound"
    return None


def _unit_in_words(unit: str | None) -> str:
    currency, _, year = (unit or "no unit").partition("@")
    return f"{currency} at prices of {year}" if year else currency
