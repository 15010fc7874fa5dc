"""Tags of countries on maps: a sign in a box, for something that the shades don't count."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import escape

SIGN = "+"
"""The sign in the box. It is not a number, so that nobody compares it with what the shades count."""
_SIDE = 15
_WORDS_HEIGHT = 14


class Tag(NamedTuple):
    """A tag, with words below its box (empty for none). Narrow screens hide the words."""

    words: str = ""


def sign_tags(numbers: Mapping[str, int], words: str = "") -> dict[str, Tag]:
    """Return a tag for each country of a mapping. Only the country with the highest number gets the words."""
    highest = max(numbers, key=lambda code: numbers[code], default="")
    return {code: Tag(words if code == highest else "") for code in numbers}


def draw_tag(x: float, y: float, scale: float, tag: Tag) -> str:
    """Return a tag as SVG, centred at a position. `scale`: drawing units per pixel at the usual width of the map."""
    below = f'<text class="tag-words" y="{_SIDE / 2 + 11:g}">{escape(tag.words)}</text>' if tag.words else ""
    up = _WORDS_HEIGHT / 2 * scale if tag.words else 0
    return (
        f'<g transform="translate({x:.0f} {y - up:.0f}) scale({scale:.3g})"><g class="map-tag"><rect x="{-_SIDE / 2:g}" '
        f'y="{-_SIDE / 2:g}" width="{_SIDE}" height="{_SIDE}"/><text y="4">{SIGN}</text>{below}</g></g>'
    )
