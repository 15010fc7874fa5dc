"""The map of the countries in which an organisation is named, in the shades of the table beside it."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from overt.charts.text_layout import text_width
from overt.maps.country_shapes import Box, CountryShape
from overt.maps.map_view import country_boxes, view_around
from overt.maps.projection import WIDTH, project
from overt.maps.svg_map import MapCountry, draw_map
from overt.site.organization.company_groups import NamedCountry
from overt.site.organization.profile import INDEX_ONLY, OTHER_PROJECTS, WITH_SYSTEMS
from overt.site.site import Site

_MARGIN = 160
"""Space above the Arctic, in drawing units."""
_PIXELS = 560
"""Width of the map on a page."""
_REDUCTION = 960 / _PIXELS
_WORLD = (0.0, project(0, 90)[1] - _MARGIN, float(WIDTH), project(0, -57)[1])
"""The entire world but the far south, with a margin above the Arctic."""
_PART = 0.6
"""Share of the world's width above which the map shows the entire world."""
_RING, _AROUND = 13, 1.3
"""Minimum radius of a ring in pixels, and how many times larger than the country it is."""
_WIDEST = 0.2
"""Share of the map's width above which a country has an outline instead of a ring."""
_SIZE = 14
"""Size of the name beside a ring, in pixels."""


def countries_map(site: Site, rows: Sequence[NamedCountry], ringed: str = "") -> Markup | None:
    """Draw the countries in three shades: with systems, only with other projects, and named only by an index.

    `ringed`: code of a country to outline and put a ring with its name around; a very wide country only gets the outline. If it
    is not one of the countries, the name says that there is no record. None if there are no countries, or if the front end has
    not been built.
    """
    if not rows or not site.shapes:
        return None
    countries = {}
    for row in rows:
        count = row.systems + row.other
        caption = site.ngettext("%(n)s project", "%(n)s projects", count) if count else site.gettext("named by an index only")
        shade = WITH_SYSTEMS if row.systems else OTHER_PROJECTS if count else INDEX_ONLY
        countries[row.code] = MapCountry(count, site.words.area(row.code), site.url(f"/country/{row.code}"), shade, caption)
    box = view_around(country_boxes(site.shapes, {*countries, ringed}), 1.6)
    if box is None or box[2] - box[0] > _PART * WIDTH:
        box = _WORLD
    label = site.gettext("Map of the countries in which it is named")
    drawing = draw_map(
        site.language, site.shapes, countries, [], [], label=label, view=box, reduction=_REDUCTION, palette="naming"
    )
    shape = next((shape for shape in site.shapes if shape.code == ringed and ringed), None)
    if shape is None:
        return drawing
    name = site.words.area(ringed)
    words = name if ringed in countries else site.gettext("%(name)s: %(value)s", name=name, value=site.gettext("no record"))
    ring = _ring(shape, box, words, is_empty=ringed not in countries)
    return Markup(f"{drawing.removesuffix('</svg>')}{ring}</svg>")  # noqa: S704 (the name is escaped)


def _ring(shape: CountryShape, box: Box, name: str, *, is_empty: bool) -> str:
    """Return a country's outline, and a ring around it with its name beside it, as SVG; for a very wide country, no ring.

    `is_empty`: whether to draw the country white inside its outline, so that a coloured neighbour in the ring isn't taken for it.
    """
    unit = (box[2] - box[0]) / _PIXELS
    west, north, east, south = shape.body
    if east - west > _WIDEST * (box[2] - box[0]):
        return f'<path class="here" d="{shape.path_in_view(box, 10 * unit)}"/>'
    outline = f'<path class="here{" here--empty" if is_empty else ""}" d="{shape.path_in_view(box, unit / 2)}"/>'
    x, y = (west + east) / 2, (north + south) / 2
    radius = max((east - west) / 2 * _AROUND, (south - north) / 2 * _AROUND, _RING * unit)
    beside = radius + 5 * unit
    at_left = x + beside + text_width(name, _SIZE) * unit > box[2]
    at, end = (x - beside, ' text-anchor="end"') if at_left else (x + beside, "")
    return (
        f'{outline}<circle class="here" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<text class="place-name" x="{at:.0f}" y="{y + _SIZE * unit / 3:.0f}" font-size="{_SIZE * unit:.0f}"{end}>'
        f"{escape(name)}</text>"
    )
