"""The map as SVG: shaded countries, marks by layer and precision, routes, and rings around imprecise places."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import orjson
import shapely
from markupsafe import Markup, escape

from overt.language.language import N_, NN_, Language
from overt.maps.country_shapes import TOLERANCE_AT_FULL_WIDTH, Box, CountryShape, boxes_overlap, line_path, split_at_greenwich
from overt.maps.map_view import map_scale
from overt.maps.marks import draw_landing_dots, draw_mark, layer_of, sign_definitions, title_of
from overt.maps.precision_rings import draw_ring
from overt.maps.projection import WIDTH, Projection, project, project_pacific
from overt.queries.maps.cable_colours_by_supplier import CABLES_LAYER, UNKNOWN
from overt.queries.maps.map_marks import MapMark, MapPlace

_ROUTE_TOLERANCE = 12
"""Maximum deviation of a simplified route, in drawing units: about a pixel."""
_MIN_TOLERANCE = 0.5
"""Minimum tolerance for outlines of countries, in drawing units."""
HATCH_SIZE = 8.5
HATCH_ATTRIBUTES = f'width="{HATCH_SIZE}" height="{HATCH_SIZE}" patternUnits="userSpaceOnUse"'
HATCH_PATH = f"M-1 1L1-1M0 {HATCH_SIZE}L{HATCH_SIZE} 0M{HATCH_SIZE - 1} {HATCH_SIZE + 1}L{HATCH_SIZE + 1} {HATCH_SIZE - 1}"
"""The hatching of land without a value.

The lines themselves are sloped, because with a rotated pattern a picture of the world takes twice as long to make.
"""
_SKETCH = N_("shows what is connected, not where it runs")
_NONE = N_("no project recorded")
_SOME = NN_("%(n)s project", "%(n)s projects")
INHABITED = (0.0, -90.0, float(WIDTH), project(0, -57)[1])
"""The visible part of the map of the world: everything but the far south.

There is room above the pole, so that the Arctic coasts, which this projection flattens, don't look cut off.
"""


@dataclass(frozen=True)
class MapCountry:
    """How a country appears on the map: its shade, its title, and the page that it links to."""

    projects: int
    label: str
    address: str | None
    shade: int = 2
    """Shade of the country; 0 for none."""
    caption: str | None = None
    """The words after the country's name; empty for none, None for the number of projects."""


def draw_map(
    language: Language,
    shapes: Sequence[CountryShape],
    countries: Mapping[str, MapCountry],
    routes: Sequence[MapPlace],
    marks: Sequence[MapMark],
    *,
    label: str,
    hatched: bool = False,
    hatch_others: bool = True,
    more: str = "/",
    view: Box | None = None,
    joined: bool = False,
    layers: Mapping[str, str] = MappingProxyType({}),
    place: Projection = project,
    rings: Sequence[MapPlace] = (),
    reduction: float = 1,
    cable_groups: Callable[[str], str] | None = None,
    palette: str = "project",
) -> Markup:
    """Return the map of these countries, routes (rows of `map_places`) and marks (rows of `map_marks`) as SVG.

    `label`: the map's name for screen readers.

    Land without a shade is hatched if `hatched` is true; if `hatch_others` is false, only land of `countries` is hatched.
    `more`: address of the list to which a mark of several projects adds its box.
    `view`: the visible part; None for the world. `joined`: whether the routes of a layer become one path without links, and the
    ends of cables another; a map of hundreds of cables must be small for slow connections. `layers`: names of layers, for the
    titles of marks and routes. `place`: the projection; `project_pacific`, with shapes and a view for it, gives the map centred
    on the 180th meridian. `rings`: places around which a circle shows how far from their mark they may be. `reduction`: how
    many times narrower than 960 pixels the map is on a page; marks grow by this factor, and outlines become coarser.
    `cable_groups`: the function that returns a cable's group of suppliers (`CableSuppliers`); if routes are `joined`, cables
    are then solid lines in the colours of the groups. If it is None, cables have the colour of their layer. `palette`: the name
    of the shades' palette in `overt.charts.palette.PALETTES`.
    """
    extent_box = view or INHABITED
    world = INHABITED if reduction > 1 else None
    linked_marks = [mark for mark in marks if not (joined and mark.layer == "cables")]
    extent = extent_box[2] - extent_box[0], extent_box[3] - extent_box[1]
    scale = map_scale(view)
    has_links = bool(routes or marks or any(country.address for country in countries.values()))
    role = "group" if has_links else "img"  # An element with the role `img` cannot contain links.
    parts = [
        f'<svg class="palette--{palette}" viewBox="{_join_rounded(extent_box[0], extent_box[1], *extent)}" role="{role}" '
        f'aria-label="{escape(label)}">',
        f'<defs><pattern id="hatch" {HATCH_ATTRIBUTES} patternTransform="scale({10 * scale:.3g})">'
        f'<rect width="{HATCH_SIZE}" height="{HATCH_SIZE}"/><path d="{HATCH_PATH}"/></pattern>',
        f"{sign_definitions(linked_marks, scale * reduction)}</defs>",
        f'<rect class="sea" x="{extent_box[0]:.0f}" y="{extent_box[1]:.0f}" width="{extent[0]:.0f}" height="{extent[1]:.0f}"/>',
    ]
    bare = " no-data" if hatched else ""
    other = bare if hatch_others else ""
    parts += [
        _draw_country(
            language,
            shape,
            countries.get(shape.code),
            bare if shape.code in countries else other,
            scale * reduction,
            view or world,
        )
        for shape in shapes
        if boxes_overlap(shape.box, extent_box)
    ]
    if joined:
        parts.append(_draw_joined_routes(routes, 2 * _ROUTE_TOLERANCE * scale, view, place, cable_groups))
        parts.append(draw_landing_dots((mark for mark in marks if mark.layer == "cables"), place))
    else:
        parts += [_draw_route(language, row, _ROUTE_TOLERANCE * scale, view, layers, place) for row in routes]
    parts += [draw_ring(row, place) for row in rings]
    parts += [draw_mark(language, mark, more, layers, place) for mark in linked_marks]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def append_to_svg(drawing: Markup, *parts: str) -> Markup:
    """Return a drawing with more SVG on top of it. All text in `parts` must be escaped."""
    return Markup(f"{drawing.removesuffix('</svg>')}{''.join(parts)}</svg>")  # noqa: S704 (see above)


