"""The small map at the top of a country's page, with names of the places that have the most projects."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.charts.text_layout import text_width
from overt.maps.map_view import country_boxes, mark_cell, view_around
from overt.maps.marks import UNKNOWN, layer_of
from overt.maps.projection import project, unproject
from overt.maps.svg_map import MapCountry, draw_map
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.maps.map_marks import MapMark, MapPlace, map_marks, map_places
from overt.site.layer_count_tiles import LAYER_ORDER
from overt.site.site import Site

_LAYERS = (*LAYER_ORDER, UNKNOWN)
_RATIO = 1.1
_NARROWEST = 320
"""Minimum width of the map in drawing units. A narrower map would show how coarse the outlines are."""
_NAMED = 5
"""Maximum number of places labelled on the map."""
_PIXELS = 400
"""Width of the map on a page, which determines the size of names in drawing units."""
_FULL_WIDTH = 960
"""Map width, in pixels, for which the size of marks is chosen."""
_SIZE = 13.5
_BESIDE = 13
"""Distance of a name from its mark, in pixels."""


_COUNT_SIZE = 11
"""Size of the number above a mark, in pixels."""
_MARK = 6
"""Half the width of a mark, in pixels."""


_EXTENDED_LATIN = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
"""Matches a letter of the font files for extended Latin."""


class BriefingMap(NamedTuple):
    """The map of a country."""

    drawing: Markup
    marks: int
    """Number of marks."""
    counted: bool
    """Whether a mark is for several projects and has their number beside it."""
    layers: list[str]
    """The layers of its marks, in the layers' order."""
    disputed: bool
    """Whether it shows a disputed border."""
    repeated: bool
    """Whether a project has marks at several places, so that the marks are for more projects than there are."""
    extended_latin: bool = False
    """Whether a name on it has a letter such as č or ł, which is in a font file of its own that the page should load early."""


def briefing_map(site: Site, reader: Reader, code: str) -> BriefingMap | None:
    """Draw a country with marks for its projects, but not for landing points of cables; None if it has no outline."""
    outline = country_boxes(site.shapes, [code])
    box = view_around(outline, _RATIO, _NARROWEST)
    if box is None:
        return None
    selection, here = ProjectFilter(country=(code,)), ("s.country = ? AND s.kind IS NOT 'landing-point'", [code])
    shaded = {code: MapCountry(1, site.words.area(code), None, caption="")}
    places = map_places(reader, selection, "point", here)
    unit = (box[2] - box[0]) / _PIXELS
    marks = side_by_side(map_marks(reader, selection, mark_cell(box) * 2, here), unit)
    drawing = draw_map(
        site.language,
        site.shapes,
        shaded,
        [],
        marks,
        label=site.gettext("Map"),
        more=site.explorer(selection.items()),
        view=box,
        layers=site.layer_names,
        reduction=_FULL_WIDTH / _PIXELS,
    )
    names = _names(site, places, marks, box, unit)
    named = Markup(f"{drawing.removesuffix('</svg>')}{count_labels(marks, unit)}{names}</svg>")  # noqa: S704 (names are escaped)
    drawn = {layer_of(mark) for mark in marks}
    layers = [layer for layer in _LAYERS if layer in drawn]
    located = {place.id for place in places if place.longitude is not None}
    repeated = sum(mark.projects for mark in marks) > len(located)
    counted, extended = any(mark.projects > 1 for mark in marks), bool(_EXTENDED_LATIN.search(names))
    return BriefingMap(named, len(marks), counted, layers, " disputed" in drawing, repeated, extended)


def side_by_side(marks: Sequence[MapMark], unit: float) -> list[MapMark]:
    """Return all marks, with those that would cover one another moved side by side, in the layers' order.

    `unit`: drawing units of a pixel.
    """
    groups = list[list[MapMark]]()
    for mark in sorted(marks, key=lambda mark: _LAYERS.index(layer_of(mark))):
        near = next((group for group in groups if _distance(group[0], mark) < 2 * _MARK * unit), None)
        if near is None:
            groups.append([mark])
        else:
            near.append(mark)
    placed = []
    for group in groups:
        x, y = project(group[0].longitude, group[0].latitude)
        for position, mark in enumerate(group):
            longitude, latitude = unproject(x + (position - (len(group) - 1) / 2) * 2 * _MARK * unit, y)
            placed.append(mark._replace(longitude=longitude, latitude=latitude) if len(group) > 1 else mark)
    return placed


def count_labels(marks: Sequence[MapMark], unit: float) -> str:
    """Return, as SVG, the number of projects above each mark that has several."""
    texts = []
    for mark in marks:
        if mark.projects > 1:
            x, y = project(mark.longitude, mark.latitude)
            texts.append(
                f'<text class="place-name mark-count" x="{x:.0f}" y="{y - 1.3 * _MARK * unit:.0f}" text-anchor="middle" '
                f'font-size="{_COUNT_SIZE * unit:.0f}">{mark.projects}</text>'
            )
    return "".join(texts)


def _distance(mark: MapMark, other: MapMark) -> float:
    return math.dist(project(mark.longitude, mark.latitude), project(other.longitude, other.latitude))


def unplaced(reader: Reader, code: str) -> int:
    """Return the number of a country's projects without a mark, because no place in the country is known."""
    row = reader.first("countries.unknown", [code])
    return int(row["unlocated"] or 0) if row else 0


def _names(site: Site, places: list[MapPlace], marks: list[MapMark], box: tuple[float, float, float, float], unit: float) -> str:
    """Return, as SVG, the names of the places with the most projects beside their marks.

    A name covers no mark and no other name. It is to the right of its mark or, if there is no room, to the left, or a little
    further away. A name for which there is no room at all is left out.
    """
    towns = [row for row in places if row.place and row.precision in ("exact", "locality") and row.longitude is not None]
    counts = Counter((row.place, row.longitude, row.latitude) for row in towns)
    reach = _MARK * unit
    wide = reach * 1.4  # some signs are wider than others
    taken = []
    for mark in marks:
        x, y = project(mark.longitude, mark.latitude)
        above = reach + _COUNT_SIZE * unit if mark.projects > 1 else reach
        taken.append((x - wide, y - above, x + wide, y + reach))
    texts, seen = list[str](), set[str]()
    for (place, longitude, latitude), _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0][0] or "")):
        name = site.language.phrase(place) or (place or "").partition(",")[0]
        if name in seen or len(texts) == _NAMED:
            continue
        x, y = project(longitude or 0, latitude or 0)
        width = text_width(name, _SIZE) * unit
        for distance, at_left in ((steps * reach + _BESIDE * unit, at_left) for steps in range(4) for at_left in (False, True)):
            left = x - distance - width if at_left else x + distance
            area = (left, y - _SIZE * unit, left + width, y + _SIZE * unit / 2)
            if left >= box[0] and left + width <= box[2] and not any(_overlap(area, other) for other in taken):
                break
        else:
            continue
        taken.append(area)
        seen.add(name)
        end = ' text-anchor="end"' if at_left else ""
        at = x - distance if at_left else x + distance
        height, baseline = _SIZE * unit, y + _SIZE * unit / 3
        texts.append(
            f'<text class="place-name" x="{at:.0f}" y="{baseline:.0f}" font-size="{height:.0f}"{end}>{escape(name)}</text>'
        )
    return "".join(texts)


def _overlap(area: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return area[0] < other[2] and area[2] > other[0] and area[1] < other[3] and area[3] > other[1]
