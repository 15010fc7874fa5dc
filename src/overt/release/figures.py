"""Running figures: a query returns one row a unit, the runner counts or sums, and the rows are kept."""

from collections.abc import Collection
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
from overt.release.figure_content import Comparator, Figure, Variant, load_figures
from overt.release.figure_gaps import Sources, gaps_in_words

_SQL = files("overt") / "release" / "sql"
_EXACT = Context(prec=60)
"""A sum must not depend on its order, so none of its digits is rounded away."""
UNTOLD = "not known: no row tells it"
"""Why a variant has no value when the files that are loaded lack the column that it asks for."""
_TEXT = pa.string()
_FIGURE_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("title", _TEXT), ("title_zh", _TEXT), ("question", _TEXT), ("unit", _TEXT), ("counting_unit", _TEXT),
        ("measure", _TEXT), ("status", _TEXT), ("value", pa.decimal128(38, 4)), ("rows", pa.int64()), ("headline", pa.bool_()),
        ("groups", _TEXT), ("variants", _TEXT), ("comparators", _TEXT), ("sources", _TEXT), ("gaps", _TEXT),
        ("definition", _TEXT), ("sql", _TEXT),
]  # fmt: skip
_ROW_FIELDS: list[tuple[str, pa.DataType]] = [
        ("name", _TEXT), ("unit_id", _TEXT), ("amount", pa.decimal128(38, 4)), ("counted", pa.bool_()),
        ("variants", pa.list_(pa.string())), ("groups", _TEXT),
]  # fmt: skip
FIGURES, FIGURE_ROWS = pa.schema(_FIGURE_FIELDS), pa.schema(_ROW_FIELDS)


def run_figures(
    connection: duckdb.DuckDBPyConnection,
    content: Catalogue,
    folder: Path,
    withheld: Collection[str] = (),
    left_out: Collection[str] = (),
) -> dict[str, int]:
    """Write `figures` and `figure_rows` into `folder`; returns the rows of each. `withheld`: sources of the release that are not
    in this edition of it; those that are stand in the table `sources`. `left_out`: tables of the release whose rows are not in
    it.

    A figure whose sources are not there has a null value and says so. Raises ContentError for a query that does not run.
    """
    sources = Sources(connection, content, withheld, left_out)
    results: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for figure in load_figures(content):
        found = [] if sources.lacking(figure) else _rows(connection, figure)
        rows += found
        results.append(_result(connection, figure, found, sources))
    counts = {}
    for name, schema, held in (("figures", FIGURES, results), ("figure_rows", FIGURE_ROWS, rows)):
        connection.register("incoming", pa.Table.from_pylist(held, schema=schema))
        order = "name" if name == "figures" else "ALL"
        counts[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", folder / f"{name}.parquet")
        connection.unregister("incoming")
    return counts


def recompute(connection: duckdb.DuckDBPyConnection, definition: str, query: str) -> Decimal:
    """The value of a figure from its `definition` and `sql`, as the release keeps them; `connection` has the release's tables.

    Raises ContentError for a query that does not run.
    """
    figure = Figure.model_validate({**orjson.loads(definition), "query": query})
    return _measure(figure, [row for row in _rows(connection, figure) if row["counted"]])


def _rows(connection: duckdb.DuckDBPyConnection, figure: Figure) -> list[dict[str, Any]]:
    tests = "".join(
        f", ({variant.where}) IS TRUE AS {_quoted(f'variant {variant.name}')}"
        f", ({variant.told or 'true'}) IS TRUE AS {_quoted(f'told {variant.name}')}"
        for variant in figure.variants
    )
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
                "told": [variant.name for variant in figure.variants if row[f"told {variant.name}"]],
                "groups": orjson.dumps({name: _plain(row[name]) for name in columns if name in figure.groups}).decode(),
            }
        )
    return rows


def _result(
    connection: duckdb.DuckDBPyConnection, figure: Figure, rows: list[dict[str, Any]], sources: Sources
) -> dict[str, Any]:
    lacking, gaps = sources.lacking(figure), sources.gaps(figure)
    counted = [row for row in rows if row["counted"]]
    value = None if lacking else _measure(figure, counted)
    others = [said for other in figure.comparators for said in _others(connection, other, figure, value, gaps)]
    return {
        **{
            name: getattr(figure, name)
            for name in ("name", "title", "title_zh", "question", "unit", "counting_unit", "measure", "headline")
        },
        "status": sources.status(lacking),
        "value": value,
        "rows": len({row["unit_id"] for row in counted}),
        "groups": orjson.dumps({group: _grouped(figure, counted, group) for group in figure.groups}).decode(),
        "variants": orjson.dumps([_variant(figure, one, rows, lacking, sources) for one in figure.variants]).decode(),
        "comparators": orjson.dumps(others).decode(),
        "sources": orjson.dumps(sources.used(figure)).decode(),
        "gaps": orjson.dumps(gaps).decode(),
        "definition": figure.model_dump_json(exclude={"query"}),
        "sql": figure.query,
    }


def _variant(
    figure: Figure, variant: Variant, rows: list[dict[str, Any]], lacking: list[str], sources: Sources
) -> dict[str, Any]:
    """name, title and value; `same` when it counts just the rows that the figure counts; `note`: why it has no value."""
    lost = lacking or sorted(set(variant.requires) - sources.loaded.keys())
    note = sources.status(lost) if lost else None
    if note is None and rows and not any(variant.name in row["told"] for row in rows):
        note = UNTOLD
    taken = [row for row in rows if variant.name in row["variants"]]
    return {
        "name": variant.name,
        "title": variant.title,
        "value": None if note else plain_number(_measure(figure, taken)),
        "same": note is None and bool(taken) and taken == [row for row in rows if row["counted"]],
        "note": note,
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
    connection: duckdb.DuckDBPyConnection,
    comparator: Comparator,
    figure: Figure,
    value: Decimal | None,
    gaps: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """What others reported, each with its difference from ours where both are numbers of one unit."""
    cursor = connection.execute(sql(_SQL, "comparators", {"measure": quote(comparator.measure)}))
    columns = [column[0] for column in cursor.description or ()]
    said = []
    for values in cursor.fetchall():
        row = {name: _plain(held) for name, held in zip(columns, values, strict=True)}
        apart = _not_comparable(figure, row["unit"], row["bound"])
        difference = None if value is None or apart else plain_number(value - Decimal(str(row["value"])))
        not_known = "; ".join(["not known", *gaps_in_words(gaps)])
        why = comparator.why or apart or (not_known if difference else None)
        said.append({**row, "difference": difference, "why": why, "note": comparator.note})
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
