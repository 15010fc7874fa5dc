"""Which sources cover the same things, as the release stores it."""

from typing import Any

import orjson

from overt.queries.database import Reader, Row

_JSON = ("sources", "lists", "reasons", "notes", "estimates")


def every(reader: Reader) -> list[Row]:
    """Return all groups with their answers; `cells`: how many things exactly these `sources` cover, the most first."""
    cells: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in reader.rows("overlaps.all"):
        cell = {"sources": orjson.loads(row["sources"]), "things": row["things"]}
        cells.setdefault((row["unit"], row["cut"], row["part"]), []).append(cell)
    return [
        {
            **row,
            **{name: orjson.loads(row[name]) for name in _JSON},
            "cells": cells.get((row["unit"], row["cut"], row["part"]), []),
        }
        for row in reader.rows("overlaps.answers")
    ]
