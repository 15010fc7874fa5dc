"""The small map at the top of a country's page, with names of the places that have the most projects."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from markupsafe import Markup, escape

from overt.charts.text_layout import text_width
from overt.maps.circles_of_several_layers import Crowd, draw_crowd
from overt.maps.country_shapes import Box
from overt.maps.map_view import country_boxes, mark_cell, view_around
from overt.maps.marks import UNKNOWN, layer_of
from overt.maps.projection import project, unproject
from overt.maps.svg_map import MapCountry, append_to_svg, draw_map
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader, json_array
from overt.queries.maps.map_marks import MapMark, MapPlace, map_marks, map_places
from overt.queries.project_filter_masks import matching_projects
from overt.site.country.projects_with_details import DISPUTED
from overt.site.layer_count_tiles import LAYER_ORDER
from overt.site.site import Site

_LAYERS = (*LAYER_ORDER, UNKNOWN)
_SYSTEM_KINDS = ("surveillance", "filtering")
"""Kinds of surveillance and censorship systems. A filter by the first one includes all narrower kinds except scanners."""
_RATIO = 1.1
_NARROWEST = 230
"""Minimum width of the map in drawing units. A narrower map would show how coarse the outlines are."""
_TOWNS, _PROVINCES = ("exact", "locality"), ("admin2", "admin1")
"""Precisions of labelled places. Towns, and sites within them, come before provinces and districts."""
_NAMED = 5
"""Maximum number of places labelled on the map."""
_PIXELS = 400
"""Width of the map on a page, in pixels. It determines the size of names in drawing units."""
_FULL_WIDTH = 960
"""Map width, in pixels, for which the size of marks is chosen."""
_SIZE = 13.5
_BESIDE = 13
"""Distance of a name from its mark, in pixels."""
_COUNT_SIZE = 11
"""Size of the number beside a mark, in pixels."""
_MAX_SIGNS = 2
"""Maximum number of marks drawn around one place. If there are more, one circle has the number of their projects."""
_MARK = 6
"""Half the width of a mark, in pixels."""
_APART = 20
"""Marks that are closer than this many pixels, the width of a mark with its number, are drawn around one place."""
_DRAWN = (
    "s.country = ? AND s.kind IS NOT 'landing-point' AND coalesce(p.status, 'unknown') NOT IN (SELECT value FROM json_each(?))"
)
"""SQL condition for the places that have marks."""
_EXTENDED_LATIN = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
"""Matches a letter of the font files for extended Latin."""


class Cluster(NamedTuple):
    """Marks that are drawn side by side around one place."""

    marks: list[MapMark]
    """The marks after merging, each at the position where it is drawn."""

    def area(self, unit: float) -> Box:
        """Return the box that the marks and their numbers cover, in drawing units. `unit`: drawing units per pixel."""
        points = list(map(_point, self.marks))
        reach = _MARK * unit
        wide = reach * 1.4  # some signs are wider than others
        number = max((text_width(str(mark.projects), _COUNT_SIZE) for mark in self.marks if mark.projects > 1), default=0) * unit
        return (
            min(x for x, _ in points) - wide, min(y for _, y in points) - reach,
            max(x for x, _ in points) + wide + number, max(y for _, y in points) + reach,
        )  # fmt: skip


class BriefingMap(NamedTuple):
    """The map of a country."""

    drawing: Markup
    marks: int
    """Number of marks, without the circles of `crowds`."""
    counted: int
    """The lowest number of projects beside a mark that stands for several; 0 if there is none."""
    layers: list[str]
    """The layers that have marks, in the usual order of layers."""
    pale: list[str]
    """The layers whose marks are all pale. A pale mark means that only the town, district or province of a place is known."""
    has_pale: bool
    """Whether any mark is pale."""
    unplaced: int
    """Number of projects of the drawn kinds without a mark, because none of their places in the country has coordinates."""
    only_systems: bool
    """Whether all marks are for surveillance and censorship systems."""
    repeated: bool
    """Whether a project has marks at several places, so that the marks' numbers add up to more than the number of projects."""
    crowds: Sequence[Crowd] = ()
    """Circles that stand for the projects of several layers at one place, where there is no room for all their marks."""
    extended_latin: bool = False
    """Whether a name on the map has a letter such as č or ł. Such letters have a font file of their own, to be loaded early."""

    @property
    def all_pale(self) -> bool:
        """Whether the map has marks, and all of them are pale."""
        return bool(self.layers) and self.pale == self.layers


