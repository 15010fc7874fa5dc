"""All countries of a series as dots on its entire scale, drawn as SVG."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.charts.chart import NARROW, WIDE
from overt.charts.text_layout import text_width, truncate

_RADII = (4.5, 3.5, 2.75, 2.0)
_MAX_HEIGHT = 150
"""Maximum height of a column of dots in pixels. With more countries, dots are smaller."""
_MARGIN, _ABOVE, _BELOW = 12, 30, 40
_SIZE = 12


class Dot(NamedTuple):
    """A country on the scale."""

    name: str
    text: str
    """The value in words."""
    value: float
    shade: int


def draw_scale(
    dots: Sequence[Dot],
    ends: tuple[float, float],
    marks: Sequence[str],
    *,
    label: str,
    words: str = "",
    named: Sequence[Dot] = (),
) -> Markup:
    """Return the plot in two widths.

    `marks`: texts below the start, the middle and the end of the scale. `words`: what a higher value means. `named`: dots with a
    label above them, from left to right.
    """
    drawings = [
        _draw(dots, ends, marks, label, words, named, width, size) for width, size in ((WIDE, "wide"), (NARROW, "narrow"))
    ]
    return Markup("").join(drawings)


def _draw(
    dots: Sequence[Dot], ends: tuple[float, float], marks: Sequence[str], label: str, words: str, named: Sequence[Dot],
    width: int, size: str,
) -> Markup:  # fmt: skip
    room = width - 2 * _MARGIN
    radius, columns = _columns(dots, ends, room)
    highest = max((len(column) for column in columns.values()), default=1)
    base = _ABOVE + highest * 2 * radius
    top: dict[str, tuple[float, float]] = {}
    circles = []
    for at, column in sorted(columns.items()):
        for level, dot in enumerate(column):
            x, y = _MARGIN + (at + 0.5) * 2 * radius, base - (level + 0.5) * 2 * radius
            top[dot.name] = (x, y - radius)
            circle = f'<circle class="shade-{dot.shade}" cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.4:.2f}"/>'
            title = f"<title>{escape(dot.name)}: {escape(dot.text)}</title>"
            circles.append(f"<g>{title}{circle}</g>")
    height = round(base + _BELOW)
    axis = f'<path class="axis" d="M{_MARGIN} {base + 3:.0f}H{width - _MARGIN}"/>'
    places = ((_MARGIN, "start"), (width / 2, "middle"), (width - _MARGIN, "end"))
    texts = [_text(x, base + 18, anchor, text) for (x, anchor), text in zip(places, marks, strict=True) if text]
    if words:
        texts.append(_text(width / 2, base + 35, "middle", words))
    texts += _names(named, top, width)
    return Markup(  # noqa: S704 (every text in it went through escape)
        f'<svg class="chart-{size} scale-plot" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{axis}{"".join(circles)}{"".join(texts)}</svg>'
    )


def _columns(dots: Sequence[Dot], ends: tuple[float, float], room: float) -> tuple[float, dict[int, list[Dot]]]:
    """Return the largest radius with which the dots fit, and the dots of each column from bottom to top."""
    low, high = ends
    for radius in _RADII:
        count = int(room / (2 * radius))
        columns: dict[int, list[Dot]] = {}
        for dot in sorted(dots, key=lambda dot: (dot.value, dot.name)):
            share = (dot.value - low) / (high - low) if high > low else 0.5
            columns.setdefault(min(max(int(share * count), 0), count - 1), []).append(dot)
        if max(map(len, columns.values()), default=0) * 2 * radius <= _MAX_HEIGHT:
            break
    return radius, columns


def _names(named: Sequence[Dot], top: dict[str, tuple[float, float]], width: int) -> list[str]:
    """Return labels above dots, leaving out labels that would touch the previous one."""
    texts, free = [], 0.0
    for dot in named:
        x, y = top[dot.name]
        text = truncate(f"{dot.name} {dot.text}", width / 2.2, _SIZE)
        half = text_width(text, _SIZE) / 2
        middle = min(max(x, half + 2), width - half - 2)
        if middle - half < free:
            continue
        free = middle + half + 8
        texts.append(f'<path class="leader" d="M{x:.1f} {y - 1:.1f}V16"/>{_text(middle, 12, "middle", text)}')
    return texts


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