def country_title(language: Language, country: MapCountry) -> str:
    """Return the title of a country on the map: its name, and its caption or number of projects."""
    caption = country.caption
    if caption is None:
        caption = language.gettext(_NONE) if not country.projects else language.ngettext(*_SOME, country.projects)
    return language.gettext("%(name)s: %(value)s", name=country.label, value=caption) if caption else country.label


def outline_tolerance(view: Box, reduction: float) -> float:
    """Return the tolerance with which `draw_map` simplifies countries. An outline drawn over a country must use it, too."""
    return _tolerance(map_scale(view) * reduction)


def _tolerance(scale: float) -> float:
    return max(_MIN_TOLERANCE, TOLERANCE_AT_FULL_WIDTH * scale)


def _join_rounded(*numbers: float) -> str:
    return " ".join(f"{number:.0f}" for number in numbers)


def _draw_country(
    language: Language,
    shape: CountryShape,
    country: MapCountry | None,
    bare: str,
    scale: float,
    view: Box | None,
) -> str:
    shade = country.shade if country else 0
    tone = f" shade-{shade}" if shade else bare
    classes = f"land{tone}{' disputed' if shape.disputed else ''}"
    path = shape.path_in_view(view, _tolerance(scale)) if view else shape.path
    outlines = [("path", f'd="{path}"')] if path else []
    # The outline of a small country can be left out of a narrow map, so its position decides whether a circle is drawn.
    if shape.small and shade and (path or _contains(view or INHABITED, shape)):
        outlines.append(("circle", f'cx="{shape.x:.0f}" cy="{shape.y:.0f}" r="{36 * scale:.0f}"'))
    if not outlines:
        return ""
    drawing = "".join(f'<{element} class="{classes}" {geometry}/>' for element, geometry in outlines)
    if country is None:
        return drawing
    title = f"<title>{escape(country_title(language, country))}</title>"
    return f'<a href="{escape(country.address)}">{title}{drawing}</a>' if country.address else f"<g>{title}{drawing}</g>"


def _contains(view: Box, shape: CountryShape) -> bool:
    return view[0] <= shape.x <= view[2] and view[1] <= shape.y <= view[3]


def _draw_joined_routes(
    routes: Sequence[MapPlace], tolerance: float, view: Box | None, place: Projection, cable_groups: Callable[[str], str] | None
) -> str:
    """Draw the routes of each layer as one path, and its schematic routes as another.

    With `cable_groups`, cables are one path for each group of suppliers. Those without a recorded supplier are drawn first, below
    all other routes.
    """
    paths: dict[tuple[bool, str], list[str]] = {}
    for row in routes:
        path = _route_path(row.route, tolerance, view, place)
        layer = layer_of(row)
        if cable_groups and layer == CABLES_LAYER:
            group = cable_groups(row.id)
            look = f"route cable--{group}"
        else:
            group, look = "", f"route{' schematic' if row.precision == 'schematic' else ''} layer--{escape(layer)}"
        paths.setdefault((group != UNKNOWN, look), []).append(path)
    return "".join(f'<path class="{look}" d="{"".join(parts)}"/>' for (_, look), parts in sorted(paths.items()))


@lru_cache(maxsize=10_000)
def _route_path(route: str, tolerance: float, view: Box | None, place: Projection) -> str:
    shape = orjson.loads(route)
    lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
    lines = [[point[:2] for point in line] for line in lines if len(line) > 1]
    if place is project_pacific:  # Greenwich is the edge of this map, so lines are cut there.
        halves = [half for line in lines for half in split_at_greenwich(shapely.LineString(line))]
        lines, place = [part.coords for half in halves for part in getattr(half, "geoms", [half])], project
    return "".join(line_path((place(*point) for point in line), tolerance, view) for line in lines)


def _draw_route(
    language: Language, row: MapPlace, tolerance: float, view: Box | None, layers: Mapping[str, str], place: Projection
) -> str:
    path = _route_path(row.route, tolerance, view, place)
    schematic, name = row.precision == "schematic", str(language.localized(row, "label") or row.id)
    title = f"<title>{escape(title_of(language, name, layers.get(layer_of(row)), _SKETCH if schematic else None))}</title>"
    layer = escape(layer_of(row))
    classes = "route schematic" if schematic else "route"
    address = escape(language.url(f"/project/{row.id}"))
    return f'<a href="{address}">{title}<path class="{classes} layer--{layer}" d="{path}"/></a>' if path else ""
