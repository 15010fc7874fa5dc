"""A small map of shaded countries without routes and marks, coarse enough to appear beside a sentence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely
from markupsafe import Markup, escape

from overt.maps.country_shapes import CountryShape, polygon_path
from overt.maps.projection import WIDTH, project
from overt.maps.uncounted_stripes import stripe_pattern, stripe_shape

_TOLERANCE = 20
"""Maximum deviation of an outline, in drawing units: less than two pixels at 760 pixels."""
_MIN_PIECE_AREA = 1600
"""Minimum area of a piece, in square drawing units. Smaller ones are left out, unless they are the largest of their country."""
_TOP, _BOTTOM = -90.0, project(0, -56)[1]
"""Upper and lower edge of the visible part of the world, in drawing units.

There is room above the pole, so that the Arctic coasts, which this projection flattens, don't look cut off. Antarctica is left
out.
"""
_LEFT, _RIGHT = WIDTH * 0.06, WIDTH * 0.985
"""Left and right edge of the visible part of the world, in drawing units. Part of the Pacific is left out."""
_DOT = 44
"""Radius of the dot that marks a country too small to be seen."""
_NAME_SIZE = 12
"""Size of a country's name, in pixels at a map's usual width."""
_NAME_STEP = 26
"""Distance from a country's middle to its name, to the side and up or down, in the same pixels."""
_NAME_REACH = 160
"""Room for a name to the right of a country, in the same pixels."""
_PIXELS = 800
"""The usual width of a small map. At this width, its stripes have the size that `overt.maps.uncounted_stripes` defines."""
VIEW = (_LEFT, _TOP, _RIGHT, _BOTTOM)
"""The visible part of the world, in drawing units: west, top, east, bottom."""
HEIGHT_PER_WIDTH = (_BOTTOM - _TOP) / (_RIGHT - _LEFT)
"""Height of a small map for a width of 1."""


class SmallShape(NamedTuple):
    """The coarse outline of a country."""

    code: str
    small: bool
    x: float
    y: float
    path: str


@dataclass(frozen=True)
class Shade:
    """How a country is drawn: its shade, the words about it, and the page that it links to.

    Shades are numbered from 1; shade 0 is the colour of the text around the map.
    """

    shade: int
    title: str
    address: str | None = None
    hollow: bool = False
    """Whether only the country's outline has the colour of its shade."""


def small_shapes(shapes: Sequence[CountryShape]) -> list[SmallShape]:
    """Return the coarse outlines of countries, without Antarctica and tiny pieces."""
    return [
        SmallShape(shape.code, shape.small, shape.x, shape.y, path)
        for shape in shapes
        if shape.code != "AQ" and (path := "".join(_paths(shape)))
    ]


def _paths(shape: CountryShape) -> Iterator[str]:
    largest = max(polygon.area for polygon in shape.polygons)
    for polygon in shape.polygons:
        if polygon.area >= min(_MIN_PIECE_AREA, largest):
            simple = shapely.simplify(polygon, _TOLERANCE)
            if isinstance(simple, shapely.Polygon) and not simple.is_empty:
                yield polygon_path(simple)


def draw_small_map(
    shapes: Sequence[SmallShape],
    countries: Mapping[str, Shade],
    *,
    label: str,
    hatch: str | None = None,
    palette: str = "count",
    striped: Collection[str] = (),
    names: Mapping[str, str] = {},
) -> Markup:
    """Return a map as SVG in which these countries are shaded, and all others are one shape.

    `label`: the map's name for screen readers. `hatch`: id of the pattern that fills the other countries, unique on its page;
    None fills them with one tone. `palette`: the name of the shades' palette in `overt.charts.palette.PALETTES`. `striped`:
    countries with stripes on plain land, even if they have a shade. `names`: texts beside countries, by code.
    """
    box = f"{_LEFT:.0f} {_TOP:.0f} {_RIGHT - _LEFT:.0f} {_BOTTOM - _TOP:.0f}"
    has_links = any(country.address for country in countries.values())
    role = "group" if has_links else "img"  # An element with the role `img` cannot contain links.
    parts = [f'<svg class="small-map palette--{palette}" viewBox="{box}" role="{role}" aria-label="{escape(label)}">']
    stripes = f"{hatch or palette}-stripes"
    if striped:
        parts.append(f"<defs>{stripe_pattern(stripes, (_RIGHT - _LEFT) / _PIXELS)}</defs>")
    if hatch:
        parts.append(
            f'<defs><pattern id="{hatch}" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="70" height="70"/><path d="M0 0V70"/></pattern></defs>'
        )
    rest = "".join(shape.path for shape in shapes if shape.code not in countries)
    fill = f' fill="url(#{hatch})"' if hatch else ""
    parts.append(f'<path class="rest"{fill} d="{rest}"/>')
    parts += [
        _draw(shape, countries[shape.code], stripes if shape.code in striped else "")
        for shape in shapes
        if shape.code in countries
    ]
    parts += [
        stripe_shape(stripes, *_outline(shape)) for shape in shapes if shape.code in striped and shape.code not in countries
    ]
    named = [shape for shape in shapes if shape.code in names]
    parts += [_name(shape, names[shape.code], at_left=_has_right_neighbour(shape, named)) for shape in named]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def _has_right_neighbour(shape: SmallShape, named: Sequence[SmallShape]) -> bool:
    """Return whether a name to the right of a country would run into the name of another country."""
    reach = _NAME_REACH * (_RIGHT - _LEFT) / _PIXELS
    return any(0 < other.x - shape.x < reach and abs(other.y - shape.y) < reach / 2 for other in named)


def _name(shape: SmallShape, text: str, *, at_left: bool) -> str:
    """Write a text to the lower right of a country, where there is often sea, or to its upper left, with a line to it."""
    pixel = (_RIGHT - _LEFT) / _PIXELS
    step = -_NAME_STEP * pixel if at_left else _NAME_STEP * pixel
    x, y = shape.x + step, shape.y + step
    line = f'<path class="name-line" d="M{shape.x:.0f} {shape.y:.0f}L{x:.0f} {y:.0f}"/>'
    size = f'font-size="{_NAME_SIZE * pixel:.0f}"'
    gap, below, anchor = (-2, 0, ' text-anchor="end"') if at_left else (2, 9, "")
    at = f'x="{x + gap * pixel:.0f}" y="{y + below * pixel:.0f}"{anchor}'
    return f'{line}<text class="name" {at} {size}>{escape(text)}</text>'


def _outline(shape: SmallShape) -> tuple[str, str]:
    """Return the SVG element of a country's outline and its geometry: a dot for a country too small to be seen."""
    if shape.small:
        return "circle", f'cx="{shape.x:.0f}" cy="{shape.y:.0f}" r="{_DOT}"'
    return "path", f'd="{shape.path}"'


def _draw(shape: SmallShape, country: Shade, stripes: str) -> str:
    """Draw a country. `stripes`: id of the pattern that it has instead of its shade; empty for none."""
    element, geometry = _outline(shape)
    hollow = " hollow" if country.hollow else ""
    # Readers would take a shade below stripes for a part of what the stripes mean.
    look = "bare" if stripes else f"shade-{country.shade}{hollow}"
    drawing = f'<{element} class="{look}" {geometry}/>'
    if stripes:
        drawing += stripe_shape(stripes, element, geometry)
    title = f"<title>{escape(country.title)}</title>"
    return f'<a href="{escape(country.address)}">{title}{drawing}</a>' if country.address else f"<g>{title}{drawing}</g>"
