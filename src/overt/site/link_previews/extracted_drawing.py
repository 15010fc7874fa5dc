"""The chart or map of a page, extracted from its HTML for the page's preview picture."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from markupsafe import escape

from overt.charts.svg_cleaner import inline_colours
from overt.charts.text_layout import drawable_text, truncate

_SVG = re.compile(
    r'<svg class="(?P<kind>small-map[^"]*|chart-narrow[^"]*|squares[^"]*|story)"[^>]*>.*?</svg>'
    r'|<div class="columns-chart[^"]*"><svg [^>]*>.*?</svg>'
    r'|<figure class="static-map[^"]*"><svg [^>]*>.*?</svg>',
    re.DOTALL,
)
_OPENING = re.compile(r"<svg [^>]*>")
_BOX = re.compile(r'viewBox="([-\d. ]+)"')
_CLASSES = re.compile(r'class="([^"]*)"')
_LAYER = re.compile(r"layer--([a-z-]+)")
_BARS = re.compile(r'<ol class="bars[^"]*">(.*?)</ol>', re.DOTALL)
_BAR = re.compile(
    r'<span class="bar-label">(?P<label>.*?)</span><span class="bar-track">.*?width="(?P<share>[\d.]+)%".*?'
    r'<span class="bar-value">(?P<value>.*?)</span>',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_MAX_BARS = 6
_BAR_STEP, _BAR_LABEL, _BAR_WIDTH = 56, 22, 420


class PageDrawing(NamedTuple):
    """A drawing: SVG without its outermost element, its box (left, top, width, height), and its kind.

    `kind`: `bars`, `columns`, `static-map`, or the first class of another drawing, such as `small-map`. `layer`: the layer that
    determines the colour. `classes`: classes of the outermost element, such as that of the palette.
    """

    content: str
    box: tuple[float, float, float, float]
    kind: str
    layer: str
    classes: str = ""


def find_drawing(html: str) -> PageDrawing | None:
    """Return the first chart or map of a page, or None."""
    main = html[max(html.find("<main"), 0) :]
    bars, match = _BARS.search(main), _SVG.search(main)
    if bars and (match is None or bars.start() < match.start()):
        return _draw_bars(bars)
    if match is None:
        return None
    opening = _OPENING.search(match[0])
    box = _BOX.search(opening[0]) if opening else None
    if opening is None or box is None:
        return None
    left, top, width, height = (float(side) for side in box[1].split())
    content = match[0][opening.end() : -len("</svg>")]
    kind = match["kind"] or ("columns" if "columns-chart" in match[0][:60] else "static-map")
    layers = _LAYER.findall(main[max(match.start() - 200, 0) : match.start() + opening.end()])
    classes = _CLASSES.search(opening[0])
    return PageDrawing(
        inline_colours(_plain(content)), (left, top, width, height), kind.split()[0], layers[-1] if layers else "surveillance",
        classes[1] if classes else "",
    )  # fmt: skip


def _plain(content: str) -> str:
    """Return a drawing without links and tooltips, which don't work in a picture."""
    return re.sub(r"<title>.*?</title>|</?a\b[^>]*>", "", content, flags=re.DOTALL)


def _draw_bars(bars: re.Match[str]) -> PageDrawing:
    """Draw the first bars of a list of bars, which are HTML on the page, as SVG that looks the same."""
    rows = list(_BAR.finditer(bars[1]))[:_MAX_BARS]
    layer = _LAYER.search(bars[0])
    return PageDrawing(
        "".join(_bars(rows)), (0, 0, 520, _BAR_STEP * max(len(rows), 1)), "bars", layer[1] if layer else "surveillance"
    )


def _bars(rows: list[re.Match[str]]) -> Iterator[str]:
    for at, row in enumerate(rows):
        label, value = (drawable_text(unescape(_TAG.sub("", row[name])).strip()) for name in ("label", "value"))
        y, width = at * _BAR_STEP, _BAR_WIDTH * float(row["share"]) / 100
        yield f'<text x="0" y="{y + 18}" font-size="{_BAR_LABEL}">{escape(truncate(label, 500, _BAR_LABEL))}</text>'
        yield f'<rect class="bar" x="0" y="{y + 26}" width="{max(width, 2):.1f}" height="16"/>'
        yield f'<text x="{width + 10:.1f}" y="{y + 41}" font-size="{_BAR_LABEL}">{escape(value)}</text>'
