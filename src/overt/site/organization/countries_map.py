"""The map of the countries in which an organisation is named, in the shades of the table beside it."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from overt.charts.text_layout import text_width
from overt.maps.country_name_labels import country_names
from overt.maps.country_shapes import Box, CountryShape, boxes_overlap
from overt.maps.map_view import country_boxes, view_around
from overt.maps.projection import WIDTH, project
from overt.maps.svg_map import MapCountry, append_to_svg, draw_map, outline_tolerance
from overt.site.organization.count_table import AT_HOME, GIVEN_UP, INDEX_ONLY, ONLY_SCANNED, OTHER_PROJECTS, WITH_SYSTEMS
from overt.site.organization.project_and_country_groups import NamedCountry
from overt.site.site import Site

_MAX_CACHED = 100
"""The cache is emptied when it has this many maps."""
_MARGIN = 160
"""Space above the Arctic, in drawing units."""
_PIXELS = 560
"""Width of the map on a page, in pixels."""
_REDUCTION = 960 / _PIXELS
_WORLD = (0.0, project(0, 90)[1] - _MARGIN, float(WIDTH), project(0, -57)[1])
"""Box of the entire world except the far south, with a margin above the Arctic."""
_PART = 0.6
"""If the countries span more than this share of the world's width, the map shows the entire world."""
_NEARBY = 1500
"""Minimum width of a map of a country's surroundings, in drawing units: about 60 degrees of longitude."""
_RING, _AROUND = 13, 1.3
"""Minimum radius of a ring, in pixels, and the ratio of a ring's size to its country's."""
_WIDEST = 0.2
"""A country wider than this share of the map has no ring, only an outline."""
_SIZE = 14
"""Size of the name beside a ring, in pixels."""
_NAMED, _NAME_SIZE = 16, 11.5
"""Maximum number of names of countries on the map, and their size in pixels."""
_INDENT = 5
"""Space on either side of the name in its plate, in pixels."""


def countries_map(site: Site, rows: Sequence[NamedCountry], ringed: str = "", home: str = "") -> Markup | None:
    """Draw the countries in which an organisation is named, shaded by their group (`shade_of`).

    Countries with systems are named, as far as there is room. If none has a system, countries with other projects are named.
    Return None if there are no countries, or if the front end has not been built.

    `home`: code of the organisation's own country, whose systems have a separate shade. `ringed`: code of a country to outline.
    The map then shows only its surroundings, with a ring around the country and its name on a plate beside it; a very wide
    country has its name inside the outline instead. If `ringed` is not one of the countries, “no record” follows its name.
    """
    if not rows or not site.shapes:
        return None
    countries = {}
    for row in rows:
        count = row.systems + row.other
        caption = site.ngettext("%(n)s project", "%(n)s projects", count) if count else site.gettext("named by an index only")
        address = site.url(f"/country/{row.code}")
        countries[row.code] = MapCountry(count, site.words.area(row.code), address, shade_of(row, home), caption)
    box = _view(site, countries, ringed)
    drawing = _draw(site, countries, box)
    with_systems = [row for row in rows if row.systems]
    in_order = sorted(with_systems or [row for row in rows if row.other], key=lambda row: row.code == home)
    names = {row.code: site.words.area(row.code) for row in in_order if row.code != ringed}
    if not ringed:
        texts = country_names(site.shapes, names, box, pixels=_PIXELS, size=_NAME_SIZE, most=_NAMED, avoided=countries)
        return append_to_svg(drawing, texts)
    shape = next((shape for shape in site.shapes if shape.code == ringed and ringed), None)
    if shape is None:
        return drawing
    name = site.words.area(ringed)
    words = name if ringed in countries else site.gettext("%(name)s: %(value)s", name=name, value=site.gettext("no record"))
    coloured = [other.body for other in site.shapes if other.code in countries]
    ring, plate = _ring(shape, box, words, coloured, is_empty=ringed not in countries)
    texts = country_names(
        site.shapes, names, box, pixels=_PIXELS, size=_NAME_SIZE, most=_NAMED, avoided=countries, occupied=[plate]
    )
    return append_to_svg(drawing, texts, ring)


def shades_in_view(site: Site, rows: Sequence[NamedCountry], ringed: str) -> set[int]:
    """Return the shades of the countries that the map around `ringed` shows."""
    box = _view(site, [row.code for row in rows], ringed)
    visible = {shape.code for shape in site.shapes if boxes_overlap(shape.body, box)}
    return {shade_of(row) for row in rows if row.code in visible}


