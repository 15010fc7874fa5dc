"""Tags on maps: a number in a box at a country, for something that the shades don't count."""

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import escape

_HEIGHT, _DIGIT, _MARGIN = 15, 6.5, 7
_WORDS_HEIGHT = 14


class Tag(NamedTuple):
    """A tag: its number, and words below it, which narrow screens hide; empty for none."""

    number: int
    words: str = ""


def number_tags(numbers: Mapping[str, int], words: str = "") -> dict[str, Tag]:
    """Return a tag for each country. Only the one with the highest number has the words."""
    highest = max(numbers, key=lambda code: numbers[code], default="")
    return {code: Tag(number, words if code == highest else "") for code, number in numbers.items()}


def draw_tag(x: float, y: float, scale: float, tag: Tag) -> str:
    """Return a tag as SVG, centred at a position. `scale`: drawing units per pixel at the usual width of the map."""
    width = _MARGIN + _DIGIT * len(str(tag.number))
    below = f'<text class="tag-words" y="{_HEIGHT / 2 + 11:g}">{escape(tag.words)}</text>' if tag.words else ""
    up = _WORDS_HEIGHT / 2 * scale if tag.words else 0
    return (
        f'<g transform="translate({x:.0f} {y - up:.0f}) scale({scale:.3g})"><g class="map-tag"><rect x="{-width / 2:g}" '
        f'y="{-_HEIGHT / 2:g}" width="{width:g}" height="{_HEIGHT}"/><text y="4">{tag.number}</text>{below}</g></g>'
    )
