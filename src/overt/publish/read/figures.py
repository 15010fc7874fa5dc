"""Figures as the release stored them."""

from typing import Any

import orjson

from overt.publish.read.database import Reader, Row

_JSON = ("groups", "variants", "comparators", "sources", "gaps", "definition")
_OTHERS = (
    "id", "value", "unit", "bound", "as_of", "reported_by", "cited_for", "place_in_document", "document", "title", "difference",
    "why", "note",
)  # fmt: skip
"""What pages ask of a number that others reported; a release made before one of these was kept has none of it."""


def every(reader: Reader) -> list[Row]:
    """All figures, by name, without their SQL."""
    return [_unpacked(row) for row in reader.rows("figures")]


def one(reader: Reader, name: str) -> Row | None:
    """A figure with its SQL."""
    row = reader.one("figure", [name])
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
        for row in reader.rows("figure_rows", held)
    ]


def row_count(reader: Reader, name: str, counted: bool | None = True) -> int:
    """How many rows a figure has."""
    row = reader.one("figure_row_count", {"name": name, "counted": None if counted is None else int(counted)})
    return int(row["held"]) if row else 0


def _unpacked(row: Row) -> dict[str, Any]:
    held = {**row, **{name: orjson.loads(row[name]) for name in _JSON if name in row}}
    held["comparators"] = [dict.fromkeys(_OTHERS) | other for other in held["comparators"]]
    held["variants"] = [{"same": False, "note": None} | variant for variant in held["variants"]]
    return held
