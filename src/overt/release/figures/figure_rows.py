"""The rows of a figure, from its query over a release's tables, and their value."""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from functools import reduce
from typing import Any

import duckdb
import orjson

from overt.model.errors import ContentError
from overt.release.figures.figure_definition import Figure, Variant
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.time_limited_content_query import run_query

_EXACT = Context(prec=60)
"""Decimal context with enough digits for exact sums, which therefore don't depend on the order of addition."""
Units = dict[str, Decimal | None]
"""Counted units with their amounts."""


def query_figure_rows(connection: duckdb.DuckDBPyConnection, figure: Figure) -> list[dict[str, Any]]:
    """Return the rows of a figure's query, each with whether the figure counts it, and which variants do.

    Raises ContentError for an invalid query, one that takes too long (`run_query`), a missing column or table, a row without
    `unit_id`, and a sum with two amounts for one unit.
    """
    tests = "".join(
        f", ({figure.variant_counts(variant)}) IS TRUE AS {quote_identifier(f'variant {variant.name}')}"
        f", ({variant.told or 'true'}) IS TRUE AS {quote_identifier(f'answered {variant.name}')}"
        f", {variant.amount or 'NULL'} AS {quote_identifier(f'amount {variant.name}')}"
        for variant in figure.variants
    )
    tests += "".join(f", ({test}) IS TRUE AS {quote_identifier(f'test {name}')}" for name, test in figure.tests.items())
    tests += "".join(f", {unit} AS {quote_identifier(f'unit {name}')}" for name, unit in figure.other_units.items())
    complete = f'SELECT *, ({figure.counts}) IS TRUE AS "counted"{tests} FROM ({figure.query.rstrip(";")}\n) ORDER BY ALL'
    columns, fetched = run_query(connection, complete, f"figures/{figure.name}")
    _check_columns(figure, columns)
    rows = []
    amounts: dict[str, Decimal | None] = {}
    for values in fetched:
        row = dict(zip(columns, values, strict=True))
        if row["unit_id"] is None:
            raise ContentError(f"figures/{figure.name}: query.sql returns a row without a unit_id; leave it out or name it")
        unit, amount = str(row["unit_id"]), _decimal(row.get("amount"))
        if figure.measure == "sum" and amounts.setdefault(unit, amount) != amount:
            raise ContentError(f"figures/{figure.name}: query.sql gives {unit} two amounts; return one row a unit to be summed")
        rows.append(
            {
                "name": figure.name,
                "unit_id": unit,
                "amount": amount,
                "counted": row["counted"],
                "variants": [variant.name for variant in figure.variants if row[f"variant {variant.name}"]],
                "answered_variants": [variant.name for variant in figure.variants if row[f"answered {variant.name}"]],
                "currency": row[figure.currency] if figure.currency else None,
                "variant_amounts": {
                    variant.name: _decimal(row[f"amount {variant.name}"]) for variant in figure.variants if variant.amount
                },
                "begun": row.get(figure.begun) if figure.begun else None,
                "begun_to": row.get(f"{figure.begun}_to") if figure.begun else None,
                "tests": [name for name in figure.tests if row[f"test {name}"]],
                "in_unit": {name: row[f"unit {name}"] for name in figure.other_units},
                "groups": orjson.dumps({name: plain_value(row[name]) for name in columns if name in figure.row_columns}).decode(),
            }
        )
    return rows


def _check_columns(figure: Figure, columns: list[str]) -> None:
    if "unit_id" not in columns or (figure.measure == "sum" and "amount" not in columns):
        raise ContentError(f"figures/{figure.name}: query.sql must return unit_id{', amount' if figure.measure == 'sum' else ''}")
    for key, named in (("groups", figure.groups), ("linked", figure.linked)):
        if missing := [name for name in named if name not in columns]:
            raise ContentError(f"figures/{figure.name}: query.sql returns no column {missing[0]!r}, which `{key}:` names")
    for name, column in [("currency", figure.currency), *(("amount", variant.amount) for variant in figure.variants)]:
        if column and column not in columns:
            raise ContentError(f"figures/{figure.name}: query.sql returns no column {column!r}, which `{name}:` names")
    if figure.begun and figure.begun not in columns:
        raise ContentError(f"figures/{figure.name}: query.sql returns no column {figure.begun!r}, which `begun:` names")


def variant_rows(figure: Figure, variant: Variant, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that a variant counts, with the amounts that it sums."""
    counted = [dict(row) for row in rows if variant.name in row["variants"]]
    return [row | {"amount": row["variant_amounts"][variant.name]} for row in counted] if variant.amount else counted


def other_currencies(figure: Figure, rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, int, Decimal]]:
    """Return each currency that a figure leaves out, with the number of units that have an amount in it, and the sum.

    Rows without a currency or an amount are ignored.
    """
    amounts: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if figure.currency and row["currency"] not in (None, figure.unit) and row["amount"] is not None:
            amounts.setdefault(row["currency"], {})[row["unit_id"]] = row["amount"]
    return [(unit, len(of_unit), reduce(_EXACT.add, of_unit.values(), Decimal(0))) for unit, of_unit in sorted(amounts.items())]


def count_units(connection: duckdb.DuckDBPyConnection, figure: Figure) -> Units:
    """Return the units that a figure counts, with their amounts (None unless the figure is a sum).

    Raises ContentError for an invalid query.
    """
    amount = "amount" if figure.measure == "sum" else "NULL AS amount"
    query = figure.query.rstrip(";")
    try:
        rows = connection.execute(
            f"SELECT DISTINCT unit_id, {amount} FROM ({query}\n) WHERE ({figure.counts}) IS TRUE"
        ).fetchall()
    except duckdb.Error as error:
        raise ContentError(f"figures/{figure.name}: {str(error).splitlines()[0]}") from None
    return {str(unit): _decimal(value) for unit, value in rows}


def measure_units(figure: Figure, units: Mapping[str, Decimal | None]) -> Decimal:
    """Return the value that a figure has if it counts these units."""
    return measure_rows(figure, ({"unit_id": unit, "amount": amount} for unit, amount in units.items()))


def measure_rows(figure: Figure, rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """Return the value of these rows: the number of their units, or the sum of the units' amounts."""
    if figure.measure == "count":
        return Decimal(len({row["unit_id"] for row in rows}))
    amounts = {row["unit_id"]: row["amount"] for row in rows if row["amount"] is not None}
    return reduce(_EXACT.add, amounts.values(), Decimal(0))


def quote_identifier(name: str) -> str:
    """Quote a name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else _EXACT.quantize(Decimal(str(value)), Decimal("0.0001"))


def plain_value(value: Any) -> Any:
    """Return a value in its JSON representation."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list):
        return [plain_value(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
