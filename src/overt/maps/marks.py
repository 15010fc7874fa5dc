"""Marks of a map: one for the points that would cover one another, each layer with a shape of its own."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from markupsafe import escape

from overt.charts.text_layout import drawable_text
from overt.language.language import N_, Language
from overt.maps.projection import Projection, project
from overt.queries.database import Row

UNKNOWN = "unknown"
"""Stands for the layer of what is of no known kind."""
CELL = 3.5
"""Side, in degrees, of the squares whose points become one mark on the map of the world: about nine pixels on a wide screen."""
_LONGEST = 70
"""Characters of a name that the title of a mark repeats."""
_OUTLINES = {
    "networks": "M0-41l37 68h-74z",
    "cables": "M-40-15h80v30h-80z",
    "data-centres": "M-30-30h60v60h-60z",
    "censorship": "M0-11l23-24l12 12l-24 23l24 23l-12 12l-23-24l-23 24l-12-12l24-23l-24-23l12-12z",
    "finance": "M0-40l40 40l-40 40l-40-40z",
    "agreements": "M21-39l18 18l-54 54l-24 6l6-24z",
    "presence": "M-34 0a34 34 0 1 0 68 0a34 34 0 1 0-68 0zM-14 0a14 14 0 1 1 28 0a14 14 0 1 1-28 0z",
    "unknown": "M-38 0a38 38 0 1 0 76 0a38 38 0 1 0-76 0zM-30 0a30 30 0 1 1 60 0a30 30 0 1 1-60 0z",
}
"""The signs of the front end's map (web/src/icons.ts) and of legends; a test compares them."""
_ROUND = "M-32 0a32 32 0 1 0 64 0a32 32 0 1 0-64 0z"
_SOFT_LOOK = 'fill-opacity="0.35"'
_FIRM_LOOK = 'stroke="var(--paper)" stroke-width="9"'
_SOFT = N_("known to a town, district or province only")
_SOFTER = 1.8
"""How much larger a mark is whose place is known to a province or district only."""


def layer_of(row: Row) -> str:
    """The layer that a mark or a route is drawn in."""
    return row["layer"] or UNKNOWN


def _shape(mark: Row) -> str:
    """The id, within a map, of the shape that stands for a mark."""
    return f"mark-{layer_of(mark)}{'-soft' if mark['soft'] else ''}"


def outline(layer: str) -> str:
    """The shape of a layer's sign, as a path around 0,0 that is about 80 units across."""
    return _OUTLINES.get(layer, _ROUND)


def outlines(marks: Iterable[Row], scale: float) -> str:
    """The shapes that these marks need, to be drawn many times: each layer has its own, so that colour is never alone.

    What style.css says of `.point` stands in attributes, because its rules do not reach into shapes that are used again.
    """
    needed = {_shape(mark): mark for mark in marks}
    return "".join(
        f'<path id="{escape(name)}" fill="currentColor" {_SOFT_LOOK if mark["soft"] else _FIRM_LOOK} '
        f'transform="scale({scale * (_SOFTER if mark["soft"] else 1):.3g})" d="{outline(layer_of(mark))}"/>'
        for name, mark in sorted(needed.items())
    )


def dots(marks: Iterable[Row], place: Projection) -> str:
    """Marks as small dots of one line, without links: the ends of cables on a map of the world."""
    places = "".join("M{:.0f},{:.0f}h0".format(*place(mark["longitude"], mark["latitude"])) for mark in marks)
    return f'<path class="landings layer--cables" d="{places}"/>' if places else ""


def drawn(language: Language, mark: Row, more: str, layers: Mapping[str, str], place: Projection = project) -> str:
    """A mark that leads to its project, or to the list of those in its square, below the address `more`.

    Its title says in words what its sign and its edge say: the layer (`layers`: names by id), and how well its place is known.
    """
    x, y = place(mark["longitude"], mark["latitude"])
    address = language.url(f"/project/{mark['id']}") if mark["projects"] == 1 else _square(mark, more)
    first, last = language.of(mark, "label"), language.of(mark, "other")
    names = [str(first or mark["id"])]
    if mark["projects"] > 1 and first != last:
        names.append(str(last))
    said = "; ".join(name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…" for name in names)
    rest = mark["projects"] - len(names)
    if rest > 0:
        said = language.gettext("%(names)s; %(n)s more", names=said, n=rest)
    title = escape(drawable_text(titled(language, said, layers.get(layer_of(mark)), _SOFT if mark["soft"] else None)))
    use = f'<use class="layer--{escape(layer_of(mark))}" href="#{escape(_shape(mark))}" x="{x:.0f}" y="{y:.0f}"/>'
    return f'<a href="{escape(address)}"><title>{title}</title>{use}</a>'


def titled(language: Language, said: str, layer: str | None, known: str | None) -> str:
    """What a mark is, in words; `known`: a message that says how its place is known, where that is not exactly."""
    if layer:
        said = language.gettext("%(name)s: %(said)s", name=layer, said=said)
    return language.gettext("%(name)s (%(said)s)", name=said, said=language.gettext(known)) if known else said


def _square(mark: Row, more: str) -> str:
    sides = (
        max(-180, mark["west"] - 0.01),
        max(-90, mark["south"] - 0.01),
        min(180, mark["east"] + 0.01),
        min(90, mark["north"] + 0.01),
    )
    return f"{more}{'&' if '?' in more else '?'}{urlencode({'bbox': ','.join(f'{side:.2f}' for side in sides)})}"