def briefing_map(site: Site, reader: Reader, code: str) -> BriefingMap | None:
    """Draw a country with marks for its surveillance and censorship systems.

    If it has no such system, its other counted projects have marks, except landing points. Return None if the country has no
    outline, if nothing has a mark, or if only one system has a mark while several have no known place.
    """
    outline = country_boxes(site.shapes, [code])
    box = view_around(outline, _RATIO, _NARROWEST)
    if box is None:
        return None
    here, systems = (_DRAWN, [code, json_array(DISPUTED)]), ProjectFilter(country=(code,), kind=_SYSTEM_KINDS)
    only_systems = bool(_counted_projects(reader, systems))
    selection = systems if only_systems else ProjectFilter(country=(code,))
    shaded = {code: MapCountry(1, site.words.area(code), None, caption="")}
    places = map_places(reader, selection, "point", here)
    unit = (box[2] - box[0]) / _PIXELS
    grouped = [_counted(cluster, places) for cluster in clusters(map_marks(reader, selection, mark_cell(box) * 2, here), unit)]
    crowds = [_crowd(cluster, places) for cluster in grouped if len(cluster.marks) > _MAX_SIGNS]
    apart = [cluster for cluster in grouped if len(cluster.marks) <= _MAX_SIGNS]
    marks = [mark for cluster in apart for mark in cluster.marks]
    if not marks and not crowds:
        return None
    placed = [*apart, *(Cluster([crowd.mark]) for crowd in crowds)]
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
    names = _names(site, places, placed, box, unit)
    circles = "".join(draw_crowd(crowd, crowd_words(site, crowd), site.explorer(selection.items()), unit) for crowd in crowds)
    named = append_to_svg(drawing, count_labels(marks, unit), circles, names)
    layers = [layer for layer in _LAYERS if any(layer_of(mark) == layer for mark in marks)]
    firm = {layer_of(mark) for mark in marks if not mark.soft}
    located = {place.id for place in places if place.longitude is not None}
    repeated = sum(mark.projects for cluster in placed for mark in cluster.marks) > len(located)
    extended, has_pale = bool(_EXTENDED_LATIN.search(names)), any(mark.soft for mark in marks)
    pale = [layer for layer in layers if layer not in firm]
    # Projects known only by a landing point or a route have no mark, but their place is known.
    anywhere = map_places(reader, selection, here=("s.country = ?", [code]))
    unplaced = len(_counted_projects(reader, selection) - {row.id for row in anywhere if row.longitude is not None or row.route})
    counted = min((mark.projects for mark in marks if mark.projects > 1), default=0)
    drawn = BriefingMap(named, len(marks), counted, layers, pale, has_pale, unplaced, only_systems, repeated, crowds, extended)
    return None if only_systems and len(located) == 1 < unplaced else drawn


def _counted_projects(reader: Reader, selection: ProjectFilter) -> set[str]:
    """Return the ids of the projects that match a filter, without those that are denied, cancelled or unverified."""
    mask = matching_projects(reader, selection) & ~matching_projects(reader, ProjectFilter(status=DISPUTED))
    return set(reader.vectors.ids(np.flatnonzero(mask)))


def clusters(marks: Sequence[MapMark], unit: float) -> list[Cluster]:
    """Group marks into clusters. Marks that would cover one another or a number are drawn around the place of the first one.

    Equally precise marks of one layer become a single mark in a cluster. `unit`: drawing units per pixel.
    """
    groups = list[list[MapMark]]()
    for mark in sorted(marks, key=lambda mark: _LAYERS.index(layer_of(mark))):
        near = next((group for group in groups if math.dist(_point(group[0]), _point(mark)) < _APART * unit), None)
        if near is None:
            groups.append([mark])
        else:
            near.append(mark)
    return [Cluster(_in_rows(_merged(group), unit)) for group in groups]


def _merged(group: Sequence[MapMark]) -> list[MapMark]:
    """Merge the marks of each layer that are equally precise into one, at the place of the first."""
    by_sign: dict[tuple[str, int], MapMark] = {}
    for mark in group:
        first = by_sign.setdefault((layer_of(mark), mark.soft), mark)
        if first is not mark:
            by_sign[layer_of(mark), mark.soft] = first._replace(
                other=mark.other, other_zh=mark.other_zh, projects=first.projects + mark.projects,
                west=min(first.west, mark.west), south=min(first.south, mark.south),
                east=max(first.east, mark.east), north=max(first.north, mark.north),
            )  # fmt: skip
    return list(by_sign.values())


def _in_rows(marks: Sequence[MapMark], unit: float) -> list[MapMark]:
    """Arrange marks in rows of two around the place of the first. If any of them has a number, each has a row of its own."""
    if len(marks) == 1:
        return list(marks)
    x, y = project(marks[0].longitude, marks[0].latitude)
    columns = 1 if any(mark.projects > 1 for mark in marks) else 2
    step, rows = 2 * _MARK * unit, math.ceil(len(marks) / columns)
    placed = []
    for position, mark in enumerate(marks):
        row, column = divmod(position, columns)
        across = 0 if columns == 1 or (position == len(marks) - 1 and column == 0) else column - 0.5
        longitude, latitude = unproject(x + across * step, y + (row - (rows - 1) / 2) * step)
        placed.append(mark._replace(longitude=longitude, latitude=latitude))
    return placed


