"""The rows of a figure: what its query gives over the tables of a release, and what they come to."""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from functools import reduce
from typing import Any

import duckdb
import orjson

from overt.model.errors import ContentError
from overt.release.figures.figure_definition import Figure
from overt.release.figures.figure_data import plain_number

_EXACT = Context(prec=60)
"""A sum must not depend on its order, so none of its digits is rounded away."""
Units = dict[str, Decimal | None]
"""Units that are counted, each with its amount."""


def rows_of(connection: duckdb.DuckDBPyConnection, figure: Figure) -> list[dict[str, Any]]:
    """The rows that a figure looks at, each with what counts it. Raises ContentError for a query that does not run."""
    tests = "".join(
        f", ({variant.where}) IS TRUE AS {quoted(f'variant {variant.name}')}"
        f", ({variant.told or 'true'}) IS TRUE AS {quoted(f'told {variant.name}')}"
        for variant in figure.variants
    )
    tests += "".join(f", ({test}) IS TRUE AS {quoted(f'test {name}')}" for name, test in figure.tests.items())
    tests += "".join(f", {held} AS {quoted(f'unit {measure}')}" for measure, held in figure.other_units.items())
    try:
        cursor = connection.execute(
            f'SELECT *, ({figure.where}) IS TRUE AS "counted"{tests} FROM ({figure.query.rstrip(";")}\n) ORDER BY ALL'
        )
    except duckdb.Error as error:
        raise ContentError(f"figures/{figure.name}: {str(error).splitlines()[0]}") from None
    columns = [column[0] for column in cursor.description or ()]
    if "unit_id" not in columns or (figure.measure == "sum" and "amount" not in columns):
        raise ContentError(f"figures/{figure.name}: query.sql must return unit_id{', amount' if figure.measure == 'sum' else ''}")
    if lost := [group for group in figure.groups if group not in columns]:
        raise ContentError(f"figures/{figure.name}: query.sql returns no column {lost[0]!r}, which `groups:` names")
    if figure.begun and figure.begun not in columns:
        raise ContentError(f"figures/{figure.name}: query.sql returns no column {figure.begun!r}, which `begun:` names")
    rows = []
    amounts: dict[str, Decimal | None] = {}
    for values in cursor.fetchall():
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
                "told": [variant.name for variant in figure.variants if row[f"told {variant.name}"]],
                "begun": row.get(figure.begun) if figure.begun else None,
                "begun_to": row.get(f"{figure.begun}_to") if figure.begun else None,
                "tests": [name for name in figure.tests if row[f"test {name}"]],
                "in_unit": {measure: row[f"unit {measure}"] for measure in figure.other_units},
                "groups": orjson.dumps({name: plain(row[name]) for name in columns if name in figure.groups}).decode(),
            }
        )
    return rows


def counted(connection: duckdb.DuckDBPyConnection, figure: Figure) -> Units:
    """The units that a figure counts, with their amounts, and nothing else of its rows."""
    amount = "amount" if figure.measure == "sum" else "NULL AS amount"
    query = figure.query.rstrip(";")
    try:
        found = connection.execute(
            f"SELECT DISTINCT unit_id, {amount} FROM ({query}\n) WHERE ({figure.where}) IS TRUE"
        ).fetchall()
    except duckdb.Error as error:
        raise ContentError(f"figures/{figure.name}: {str(error).splitlines()[0]}") from None
    return {str(unit): _decimal(held) for unit, held in found}


def total(figure: Figure, units: Mapping[str, Decimal | None]) -> Decimal:
    """What units come to."""
    return measure(figure, ({"unit_id": unit, "amount": amount} for unit, amount in units.items()))


def measure(figure: Figure, rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """What rows come to: their different units, or the sum of the amounts of these."""
    if figure.measure == "count":
        return Decimal(len({row["unit_id"] for row in rows}))
    amounts = {row["unit_id"]: row["amount"] for row in rows if row["amount"] is not None}
    return reduce(_EXACT.add, amounts.values(), Decimal(0))


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else _EXACT.quantize(Decimal(str(value)), Decimal("0.0001"))


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
