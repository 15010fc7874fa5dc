"""The map as SVG: countries shaded by count, points by layer and precision, routes as the sketches that they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import orjson
import shapely
from markupsafe import Markup, escape

from overt.language.language import N_, NN_, Language
from overt.maps.marks import CELL, dots, drawn, layer_of, outlines, titled
from overt.maps.projection import HEIGHT, WIDTH, Projection, project, project_turned, turned
from overt.maps.world import Box, Shape, halves, line_of
from overt.queries.database import Row

STEPS = 5
_NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_BEND = 12
"""Drawing units by which a route may be straightened: about a pixel."""
_FINEST = 0.5
_COARSEST = 5
"""The same for outlines of countries, in drawing units: never coarser than on the map of the world, nor finer than seen."""
TILE = 8.5
TILED = f'width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse"'
STROKES = f"M-1 1L1-1M0 {TILE}L{TILE} 0M{TILE - 1} {TILE + 1}L{TILE + 1} {TILE - 1}"
"""The hatching of land without a value. Its lines slope by themselves: a pattern that is turned makes a picture of the world
take twice as long.
"""
_MARGIN = 0.08
_NARROWEST = 1300
"""Drawing units across the smallest map: less would show how coarse the outlines are."""
_SKETCH = N_("shows what is connected, not where it runs")
_NONE = N_("no project recorded")
_SOME = NN_("%(n)s project", "%(n)s projects")
_INHABITED = (0.0, project(0, 84)[1], float(WIDTH), project(0, -57)[1])
"""Everywhere but the far south, in drawing units: what the map of the world shows."""


@dataclass(frozen=True)
class Country:
    """What the map says of a country."""

    projects: int
    label: str
    address: str | None
    shade: int | None = None
    """Its shade, 0 for none, where it does not follow from the number of projects."""
    said: str | None = None
    """What is said of it, where that is not the number of projects; empty for nothing."""


def steps(counts: Iterable[int]) -> tuple[int, ...]:
    """Least number of projects in each of the five shades: quantiles, moved to numbers that people would choose.

    They are taken from a whole release and kept for every filter, so that two maps of it can be compared.
    """
    held = sorted(count for count in counts if count > 0)
    if not held:
        return ()
    starts = [1]
    for step in range(1, STEPS):
        following = max(_nice(held[step * len(held) // STEPS]), starts[-1] + 1)
        if held[-1] >= following:
            starts.append(following)
    return tuple(starts)


def _nice(value: int) -> int:
    if value <= 10:
        return max(1, value)
    power = 10 ** (len(str(value)) - 1)
    choices = [int(step * power) for step in _NICE if float(step * power).is_integer()]
    return min(choices, key=lambda choice: abs(choice - value))


def shade(projects: int, breaks: Sequence[int]) -> int:
    """Which of the five shades; 0 where nothing is recorded."""
    return sum(projects >= least for least in breaks)


def step_names(breaks: Sequence[int], language: Language) -> list[str]:
    """What each shade stands for, in words."""
    names = [str(least) if following - least == 1 else f"{least}–{following - 1}" for least, following in pairwise(breaks)]
    return [*names, language.gettext("%(n)s and more", n=breaks[-1])] if breaks else []


def draw(
    language: Language,
    shapes: Sequence[Shape],
    countries: Mapping[str, Country],
    routes: Sequence[Row],
    marks: Sequence[Row],
    *,
    label: str,
    breaks: Sequence[int] = (),
    hatched: bool = False,
    more: str = "/",
    box: Box | None = None,
    joined: bool = False,
    layers: Mapping[str, str] = MappingProxyType({}),
    place: Projection = project,
) -> Markup:
    """The map, in a language, of these countries, of routes (rows of `map_places`) and marks (rows of `map_marks`).

    `breaks`: least number of projects of each shade, for countries that have no shade of their own; without it these are all in
    one tone. Land without a shade is hatched where there are `breaks`, or if `hatched`. `more`: address of the list that a mark
    of several projects leads to, by its box. `joined`: routes are one line without links, and so are the ends of cables; a map
    of hundreds of them is small enough for a slow line only so. `layers`: what each is called, in titles of marks and routes.
    `place`: where a point is drawn; `project_turned`, with shapes and a box that are meant so, for the map that has the 180th
    meridian in its middle.
    """
    view = box or _INHABITED
    apart = [mark for mark in marks if not (joined and mark["layer"] == "cables")]
    extent = view[2] - view[0], view[3] - view[1]
    scale = scale_of(box)
    role = (
        "group" if routes or marks or any(country.address for country in countries.values()) else "img"
    )  # an image has no links
    parts = [
        f'<svg viewBox="{_rounded(view[0], view[1], *extent)}" role="{role}" aria-label="{escape(label)}">',
        f'<defs><pattern id="hatch" {TILED} patternTransform="scale({10 * scale:.3g})">'
        f'<rect width="{TILE}" height="{TILE}"/><path d="{STROKES}"/></pattern>',
        f"{outlines(apart, scale)}</defs>",
        f'<rect class="sea" x="{view[0]:.0f}" y="{view[1]:.0f}" width="{extent[0]:.0f}" height="{extent[1]:.0f}"/>',
    ]
    inside = [shape for shape in shapes if _meets(shape.box, view)]
    bare = " no-data" if hatched or breaks else ""
    parts += [_country(language, shape, countries.get(shape.code), breaks, bare, scale, box) for shape in inside]
    if joined:
        parts.append(_joined(routes, 2 * _BEND * scale, box, place))
        parts.append(dots((mark for mark in marks if mark["layer"] == "cables"), place))
    else:
        parts += [_route(language, row, _BEND * scale, box, layers, place) for row in routes]
    parts += [drawn(language, mark, more, layers, place) for mark in apart]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def _rounded(*numbers: float) -> str:
    return " ".join(f"{number:.0f}" for number in numbers)


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _country(
    language: Language, shape: Shape, country: Country | None, breaks: Sequence[int], bare: str, scale: float, box: Box | None
) -> str:
    step = 0
    if country:
        step = country.shade if country.shade is not None else shade(country.projects, breaks) if breaks else 2
    tone = f" shade-{step}" if step else bare
    classes = f"land{tone}{' disputed' if shape.disputed else ''}"
    path = shape.within(box, max(_FINEST, _COARSEST * scale)) if box else shape.path
    if not path:
        return ""
    drawn = f'<path class="{classes}" d="{path}"/>'
    if shape.small and step:
        drawn += f'<circle class="{classes}" cx="{shape.x:.0f}" cy="{shape.y:.0f}" r="{36 * scale:.0f}"/>'
    if country is None:
        return drawn
    said = country.said
    if said is None:
        said = language.gettext(_NONE) if not country.projects else language.ngettext(*_SOME, country.projects)
    told = language.gettext("%(name)s: %(said)s", name=country.label, said=said) if said else country.label
    title = f"<title>{escape(told)}</title>"
    return f'<a href="{escape(country.address)}">{title}{drawn}</a>' if country.address else f"<g>{title}{drawn}</g>"


def _joined(routes: Sequence[Row], bend: float, box: Box | None, place: Projection) -> str:
    """All routes of a layer as one line each for those that are schematic and those that are not."""
    held: dict[tuple[str, bool], list[str]] = {}
    for row in routes:
        held.setdefault((layer_of(row), row["precision"] == "schematic"), []).append(_path(row["route"], bend, box, place))
    return "".join(
        f'<path class="route{" schematic" if sketch else ""} layer--{escape(layer)}" d="{"".join(paths)}"/>'
        for (layer, sketch), paths in sorted(held.items())
    )


@lru_cache(maxsize=10_000)
def _path(route: str, bend: float, box: Box | None, place: Projection) -> str:
    shape = orjson.loads(route)
    lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
    lines = [[point[:2] for point in line] for line in lines if len(line) > 1]
    if place is project_turned:  # lines that the edge of the map cuts
        parts = [part for line in lines for part in halves(shapely.LineString(line))]
        lines, place = [one.coords for part in parts for one in getattr(part, "geoms", [part])], project
    return "".join(line_of((place(*point) for point in line), bend, box) for line in lines)


def _route(language: Language, row: Row, bend: float, box: Box | None, layers: Mapping[str, str], place: Projection) -> str:
    path = _path(row["route"], bend, box, place)
    schematic, name = row["precision"] == "schematic", str(language.of(row, "label") or row["id"])
    title = f"<title>{escape(titled(language, name, layers.get(layer_of(row)), _SKETCH if schematic else None))}</title>"
    layer = escape(layer_of(row))
    classes = "route schematic" if schematic else "route"
    address = escape(language.url(f"/project/{row['id']}"))
    return f'<a href="{address}">{title}<path class="{classes} layer--{layer}" d="{path}"/></a>' if path else ""


def scale_of(box: Box | None) -> float:
    """How large a part of the world a map shows: 1 for all of it, 0.1 for a tenth of its width."""
    return max((box[2] - box[0]) / WIDTH, 0.02) if box else 1


def cell_of(box: Box | None) -> float:
    """Side, in degrees, of the squares whose points become one mark on such a map."""
    return CELL * scale_of(box)


def boxes_of(places: Iterable[Row]) -> list[Box]:
    """The boxes, in drawing units, of points and routes (rows of `map_places`)."""
    points = [point for row in places for point in _points(row)]
    return [(x, y, x, y) for x, y in points]


def boxes_of_countries(shapes: Sequence[Shape], codes: Iterable[str]) -> list[Box]:
    """The boxes of countries, small pieces far from the rest left out."""
    wanted = set(codes)
    return [shape.body for shape in shapes if shape.code in wanted]


def spans_the_edge(box: tuple[float, float, float, float]) -> bool:
    """Whether a box of west, south, east and north spans the 180th meridian."""
    return box[0] > box[2]


def box_of_degrees(box: tuple[float, float, float, float]) -> Box | None:
    """What a map of a box of west, south, east and north shows; of one that spans the 180th meridian, on the map that has this in
    its middle. None, for the world, where it goes nearly all around.
    """
    west, south, east, north = box
    if spans_the_edge(box):
        west, east = turned(west), turned(east)
    if not -180 <= west < east <= 180:
        return None
    heights = (max(south, -90), min(max(0, south), north), min(north, 90))
    edges = [project(longitude, latitude) for longitude in (west, east) for latitude in heights]
    return around([(x, y, x, y) for x, y in edges])


def around(boxes: Sequence[Box], ratio: float = 2.4) -> Box | None:
    """What a small map shows: all these boxes with a margin, `ratio` times as wide as it is high."""
    if not boxes:
        return None
    west, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    width = max((east - west) * (1 + 2 * _MARGIN), _NARROWEST, (bottom - top) * (1 + 2 * _MARGIN) * ratio)
    width = min(width, WIDTH)
    height = min(width / ratio, HEIGHT)
    left = min(max(0, (west + east - width) / 2), WIDTH - width)
    upper = min(max(0, (top + bottom - height) / 2), HEIGHT - height)
    return left, upper, left + width, upper + height


def _points(row: Row) -> Iterable[tuple[float, float]]:
    if row["longitude"] is not None:
        yield project(row["longitude"], row["latitude"])
    elif row["route"]:
        shape = orjson.loads(row["route"])
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        yield from (project(*point[:2]) for line in lines for point in line)
