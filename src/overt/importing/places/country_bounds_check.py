"""Checks that places are in their country."""

from collections.abc import Iterable

import shapely

from overt.importing.errors import Problem
from overt.model.claim import Claim
from overt.model.geography.countries_and_territories import Areas

MARGIN = 2.0
"""Distance in degrees that a point may be outside its country's bounds, because landing points and ports are off the coast."""


def check_place(areas: Areas, claims: Iterable[Claim]) -> None:
    """Raise Problem if a place is more than `MARGIN` outside the bounds of the country that its row states.

    A shape is judged by one of its points. Routes, and places in countries without known bounds, are not checked.
    """
    by_record: dict[str, dict[str, str]] = {}
    for claim in claims:
        if claim.type == "place":
            by_record.setdefault(claim.record, {})[claim.property] = claim.value
    for record, values in by_record.items():
        area = areas.areas.get(values.get("country", ""))
        bounds = area and area.bounds
        if not bounds or "geometry" not in values or values.get("kind") == "route":
            continue
        shape = shapely.from_wkt(values["geometry"]).representative_point()
        if not _inside(bounds, shape.x, shape.y):
            swapped = " (longitude and latitude look swapped)" if _inside(bounds, shape.y, shape.x) else ""
            point = f"{record}: ({shape.x:g}, {shape.y:g})"
            raise Problem(f"{point} lies outside of {area.label if area else ''}{swapped}", value=point)


def _inside(bounds: tuple[float, float, float, float], x: float, y: float) -> bool:
    west, south, east, north = bounds
    return west - MARGIN <= x <= east + MARGIN and south - MARGIN <= y <= north + MARGIN
