"""A figure as data: what commands, notebooks and the API give of it. Needs no DuckDB."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

ALL, OTHERS, HELD = "all", "others", "held"
"""Items of `figure_sensitivity` that stand for several merges: all uncertain ones, those not tried, those that change nothing."""


def figure_data(
    release: str,
    figure: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    sensitivity: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a figure as docs/api.md describes it.

    `figure` is its row of the table `figures`, `rows` are its counted rows of `figure_rows`, and `sensitivity` its rows of
    `figure_sensitivity`.
    """
    return {
        "name": figure["name"],
        "title": figure["title"],
        "question": figure["question"],
        "value": plain_number(figure["value"]),
        "unit": figure["unit"],
        "counting_unit": figure["counting_unit"],
        "status": figure["status"],
        "release": release,
        "rows": [
            {"unit_id": row["unit_id"], "amount": plain_number(row["amount"]), **orjson.loads(row["groups"])} for row in rows
        ],
        "rows_total": figure["rows"],
        "groups": orjson.loads(figure["groups"]),
        "variants": orjson.loads(figure["variants"]),
        "comparators": orjson.loads(figure["comparators"]),
        "sources": orjson.loads(figure.get("sources") or "[]"),
        "gaps": orjson.loads(figure.get("gaps") or "[]"),
        "sensitivity": sensitivity_said(figure["value"], sensitivity),
    }


_ITEM = ("kind", "item", "title", "left", "right", "probability")
_ORDER = ("source", "filter", "reading", "merge")


def sensitivity_said(value: Decimal | None, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """How a figure moves, as it is told outside; nothing where that is not known. `rows`: those of the table.

    `low` and `high`: the least and the greatest value when one source, reading or merge is taken out, or all merges (filters ask
    other questions); `items`: what moves it, or what it has no value without, the greatest difference first, each with the units
    that are `gone` and that `come`; `unmoved`: how many of each kind change nothing;
    `held`: how many joins change nothing since other likely pairs hold the two together; `untried`: how many were not taken out.
    """
    if value is None or not rows:
        return None
    numbers = {row["item"]: int(row["title"]) for row in rows if row["kind"] == "merge" and row["item"] in (OTHERS, HELD)}
    rows = [row for row in rows if row["kind"] != "merge" or row["item"] not in numbers]
    told = [row for row in rows if row["difference"] or row["note"]]
    values = [value, *(row["value"] for row in rows if row["value"] is not None and row["kind"] != "filter")]
    items = [
        {
            **{name: row[name] for name in _ITEM},
            "value": plain_number(row["value"]),
            "difference": plain_number(row["difference"]),
            "note": row["note"],
            "gone": list(row["gone"] or ()),
            "come": list(row["come"] or ()),
        }
        for row in sorted(
            told, key=lambda row: (_ORDER.index(row["kind"]), -abs(row["difference"] or 0), row["probability"] or 0, row["item"])
        )
    ]
    still = [
        row["kind"] for row in rows if not row["difference"] and not row["note"] and (row["kind"], row["item"]) != ("merge", ALL)
    ]
    unmoved = {kind: still.count(kind) for kind in _ORDER}
    span = {"low": plain_number(min(values)), "high": plain_number(max(values))}
    return {**span, "items": items, "unmoved": unmoved, "held": numbers.get(HELD, 0), "untried": numbers.get(OTHERS, 0)}


def plain_number(value: Decimal | None) -> float | int | None:
    """A number as JSON has it: whole ones exactly, as far as 64 bits go."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)