def _counted(cluster: Cluster, places: Sequence[MapPlace]) -> Cluster:
    """Return a cluster in which a mark's number counts each project once, even if it has several places there."""
    return Cluster([mark._replace(projects=min(mark.projects, len(_ids_in(places, mark)))) for mark in cluster.marks])


def _crowd(cluster: Cluster, places: Sequence[MapPlace]) -> Crowd:
    """Return a circle in the middle of a cluster's marks, with the number of projects in each layer."""
    points = list(map(_point, cluster.marks))
    longitude, latitude = unproject(*(sum(part) / len(points) for part in zip(*points, strict=True)))
    ids: dict[str, set[str]] = {}
    for mark in cluster.marks:
        ids.setdefault(layer_of(mark), set()).update(_ids_in(places, mark))
    projects = len(set[str]().union(*ids.values()))
    first = cluster.marks[0]._replace(longitude=longitude, latitude=latitude, projects=projects)
    return Crowd(first, [(layer, len(ids[layer])) for layer in _LAYERS if layer in ids])


def crowd_words(site: Site, crowd: Crowd) -> str:
    """Return the number of a crowd's projects in each layer, in words: `Surveillance 2, Censorship 1`."""
    return site.language.comma.join(f"{site.layer_names[layer]} {site.formats.number(n)}" for layer, n in crowd.layers)


def _ids_in(places: Sequence[MapPlace], mark: MapMark) -> set[str]:
    """Return the ids of the projects of a mark's layer that have a place in the mark's box."""
    return {
        row.id
        for row in places
        if layer_of(row) == layer_of(mark)
        and row.longitude is not None
        and row.latitude is not None
        and mark.west <= row.longitude <= mark.east
        and mark.south <= row.latitude <= mark.north
    }


def count_labels(marks: Iterable[MapMark], unit: float) -> str:
    """Return, as SVG, the number of projects to the right of each mark that stands for several."""
    texts = []
    for mark in marks:
        if mark.projects > 1:
            x, y = _point(mark)
            texts.append(
                f'<text class="place-name mark-count" x="{x + 1.25 * _MARK * unit:.0f}" y="{y + 0.35 * _COUNT_SIZE * unit:.0f}" '
                f'font-size="{_COUNT_SIZE * unit:.0f}">{mark.projects}</text>'
            )
    return "".join(texts)


def _names(site: Site, places: list[MapPlace], placed: Sequence[Cluster], box: Box, unit: float) -> str:
    """Return, as SVG, names beside the marks of the `_NAMED` towns or, after these, provinces with the most projects.

    `placed`: the clusters of marks. A name never covers a mark or another name. It is to the right of its mark or, if there is
    no room, to the left or a little further away. If there is no room at all, the name is left out.
    """
    named = [row for row in places if row.place and row.longitude is not None and row.precision in (*_TOWNS, *_PROVINCES)]
    counts = Counter((row.place, row.longitude, row.latitude, row.precision not in _TOWNS) for row in named)
    reach = _MARK * unit
    taken = [cluster.area(unit) for cluster in placed]
    texts, seen, points = list[str](), set[str](), list[tuple[float, float]]()
    for (place, longitude, latitude, _), _ in sorted(counts.items(), key=lambda row: (row[0][3], -row[1], row[0][0] or "")):
        name = site.language.phrase(place) or (place or "").partition(",")[0]
        x, y = project(longitude or 0, latitude or 0)
        is_named = any(math.dist((x, y), point) < _APART * unit for point in points)  # such as a capital and its province
        if name in seen or is_named or len(texts) == _NAMED:
            continue
        width = text_width(name, _SIZE) * unit
        for distance, at_left in ((steps * reach + _BESIDE * unit, at_left) for steps in range(4) for at_left in (False, True)):
            left = x - distance - width if at_left else x + distance
            area = (left, y - _SIZE * unit, left + width, y + _SIZE * unit / 2)
            if left >= box[0] and left + width <= box[2] and not any(_overlap(area, other) for other in taken):
                break
        else:
            continue
        taken, seen, points = [*taken, area], {*seen, name}, [*points, (x, y)]
        end = ' text-anchor="end"' if at_left else ""
        at = x - distance if at_left else x + distance
        height, baseline = _SIZE * unit, y + _SIZE * unit / 3
        texts.append(
            f'<text class="place-name" x="{at:.0f}" y="{baseline:.0f}" font-size="{height:.0f}"{end}>{escape(name)}</text>'
        )
    return "".join(texts)


def _point(mark: MapMark) -> tuple[float, float]:
    return project(mark.longitude, mark.latitude)


def _overlap(area: Box, other: Box) -> bool:
    return area[0] < other[2] and area[2] > other[0] and area[1] < other[3] and area[3] > other[1]
