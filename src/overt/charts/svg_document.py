"""Self-contained SVG files, with their own text and the colours of the light theme."""

from markupsafe import Markup, escape

from overt.charts.palette import LIGHT
from overt.charts.text_layout import drawable_text

FONTS = "'Liberation Sans','Noto Sans CJK SC','Noto Serif CJK SC','WenQuanYi Micro Hei',sans-serif"
"""The fonts of exported SVG and PNG files. The library that makes the PNG files includes Liberation Sans, so that Latin text
is the same everywhere. Chinese text needs one of the other fonts, or any other Chinese font, on the server."""
MARGIN = 16
"""Margin around the content of a file, in pixels."""


def svg_text(x: int, y: int, text: str, size: int, weight: str, tone: str, after: Markup | str = "") -> Markup:
    """Return a line of text. `tone`: a colour's name in `LIGHT`; `after`: markup that follows the text on the same line."""
    return Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}">{}{}</text>').format(
        x, y, size, weight, LIGHT[tone], drawable_text(text), after
    )


def svg_document(
    width: int, height: int, title: str, description: str, content: str, *, border: bool = False, style: str = ""
) -> str:
    """Return an SVG file with a background.

    `content`: markup; `title` and `description`: text for screen readers; `style`: a style sheet; `border`: whether to draw a
    line around the background.
    """
    stroke = f' stroke="{LIGHT["rule"]}"' if border else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-family="{FONTS}">'
        f"<title>{escape(drawable_text(title))}</title><desc>{escape(drawable_text(description))}</desc>"
        f"{f'<style>{style}</style>' if style else ''}"
        f'<rect width="{width}" height="{height}" fill="{LIGHT["paper"]}"{stroke}/>{content}</svg>\n'
    )
