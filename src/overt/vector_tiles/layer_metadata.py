"""Descriptions of the tile layers and their attribution, for TileJSON 3 and PMTiles."""

from collections.abc import Collection, Iterable
from typing import Any

from overt.vector_tiles.point_tiles import POINT_LAYER
from overt.vector_tiles.route_and_country_tiles import CABLES, COUNTRIES

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
        POINT_LAYER,
        "Places of projects, with a point for each project at each place: the project's id, name, layer, year, and how exactly "
        "the place is known. Points close together are joined, with the number of their projects. Places known only by country "
        "are left out",
        {"id": "String", "name": "String", "layer": "String", "precision": "String", "year": "Number", "count": "Number"},
    ),
)


def describe_layers(last: int, shapes: Collection[str] = (COUNTRIES, CABLES)) -> dict[str, Any]:
    """Describe the layers of tiles of zooms 0 to `last`. `shapes`: names of the layers besides the points."""
    vector_layers = [
        {"id": name, "description": description, "fields": fields, "minzoom": 0, "maxzoom": last}
        for name, description, fields in _LAYERS
        if name in (*shapes, POINT_LAYER)
    ]
    return {"vector_layers": vector_layers, "minzoom": 0, "maxzoom": last}


def attribution(sources: Iterable[str]) -> str:
    """Return the attribution line of the tiles.

    `sources`: the attribution of each source, or its title if it has none. Natural Earth (outlines) and GeoNames (towns) follow.
    """
    return "; ".join([*sorted(sources), "Natural Earth", "GeoNames (CC BY 4.0)"])
