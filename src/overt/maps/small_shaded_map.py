"""A small map of shaded countries without routes and marks, coarse enough to appear beside a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely
from markupsafe import Markup, escape

from overt.maps.country_shapes import CountryShape, polygon_path
from overt.maps.projection import WIDTH, project

_TOLERANCE = 20
"""Maximum deviation of an outline, in drawing units: less than two pixels at 760 pixels."""
_MIN_PIECE_AREA = 1600
"""Minimum area of a piece, in square drawing units. Smaller pieces are left out, unless they are the largest of a country."""
_TOP, _BOTTOM = -90.0, project(0, -56)[1]
"""Upper and lower edge of the visible part of the world, in drawing units.

There is room above the pole, so that the Arctic coasts, which this projection flattens, don't look cut off. Antarctica is left
out.
"""
_LEFT, _RIGHT = WIDTH * 0.06, WIDTH * 0.985
"""Left and right edge of the visible part of the world, in drawing units. Part of the Pacific is left out."""
_DOT = 44
"""Radius of the dot that marks a country too small to be seen."""
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
) -> Markup:
    """Return a map as SVG in which these countries are shaded, and all others are one shape.

    `label`: the map's name for screen readers. `hatch`: id of the pattern that fills the other countries, unique on its page;
    None fills them with one tone. `palette`: the name of the shades' palette in `overt.charts.palette.PALETTES`.
    """
    box = f"{_LEFT:.0f} {_TOP:.0f} {_RIGHT - _LEFT:.0f} {_BOTTOM - _TOP:.0f}"
    has_links = any(country.address for country in countries.values())
    role = "group" if has_links else "img"  # An element with the role `img` cannot contain links.
    parts = [f'<svg class="small-map palette--{palette}" viewBox="{box}" role="{role}" aria-label="{escape(label)}">']
    if hatch:
        parts.append(
            f'<defs><pattern id="{hatch}" width="70" height="70" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="70" height="70"/><path d="M0 0V70"/></pattern></defs>'
        )
    rest = "".join(shape.path for shape in shapes if shape.code not in countries)
    fill = f' fill="url(#{hatch})"' if hatch else ""
    parts.append(f'<path class="rest"{fill} d="{rest}"/>')
    parts += [_draw(shape, countries[shape.code]) for shape in shapes if shape.code in countries]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 (every text in it went through escape)


def _outline(shape: SmallShape) -> tuple[str, str]:
    """Return the SVG element name and geometry attributes for a country: a dot if it is too small to be seen."""
    if shape.small:
        return "circle", f'cx="{shape.x:.0f}" cy="{shape.y:.0f}" r="{_DOT}"'
    return "path", f'd="{shape.path}"'


def _draw(shape: SmallShape, country: Shade) -> str:
    element, geometry = _outline(shape)
    hollow = " hollow" if country.hollow else ""
    drawing = f'<{element} class="shade-{country.shade}{hollow}" {geometry}/>'
    title = f"<title>{escape(country.title)}</title>"
    return f'<a href="{escape(country.address)}">{title}{drawing}</a>' if country.address else f"<g>{title}{drawing}</g>"
