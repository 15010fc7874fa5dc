"""Reads a release's overlaps, for commands and notebooks."""

from typing import Any

import orjson

from overt.release.release_reader import Release

_JSON_COLUMNS = ("sources", "lists", "reasons", "notes", "estimates")


def read_overlaps(release: Release) -> list[dict[str, Any]]:
    """Return every group with the overlaps of its sources; docs/api.md describes the fields.

    The list is empty for releases made before Overt counted overlaps.
    """
    if "overlaps" not in release.manifest["tables"]:
        return []
    cells: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in release.rows('SELECT * FROM "overlaps" ORDER BY unit, cut, part, things DESC, sources'):
        cells.setdefault((row["unit"], row["cut"], row["part"]), []).append({"sources": row["sources"], "things": row["things"]})
    return [
        {
            "release": release.id,
            **row,
            **{name: orjson.loads(row[name]) for name in _JSON_COLUMNS},
            "cells": cells[row["unit"], row["cut"], row["part"]],
        }
        for row in release.rows("SELECT * FROM overlap_answers ORDER BY unit, cut, part")
    ]
