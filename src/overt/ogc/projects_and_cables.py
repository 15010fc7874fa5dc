"""The collections of projects (points, or routes where there are no points) and of cables (routes)."""

from collections.abc import Iterable

import numpy as np
import orjson

from overt.http.served_release import Served
from overt.index.map_features import join_routes
from overt.index.project_arrays import NO_DAY, UNDATED
from overt.language.language import N_
from overt.ogc import queryables
from overt.ogc.collection_interface import CollectionInfo
from overt.ogc.cql2.filter_nodes import Condition
from overt.ogc.cql2.filter_sql import filter_sql
from overt.ogc.datetime_parameter import Days
from overt.ogc.feature_arrays import MapData
from overt.ogc.items_query_parameters import ItemsQuery
from overt.ogc.latitude_bands import Box
from overt.ogc.property_schemas import PROJECT, PROJECT_FILTERS
from overt.queries.as_of.projects_in_place_in_period import Period, possibly_in_place
from overt.queries.database import Reader, json_array
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Array, Mask, Vectors

_FILTERS = tuple(PROJECT_FILTERS)


class Projects:
    """All projects. Those without a location, or whose location is known only by country, have no geometry."""

    info = CollectionInfo(
        "projects",
        N_("Projects"),
        N_(
            "All projects. The geometry has the places that are known more exactly than to a country; without such a place, "
            "it is null."
        ),
        ("Point", "MultiPoint", "LineString", "MultiLineString"),
        PROJECT,
        _FILTERS,
        queryables=queryables.PROJECT,
        vocabulary="ogc_projects",
    )

    def __init__(self, data: MapData) -> None:
        self._data = data
        self.answered: set[tuple[object, ...]] = set()

    def find(self, reader: Reader, query: ItemsQuery) -> list[Array]:
        """Return the numbers of the matching projects, sorted by name.

        With a box, projects in the box come first, followed by those without a location: the standard says that a box also
        matches features without geometry. With a box and no other condition, projects with a single point and no route come
        first, sorted from south to north, then the other projects in the box. A time also matches projects that were only
        possibly in place.
        """
        data, box = self._data, query.box
        every = not (query.projects or query.days or query.condition)
        if box and every:
            return [*self._within(box), *self._lost]
        mask = self._restrict(matching_projects(reader, query.projects))
        if query.days:
            mask = mask & in_place_in(data.vectors, query.days)
        if query.condition:
            mask = mask & _fulfilling(reader, query.condition)
        if not box:
            return [np.flatnonzero(mask)]
        inside = reader.vectors.mask(*self._within(box)) & mask
        return [np.flatnonzero(inside), *(lost[mask[lost]] for lost in self._lost)]

    @property
    def _lost(self) -> list[Array]:
        """The projects without a location, which every box matches."""
        return [self._data.unlocated]

    def _restrict(self, mask: Mask) -> Mask:
        return mask

    def _within(self, box: Box) -> list[Array]:
        data = self._data
        several = np.unique(np.concatenate([*data.other_points.within(box), data.lines.within(box)]))
        return [*data.single_points.within(box), several]

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Return the features with these numbers as GeoJSON, in that order."""
        ids, pages = reader.vectors.ids(numbers), orjson.dumps(f"{base}{site.language.base}/project/").decode()[1:-1]
        return [
            f'{{"type":"Feature","id":"{identity}","geometry":{geometry or "null"},"properties":{properties[:-1]},'
            f'"page":"{pages}{identity}"}}}}'
            for identity, (geometry, properties) in zip(ids, self._feature_parts(reader, numbers, ids), strict=True)
        ]

    def _feature_parts(self, reader: Reader, numbers: Array, ids: list[str]) -> Iterable[tuple[str | None, str]]:
        """Return the geometry (None for projects without a location) and the properties of each project, as JSON."""
        return self._data.feature_parts(reader, numbers)

    def number(self, reader: Reader, identity: str) -> int | None:
        """Return the number of a project, or None if the collection doesn't have it."""
        number = number_of(reader.vectors, identity)
        return number if number is not None and self._has(number) else None

    def _has(self, number: int) -> bool:
        return True

    def extent(self) -> Box | None:
        """Return the box around all points and routes; None if there are none."""
        vectors = self._data.vectors
        return bounding_box(vectors["point.longitude"], vectors["point.latitude"], self._data.lines.boxes)


