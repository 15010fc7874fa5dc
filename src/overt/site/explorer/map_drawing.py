"""The explorer's map as drawn on the server: for the first view, for readers without scripts, and for downloads."""

from typing import NamedTuple

from markupsafe import Markup

from overt.maps.count_circle_drawing import mark_count_map
from overt.maps.country_shapes import Box
from overt.maps.map_view import mark_cell
from overt.maps.marks import layer_of
from overt.maps.projection import project, project_pacific
from overt.maps.svg_map import INHABITED, MapCountry, draw_map
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.maps.cable_colours_by_supplier import CABLES_LAYER
from overt.queries.maps.map_marks import map_marks, map_places
from overt.site.explorer.circle_map import country_links, with_circles
from overt.site.explorer.explorer_state import View
from overt.site.explorer.map_shading import Shading
from overt.site.site import Site


class Drawing(NamedTuple):
    """A map, the layers drawn on it, and what its legend must explain."""

    svg: Markup
    layers: frozenset[str]
    cable_groups: frozenset[str]
    """Groups of suppliers of the cables drawn as lines."""
    has_circles: bool
    """Whether the countries' numbers are drawn as circles. Such a map has no marks of places."""
    dashed: bool
    """Whether the route of anything but a cable is dashed, which means that the route is only a sketch."""


def draw_view(
    site: Site, reader: Reader, view: View, shading: Shading | None, *, box: Box | None = None, pacific: bool = False
) -> Drawing | None:
    """Draw a map of the world, or of a box in drawing units, with the projects of a view.

    A map of the world with numbers by country shows them as circles and has no marks of places, unless it is `pacific`. A map
    that counts systems has neither marks nor routes, because routes belong to other projects. Return None if the outlines have
    not been built. `pacific`: whether to centre the map on the 180th meridian.
    """
    if not site.shapes:
        return None
    recorded = {row.code for row in countries.all_countries(reader)}
    codes = sorted({shape.code for shape in site.shapes if shape.code})
    counts_systems = shading is not None and shading.shows_systems
    circles = shading.numbers if shading and box is None and not pacific else {}
    routes = [] if counts_systems else map_places(reader, view.selection, "route")
    marks = [] if counts_systems or circles else map_marks(reader, view.selection, mark_cell(box))
    countries_drawn = {code: _country(site, code, shading, linked=code in recorded) for code in codes}
    svg = draw_map(
        site.language,
        site.pacific_shapes if pacific else site.shapes,
        countries_drawn,
        routes,
        marks,
        label=site.gettext("Map of what was found"),
        hatched=shading is not None and not shading.shows_systems,
        more=site.address("/explorer", view.selection.without("box").items()),
        view=box,
        joined=True,
        layers=site.layer_names,
        place=project_pacific if pacific else project,
        cable_groups=site.cable_suppliers.group_of,
        palette=shading.palette if shading else "project",
    )
    if circles:
        svg = with_circles(site, svg, circles, country_links(site, countries_drawn), INHABITED, named=counts_systems)
    elif shading and shading.numbers:
        svg = mark_count_map(svg)
    cables = [row for row in routes if layer_of(row) == CABLES_LAYER]
    dashed = any(row.precision == "schematic" for row in routes if layer_of(row) != CABLES_LAYER)
    groups = frozenset(site.cable_suppliers.group_of(row.id) for row in cables)
    return Drawing(svg, frozenset([*map(layer_of, routes), *map(layer_of, marks)]), groups, bool(circles), dashed)


def _country(site: Site, code: str, shading: Shading | None, *, linked: bool) -> MapCountry:
    shade, text = shading.countries.get(code, (0, shading.no_value)) if shading else (0, "")
    return MapCountry(0, site.words.area(code), site.url(f"/country/{code}") if linked else None, shade, text)
