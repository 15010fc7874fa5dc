"""Marks on a map. Points that would cover one another become one mark, and each layer has its own symbol."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from markupsafe import escape

from overt.charts.text_layout import drawable_text
from overt.language.language import N_, Language
from overt.maps.projection import Projection, project
from overt.queries.maps.map_marks import MapMark, MapPlace

UNKNOWN = "unknown"
"""Id of the layer of projects of unknown kind."""
CELL = 3.5
"""Size in degrees of the squares whose points become one mark on the map of the world: about nine pixels on a wide screen."""
_MAX_NAME_LENGTH = 70
"""Maximum number of characters of a name in the title of a mark."""
_SIGNS = {
    "networks": "M0-41l37 68h-74z",
    "cables": "M-40-15h80v30h-80z",
    "data-centres": "M-30-30h60v60h-60z",
    "censorship": "M0-11l23-24l12 12l-24 23l24 23l-12 12l-23-24l-23 24l-12-12l24-23l-24-23l12-12z",
    "finance": "M0-40l40 40l-40 40l-40-40z",
    "agreements": "M21-39l18 18l-54 54l-24 6l6-24z",
    "presence": "M-34 0a34 34 0 1 0 68 0a34 34 0 1 0-68 0zM-14 0a14 14 0 1 1 28 0a14 14 0 1 1-28 0z",
    "unknown": "M-31-31h62v62h-62zM-23-23v46h46v-46z",
}
"""SVG path of each layer's symbol, on maps and in legends; other layers have `_ROUND_SIGN`.

A test compares the symbols with those of the front end's map (web/src/map/canvas-signs-circles-and-hatching.ts).
"""
_ROUND_SIGN = "M-32 0a32 32 0 1 0 64 0a32 32 0 1 0-64 0z"
_SOFT_LOOK = 'fill-opacity="0.6"'
_FIRM_LOOK = 'stroke="var(--paper)" stroke-width="9"'
_SOFT = N_("located only to a town, district or province")
_SOFT_SCALE = 1.8
"""Magnification of a mark whose place is imprecise (`MapMark.soft`)."""


def layer_of(row: MapMark | MapPlace) -> str:
    """Return the layer in which a mark, a route or a ring is drawn; `UNKNOWN` if its project has none."""
    return row.layer or UNKNOWN


def _sign_id(mark: MapMark) -> str:
    return f"mark-{layer_of(mark)}{'-soft' if mark.soft else ''}"


def sign_path(layer: str) -> str:
    """Return the symbol of a layer as an SVG path around 0,0 that is about 80 units across."""
    return _SIGNS.get(layer, _ROUND_SIGN)


def sign_definitions(marks: Iterable[MapMark], scale: float) -> str:
    """Return the SVG definitions of the symbols that these marks use.

    Each layer has its own symbol, so that readers never depend on colour alone. The rules of style.css for `.point` are repeated
    as attributes, because they don't reach into `<use>`. `scale`: factor by which symbols are larger than in `sign_path`.
    """
    needed = {_sign_id(mark): mark for mark in marks}
    return "".join(
        f'<path id="{escape(sign)}" fill="currentColor" {_SOFT_LOOK if mark.soft else _FIRM_LOOK} '
        f'transform="scale({scale * (_SOFT_SCALE if mark.soft else 1):.3g})" d="{sign_path(layer_of(mark))}"/>'
        for sign, mark in sorted(needed.items())
    )


def draw_landing_dots(marks: Iterable[MapMark], place: Projection) -> str:
    """Draw marks as small dots in one path, without links: the ends of cables on a map of the world."""
    path = "".join("M{:.0f},{:.0f}h0".format(*place(mark.longitude, mark.latitude)) for mark in marks)
    return f'<path class="landings" d="{path}"/>' if path else ""


def draw_mark(language: Language, mark: MapMark, more: str, layers: Mapping[str, str], place: Projection = project) -> str:
    """Draw a mark that links to its project or, if it has several, to the list at the address `more`, limited to the mark's box.

    The mark's title has the names of its first and its last project. It also states in words what the symbol and its outline
    show: the layer, and how precisely the place is known. `layers`: names of layers by id.
    """
    x, y = place(mark.longitude, mark.latitude)
    address = language.url(f"/project/{mark.id}") if mark.projects == 1 else _square_address(mark, more)
    first, last = language.localized(mark, "label"), language.localized(mark, "other")
    names = [str(first or mark.id)]
    if mark.projects > 1 and first != last:
        names.append(str(last))
    text = "; ".join(name if len(name) <= _MAX_NAME_LENGTH else f"{name[:_MAX_NAME_LENGTH]}…" for name in names)
    rest = mark.projects - len(names)
    if rest > 0:
        text = language.gettext("%(names)s; %(n)s more", names=text, n=rest)
    title = escape(drawable_text(title_of(language, text, layers.get(layer_of(mark)), _SOFT if mark.soft else None)))
    use = f'<use class="layer--{escape(layer_of(mark))}" href="#{escape(_sign_id(mark))}" x="{x:.0f}" y="{y:.0f}"/>'
    return f'<a href="{escape(address)}"><title>{title}</title>{use}</a>'


def title_of(language: Language, name: str, layer: str | None, precision: str | None) -> str:
    """Return the title of a mark or a route. `precision`: an untranslated note on an approximate place; None if it is exact."""
    if layer:
        name = language.gettext("%(name)s: %(value)s", name=layer, value=name)
    return language.gettext("%(name)s (%(said)s)", name=name, said=language.gettext(precision)) if precision else name


def _square_address(mark: MapMark, more: str) -> str:
    sides = (
        max(-180, mark.west - 0.01),
        max(-90, mark.south - 0.01),
        min(180, mark.east + 0.01),
        min(90, mark.north + 0.01),
    )
    return f"{more}{'&' if '?' in more else '?'}{urlencode({'bbox': ','.join(f'{side:.2f}' for side in sides)})}"
