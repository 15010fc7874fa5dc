"""Geometry of places for the map: a point, or a simplified line."""

from typing import NamedTuple

import orjson
import shapely

DRAWN = frozenset({"exact", "locality", "admin2", "admin1", "schematic"})
"""Precisions of places that may be drawn. A place known only by its country is never drawn as a point."""
LOCATED = frozenset({"exact", "locality"})
"""Precisions at which a geometry shows the site or its town, and not a larger area."""
_TOLERANCE = 0.01
"""Maximum deviation in degrees of a drawn route from the source's: about a kilometre, less than a pixel on a world map."""
_DECIMALS = 4


class Drawn(NamedTuple):
    """The geometry of a place as it is drawn, and its bounding box in degrees."""

    longitude: float | None
    latitude: float | None
    route: str | None
    """GeoJSON of a line; None if the place is drawn as a point."""
    box: tuple[float, float, float, float]
    """West, east, south, north."""


def drawn(wkt: str | None, precision: str) -> Drawn | None:
    """Return the geometry to draw for a place with this WKT geometry and precision; None if there is nothing to draw."""
    if not wkt or precision not in DRAWN:
        return None
    shape = shapely.from_wkt(wkt)
    west, south, east, north = shape.bounds
    box = (west, east, south, north)
    if shape.geom_type in ("LineString", "MultiLineString"):
        simple = shapely.set_precision(shapely.simplify(shape, _TOLERANCE), 10**-_DECIMALS, mode="pointwise")
        line = simple if not simple.is_empty else shape
        coordinates = orjson.loads(shapely.to_geojson(line))
        return Drawn(None, None, orjson.dumps(coordinates).decode(), box)
    point = shape if isinstance(shape, shapely.Point) else shape.representative_point()
    return Drawn(round(point.x, _DECIMALS), round(point.y, _DECIMALS), None, box)
