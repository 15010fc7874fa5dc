"""All countries of a series as dots on its entire scale, drawn as SVG."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.charts.chart import NARROW, WIDE
from overt.charts.page_svg_drawing import ReadyDrawing
from overt.charts.text_layout import text_width, truncate

_RADII = (4.5, 3.5, 2.75, 2.0)
_MAX_HEIGHT = 150
"""Maximum height of a column of dots in pixels. With more countries, dots are smaller."""
_MARGIN, _ABOVE, _BELOW = 12, 30, 40
_SIZE = 12
_LINE, _MAX_LINES = 15, 3
"""Height of a line of labels in pixels, and maximum number of lines."""


class Dot(NamedTuple):
    """A country on the scale."""

    name: str
    text: str
    """The value in words."""
    value: float
    shade: int


class _Label(NamedTuple):
    """The label of a dot."""

    name: str
    text: str
    middle: float
    line: int
    """Number of the line, from the top."""

    @property
    def baseline(self) -> int:
        """Distance of the label's baseline from the top of the drawing, in pixels."""
        return 12 + _LINE * self.line


def draw_scale(
    dots: Sequence[Dot],
    ends: tuple[float, float],
    marks: Sequence[str],
    *,
    label: str,
    words: str = "",
    named: Sequence[Dot] = (),
) -> ReadyDrawing:
    """Return the plot in two widths.

    `marks`: texts below the start, the middle and the end of the scale. `label`: the drawing's name for screen readers. `words`:
    what a higher value means. `named`: dots with a label above them, the most important first.
    """
    wide, height = _draw(dots, ends, marks, label, words, named, WIDE, "wide")
    narrow, _ = _draw(dots, ends, marks, label, words, named, NARROW, "narrow")
    return ReadyDrawing(wide, (WIDE, height), narrow)


def _draw(
    dots: Sequence[Dot], ends: tuple[float, float], marks: Sequence[str], label: str, words: str, named: Sequence[Dot],
    width: int, size: str,
) -> tuple[Markup, int]:  # fmt: skip
    """Return the plot for a width, and its height."""
    room = width - 2 * _MARGIN
    radius, columns = _columns(dots, ends, room)
    highest = max((len(column) for column in columns.values()), default=1)
    lefts = {dot.name: _MARGIN + (at + 0.5) * 2 * radius for at, column in columns.items() for dot in column}
    labels = _place_names(named, lefts, width)
    base = _ABOVE + _LINE * max((label.line for label in labels), default=0) + highest * 2 * radius
    top: dict[str, tuple[float, float]] = {}
    circles = []
    for _, column in sorted(columns.items()):
        for level, dot in enumerate(column):
            x, y = lefts[dot.name], base - (level + 0.5) * 2 * radius
            top[dot.name] = (x, y - radius)
            circle = f'<circle class="shade-{dot.shade}" cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.4:.2f}"/>'
            title = f"<title>{escape(dot.name)}: {escape(dot.text)}</title>"
            circles.append(f"<g>{title}{circle}</g>")
    height = round(base + _BELOW)
    axis = f'<path class="axis" d="M{_MARGIN} {base + 3:.0f}H{width - _MARGIN}"/>'
    places = ((_MARGIN, "start"), (width / 2, "middle"), (width - _MARGIN, "end"))
    texts = [_text(x, base + 18, anchor, text) for (x, anchor), text in zip(places, marks, strict=True) if text]
    if words:
        texts.append(_text(width - _MARGIN, base + 35, "end", f"{words} →"))
    leaders = [_draw_leader(label, *top[label.name]) for label in labels]
    texts += [_text(label.middle, label.baseline, "middle", label.text) for label in labels]
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = (
        f'<svg class="chart-{size} scale-plot palette--score" {box} role="img" aria-label="{escape(label)}">'
        f"{axis}{''.join(circles)}{''.join(leaders)}{''.join(texts)}</svg>"
    )
    return Markup(svg), height  # noqa: S704 (every text in it went through escape)


def _columns(dots: Sequence[Dot], ends: tuple[float, float], room: float) -> tuple[float, dict[int, list[Dot]]]:
    """Return the largest radius with which the dots fit (the smallest if none fits), and each column's dots from the bottom."""
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


def _place_names(named: Sequence[Dot], lefts: dict[str, float], width: int) -> list[_Label]:
    """Return the labels of the dots in `named`, in that order, each on the first line that has room for it.

    Lines are preferred where no leader crosses a label. A label without room on any line is left out.
    """
    labels: list[_Label] = []
    spans: list[tuple[int, float, float]] = []
    leaders: list[tuple[int, float]] = []
    for dot in named:
        text = truncate(f"{dot.name} {dot.text}", width / 2.2, _SIZE)
        half, x = text_width(text, _SIZE) / 2, lefts[dot.name]
        middle = min(max(x, half + 2), width - half - 2)
        low, high = middle - half - 4, middle + half + 4
        free = [
            line
            for line in range(_MAX_LINES)
            if not any(row == line and left < high and low < right for row, left, right in spans)
        ]
        clear = [
            line
            for line in free
            if not any(row < line and low <= other <= high for row, other in leaders)
            and not any(row > line and left <= x <= right for row, left, right in spans)
        ]
        if not free:
            continue
        line = (clear or free)[0]
        spans.append((line, low, high))
        leaders.append((line, x))
        labels.append(_Label(dot.name, text, middle, line))
    return labels


def _draw_leader(label: _Label, x: float, y: float) -> str:
    """Return the vertical line from the top of a dot, at `x` and `y`, to the dot's label."""
    return f'<path class="leader" d="M{x:.1f} {y - 1:.1f}V{label.baseline + 4}"/>'


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
