"""Figures as the release stores them."""

from decimal import Decimal
from typing import Any

import orjson

from overt.queries.database import Reader, Row

_JSON = ("groups", "variants", "comparators", "sources", "gaps", "definition")
_COMPARATOR_KEYS = (
    "id", "value", "unit", "bound", "as_of", "reported_by", "cited_for", "place_in_document", "document", "title", "difference",
    "why", "note", "parts",
)  # fmt: skip
"""Keys of a reported number that pages read; older releases lack some of them."""


def every(reader: Reader) -> list[Row]:
    """Return all figures by name, without their SQL."""
    return [_parsed(row) for row in reader.rows("figures.all")]


def one(reader: Reader, name: str) -> Row | None:
    """Return a figure with its SQL."""
    row = reader.one("figures.by_name", [name])
    return _parsed(row) if row else None


def rows(reader: Reader, figure: Row, *, counted: bool | None = True, size: int = 50, number: int = 1) -> list[Row]:
    """Return one page of a figure's rows, each with its label and page, the organisations of its project, and its variants.

    A variant without a value has no row: its test would pass every row with unknown data.
    """
    values = {
        "name": figure["name"],
        "counted": None if counted is None else int(counted),
        "size": size,
        "offset": size * (number - 1),
    }
    known = {variant["name"] for variant in figure["variants"] if variant["value"] is not None}
    return [
        {
            **row,
            "groups": orjson.loads(row["groups"]),
            "companies": orjson.loads(row["companies"] or "[]"),
            "variants": [variant for variant in orjson.loads(row["variants"] or "[]") if variant in known],
        }
        for row in reader.rows("figures.rows", values)
    ]


def sensitivity(reader: Reader, name: str = "") -> dict[str, list[Row]]:
    """Return how each figure, or the one of this name, changes without a source, rule or merge: rows of `figure_sensitivity`."""
    by_figure: dict[str, list[Row]] = {}
    for row in reader.rows("figures.sensitivity", {"name": name}):
        numbers = {number: None if row[number] is None else Decimal(row[number]) for number in ("value", "difference")}
        units = {units: orjson.loads(row[units] or "[]") for units in ("gone", "come")}
        by_figure.setdefault(row["name"], []).append({**row, **numbers, **units})
    return by_figure


def units(reader: Reader, ids: list[str]) -> dict[str, Row]:
    """Return labels and pages of units: id, type, label, label_lang, label_zh, project (of a commitment) and country."""
    return {row["id"]: row for row in reader.rows("figures.units", [orjson.dumps(ids).decode()])}


def records(reader: Reader, names: list[str]) -> dict[str, Row]:
    """Return source records by their own id: record, and the id, type and label of the published record."""
    return {row["record"]: row for row in reader.rows("figures.records", [orjson.dumps(names).decode()])}


def row_count(reader: Reader, name: str, counted: bool | None = True) -> int:
    """Return how many rows a figure has."""
    row = reader.one("figures.row_count", {"name": name, "counted": None if counted is None else int(counted)})
    return int(row["held"]) if row else 0


def _parsed(row: Row) -> dict[str, Any]:
    figure = {**row, **{name: orjson.loads(row[name]) for name in _JSON if name in row}}
    figure["comparators"] = [dict.fromkeys(_COMPARATOR_KEYS) | comparator for comparator in figure["comparators"]]
    figure["variants"] = [{"same": False, "note": None} | variant for variant in figure["variants"]]
    return figure
