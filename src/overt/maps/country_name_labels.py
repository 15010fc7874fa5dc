"""Names of countries on a map of several of them, as SVG text that covers neither another name nor a small coloured country."""

from collections.abc import Collection, Iterable, Mapping

import shapely
from markupsafe import escape

from overt.charts.text_layout import text_width
from overt.maps.country_shapes import Box, CountryShape, boxes_overlap

_LINE = 1.2
"""Height of a name, as a multiple of the font size."""
_GAP = 4
"""Distance between a country and a name beside it, in pixels."""
_STRICT, _OVER_UNNAMED, _OVER_LARGE = range(3)
"""What a name may cover: no coloured country, those without a name, or also large ones with a name."""
_NEAR = 10
"""Maximum distance of a name beside a country from the middle of the country, in pixels, if the country is larger."""


def country_names(
    shapes: Iterable[CountryShape],
    names: Mapping[str, str],
    view: Box,
    *,
    pixels: float,
    size: float,
    most: int,
    avoided: Collection[str] = (),
    occupied: Collection[Box] = (),
    over_others: bool = False,
) -> str:
    """Return names of countries as SVG: inside the country if there is room, otherwise beside, above or below it.

    `names`: by code; the first ones are placed first, and one for which there is no room is left out. `view`: the visible
    part of the map, in drawing units; `pixels`: its width on a page; `size`: the font size in pixels; `most`: the maximum number
    of names. `avoided`: codes of the coloured countries; no name hides a small one of these. `occupied`: boxes of other names.
    `over_others`: whether a name that fits nowhere else may cover a coloured country, if possible one without a name.
    """
    unit = (view[2] - view[0]) / pixels
    by_code = {shape.code: shape for shape in shapes if shape.code in names or shape.code in avoided}
    visible = [shape for shape in by_code.values() if boxes_overlap(shape.body, view)]
    taken, texts = list[Box](occupied), list[str]()
    placed = set[str]()
    passes = (_STRICT, _OVER_UNNAMED, _OVER_LARGE) if over_others else (_STRICT,)
    for care, code in [(care, code) for care in passes for code in names]:
        shape, name = by_code.get(code), names[code]
        if shape is None or code in placed or len(texts) == most:
            continue
        neighbours = [other for other in visible if other.code != code and (care == _STRICT or other.code in names)]
        width = text_width(name, size) * unit
        for box, is_inside in _places(shape, width, size * _LINE * unit, unit):
            if not _inside(box, view) or any(boxes_overlap(box, area) for area in taken):
                continue
            if not any(_hides(box, other, is_inside=is_inside or care == _OVER_LARGE) for other in neighbours):
                placed.add(code)
                taken.append(box)
                x, y = (box[0] + box[2]) / 2, box[3] - size * 0.3 * unit
                texts.append(
                    f'<text class="place-name country-name" x="{x:.0f}" y="{y:.0f}" font-size="{size * unit:.0f}" '
                    f'text-anchor="middle">{escape(name)}</text>'
                )
                break
    return "".join(texts)


def _places(shape: CountryShape, width: float, height: float, unit: float) -> list[tuple[Box, bool]]:
    """Return boxes for the name of a country, the best first: its middle if the name fits in, then right, left, above, below.

    Each box comes with whether it is the middle.
    """
    west, north, east, south = shape.body
    x, y = shape.x, shape.y
    across = min(max((east - west) / 2, 0), _NEAR * unit) + _GAP * unit
    along = min(max((south - north) / 2, 0), _NEAR * unit) + _GAP * unit / 2
    middle = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    beside = [
        (x + across, y - height / 2, x + across + width, y + height / 2),
        (x - across - width, y - height / 2, x - across, y + height / 2),
        (x - width / 2, y - along - height, x + width / 2, y - along),
        (x - width / 2, y + along, x + width / 2, y + along + height),
    ]
    return [*([(middle, True)] if width <= east - west else []), *((box, False) for box in beside)]


def _hides(box: Box, shape: CountryShape, *, is_inside: bool) -> bool:
    """Return whether a name touches the box of a small country or, unless it is inside its own, the shape of any other."""
    if not boxes_overlap(box, shape.body):
        return False
    west, north, east, south = shape.body
    if (east - west) * (south - north) < 6 * (box[2] - box[0]) * (box[3] - box[1]):
        return True
    if is_inside:
        return False
    area = shapely.box(*box)
    return any(polygon.intersects(area) for polygon in shape.polygons)


def _inside(box: Box, view: Box) -> bool:
    return view[0] <= box[0] and view[1] <= box[1] and box[2] <= view[2] and box[3] <= view[3]
