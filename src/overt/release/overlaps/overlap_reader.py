"""Overlaps of a release, as commands and notebooks give them."""

from typing import Any

import orjson

from overt.release.release_reader import Release

_JSON = ("sources", "lists", "reasons", "notes", "estimates")


def overlaps_of(held: Release) -> list[dict[str, Any]]:
    """Every group of things with what its sources tell of together; docs/api.md says what the fields are. None where the release
    was made before overlaps were counted.
    """
    if "overlaps" not in held.manifest["tables"]:
        return []
    cells: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in held.rows('SELECT * FROM "overlaps" ORDER BY unit, cut, part, things DESC, sources'):
        cells.setdefault((row["unit"], row["cut"], row["part"]), []).append({"sources": row["sources"], "things": row["things"]})
    return [
        {
            "release": held.id,
            **row,
            **{name: orjson.loads(row[name]) for name in _JSON},
            "cells": cells[row["unit"], row["cut"], row["part"]],
        }
        for row in held.rows("SELECT * FROM overlap_answers ORDER BY unit, cut, part")
    ]
