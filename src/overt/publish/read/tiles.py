"""What a tile of the map shows of the projects that a filter finds: points, those of one small square as one."""

from typing import Any

import orjson

from overt.publish.read.database import Reader, Row
from overt.publish.read.filters import ProjectFilter
from overt.publish.read.softness import around, softness
from overt.publish.serve.squares import DEEPEST, position, tile_range

DEEPEST_TILE = 14
_ACROSS = 4
"""Squares along a side of a tile, as a power of two: 16, each of 32 pixels."""


def points(
    reader: Reader, wanted: ProjectFilter, z: int, x: int, y: int, language: str
) -> list[tuple[float, float, dict[str, Any]]]:
    """The points of a tile: where in it (0 to 1 from its upper left corner), and what is said of each."""
    where, values = wanted.where()
    found = f"t.project IN (SELECT p.id FROM projects AS p WHERE {where})" if wanted else "true"
    shift = 2 * max(0, DEEPEST - z - _ACROSS)
    rows = reader.rows("tile", [*tile_range(z, x, y), *(values if wanted else ()), shift], found=found)
    single = [row["project"] for row in rows if row["count"] == 1]
    named = {row["id"]: row for row in reader.rows("tile_projects", [orjson.dumps(single).decode()])}
    made = []
    for row in rows:
        across, down = position(row["longitude"], row["latitude"])
        said = _single(row, named[row["project"]], language) if row["count"] == 1 else _several(row)
        made.append((across * 2**z - x, down * 2**z - y, said))
    return made


def _several(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("count", "west", "south", "east", "north")}


def _single(row: Row, project: Row, language: str) -> dict[str, Any]:
    return {
        "id": project["id"],
        "name": (project["label_zh"] if language == "zh" else None) or project["label"] or project["id"],
        "layer": row["layer"],
        "precision": row["precision"],
        "softness": softness(row["precision"]),
        "around": around(row["precision"], row["radius"], row["latitude"]),
        "kinds": " ".join(orjson.loads(project["kinds"])),
        "countries": " ".join(orjson.loads(project["countries"])),
        "year": str(project["year"] or ""),
    }
