"""Writes the released tables of figures: their values, rows and sensitivity."""

from collections.abc import Callable, Collection
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import write_parquet
from overt.release.figures.figure_definition import Figure, Variant, load_figures
from overt.release.figures.figure_rows import measure_rows, other_currencies, query_figure_rows, variant_rows
from overt.release.figures.figure_serialization import plain_number
from overt.release.figures.figure_sources_and_gaps import FigureSources, currency_gap
from overt.release.figures.reported_total_comparison import compare_reported_totals
from overt.release.figures.reported_total_difference import CountedFigure
from overt.release.figures.sensitivity import SENSITIVITY, Sensitivity

NO_ROW_ANSWERS = "unknown: no row says it"
"""Why a variant has no value if no row passes its filter `told`."""
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


def write_figure_tables(
    connection: duckdb.DuckDBPyConnection,
    content: Catalogue,
    folder: Path,
    day: date,
    withheld: Collection[str] = (),
    left_out: Collection[str] = (),
    *,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, int]:
    """Write `figures`, `figure_rows` and `figure_sensitivity` into `folder`; return their row counts.

    `day` is the day of the release. `withheld` are sources of the release that this edition leaves out; the other sources are in
    the table `sources`. `left_out` are tables whose rows this edition leaves out. `progress` is called with the share of the work
    that is done. A figure with missing sources or tables has a null value, and its status names them. Raises ContentError for
    an invalid definition or query.
    """
    sources = FigureSources(connection, content, withheld, left_out)
    figures = load_figures(content)
    rows = {figure.name: [] if sources.missing(figure) else query_figure_rows(connection, figure) for figure in figures}
    with closing(Sensitivity(connection, content, sources, figures, rows, day)) as sensitivity:
        results = [_figure_row(connection, figure, rows[figure.name], sources, sensitivity) for figure in figures]
        sensitivity_rows = list(sensitivity.rows(progress))
    tables = {
        "figures": (FIGURES, results, "name"),
        "figure_rows": (FIGURE_ROWS, [row for figure_rows in rows.values() for row in figure_rows], "ALL"),
        "figure_sensitivity": (SENSITIVITY, sensitivity_rows, "ALL"),
    }
    counts = {}
    for name, (schema, table_rows, order) in tables.items():
        connection.register("incoming", pa.Table.from_pylist(table_rows, schema=schema))
        counts[name] = write_parquet(connection, f"SELECT * FROM incoming ORDER BY {order}", folder / f"{name}.parquet")
        connection.unregister("incoming")
    return counts


def _figure_row(
    connection: duckdb.DuckDBPyConnection,
    figure: Figure,
    rows: list[dict[str, Any]],
    sources: FigureSources,
    sensitivity: Sensitivity,
) -> dict[str, Any]:
    missing = sources.missing(figure)
    gaps = [*sources.gaps(figure), *(currency_gap(*left_out) for left_out in other_currencies(figure, rows))]
    counted = [row for row in rows if row["counted"]]
    value = None if missing else measure_rows(figure, counted)
    counted_figure = CountedFigure(counted, sources, sensitivity)
    reported = [
        row
        for comparator in figure.comparators
        for row in compare_reported_totals(connection, comparator, figure, value, gaps, counted_figure)
    ]
    return {
        **{
            name: getattr(figure, name)
            for name in ("name", "title", "title_zh", "question", "unit", "counting_unit", "measure", "headline")
        },
        "status": sources.status(missing),
        "value": value,
        "rows": len({row["unit_id"] for row in counted}),
        "groups": orjson.dumps({group: group_values(figure, counted, group) for group in figure.groups}).decode(),
        "variants": orjson.dumps(
            [_variant_value(figure, variant, rows, missing, sources) for variant in figure.variants]
        ).decode(),
        "comparators": orjson.dumps(reported).decode(),
        "sources": orjson.dumps(sources.used(figure, {row["unit_id"] for row in counted})).decode(),
        "gaps": orjson.dumps(gaps).decode(),
        "definition": figure.model_dump_json(exclude={"query"}),
        "sql": figure.query,
    }


def _variant_value(
    figure: Figure, variant: Variant, rows: list[dict[str, Any]], missing: list[str], sources: FigureSources
) -> dict[str, Any]:
    """Return a variant as plain data with the keys `name`, `title`, `value`, `same` and `note`.

    `same`: whether the variant counts the same rows as the figure. `note`: why the variant has no value; otherwise None. A
    computed variant also has `computed`, and `left_out`, the number of units with an amount that it doesn't count.
    """
    missing_sources = missing or sorted(set(variant.requires) - sources.loaded.keys())
    note = sources.status(missing_sources) if missing_sources else None
    if note is None and rows and not any(variant.name in row["answered_variants"] for row in rows):
        note = NO_ROW_ANSWERS
    counted = variant_rows(figure, variant, rows)
    unconverted = len({row["unit_id"] for row in rows if row["amount"] is not None} - {row["unit_id"] for row in counted})
    return {
        "name": variant.name,
        "title": variant.title,
        "value": None if note else plain_number(measure_rows(figure, counted)),
        "same": note is None and bool(counted) and counted == [row for row in rows if row["counted"]],
        "note": note,
        **({"computed": True, "left_out": unconverted} if variant.computed else {}),
    }


def group_values(figure: Figure, rows: list[dict[str, Any]], group: str) -> dict[str, float | int | None]:
    """Return the value of each group; rows without one are in the group `not known`.

    A unit in two groups counts in both, so the groups can add up to more than the figure.
    """
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        value = orjson.loads(row["groups"])[group]
        for name in (value or [None]) if isinstance(value, list) else [value]:
            parts.setdefault("not known" if name is None else str(name), []).append(row)
    return {name: plain_number(measure_rows(figure, part)) for name, part in sorted(parts.items())}
