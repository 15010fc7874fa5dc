"""Circles for a number per country, with country names and a key, as SVG."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.maps.count_circle_name_positions import NAME_SIZE, CircleName, place_names
from overt.maps.count_circle_sizes_and_positions import (
    KEY_MARGIN,
    KEY_TITLE_GAP,
    LINE,
    NUMBER_SIZE,
    PIXELS,
    CountCircle,
    CountryNumber,
    key_box,
    key_circles,
    place_circles,
)
from overt.maps.country_shapes import Box, CountryShape


class CircleLink(NamedTuple):
    """The title of a circle, and the address to which it links; None for a circle without a link."""

    title: str
    address: str | None


def add_circles(
    drawing: Markup,
    shapes: Sequence[CountryShape],
    numbers: Mapping[str, CountryNumber],
    links: Mapping[str, CircleLink],
    view: Box,
    *,
    key_title: str,
    names: Mapping[str, Sequence[str]] | None = None,
    pixels: float = PIXELS,
) -> Markup:
    """Return a map with circles and names for these countries, and with a key in the lower left corner.

    `links`: by code, for all countries of `numbers`. `view`: the visible part of the map, in drawing units. `key_title`: what
    the areas of the circles show, in a word or two. `names`: lines of text for some of the countries. `pixels`: the width of
    the map on a page.
    """
    circles, unit = place_circles(shapes, numbers, view, pixels), (view[2] - view[0]) / pixels
    texts = place_names(shapes, circles, names or {}, view, pixels, [key_box(numbers, view, pixels)])
    by_code = {circle.code: circle for circle in circles}
    parts = [
        '<g class="count-circles" aria-hidden="true">',  # Screen readers read the countries, which have the same titles.
        *(_draw_circle(circle, links[circle.code], unit) for circle in circles),
        *(_draw_name(text, by_code[text.code], unit) for text in texts),
        _draw_key(numbers, view, unit, key_title),
        "</g>",
    ]
    return Markup(f"{mark_count_map(drawing).removesuffix('</svg>')}{''.join(parts)}</svg>")  # noqa: S704 (every text in it went through escape)


def mark_count_map(drawing: Markup) -> Markup:
    """Return a map on which shade 1 is the pale tone of countries in which something is counted."""
    return Markup(str(drawing).replace("palette--", "count-map palette--", 1))  # noqa: S704 (a class is added)


def _draw_circle(circle: CountCircle, link: CircleLink, unit: float) -> str:
    at = f'cx="{circle.x:.0f}" cy="{circle.y:.0f}"'
    drawing = f'<circle class="apart" {at} r="{circle.outer * unit:.0f}"/>' if circle.outer > circle.radius else ""
    if circle.counted.number:
        look = "count hollow" if circle.counted.hollow else "count"
        drawing += f'<circle class="{look}" {at} r="{circle.radius * unit:.0f}"/>'
    if circle.has_number:
        drawing += _text(
            circle.x,
            circle.y + 0.36 * NUMBER_SIZE * unit,
            str(circle.counted.number),
            NUMBER_SIZE * unit,
            "number dark" if circle.counted.hollow else "number",
        )
    title = f"<title>{escape(link.title)}</title>"
    opening = f'<a href="{escape(link.address)}" tabindex="-1">' if link.address else "<g>"
    return f"{opening}{title}{drawing}{'</a>' if link.address else '</g>'}"


def _draw_name(name: CircleName, circle: CountCircle, unit: float) -> str:
    top = name.y - (len(name.lines) - 1) * NAME_SIZE * LINE / 2
    line = ""
    if name.line:
        x, y, to_x, to_y = name.line
        line = (
            f'<path class="name-line" d="M{circle.x + x * unit:.0f} {circle.y + y * unit:.0f}'
            f'L{circle.x + to_x * unit:.0f} {circle.y + to_y * unit:.0f}"/>'
        )
    return line + "".join(
        _text(
            circle.x + name.x * unit,
            circle.y + (top + at * NAME_SIZE * LINE + 0.36 * NAME_SIZE) * unit,
            line,
            NAME_SIZE * unit,
            "country-name",
        )
        for at, line in enumerate(name.lines)
    )


def _draw_key(numbers: Mapping[str, CountryNumber], view: Box, unit: float, title: str) -> str:
    """Return the key: circles for some of the numbers, each with its number below."""
    left, base = view[0] + KEY_MARGIN * unit, view[3] - (KEY_MARGIN + NUMBER_SIZE * LINE) * unit
    samples = key_circles(numbers)
    top = base - (2 * max((sample.radius for sample in samples), default=0) + KEY_TITLE_GAP) * unit
    parts = [_text(left, top, title, NUMBER_SIZE * unit, "count-label start")]
    for number, x, radius in samples:
        middle = left + x * unit
        parts.append(f'<circle class="count" cx="{middle:.0f}" cy="{base - radius * unit:.0f}" r="{radius * unit:.0f}"/>')
        parts.append(_text(middle, base + NUMBER_SIZE * LINE * unit, str(number), NUMBER_SIZE * unit, "count-label"))
    return f'<g class="count-key">{"".join(parts)}</g>'


def _text(x: float, y: float, words: str, size: float, look: str) -> str:
    return f'<text class="{look}" x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}">{escape(words)}</text>'
