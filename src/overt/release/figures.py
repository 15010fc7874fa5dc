"""Running figures: a query returns one row a unit, the runner counts or sums, and the rows are kept."""

from decimal import Context, Decimal
from functools import reduce
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.engine import quote, sql, write_parquet
from overt.model.errors import ContentError
from overt.release.figure_content import Comparator, Figure, load_figures

_SQL = files("overt") / "release" / "sql"
_EXACT = Context(prec=60)
"""A sum must not depend on its order, so none of its digits is rounded away."""
_TEXT = pa.string()
_FIGURE_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("title", _TEXT), ("title_zh", _TEXT), ("question", _TEXT), ("unit", _TEXT), ("counting_unit", _TEXT),
        ("measure", _TEXT), ("status", _TEXT), ("value", pa.decimal128(38, 4)), ("rows", pa.int64()), ("headline", pa.bool_()),
        ("groups", _TEXT), ("variants", _TEXT), ("comparators", _TEXT), ("definition", _TEXT), ("sql", _TEXT),
]  # fmt: skip
_ROW_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("unit_id", _TEXT), ("amount", pa.decimal128(38, 4)), ("counted", pa.bool_()),
        ("variants", pa.list_(pa.string())), ("groups", _TEXT),
]  # fmt: skip
FIGURES, FIGURE_ROWS = pa.schema(_FIGURE_FIELDS), pa.schema(_ROW_FIELDS)


def run_figures(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, loaded: set[str]) -> dict[str, int]:
    """Write `figures` and `figure_rows` into `folder`; returns the rows of each. `loaded`: the sources in the release.

    A figure whose sources are not loaded has a null value and says so. Raises ContentError for a query that does not run.
    """
    results: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for figure in load_figures(content):
        missing = sorted(set(figure.requires) - loaded) or (
            sorted(figure.any_of) if figure.any_of and not loaded & set(figure.any_of) else []
        )
        found = [] if missing else _rows(connection, figure)
        rows += found
        results.append(_result(connection, figure, found, missing, loaded))
    counts = {}
    for name, schema, held in (("figures", FIGURES, results), ("figure_rows", FIGURE_ROWS, rows)):
        connection.register("incoming", pa.Table.from_pylist(held, schema=schema))
        order = "name" if name == "figures" else "ALL"
        counts[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", folder / f"{name}.parquet")
        connection.unregister("incoming")
    return counts


def _rows(connection: duckdb.DuckDBPyConnection, figure: Figure) -> list[dict[str, Any]]:
    tests = "".join(f", ({variant.where}) IS TRUE AS {_quoted(f'variant {variant.name}')}" for variant in figure.variants)
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
                "groups": orjson.dumps({name: _plain(row[name]) for name in columns if name in figure.groups}).decode(),
            }
        )
    return rows


def _result(
    connection: duckdb.DuckDBPyConnection, figure: Figure, rows: list[dict[str, Any]], missing: list[str], loaded: set[str]
) -> dict[str, Any]:
    counted = [row for row in rows if row["counted"]]
    value = None if missing else _measure(figure, counted)
    variants = []
    for variant in figure.variants:
        held = (
            None
            if missing or set(variant.requires) - loaded
            else _measure(figure, [r for r in rows if variant.name in r["variants"]])
        )
        variants.append({"name": variant.name, "title": variant.title, "value": plain_number(held)})
    return {
        **{
            name: getattr(figure, name)
            for name in ("name", "title", "title_zh", "question", "unit", "counting_unit", "measure", "headline")
        },
        "status": f"source not loaded: {', '.join(missing)}" if missing else "ok",
        "value": value,
        "rows": len({row["unit_id"] for row in counted}),
        "groups": orjson.dumps({group: _grouped(figure, counted, group) for group in figure.groups}).decode(),
        "variants": orjson.dumps(variants).decode(),
        "comparators": orjson.dumps(
            [said for other in figure.comparators for said in _others(connection, other, figure, value)]
        ).decode(),
        "definition": figure.model_dump_json(exclude={"query"}),
        "sql": figure.query,
    }


def _measure(figure: Figure, rows: list[dict[str, Any]]) -> Decimal:
    if figure.measure == "count":
        return Decimal(len({row["unit_id"] for row in rows}))
    amounts = {row["unit_id"]: row["amount"] for row in rows if row["amount"] is not None}
    return reduce(_EXACT.add, amounts.values(), Decimal(0))


def _grouped(figure: Figure, rows: list[dict[str, Any]], group: str) -> dict[str, float | int | None]:
    """The value in each group. A unit in two groups counts in both, so groups may add up to more than the whole."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        held = orjson.loads(row["groups"])[group]
        for name in (held or [None]) if isinstance(held, list) else [held]:
            parts.setdefault("not known" if name is None else str(name), []).append(row)
    return {name: plain_number(_measure(figure, part)) for name, part in sorted(parts.items())}


def _others(
    connection: duckdb.DuckDBPyConnection, comparator: Comparator, figure: Figure, value: Decimal | None
) -> list[dict[str, Any]]:
    """What others reported, each with its difference from ours where both are numbers of one unit."""
    cursor = connection.execute(sql(_SQL, "comparators", {"measure": quote(comparator.measure)}))
    columns = [column[0] for column in cursor.description or ()]
    said = []
    for values in cursor.fetchall():
        row = {name: _plain(held) for name, held in zip(columns, values, strict=True)}
        apart = _not_comparable(figure, row["unit"], row["bound"])
        difference = None if value is None or apart else plain_number(value - Decimal(str(row["value"])))
        why = comparator.why or apart or ("not known" if difference else None)
        said.append({**row, "difference": difference, "why": why, "note": comparator.note})
    return said


def _not_comparable(figure: Figure, unit: str | None, bound: str | None) -> str | None:
    """Why the two cannot be taken from one another; nothing when they can."""
    if figure.measure == "sum" and unit != figure.unit:
        return f"not comparable: given in {unit or 'no unit'}, ours in {figure.unit}"
    if bound not in (None, "exact"):
        return "not comparable: given as a bound"
    return None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else _EXACT.quantize(Decimal(str(value)), Decimal("0.0001"))


def plain_number(value: Decimal | None) -> float | int | None:
    """A number as JSON has it: whole ones exactly, as far as 64 bits go."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
