"""The preview picture of a page, with its title and answer, its chart or map, the site, and the release's date."""

from collections.abc import Iterator

from markupsafe import escape

from overt.charts.palette import LIGHT
from overt.charts.svg_document import FONTS
from overt.charts.svg_style_sheet import STYLE
from overt.charts.text_layout import drawable_text, wrap_text
from overt.site.link_previews.extracted_drawing import PageDrawing
from overt.site.link_previews.head_tags import SIZE
from overt.site.link_previews.page_summary import PageSummary, shorten

_MARGIN = 64
_FOOT = 56
"""Height of the line with the site and date, in pixels."""
_BESIDE = 500
"""Width of a drawing beside the text, in pixels."""
_GAP = 48
_SIZES = ((60, 2), (50, 3), (42, 4), (36, 6))
"""Font sizes of a title, each with the maximum number of lines at that size. The first at which the title fits is used."""
_BOLD = 1.06
"""Ratio of the width of bold text to the estimated width of normal text."""
_MARK = (
    '<g transform="translate(64 52) scale(1.5)" fill="none" stroke="#1a1c1e">'
    '<circle cx="9.6" cy="14.4" r="7.4" stroke-width="3.4"/><circle cx="19.6" cy="4.4" r="2.7" stroke-width="1.8"/></g>'
)


def draw_share_picture(summary: PageSummary, drawing: PageDrawing | None, *, language: str, foot: str) -> str:
    """Return the picture as SVG. `foot`: the line with the site and the date."""
    width, height = SIZE
    room = width - 2 * _MARGIN - (_BESIDE + _GAP if drawing else 0)
    parts = [*_head(summary), *_texts(summary, room, height), *_foot(foot, width, height)]
    if drawing:
        parts.append(_place(drawing, width - _MARGIN - _BESIDE, 150, _BESIDE, height - 150 - _FOOT - 40))
    style = f"text{{font-family:{FONTS}}}{STYLE}.title{{font-weight:bold}}.quiet{{fill:{LIGHT['muted']}}}"
    paper = f'<rect width="{width}" height="{height}" fill="{LIGHT["paper"]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'lang="{language}"><style>{style}</style>{paper}{"".join(parts)}</svg>'
    )


def _head(summary: PageSummary) -> Iterator[str]:
    yield _MARK
    yield _text(112, 84, 32, "Overt", bold=True)
    if summary.kind:
        kind = shorten(summary.kind, 60)
        yield _text(232, 84, 26, kind, "quiet")


def _texts(summary: PageSummary, room: float, height: int) -> Iterator[str]:
    size, lines = _title(summary.title, room / _BOLD)
    y = 150.0 + size * 0.78
    for line in lines:
        yield _text(_MARGIN, y, size, line, "title")
        y += size * 1.16
    y += 8
    left = int((height - _FOOT - 30 - y) // 38)
    if left > 0 and summary.answer != summary.title:
        for line in wrap_text(shorten(summary.answer, 46 * left), room * 0.97, 28, left):
            yield _text(_MARGIN, y + 20, 28, line)
            y += 38


def _title(title: str, room: float) -> tuple[int, list[str]]:
    """Return the largest font size at which a title fits, and its lines. If no size fits, it is truncated at the smallest."""
    for size, max_lines in _SIZES:
        lines = wrap_text(title, room, size, max_lines + 1)
        if len(lines) <= max_lines:
            return size, lines
    size, max_lines = _SIZES[-1]
    return size, wrap_text(title, room, size, max_lines)


def _foot(foot: str, width: int, height: int) -> Iterator[str]:
    y = height - _FOOT
    yield f'<path d="M{_MARGIN} {y - 12}H{width - _MARGIN}" stroke="{LIGHT["rule"]}" stroke-width="2"/>'
    yield _text(_MARGIN, y + 24, 22, foot, "quiet")


def _place(drawing: PageDrawing, x: float, y: float, width: float, height: float) -> str:
    """Return a drawing scaled to fit a box, and centred in it. Columns are stretched to fill the box."""
    left, top, across, down = drawing.box
    stretch = ' preserveAspectRatio="none"' if drawing.kind == "columns" else ""
    # Borders and cables must be equally wide on maps of all scales, from the world to a town.
    lines = f' stroke-width="{0.9 * max(across / width, down / height):.3g}"' if drawing.kind == "static-map" else ""
    colour = LIGHT.get(drawing.layer, LIGHT["surveillance"])
    return (
        f'<svg x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{left:g} {top:g} {across:g} {down:g}"{stretch}>'
        f'<g class="{drawing.kind} {drawing.classes}"{lines} color="{colour}">{drawing.content}</g></svg>'
    )


def _text(x: float, y: float, size: float, text: str, look: str = "", *, bold: bool = False) -> str:
    named = (f' class="{look}"' if look else "") + (' font-weight="bold"' if bold else "")
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}"{named}>{escape(drawable_text(text))}</text>'
