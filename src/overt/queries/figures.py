"""Figures as the release stored them."""

from decimal import Decimal
from typing import Any

import orjson

from overt.queries.database import Reader, Row

_JSON = ("groups", "variants", "comparators", "sources", "gaps", "definition")
_OTHERS = (
    "id", "value", "unit", "bound", "as_of", "reported_by", "cited_for", "place_in_document", "document", "title", "difference",
    "why", "note", "parts",
)  # fmt: skip
"""What pages ask of a number that others reported; a release made before one of these was kept has none of it."""


def every(reader: Reader) -> list[Row]:
    """All figures, by name, without their SQL."""
    return [_unpacked(row) for row in reader.rows("figures.all")]


def one(reader: Reader, name: str) -> Row | None:
    """A figure with its SQL."""
    row = reader.one("figures.by_name", [name])
    return _unpacked(row) if row else None


def rows(reader: Reader, figure: Row, *, counted: bool | None = True, size: int = 50, number: int = 1) -> list[Row]:
    """One page of a figure's rows, each with what it is called and where it leads, the organisations of its project, and the
    variants that take it.

    A variant without a value takes no row: its test lets every row pass of which nothing is told.
    """
    held = {
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
        for row in reader.rows("figures.rows", held)
    ]


def sensitivity(reader: Reader, name: str = "") -> dict[str, list[Row]]:
    """What becomes of each figure, or of the one of this name, when something is taken out: the rows of `figure_sensitivity`."""
    found: dict[str, list[Row]] = {}
    for row in reader.rows("figures.sensitivity", {"name": name}):
        numbers = {number: None if row[number] is None else Decimal(row[number]) for number in ("value", "difference")}
        units = {units: orjson.loads(row[units] or "[]") for units in ("gone", "come")}
        found.setdefault(row["name"], []).append({**row, **numbers, **units})
    return found


def units(reader: Reader, ids: list[str]) -> dict[str, Row]:
    """What units are called and where they lead: id, type, label, label_lang, label_zh, project (of a commitment) and country."""
    return {row["id"]: row for row in reader.rows("figures.units", [orjson.dumps(ids).decode()])}


def records(reader: Reader, names: list[str]) -> dict[str, Row]:
    """Records of sources by their own names: record, and the id, type and label of what they are."""
    return {row["record"]: row for row in reader.rows("figures.records", [orjson.dumps(names).decode()])}


def row_count(reader: Reader, name: str, counted: bool | None = True) -> int:
    """How many rows a figure has."""
    row = reader.one("figures.row_count", {"name": name, "counted": None if counted is None else int(counted)})
    return int(row["held"]) if row else 0


def _unpacked(row: Row) -> dict[str, Any]:
    held = {**row, **{name: orjson.loads(row[name]) for name in _JSON if name in row}}
    held["comparators"] = [dict.fromkeys(_OTHERS) | other for other in held["comparators"]]
    held["variants"] = [{"same": False, "note": None} | variant for variant in held["variants"]]
    return held
