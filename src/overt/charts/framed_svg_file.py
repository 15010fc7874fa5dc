"""Charts as SVG files: the drawing with its title above, and its notes, sources, release and page below."""

from collections.abc import Callable

from markupsafe import Markup

from overt.charts.chart_frame import ChartFrame
from overt.charts.svg_document import MARGIN, svg_document, svg_text
from overt.charts.svg_style_sheet import FILE_STYLE
from overt.charts.text_layout import wrap_text

_TITLE_HEIGHT, _LINE_HEIGHT = 22, 17
Place = Callable[[int, int, int], tuple[Markup, int]]
"""Function that takes a position (x, y) and the width of the texts, and returns the drawing at that position and its height."""


def framed_file(frame: ChartFrame, width: int, place: Place) -> str:
    """Return a chart as an SVG file.

    `width`: width of the texts and of the drawing. `place`: function that returns the drawing.
    """
    text = frame.chart.text
    above = wrap_text(text.headline or text.title, width, 15, max_lines=3)
    below_title = wrap_text(text.title, width, max_lines=2) if text.headline else []
    below = [line for note in frame.lines() for line in wrap_text(note, width)]
    top = MARGIN + _TITLE_HEIGHT * len(above) + (_LINE_HEIGHT * len(below_title) + 6 if below_title else 0)
    drawing, height = place(MARGIN, top, width)
    bottom = top + height + 22
    second = MARGIN + 14 + _TITLE_HEIGHT * len(above) - 4
    texts = [
        *(svg_text(MARGIN, MARGIN + 14 + _TITLE_HEIGHT * at, line, 15, "600", "ink") for at, line in enumerate(above)),
        *(svg_text(MARGIN, second + _LINE_HEIGHT * at, line, 12, "400", "muted") for at, line in enumerate(below_title)),
        *(svg_text(MARGIN, bottom + _LINE_HEIGHT * at, line, 12, "400", "muted") for at, line in enumerate(below)),
    ]
    style = FILE_STYLE if frame.chart.ready else ""
    size = width + 2 * MARGIN, bottom + _LINE_HEIGHT * len(below)
    return svg_document(*size, text.headline or text.title, text.summary, Markup().join(texts) + drawing, style=style)
