"""Drawings that a page makes itself as SVG, such as maps, for the page and for files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from overt.charts.palette import LIGHT
from overt.charts.text_layout import drawable_text, text_width

_LINK = re.compile(r"<a\b[^>]*>")
_SIZE = re.compile(r' (?:width|height|x|y|role)="[^"]*"')
_OPENING = re.compile(r"<svg\b[^>]*>")
_LINE, _SWATCH, _GAP = 20, 22, 16
"""Height of a line of the legend, width of a swatch, and gap between entries, in pixels."""


@dataclass(frozen=True)
class LegendEntry:
    """An entry of a legend."""

    look: str
    """CSS classes of the swatch, such as `shade-3`, `dot`, `dot own`, `unnamed` or `apart`."""
    label: str


@dataclass(frozen=True)
class ReadyDrawing:
    """A drawing as an `svg` element. Its colours come from CSS classes, which `svg_style_sheet` defines for files."""

    wide: Markup
    size: tuple[int, int]
    """Width and height in a file, in pixels."""
    narrow: Markup | None = None
    """The drawing for phones. If there is none, `wide` is scaled to fit them."""
    legend: tuple[LegendEntry, ...] = ()
    is_map: bool = False
    layer: str = ""
    """The layer that colours the parts without a shade; empty if all parts have a shade."""
    palette: str = "count"
    """The palette of the shades, one of `PALETTES`."""

    def for_page(self) -> Markup:
        """Return the drawing without its legend."""
        if self.narrow:
            return self.wide + self.narrow
        look = f"chart-drawing layer--{self.layer}" if self.layer else "chart-drawing"
        return Markup('<div class="{}">{}</div>').format(look, self.wide)

    def for_file(self, x: int, y: int, width: int) -> tuple[Markup, int]:
        """Return the drawing at a position in a file, with its legend below, and the height of both.

        `width`: width of the legend.
        """
        down = self.size[1]
        opening = _OPENING.search(self.wide)
        assert opening is not None, "it is an svg element"
        plain = _LINK.sub("<g>", self.wide[opening.end() :]).replace("</a>", "</g>")
        tag = _SIZE.sub("", opening[0])[: -len(">")]
        place = f' x="{x}" y="{y}" width="{self.size[0]}" height="{down}"'
        colour = LIGHT.get(self.layer, LIGHT["ink"])
        rows = list(self._legend(x, y + down + 26, width, colour))
        if rows:
            down += 26 + _LINE * (1 + max(line for line, _ in rows))
        group = f'<g class="ready palette--{self.palette}" color="{colour}">'
        return Markup(f"{group}{tag}{place}>{plain}</g>{''.join(text for _, text in rows)}"), down  # noqa: S704 (the drawing's own markup; every text in it went through escape)

    def _legend(self, x: int, y: int, width: int, colour: str) -> Iterator[tuple[int, str]]:
        """Yield the number of the line and the SVG of each entry."""
        across, line = 0.0, 0
        for entry in self.legend:
            label = drawable_text(entry.label)
            room = _SWATCH + 6 + text_width(label)
            if across and across + room > width:
                across, line = 0.0, line + 1
            left, top = x + across, y + _LINE * line
            text = f'<text x="{left + _SWATCH + 6:.0f}" y="{top}" font-size="12" fill="{LIGHT["muted"]}">{escape(label)}</text>'
            yield line, f'<g class="palette--{self.palette}" color="{colour}">{_swatch(entry.look, left, top - 11)}</g>{text}'
            across += room + _GAP


def _swatch(look: str, x: float, y: float) -> str:
    shade = next((name for name in look.split() if name.startswith("shade-")), "shade-0")
    if look == "dot":  # No fill, because such dots can have any shade.
        return f'<circle cx="{x + 11:.0f}" cy="{y + 7:.0f}" r="4.5" fill="none" stroke="{LIGHT["muted"]}"/>'
    if "dot" in look.split():
        return f'<circle class="{shade}" cx="{x + 11:.0f}" cy="{y + 7:.0f}" r="5"/>'
    box = f'x="{x:.0f}" y="{y:.0f}" width="{_SWATCH}" height="14"'
    if "hollow" in look.split():
        return f'<rect class="{shade} hollow" {box}/>'
    if look in ("unnamed", "apart"):
        circle = "hollow" if look == "unnamed" else "apart"
        return f'<circle class="count-sample {circle}" cx="{x + 11:.0f}" cy="{y + 7:.0f}" r="6"/>'
    if "plain" in look.split():
        return f'<rect class="land" {box}/>'
    if "no-record" not in look.split():
        return f'<rect class="{shade}" {box}/>'
    strokes = "".join(f"M{x + at:.0f} {y + 14:.0f}l8 -14" for at in (0, 7, 14))
    return f'<rect class="land" {box}/><path d="{strokes}" fill="none" stroke="{LIGHT["hatch"]}"/>'
