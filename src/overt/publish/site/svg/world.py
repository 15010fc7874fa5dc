"""Shapes of countries as SVG paths, from the front end's world.json (Natural Earth)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import shapely

from overt.publish.site.svg.projection import project

_TOLERANCE = 5
"""Drawing units that an outline may leave its true line by on the map of the world: half a pixel on a wide screen."""
_LEAST = 40
"""Square units below which an island is left out of the drawing, unless it is all there is of its country."""


@dataclass(frozen=True)
class Shape:
    """One country as it is drawn."""

    code: str
    """Empty for land that no area of ours is meant by."""
    name: str
    disputed: bool
    small: bool
    path: str
    """For the map of the world."""
    fine: str
    """For maps of a part of it."""
    x: float
    y: float
    box: tuple[float, float, float, float]
    """West, top, east, bottom in drawing units."""


def load_world(path: Path) -> list[Shape]:
    """All shapes; none when the front end has not been built, so pages show their tables alone."""
    if not path.is_file():
        return []
    features = orjson.loads(path.read_bytes())["features"]
    return [shape for feature in features if (shape := _shape(feature))]


def _shape(feature: dict[str, Any]) -> Shape | None:
    said, geometry = feature["properties"], feature["geometry"]
    rings = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = [_polygon(held) for held in rings]
    largest = max(polygon.area for polygon in polygons)
    if not largest:
        return None
    kept = [polygon for polygon in polygons if polygon.area >= min(_LEAST, largest)]
    boxes = [polygon.bounds for polygon in kept]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    coarse = [simple for polygon in kept if isinstance(simple := shapely.simplify(polygon, _TOLERANCE), shapely.Polygon)]
    x, y = project(said["x"], said["y"])
    path, fine = ("".join(path_of(polygon) for polygon in held) for held in (coarse, polygons))
    return Shape(said["code"], said["name"], bool(said["disputed"]), bool(said["small"]), path, fine, x, y, box)


def _polygon(rings: list[list[list[float]]]) -> shapely.Polygon:
    outer, *holes = [[project(*point) for point in ring] for ring in rings]
    return shapely.Polygon(outer, holes)


def path_of(polygon: shapely.Polygon) -> str:
    """A polygon in the language of SVG paths, in whole units, each point given by its distance from the last."""
    return "".join(f"{drawn}z" for ring in (polygon.exterior, *polygon.interiors) if (drawn := _ring(ring.coords)))


def line_of(points: Iterable[tuple[float, float]], tolerance: float) -> str:
    """An open line in the language of SVG paths, bends within `tolerance` units left out; empty where it is too short to see."""
    line = shapely.simplify(shapely.LineString(list(points)), tolerance)
    return _ring(line.coords)


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    steps = list(_steps(points))
    return "".join(steps) if len(steps) > 1 else ""


def _steps(points: Iterable[tuple[float, ...]]) -> Iterator[str]:
    last: tuple[int, int] | None = None
    for x, y, *_ in points:
        at = round(x), round(y)
        if last is None:
            yield f"M{at[0]},{at[1]}l"
        elif at != last:
            yield f"{at[0] - last[0]},{at[1] - last[1]} "
        last = at
