"""Projects, with the points that are known of them, else their routes; and cables, with their routes."""

from collections.abc import Iterable

import numpy as np
import orjson

from overt.http.served import Served
from overt.index.map_features import joined
from overt.language.language import N_
from overt.ogc.collection import Said
from overt.ogc.datetime_parameter import Days
from overt.ogc.items_query import Asked
from overt.ogc.latitude_bands import Box
from overt.ogc.map_data import Held
from overt.ogc.property_schemas import PROJECT
from overt.queries.database import Reader
from overt.queries.matching import matching_projects
from overt.queries.project_arrays import Array, Mask, Vectors

_FILTERS = (
    "kind", "layer", "company", "supplier", "financier", "country", "status", "source", "sources", "precision", "located", "year",
    "q",
)  # fmt: skip


class Projects:
    """Every project; one that is known to a country only has no geometry."""

    said = Said(
        "projects",
        N_("Projects"),
        N_("All projects. The geometry has the places that are known better than to a country; without such a place it is null."),
        ("Point", "MultiPoint", "LineString", "MultiLineString"),
        PROJECT,
        _FILTERS,
    )

    def __init__(self, held: Held) -> None:
        self._held = held
        self.answered: set[tuple[object, ...]] = set()

    def find(self, reader: Reader, asked: Asked) -> list[Array]:
        """By name. With a box first those in it, then those that are nowhere on the map: the standard has a box leave these in,
        as it has a time leave in what is not dated.
        """
        held, box, every = self._held, asked.box, not asked.wanted and not asked.days
        if box and every:
            return [*self._within(box), *self._lost]
        mask = self._meant(matching_projects(reader, asked.wanted))
        if asked.days:
            mask = mask & dated(held, asked.days)
        if not box:
            return [np.flatnonzero(mask)]
        inside = reader.vectors.marked(*self._within(box)) & mask
        return [np.flatnonzero(inside), *(lost[mask[lost]] for lost in self._lost)]

    @property
    def _lost(self) -> list[Array]:
        return [self._held.lost]

    def _meant(self, mask: Mask) -> Mask:
        return mask

    def _within(self, box: Box) -> list[Array]:
        held = self._held
        others = np.unique(np.concatenate([*held.several.within(box), held.lines.within(box)]))
        return [*held.singles.within(box), others]

    def features(self, reader: Reader, numbers: Array, site: Served, base: str) -> list[str]:
        """Features by their numbers."""
        ids, pages = reader.vectors.ids(numbers), orjson.dumps(f"{base}{site.language.base}/project/").decode()[1:-1]
        return [
            f'{{"type":"Feature","id":"{identity}","geometry":{geometry or "null"},"properties":{said[:-1]},'
            f'"page":"{pages}{identity}"}}}}'
            for identity, (geometry, said) in zip(ids, self._said(reader, numbers, ids), strict=True)
        ]

    def _said(self, reader: Reader, numbers: Array, ids: list[str]) -> Iterable[tuple[str | None, str]]:
        """The geometry of each and what is said of it, as JSON."""
        return self._held.said(reader, numbers)

    def number(self, reader: Reader, identity: str) -> int | None:
        """The number of a project."""
        number = number_of(reader.vectors, identity)
        return number if number is not None and self._has(number) else None

    def _has(self, number: int) -> bool:
        return True

    def extent(self) -> Box | None:
        """The box around all points and routes."""
        vectors = self._held.vectors
        sides = [(vectors[f"point.{name}"], vectors[f"point.{name}"]) for name in ("longitude", "latitude")]
        lines = self._held.lines.boxes
        return around(*sides[0], *sides[1], lines)


class Cables(Projects):
    """Projects that have a route."""

    said = Said(
        "cables",
        N_("Cable routes"),
        N_("Projects with a route. Routes show what is connected, not where it runs; other cables are among the projects."),
        ("LineString", "MultiLineString"),
        PROJECT,
        _FILTERS,
    )

    def _meant(self, mask: Mask) -> Mask:
        return mask & self._held.routed

    def _within(self, box: Box) -> list[Array]:
        return [np.unique(self._held.lines.within(box))]

    @property
    def _lost(self) -> list[Array]:
        return []

    def _said(self, reader: Reader, numbers: Array, ids: list[str]) -> Iterable[tuple[str | None, str]]:
        routes = routes_of(reader, ids)
        return [(routes[identity], said) for identity, (_, said) in zip(ids, self._held.said(reader, numbers), strict=True)]

    def _has(self, number: int) -> bool:
        return bool(self._held.routed[number])

    def extent(self) -> Box | None:
        """The box around all routes."""
        nothing = np.zeros(0)
        return around(nothing, nothing, nothing, nothing, self._held.lines.boxes)


def number_of(vectors: Vectors, identity: str) -> int | None:
    """The number of the project with an id; None where there is none."""
    if len(identity) > 16 or not identity.isascii():
        return None
    ids, by_id = vectors["ids"], vectors["by_id"]
    at = int(np.searchsorted(ids, np.array(identity, "S16"), sorter=by_id))
    number = int(by_id[at]) if at < len(by_id) else -1
    return number if number >= 0 and ids[number].decode() == identity else None


def dated(held: Held, days: Days) -> Mask:
    """The projects whose date can mean a day of this span, and those without a date."""
    first, last = days
    mask = held.vectors.every
    if first is not None:
        mask = held.vectors["last_day"] >= first
    if last is not None:
        mask = mask & (held.vectors["first_day"] <= last)
    return mask


def routes_of(reader: Reader, ids: list[str]) -> dict[str, str]:
    """The line or lines of each of these projects that has a route, as JSON."""
    routes: dict[str, list[str]] = {}
    for identity, route in reader.tuples("ogc.routes", [orjson.dumps(ids).decode()]):
        routes.setdefault(identity, []).append(route)
    return {identity: held[0] if len(held) == 1 else joined(held) for identity, held in routes.items()}


def around(west: Array, east: Array, south: Array, north: Array, boxes: Iterable[tuple[float, ...]] = ()) -> Box | None:
    """The box around points and other boxes; None where there is nothing."""
    sides = [(float(west.min()), float(south.min()), float(east.max()), float(north.max()))] if len(west) else []
    sides += [(box[0], box[1], box[2], box[3]) for box in boxes]
    if not sides:
        return None
    return Box(*(side(part) for side, part in zip((min, min, max, max), zip(*sides, strict=True), strict=True)))
