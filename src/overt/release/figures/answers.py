"""Figures of a release with their rows, as commands and notebooks give them."""

from typing import Any

import orjson

from overt.model.errors import UsageError
from overt.release.figures.rows import plain_number
from overt.release.figures.sensitivity import sensitivity_said
from overt.release.release import Release


def figures_of(held: Release, name: str = "", most: int | None = None) -> list[dict[str, Any]]:
    """Every figure, those of the first page first, or the one of this name, each with at most so many rows; docs/api.md says what
    the fields are.

    Raises UsageError when there is none of this name.
    """
    found = held.rows("SELECT * FROM figures WHERE ? IN ('', name) ORDER BY headline DESC, name", [name])
    if name and not found:
        known = ", ".join(row["name"] for row in held.rows("SELECT name FROM figures ORDER BY name"))
        raise UsageError(f"{name}: there is no such figure (there are {known})")
    rows: dict[str, list[dict[str, Any]]] = {}
    first = "" if most is None else f"QUALIFY row_number() OVER (PARTITION BY name ORDER BY unit_id, groups) <= {most:d}"
    counted = f"SELECT * FROM figure_rows WHERE counted AND ? IN ('', name) {first} ORDER BY name, unit_id, groups"
    for row in held.rows(counted, [name]):
        rows.setdefault(row["name"], []).append(
            {"unit_id": row["unit_id"], "amount": plain_number(row["amount"]), **orjson.loads(row["groups"])}
        )
    moved: dict[str, list[dict[str, Any]]] = {}
    if "figure_sensitivity" in held.manifest["tables"]:  # a release of before there was such a table has none
        for row in held.rows("SELECT * FROM figure_sensitivity WHERE ? IN ('', name) ORDER BY ALL", [name]):
            moved.setdefault(row["name"], []).append(row)
    return [
        {
            "name": figure["name"],
            "title": figure["title"],
            "question": figure["question"],
            "value": plain_number(figure["value"]),
            "unit": figure["unit"],
            "counting_unit": figure["counting_unit"],
            "status": figure["status"],
            "release": held.id,
            "rows": rows.get(figure["name"], []),
            "rows_total": figure["rows"],
            "groups": orjson.loads(figure["groups"]),
            "variants": orjson.loads(figure["variants"]),
            "comparators": orjson.loads(figure["comparators"]),
            "sources": orjson.loads(figure.get("sources") or "[]"),
            "gaps": orjson.loads(figure.get("gaps") or "[]"),
            "sensitivity": sensitivity_said(figure["value"], moved.get(figure["name"], [])),
        }
        for figure in found
    ]
