"""Shapes of countries from the front end's world.json (Natural Earth), as SVG paths and GeoJSON.

The functions that write SVG paths also accept other shapes.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.affinity import translate

from overt.maps.projection import pacific_longitude, project

WORLD_FILE = Path(str(files("overt") / "static" / "built" / "world.json"))
"""Outlines of countries, written by the front end's build."""
_WORLD_TOLERANCE = 8
"""Maximum deviation of an outline on the map of the world, in drawing units: less than a pixel at 960 pixels.

It is larger than `TOLERANCE_AT_FULL_WIDTH`, because most maps show the world, and pages must be small.
"""
_MIN_ISLAND_AREA = 40
"""Minimum area of an island on the map of the world, in square drawing units.

Smaller ones are left out, unless they are the largest piece of their country.
"""
_BODY_SHARE = 0.05
"""Minimum share of the largest piece's area for a piece to determine where a country lies.

Otherwise the Aleutians would make the United States as wide as the world.
"""
TOLERANCE_AT_FULL_WIDTH = 5
"""Tolerance of a view as wide as the world at 960 pixels, in drawing units.

The tolerance of a view is proportional to its width, and to the `reduction` of the map (see `draw_map`), so only maps that are
narrower than 960 pixels on a page have a larger one.
"""
_CACHED_VIEWS = 16
"""Maximum number of views for which a shape caches its path."""
_DETAIL_STEP = 1.25
"""Ratio between the tolerances for which a shape caches its simplified outline."""
Box = tuple[float, float, float, float]
"""West, top, east, bottom in drawing units."""


@dataclass(frozen=True)
class CountryShape:
    """The shape of one country, projected."""

    code: str
    """Code of the country; empty for land that does not belong to any area of the vocabulary."""
    name: str
    disputed: bool
    small: bool
    path: str
    """SVG path for the map of the world."""
    polygons: tuple[shapely.Polygon, ...]
    """Outline in full detail, for maps of part of the world."""
    x: float
    y: float
    box: Box
    body: Box
    """The bounding box of the large pieces."""
    _paths: dict[tuple[Box, float], str] = field(default_factory=dict, compare=False, repr=False)
    """Paths of recent views, because a page, its print version and their translations all need the same paths."""
    _outlines: dict[int, list["_Outline"]] = field(default_factory=dict, compare=False, repr=False)
    """Simplified polygons by power of `_DETAIL_STEP`. Views differ from page to page, but few degrees of detail occur."""

    def path_in_view(self, view: Box, tolerance: float) -> str:
        """Return the path of the part in or near a view, simplified within `tolerance` units (over 0); empty if there is none.

        Above `TOLERANCE_AT_FULL_WIDTH`, tiny pieces are left out.
        """
        path = self._paths.get((view, tolerance))
        if path is None:
            if len(self._paths) >= _CACHED_VIEWS:
                self._paths.clear()
            path = self._paths[view, tolerance] = self._clipped_path(view, tolerance)
        return path

    def _clipped_path(self, view: Box, tolerance: float) -> str:
        # Pieces too small to see are left out of a map that is narrow on the page. A shaded country of that size has a circle.
        min_area = 4 * tolerance * tolerance if tolerance > TOLERANCE_AT_FULL_WIDTH else 0
        paths = []
        for outline in self._simplified(tolerance):
            if outline.area < min_area:
                continue
            if is_inside(outline.box, view):
                paths.append(outline.path)
                continue
            pieces = _clip(outline.polygon, view) if outline.overlaps(view) else ()
            paths += [polygon_path(piece) for piece in pieces if isinstance(piece, shapely.Polygon) and piece.area > min_area]
        return "".join(paths)

    def outlines(self, tolerance: float) -> list[shapely.Polygon]:
        """Return the polygons, simplified within `tolerance` units (over 0)."""
        return [outline.polygon for outline in self._simplified(tolerance)]

    def _simplified(self, tolerance: float) -> list["_Outline"]:
        """Return the polygons simplified within the largest power of `_DETAIL_STEP` that is not above `tolerance`."""
        step = math.floor(math.log(tolerance, _DETAIL_STEP))
        if step not in self._outlines:
            simple = shapely.simplify(self.polygons, _DETAIL_STEP**step)
            self._outlines[step] = [
                _Outline(polygon) for polygon in simple if isinstance(polygon, shapely.Polygon) and polygon.area
            ]
        return self._outlines[step]


class _Outline:
    """A simplified polygon of a country."""

    def __init__(self, polygon: shapely.Polygon) -> None:
        self.polygon = polygon
        self.box: Box = polygon.bounds
        self.area: float = polygon.area

    @cached_property
    def path(self) -> str:
        return polygon_path(self.polygon)

    def overlaps(self, view: Box) -> bool:
        """Return whether the outline's box overlaps a view, including the margin that is drawn around the view."""
        return boxes_overlap(self.box, _with_margin(view))


def boxes_overlap(box: Box, other: Box) -> bool:
    """Return whether two boxes have a point in common."""
    return box[0] <= other[2] and box[2] >= other[0] and box[1] <= other[3] and box[3] >= other[1]


def is_inside(box: Box, view: Box) -> bool:
    """Return whether a view contains all of a box."""
    return view[0] <= box[0] and view[1] <= box[1] and box[2] <= view[2] and box[3] <= view[3]


