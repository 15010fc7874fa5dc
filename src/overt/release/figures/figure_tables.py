"""Running figures: a query returns one row a unit, the runner counts or sums, and the rows are kept."""

from collections.abc import Collection
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson
import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import write_parquet
from overt.release.figures.comparators import others_of
from overt.release.figures.figure_definition import Figure, Variant, load_figures
from overt.release.figures.difference_parts import Ours
from overt.release.figures.figure_data import plain_number
from overt.release.figures.figure_sources import Sources
from overt.release.figures.figure_rows import measure, rows_of
from overt.release.figures.sensitivity import SENSITIVITY, Sensitivity

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
    """Write `figures`, `figure_rows` and `figure_sensitivity` into `folder`; returns the rows of each. `withheld`: sources of the
    release that are not in this edition of it; those that are stand in the table `sources`. `left_out`: tables of the release
    whose rows are not in it.

    A figure whose sources are not there has a null value and says so. Raises ContentError for a query that does not run.
    """
    sources = Sources(connection, content, withheld, left_out)
    figures = load_figures(content)
    rows = {figure.name: [] if sources.lacking(figure) else rows_of(connection, figure) for figure in figures}
    with closing(Sensitivity(connection, content, sources, figures, rows)) as otherwise:
        results = [_result(connection, figure, rows[figure.name], sources, otherwise) for figure in figures]
        moved = list(otherwise.rows())
    tables = {
        "figures": (FIGURES, results, "name"),
        "figure_rows": (FIGURE_ROWS, [row for held in rows.values() for row in held], "ALL"),
        "figure_sensitivity": (SENSITIVITY, moved, "ALL"),
    }
    counts = {}
    for name, (schema, held, order) in tables.items():
        connection.register("incoming", pa.Table.from_pylist(held, schema=schema))
        counts[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", folder / f"{name}.parquet")
        connection.unregister("incoming")
    return counts


class Recomputed(NamedTuple):
    """A figure made again of a release's tables."""

    value: Decimal
    rows: list[dict[str, Any]]
    """unit_id, amount, counted, variants and groups (JSON), as the table `figure_rows` has them and in its order."""
    groups: dict[str, dict[str, float | int | None]]


def recompute(connection: duckdb.DuckDBPyConnection, definition: str, query: str) -> Recomputed:
    """A figure from its `definition` and `sql`, as the release keeps them; `connection` has the release's tables.

    Raises ContentError for a query that does not run.
    """
    figure = Figure.model_validate({**orjson.loads(definition), "query": query})
    rows = rows_of(connection, figure)
    taken = [row for row in rows if row["counted"]]
    groups = {group: _grouped(figure, taken, group) for group in figure.groups}
    return Recomputed(measure(figure, taken), [{name: row[name] for name in FIGURE_ROWS.names} for row in rows], groups)


def _result(
    connection: duckdb.DuckDBPyConnection,
    figure: Figure,
    rows: list[dict[str, Any]],
    sources: Sources,
    otherwise: Sensitivity,
) -> dict[str, Any]:
    lacking, gaps = sources.lacking(figure), sources.gaps(figure)
    counted = [row for row in rows if row["counted"]]
    value = None if lacking else measure(figure, counted)
    others = [
        said
        for other in figure.comparators
        for said in others_of(connection, other, figure, value, gaps, Ours(counted, sources, otherwise))
    ]
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
        "sources": orjson.dumps(sources.used(figure, {row["unit_id"] for row in counted})).decode(),
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
        "value": None if note else plain_number(measure(figure, taken)),
        "same": note is None and bool(taken) and taken == [row for row in rows if row["counted"]],
        "note": note,
    }


def _grouped(figure: Figure, rows: list[dict[str, Any]], group: str) -> dict[str, float | int | None]:
    """The value in each group. A unit in two groups counts in both, so groups may add up to more than the whole."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        held = orjson.loads(row["groups"])[group]
        for name in (held or [None]) if isinstance(held, list) else [held]:
            parts.setdefault("not known" if name is None else str(name), []).append(row)
    return {name: plain_number(measure(figure, part)) for name, part in sorted(parts.items())}
