"""What the layers of tiles hold, as TileJSON 3 and PMTiles say it."""

from collections.abc import Collection, Iterable
from typing import Any

from overt.vector_tiles.point_tiles import LAYER
from overt.vector_tiles.shape_tiles import CABLES, COUNTRIES

_LAYERS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        COUNTRIES,
        "Countries and other areas (Natural Earth): code, name, and how many projects are recorded in each",
        {"code": "String", "name": "String", "projects": "Number"},
    ),
    (
        CABLES,
        "Routes of projects: the project's id and name; those of precision schematic show what is connected, not where it runs",
        {"id": "String", "name": "String", "precision": "String", "year": "Number"},
    ),
    (
        LAYER,
        "Places of projects, a project at a place each: the project's id, name, layer, year, and how exactly the place is known; "
        "near ones are one, with their count. None is known to a country only",
        {"id": "String", "name": "String", "layer": "String", "precision": "String", "year": "Number", "count": "Number"},
    ),
)


def described(last: int, shapes: Collection[str] = (COUNTRIES, CABLES)) -> dict[str, Any]:
    """The layers of tiles of zooms 0 to `last`; `shapes`: those beside the points."""
    held = [
        {"id": name, "description": what, "fields": fields, "minzoom": 0, "maxzoom": last}
        for name, what, fields in _LAYERS
        if name in (*shapes, LAYER)
    ]
    return {"vector_layers": held, "minzoom": 0, "maxzoom": last}


def attribution(sources: Iterable[str]) -> str:
    """Whose data it is, in a line: titles of sources, and of the outlines."""
    return "; ".join([*sorted(sources), "Natural Earth"])
