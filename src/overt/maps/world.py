"""Shapes of countries as SVG paths, from the front end's world.json (Natural Earth)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.affinity import translate

from overt.maps.projection import project, turned

WORLD = Path(str(files("overt") / "static" / "built" / "world.json"))
"""Outlines of countries, written by the front end's build."""
_TOLERANCE = 8
"""Drawing units that an outline may leave its true line by on the map of the world: a little more than half a pixel."""
_LEAST = 40
"""Square units below which an island is left out of the drawing, unless it is all there is of its country."""
_BODY = 0.05
"""Part of a country's largest piece from which a piece counts for where the country lies: the Aleutians do not make the United
States as wide as the world."""
_VIEWS = 16
"""Of which a shape keeps its path."""
Box = tuple[float, float, float, float]


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
    polygons: tuple[shapely.Polygon, ...]
    """For maps of a part of it."""
    x: float
    y: float
    box: Box
    """West, top, east, bottom in drawing units."""
    body: Box
    """The same of its large pieces."""
    _drawn: dict[tuple[Box, float], str] = field(default_factory=dict, compare=False, repr=False)
    """Paths of the views that were asked last: a page, its print and their translations ask for the same one."""

    def within(self, view: Box, tolerance: float) -> str:
        """The path of what lies in or near a view, bends within `tolerance` units left out; empty where that is nothing."""
        path = self._drawn.get((view, tolerance))
        if path is None:
            if len(self._drawn) >= _VIEWS:
                self._drawn.clear()
            path = self._drawn[view, tolerance] = self._within(view, tolerance)
        return path

    def _within(self, view: Box, tolerance: float) -> str:
        found = []
        for polygon in self.polygons:
            for piece in _clipped(polygon, view):
                simple = shapely.simplify(piece, tolerance)
                if isinstance(simple, shapely.Polygon) and not simple.is_empty:
                    found.append(path_of(simple))
        return "".join(found)


def load_world(path: Path, *, pacific: bool = False) -> list[Shape]:
    """All shapes; none when the front end has not been built, so pages show their tables alone. `pacific`: for the map that has
    the 180th meridian in its middle.
    """
    if not path.is_file():
        return []
    features = orjson.loads(path.read_bytes())["features"]
    return [shape for feature in features if (shape := _shape(feature, pacific=pacific))]


def _shape(feature: dict[str, Any], *, pacific: bool) -> Shape | None:
    said, geometry = feature["properties"], feature["geometry"]
    rings = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = [_polygon(held) for held in (_turned(rings) if pacific else rings)]
    largest = max(polygon.area for polygon in polygons)
    if not largest:
        return None
    kept = [polygon for polygon in polygons if polygon.area >= min(_LEAST, largest)]
    coarse = [simple for polygon in kept if isinstance(simple := shapely.simplify(polygon, _TOLERANCE), shapely.Polygon)]
    x, y = project(turned(said["x"]) if pacific else said["x"], said["y"])
    path = "".join(path_of(polygon) for polygon in coarse)
    box, body = (_around(polygon for polygon in kept if polygon.area >= part * largest) for part in (0, _BODY))
    return Shape(said["code"], said["name"], bool(said["disputed"]), bool(said["small"]), path, tuple(polygons), x, y, box, body)


def _turned(polygons: list[list[list[list[float]]]]) -> list[list[list[list[float]]]]:
    """Polygons in longitudes from the 180th meridian: cut at the meridian of Greenwich, and whole where they were cut there."""
    whole = [shapely.make_valid(shapely.Polygon(outer, holes)) for outer, *holes in polygons]
    joined = shapely.union_all([half for one in whole for half in halves(one)], grid_size=1e-6)
    pieces = [one for one in getattr(joined, "geoms", [joined]) if isinstance(one, shapely.Polygon)]
    return [[[list(point) for point in ring.coords] for ring in (piece.exterior, *piece.interiors)] for piece in pieces]


def halves(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """A shape in degrees cut at the meridian of Greenwich, its longitudes counted from the 180th meridian."""
    made: list[shapely.Geometry] = []
    for west, by in ((-180, 180), (0, -180)):
        part = shapely.clip_by_rect(shape, west, -90, west + 180, 90)
        if not part.is_empty:
            made.append(translate(part, xoff=by))
    return made


def _around(polygons: Iterable[shapely.Polygon]) -> Box:
    west, top, east, bottom = zip(*(polygon.bounds for polygon in polygons), strict=True)
    return min(west), min(top), max(east), max(bottom)


def _polygon(rings: list[list[list[float]]]) -> shapely.Polygon:
    outer, *holes = [[project(*point) for point in ring] for ring in rings]
    return shapely.Polygon(outer, holes)


def path_of(polygon: shapely.Polygon) -> str:
    """A polygon in the language of SVG paths, in whole units, each point given by its distance from the last."""
    return "".join(f"{drawn}z" for ring in (polygon.exterior, *polygon.interiors) if (drawn := _ring(ring.coords)))


def line_of(points: Iterable[tuple[float, float]], tolerance: float, view: Box | None = None) -> str:
    """An open line in the language of SVG paths, bends within `tolerance` units left out, and what is not in or near `view`;
    empty where it is too short to see.
    """
    line = shapely.simplify(shapely.LineString(list(points)), tolerance)
    if view is None:
        return _ring(line.coords)
    return "".join(_ring(piece.coords) for piece in _clipped(line, view) if isinstance(piece, shapely.LineString))


def _clipped(shape: shapely.Geometry, view: Box) -> Sequence[shapely.Geometry]:
    """The pieces of a shape that lie in or near a view; the cut edge is out of sight."""
    west, top, east, bottom = view
    room = (east - west) / 50
    held = shapely.clip_by_rect(shape, west - room, top - room, east + room, bottom + room)
    return getattr(held, "geoms", [held])


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    whole = [(round(x), round(y)) for x, y, *_ in points]
    steps = [f"{x - a},{y - b} " for (a, b), (x, y) in pairwise(whole) if x != a or y != b]
    return f"M{whole[0][0]},{whole[0][1]}l{''.join(steps)}" if steps else ""
