"""Converts a figure to data for commands, notebooks and the API, without DuckDB."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

ALL_MERGES, UNTRIED_MERGES, REDUNDANT_MERGES = "all", "others", "held"
"""Items of `figure_sensitivity` for several merges together: all uncertain merges, those that were not tried, and those that
change nothing because other likely pairs connect the two records.
"""


def figure_data(
    release: str,
    figure: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    sensitivity: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a figure in the format described in docs/api.md.

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
        "sensitivity": sensitivity_data(figure["value"], sensitivity),
    }


_ITEM_FIELDS = ("kind", "item", "title", "left", "right", "probability")
_KINDS = ("source", "filter", "reading", "merge")


def sensitivity_data(value: Decimal | None, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return a figure's sensitivity from its rows of `figure_sensitivity`, or None if unknown.

    `low` and `high` are the smallest and largest of the figure's value and its values without one source, reading or merge, or
    without all merges. Filters are not included, because they answer other questions. `items` change the value if they are left
    out, leave the figure without a value, or could not be tried; they are sorted by kind, the largest difference first. Each
    item has the units that are lost (`gone`) and added (`come`). `unmoved` is the number of items of each kind that change
    nothing, `held` the number of merges that change nothing because other likely pairs connect the two records, and `untried`
    the number of merges that were not tried.
    """
    if value is None or not rows:
        return None
    counts = {
        row["item"]: int(row["title"])
        for row in rows
        if row["kind"] == "merge" and row["item"] in (UNTRIED_MERGES, REDUNDANT_MERGES)
    }
    rows = [row for row in rows if row["kind"] != "merge" or row["item"] not in counts]
    moving = [row for row in rows if row["difference"] or row["note"]]
    values = [value, *(row["value"] for row in rows if row["value"] is not None and row["kind"] != "filter")]
    items = [
        {
            **{name: row[name] for name in _ITEM_FIELDS},
            "value": plain_number(row["value"]),
            "difference": plain_number(row["difference"]),
            "note": row["note"],
            "gone": list(row["gone"] or ()),
            "come": list(row["come"] or ()),
        }
        for row in sorted(
            moving,
            key=lambda row: (_KINDS.index(row["kind"]), -abs(row["difference"] or 0), row["probability"] or 0, row["item"]),
        )
    ]
    still = [
        row["kind"]
        for row in rows
        if not row["difference"] and not row["note"] and (row["kind"], row["item"]) != ("merge", ALL_MERGES)
    ]
    return {
        "low": plain_number(min(values)),
        "high": plain_number(max(values)),
        "items": items,
        "unmoved": {kind: still.count(kind) for kind in _KINDS},
        "held": counts.get(REDUNDANT_MERGES, 0),
        "untried": counts.get(UNTRIED_MERGES, 0),
    }


def plain_number(value: Decimal | None) -> float | int | None:
    """Return a number for JSON: an integer, or the nearest double for fractions and for numbers beyond 64 bits; None for None."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)