def load_world(path: Path, *, pacific: bool = False) -> list[CountryShape]:
    """Return all country shapes; empty if the front end has not been built.

    Pages then only show their tables. `pacific`: for the map centred on the 180th meridian.
    """
    if not path.is_file():
        return []
    features = orjson.loads(path.read_bytes())["features"]
    return [shape for feature in features if (shape := _parse_shape(feature, pacific=pacific))]


def _parse_shape(feature: dict[str, Any], *, pacific: bool) -> CountryShape | None:
    properties, geometry = feature["properties"], feature["geometry"]
    rings = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = [_project_polygon(polygon) for polygon in (_to_pacific(rings) if pacific else rings)]
    largest = max(polygon.area for polygon in polygons)
    if not largest:
        return None
    visible = [polygon for polygon in polygons if polygon.area >= min(_MIN_ISLAND_AREA, largest)]
    coarse = [simple for polygon in visible if isinstance(simple := shapely.simplify(polygon, _WORLD_TOLERANCE), shapely.Polygon)]
    longitude = pacific_longitude(properties["x"]) if pacific else properties["x"]
    x, y = project(longitude, properties["y"])
    box, body = (_bounds(polygon for polygon in visible if polygon.area >= share * largest) for share in (0, _BODY_SHARE))
    return CountryShape(
        properties["code"],
        properties["name"],
        bool(properties["disputed"]),
        bool(properties["small"]),
        "".join(polygon_path(polygon) for polygon in coarse),
        tuple(polygons),
        x,
        y,
        box,
        body,
    )


def _to_pacific(polygons: list[list[list[list[float]]]]) -> list[list[list[list[float]]]]:
    """Return polygons with longitudes counted from the 180th meridian.

    They are cut at Greenwich, and joined where the 180th meridian had cut them.
    """
    valid = [shapely.make_valid(shapely.Polygon(outer, holes)) for outer, *holes in polygons]
    joined = shapely.union_all([half for polygon in valid for half in split_at_greenwich(polygon)], grid_size=1e-6)
    pieces = [piece for piece in getattr(joined, "geoms", [joined]) if isinstance(piece, shapely.Polygon)]
    return [[[list(point) for point in ring.coords] for ring in (piece.exterior, *piece.interiors)] for piece in pieces]


def load_outlines() -> dict[str, dict[str, Any]]:
    """Return GeoJSON geometries in degrees by country code; empty if the front end has not been built."""
    features = orjson.loads(WORLD_FILE.read_bytes())["features"] if WORLD_FILE.is_file() else []
    return {feature["properties"]["code"]: feature["geometry"] for feature in features if feature["properties"]["code"]}


def split_at_greenwich(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """Cut a shape in degrees at the meridian of Greenwich. The longitudes of both halves are counted from the 180th meridian."""
    halves: list[shapely.Geometry] = []
    for west, offset in ((-180, 180), (0, -180)):
        half = shapely.clip_by_rect(shape, west, -90, west + 180, 90)
        if not half.is_empty:
            halves.append(translate(half, xoff=offset))
    return halves


def _bounds(polygons: Iterable[shapely.Polygon]) -> Box:
    west, top, east, bottom = zip(*(polygon.bounds for polygon in polygons), strict=True)
    return min(west), min(top), max(east), max(bottom)


def _project_polygon(rings: list[list[list[float]]]) -> shapely.Polygon:
    outer, *holes = [[project(*point) for point in ring] for ring in rings]
    return shapely.Polygon(outer, holes)


def polygon_path(polygon: shapely.Polygon) -> str:
    """Return a polygon as an SVG path in integer units; each point is relative to the previous one."""
    return "".join(f"{path}z" for ring in (polygon.exterior, *polygon.interiors) if (path := _relative_path(ring.coords)))


def line_path(points: Iterable[tuple[float, float]], tolerance: float, view: Box | None = None) -> str:
    """Return an open line as an SVG path, simplified within `tolerance` units and clipped to the area in or near a given `view`.

    Empty if the line is too short to be visible, or outside the view.
    """
    line = shapely.simplify(shapely.LineString(list(points)), tolerance)
    if view is None:
        return _relative_path(line.coords)
    return "".join(_relative_path(piece.coords) for piece in _clip(line, view) if isinstance(piece, shapely.LineString))


def _clip(shape: shapely.Geometry, view: Box) -> Sequence[shapely.Geometry]:
    """Return the pieces of a shape that lie in or near a view. The cut edges are outside the visible part."""
    clipped = shapely.clip_by_rect(shape, *_with_margin(view))
    return getattr(clipped, "geoms", [clipped])


def _with_margin(view: Box) -> Box:
    west, top, east, bottom = view
    margin = (east - west) / 50
    return west - margin, top - margin, east + margin, bottom + margin


def _relative_path(points: Iterable[tuple[float, ...]]) -> str:
    rounded = [(round(x), round(y)) for x, y, *_ in points]
    steps = [f"{x - from_x},{y - from_y} " for (from_x, from_y), (x, y) in pairwise(rounded) if x != from_x or y != from_y]
    return f"M{rounded[0][0]},{rounded[0][1]}l{''.join(steps)}" if steps else ""