class Cables(Projects):
    """Projects that have a route."""

    info = CollectionInfo(
        "cables",
        N_("Cable routes"),
        N_("Projects with a route. Routes show what is connected, not where it runs; other cables are among the projects."),
        ("LineString", "MultiLineString"),
        PROJECT,
        _FILTERS,
        queryables=queryables.PROJECT,
        vocabulary="ogc_projects",
    )

    def _restrict(self, mask: Mask) -> Mask:
        return mask & self._data.routed

    def _within(self, box: Box) -> list[Array]:
        return [np.unique(self._data.lines.within(box))]

    @property
    def _lost(self) -> list[Array]:
        return []

    def _feature_parts(self, reader: Reader, numbers: Array, ids: list[str]) -> Iterable[tuple[str | None, str]]:
        routes = routes_of(reader, ids)
        return [
            (routes[identity], properties)
            for identity, (_, properties) in zip(ids, self._data.feature_parts(reader, numbers), strict=True)
        ]

    def _has(self, number: int) -> bool:
        return bool(self._data.routed[number])

    def extent(self) -> Box | None:
        """Return the box around all routes; None if there are none."""
        nothing = np.zeros(0)
        return bounding_box(nothing, nothing, self._data.lines.boxes)


def _fulfilling(reader: Reader, condition: Condition) -> Mask:
    """Return a mask of the projects that satisfy a filter."""
    sql, values = filter_sql(condition, queryables.PROJECT)
    row = reader.first("ogc.projects_where", values, condition=sql) or {}
    return reader.vectors.mask_of((row.get("ids") or "").split())


def number_of(vectors: Vectors, identity: str) -> int | None:
    """Return the number of the project with this id; None if there is none."""
    if len(identity) > 16 or not identity.isascii():
        return None
    ids, by_id = vectors["ids"], vectors["by_id"]
    at = int(np.searchsorted(ids, np.array(identity, "S16"), sorter=by_id))
    number = int(by_id[at]) if at < len(by_id) else -1
    return number if number >= 0 and ids[number].decode() == identity else None


def in_place_in(vectors: Vectors, days: Days) -> Mask:
    """Return a mask of the projects that were certainly or possibly in place on some day of an interval (`possibly_in_place`).

    Projects without any date are included, except plans and projects that never count as in place, because the standard says
    that a feature without a time matches every interval.
    """
    first, last = days
    in_place = possibly_in_place(vectors, Period(-NO_DAY if first is None else first, NO_DAY if last is None else last))
    undated: Mask = vectors["span.first"] == np.int64(UNDATED)
    return in_place | undated


def routes_of(reader: Reader, ids: list[str]) -> dict[str, str]:
    """Return the routes of these projects as JSON, by id."""
    routes: dict[str, list[str]] = {}
    for identity, route in reader.tuples("ogc.routes", [json_array(ids)]):
        routes.setdefault(identity, []).append(route)
    return {identity: parts[0] if len(parts) == 1 else join_routes(parts) for identity, parts in routes.items()}


def bounding_box(longitudes: Array, latitudes: Array, boxes: Iterable[tuple[float, ...]] = ()) -> Box | None:
    """Return the box around points and other boxes; None if there are neither.

    `longitudes`, `latitudes`: one of each per point. `boxes`: the west, south, east and north of each box.
    """
    sides = []
    if len(longitudes):
        sides.append((float(longitudes.min()), float(latitudes.min()), float(longitudes.max()), float(latitudes.max())))
    sides += [(box[0], box[1], box[2], box[3]) for box in boxes]
    if not sides:
        return None
    return Box(*(side(part) for side, part in zip((min, min, max, max), zip(*sides, strict=True), strict=True)))