def _view(site: Site, codes: Iterable[str], ringed: str) -> Box:
    """Return the box that a map shows: the surroundings of `ringed` or, if empty, those of all these countries.

    If the box is wider than `_PART` of the world, the map shows the entire world.
    """
    box = view_around(country_boxes(site.shapes, {*codes}), 1.6)
    if ringed:
        box = view_around(country_boxes(site.shapes, [ringed]), 1.6, _NEARBY)
    return _WORLD if box is None or box[2] - box[0] > _PART * WIDTH else box


def shade_of(row: NamedCountry, home: str = "") -> int:
    """Return the shade of a country, which depends on the first line of the table that fits. `home`: as for `countries_map`."""
    if row.systems:
        return ONLY_SCANNED if row.only_scanned else AT_HOME if row.code == home else WITH_SYSTEMS
    if not row.other:
        return INDEX_ONLY
    return GIVEN_UP if row.other == row.given_up else OTHER_PROJECTS


def _draw(site: Site, countries: dict[str, MapCountry], box: Box) -> Markup:
    """Draw the map without a ring.

    The drawing is cached, because several pages about an organisation have the same map.
    """
    cache, key = site.country_drawings, (tuple(countries.items()), box)
    drawing = cache.get(key)
    if drawing is None:
        if len(cache) >= _MAX_CACHED:
            cache.clear()
        label = site.gettext("Map of the countries in which it is named")
        drawing = cache[key] = draw_map(
            site.language, site.shapes, countries, [], [], label=label, view=box, reduction=_REDUCTION, palette="naming"
        )
    return drawing


def _ring(shape: CountryShape, box: Box, name: str, coloured: Sequence[Box], *, is_empty: bool) -> tuple[str, Box]:
    """Return, as SVG, a country's outline with a ring around it and its name beside it. Also return the box of the name.

    A very wide country has its name inside and no ring. `coloured`: boxes of the coloured countries, which the name covers as
    little as possible. `is_empty`: whether to fill the outline with white, so that readers don't mistake a coloured neighbour
    in the ring for the country.
    """
    unit = (box[2] - box[0]) / _PIXELS
    west, north, east, south = shape.body
    path = shape.path_in_view(box, outline_tolerance(box, _REDUCTION))
    outline = f'<path class="here{" here--empty" if is_empty else ""}" d="{path}"/>'
    if east - west > _WIDEST * (box[2] - box[0]):
        half_width, half_height = text_width(name, _SIZE) * unit / 2, _SIZE * 0.7 * unit
        inside = (shape.x - half_width, shape.y - half_height, shape.x + half_width, shape.y + half_height)
        return f"{outline}{_name(name, inside, unit, 'place-name country-name')}", inside
    x, y = (west + east) / 2, (north + south) / 2
    radius = max((east - west) / 2 * _AROUND, (south - north) / 2 * _AROUND, _RING * unit)
    plate = name_plate(x, y, radius + 4 * unit, (text_width(name, _SIZE) + 2 * _INDENT) * unit, _SIZE * 1.4 * unit, box, coloured)
    return (
        f'{outline}<circle class="here" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<rect class="place-plate" x="{plate[0]:.0f}" y="{plate[1]:.0f}" width="{plate[2] - plate[0]:.0f}" '
        f'height="{plate[3] - plate[1]:.0f}"/>{_name(name, plate, unit, "place-name")}'
    ), plate


def _name(name: str, label: Box, unit: float, classes: str) -> str:
    """Return a name as SVG text, centred in the box `label`."""
    return (
        f'<text class="{classes}" x="{(label[0] + label[2]) / 2:.0f}" y="{label[3] - _SIZE * 0.4 * unit:.0f}" '
        f'font-size="{_SIZE * unit:.0f}" text-anchor="middle">{escape(name)}</text>'
    )


def name_plate(x: float, y: float, away: float, width: float, height: float, box: Box, coloured: Sequence[Box]) -> Box:
    """Return the box for a name beside, above or below a point, at a distance of `away`.

    Of the four possible boxes, those inside the map's `box` are preferred. Among these, the one that covers the least of the
    coloured countries is chosen.
    """
    corners = [
        (x + away, y - height / 2), (x - away - width, y - height / 2),
        (x - width / 2, y - away - height), (x - width / 2, y + away),
    ]  # fmt: skip
    plates = [(left, top, left + width, top + height) for left, top in corners]
    inside = [plate for plate in plates if all(_common(plate, box, axis) >= plate[axis + 2] - plate[axis] for axis in (0, 1))]
    return min(inside or plates, key=lambda plate: sum(_common(plate, land, 0) * _common(plate, land, 1) for land in coloured))


def _common(left: Box, right: Box, axis: int) -> float:
    """Return the length that two boxes have in common along an axis."""
    return max(0.0, min(left[axis + 2], right[axis + 2]) - max(left[axis], right[axis]))
