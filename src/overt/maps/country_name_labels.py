"""Names of countries on a map, as SVG text that lies on its country, touches it, or has a line to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from markupsafe import escape
from shapely import LineString, Point
from shapely import box as rectangle

from overt.charts.text_layout import text_width
from overt.maps.country_shapes import Box, CountryShape, boxes_overlap, is_inside
from overt.maps.label_positions import LabelPlace, Land, label_places

_LINE = 1.2
"""Height of a name, as a multiple of the font size."""
_DOT, _DETAIL = 4, 1.5
"""Radius of the dot of a small country, and maximum deviation of outlines that are compared with lines, in pixels."""
_STROKE = 1
"""Width of a line from a country to its name, in pixels."""


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
    retries: int = 0,
) -> str:
    """Return names of countries as SVG: on the country, touching it, or in the sea near it with a line from its middle.

    `names`: names by code. The first names are placed first, and a name for which there is no room is left out. `view`: the
    visible part of the map, in drawing units. `pixels`: the width of the view on a page. `size`: the font size in pixels.
    `most`: the maximum number of names. `avoided`: codes of the coloured countries, whose land no other name hides. `occupied`:
    boxes of other names. `over_others`: whether a name with a line may also lie on land without a colour.

    `retries`: how many further attempts to make if names are left out. Each attempt begins with the names that were left out,
    and the first attempt that places the most names is used. If names are still left out, lines may cross any country. Without
    `retries`, no line crosses a coloured country or another country of `names`.
    """
    unit = (view[2] - view[0]) / pixels
    visible = [shape for shape in shapes if boxes_overlap(shape.box, view)]
    coloured = [shape for shape in visible if shape.code in avoided]
    land, by_code = Land(visible, unit), {shape.code: shape for shape in visible if shape.code in names}
    candidates = {
        code: _Candidates(
            label_places(
                land,
                by_code[code],
                text_width(name, size) * unit,
                size * _LINE * unit,
                unit,
                [other for other in coloured if other.code != code],
                over_others=over_others,
            ),
            [other for other in visible if other.code != code and (other.code in avoided or other.code in names)],
            unit,
        )
        for code, name in names.items()
        if code in by_code
    }

    def place(order: Iterable[str], placed: Mapping[str, LabelPlace], *, crossing: bool = False) -> dict[str, LabelPlace]:
        places = dict(placed)
        for code in order:
            if code in places:
                continue
            if len(places) == most:
                break
            taken = [*occupied, *(other.box for other in places.values())]
            for candidate, crosses in candidates[code]:
                if (
                    (crossing or not crosses)
                    and is_inside(candidate.box, view)
                    and not any(boxes_overlap(candidate.box, area) for area in taken)
                    and _is_clear(candidate, places.values())
                ):
                    places[code] = candidate
                    break
        return places

    order, complete = list(candidates), min(most, len(candidates))
    best = places = place(order, {})
    for _ in range(retries):
        if len(best) == complete:
            break
        order.sort(key=places.__contains__)
        places = place(order, {})
        best = max(best, places, key=len)
    if retries and len(best) < complete:
        missing = sorted(candidates, key=best.__contains__)
        best = max(place(missing, best, crossing=True), place(missing, {}, crossing=True), key=len)
    return "".join(_text(place, names[code], size, unit) for code, place in best.items())


class _Candidates:
    """Possible places for a country's name, and whether their lines cross other countries. Computed only as far as needed."""

    def __init__(self, places: Iterator[LabelPlace], countries: Sequence[CountryShape], unit: float) -> None:
        self._places = places
        self._countries = countries
        self._unit = unit
        self._known: list[tuple[LabelPlace, bool]] = []

    def __iter__(self) -> Iterator[tuple[LabelPlace, bool]]:
        yield from self._known
        for place in self._places:
            self._known.append((place, _crosses_land(place, self._countries, self._unit)))
            yield self._known[-1]


def _text(place: LabelPlace, name: str, size: float, unit: float) -> str:
    box = place.box
    x, y = (box[0] + box[2]) / 2, box[3] - size * 0.3 * unit
    line = ""
    if place.line:
        path = "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*place.line)
        line = f'<path class="name-line" fill="none" stroke="currentColor" stroke-width="{_STROKE * unit:.1f}" d="{path}"/>'
    return (
        f'{line}<text class="place-name country-name" x="{x:.0f}" y="{y:.0f}" font-size="{size * unit:.0f}" '
        f'text-anchor="middle">{escape(name)}</text>'
    )


def _is_clear(place: LabelPlace, placed: Iterable[LabelPlace]) -> bool:
    """Return whether a place's line crosses no placed name or line, and no placed line crosses its name."""
    own = LineString([place.line[:2], place.line[2:]]) if place.line else None
    for other in placed:
        line = LineString([other.line[:2], other.line[2:]]) if other.line else None
        if (line and line.intersects(rectangle(*place.box))) or (own and own.intersects(rectangle(*other.box))):
            return False
        if own and line and own.crosses(line):
            return False
    return True


def _crosses_land(place: LabelPlace, countries: Iterable[CountryShape], unit: float) -> bool:
    """Return whether a place's line crosses one of these countries, or the dot of a small one. `unit`: units per pixel."""
    if not place.line:
        return False
    line = LineString([place.line[:2], place.line[2:]])
    return any(
        line.distance(Point(country.x, country.y)) < _DOT * unit
        if country.small
        else any(line.intersects(polygon) for polygon in country.outlines(_DETAIL * unit))
        for country in countries
    )
