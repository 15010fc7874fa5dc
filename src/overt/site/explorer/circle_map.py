"""Maps with a circle for each country's number: the names beside the circles, and the key."""

from collections.abc import Mapping
from typing import NamedTuple

import orjson
from markupsafe import Markup

from overt.language.language import N_, NN_
from overt.maps.count_circle_drawing import CircleLink, add_circles
from overt.maps.count_circle_name_positions import place_names
from overt.maps.count_circle_sizes_and_positions import PIXELS, CountryNumber, fits_inside, key_box, place_circles, unit_radius
from overt.maps.country_shapes import Box
from overt.maps.projection import unproject
from overt.maps.small_shaded_map import Shade
from overt.maps.svg_map import INHABITED, MapCountry, country_title
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.site.site import Site

_PROGRAMMES = NN_("+ %(n)s state programme", "+ %(n)s state programmes")
_BY_AREA = N_("Number by area")
_LEADING = 3
"""Maximum number of countries named for having the highest numbers."""
_LINE = 16
"""Maximum number of characters of a line of a name, unless a word is longer."""


def system_numbers(systems: DocumentedSystems) -> dict[str, CountryNumber]:
    """Return the number of systems and, separately, of state programmes in each country."""
    return {
        code: CountryNumber(systems.by_country.get(code, 0), systems.programmes.get(code, 0), code in systems.unnamed)
        for code in sorted({*systems.by_country, *systems.programmes})
    }


def circle_names(site: Site, numbers: Mapping[str, CountryNumber]) -> dict[str, list[str]]:
    """Return the names of countries, in lines of text, to draw beside their circles.

    Countries with state programmes come first, then up to `_LEADING` countries with the highest numbers. If the last of these
    tie with the next country, they are left out. A number that doesn't fit inside its circle follows the name.
    """
    base_radius = unit_radius(numbers.values())
    ranked = sorted((code for code in numbers if numbers[code].number), key=lambda code: (-numbers[code].number, code))
    beyond = numbers[ranked[_LEADING]].number if len(ranked) > _LEADING else 0
    leading = [code for code in ranked[:_LEADING] if numbers[code].number > beyond]
    with_programmes = sorted((code for code in numbers if numbers[code].apart), key=lambda code: (-numbers[code].apart, code))
    names = {}
    for code in dict.fromkeys([*with_programmes, *leading]):
        number, apart, _ = numbers[code]
        name = site.words.area(code)
        if number and not fits_inside(number, base_radius):
            name = site.gettext("%(name)s: %(value)s", name=name, value=site.formats.number(number))
        names[code] = _lines(name)
        if apart:
            names[code].append(site.ngettext(*_PROGRAMMES, apart))
    return names


def _lines(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def country_links(site: Site, countries: Mapping[str, MapCountry]) -> dict[str, CircleLink]:
    """Return the title and address that each country has on the map, for its circle. `countries`: as for `draw_map`."""
    return {code: CircleLink(country_title(site.language, country), country.address) for code, country in countries.items()}


def shade_links(shades: Mapping[str, Shade]) -> dict[str, CircleLink]:
    """Return the title and address that each country has on the map, for its circle. `shades`: as for `draw_small_map`."""
    return {code: CircleLink(shade.title, shade.address) for code, shade in shades.items()}


def with_circles(
    site: Site,
    drawing: Markup,
    numbers: Mapping[str, CountryNumber],
    links: Mapping[str, CircleLink],
    view: Box,
    *,
    named: bool = True,
    pixels: float = PIXELS,
) -> Markup:
    """Return a map with a circle for each number and a key to the circles' areas.

    `links`: the title and address of each circle. `view`: the visible part of the map, in drawing units. `named`: whether to
    draw the names that `circle_names` returns. `pixels`: the width of the map on a page.
    """
    names = circle_names(site, numbers) if named else {}
    return add_circles(drawing, site.shapes, numbers, links, view, key_title=site.gettext(_BY_AREA), names=names, pixels=pixels)


class ScriptCircles(NamedTuple):
    """What the explorer's script needs, besides the numbers, to draw the same circles of systems as the server."""

    places: str
    """The country, longitude and latitude of each circle: `AE:54.10:23.90,…`."""
    names: str
    """The names, as a JSON list of lists: code, lines of text, middle of the text, and the ends of the line to it, if any.

    Positions are relative to the middle of the circle (right, down), in pixels of a map that is `PIXELS` wide.
    """


def script_circles(site: Site, systems: DocumentedSystems) -> ScriptCircles:
    """Return the places and names of the circles on the explorer's map of systems."""
    numbers = system_numbers(systems)
    circles = place_circles(site.shapes, numbers, INHABITED)
    names = place_names(site.shapes, circles, circle_names(site, numbers), INHABITED, occupied=[key_box(numbers, INHABITED)])
    degrees = ((circle.code, *unproject(circle.x, circle.y)) for circle in sorted(circles, key=lambda circle: circle.code))
    return ScriptCircles(
        ",".join(f"{code}:{longitude:.2f}:{latitude:.2f}" for code, longitude, latitude in degrees),
        orjson.dumps(
            [[name.code, name.lines, *(round(at, 1) for at in (name.x, name.y, *(name.line or ())))] for name in names]
        ).decode(),
    )
