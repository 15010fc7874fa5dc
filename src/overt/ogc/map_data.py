"""What the collections are read from, made once of the release that is served: whose points, routes, sources are whose."""

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely

from overt.ogc.latitude_bands import Bands, Box
from overt.queries.database import Database, Reader
from overt.queries.project_arrays import Array, Mask, Vectors


class Lines:
    """Routes with the number of the project that each is of."""

    def __init__(self, owners: Array, shapes: Sequence[shapely.Geometry]) -> None:
        self.owners, self.boxes = owners, shapely.bounds(shapes).tolist()
        """Of each its west, south, east and north."""
        self._tree = shapely.STRtree(shapes)
        self._tree.query(shapely.Point(0, 0))  # the library builds the tree at the first question, which is not to be two at once

    def within(self, box: Box) -> Array:
        """Owners of the lines that a box meets."""
        found = [self._tree.query(shapely.box(*part), predicate="intersects") for part in box.parts()]
        held: Array = self.owners[np.concatenate(found)]
        return held


class Held:
    """Arrays of one database, each from the first time that somebody needs it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.guard = threading.RLock()

    @cached_property
    def vectors(self) -> Vectors:
        """The projects."""
        with self._database.lease() as reader:
            return reader.vectors

    @cached_property
    def many(self) -> int:
        """How many projects there are."""
        return len(self.vectors["ids"])

    @cached_property
    def singles(self) -> Bands:
        """Points of the projects that have one, and no route, by the number of the project."""
        with self.guard:
            return self._bands(self._alone)

    @cached_property
    def several(self) -> Bands:
        """Points of the other projects."""
        with self.guard:
            return self._bands(~self._alone)

    @cached_property
    def _alone(self) -> Mask:
        project = self.vectors["point.project"]
        alone: Mask = (np.bincount(project, minlength=self.many)[project] == 1) & ~self.routed[project]
        return alone

    def _bands(self, meant: Mask) -> Bands:
        return Bands(*(self.vectors[f"point.{name}"][meant] for name in ("project", "longitude", "latitude")))

    @cached_property
    def sites(self) -> Bands:
        """Sites, by their number."""
        with self.guard:
            n = self.vectors["site.n"]
            return Bands(np.arange(len(n), dtype=np.int32), self.vectors["site.longitude"], self.vectors["site.latitude"])

    @cached_property
    def every_site(self) -> Array:
        """Numbers of all sites."""
        return np.arange(len(self.vectors["site.n"]), dtype=np.int32)

    @cached_property
    def site_of_point(self) -> Array:
        """Of each row of `point.…` the number of its site."""
        with self.guard:
            return np.searchsorted(self.vectors["site.n"], self.vectors["point.n"]).astype(np.int32)

    @cached_property
    def place_by_id(self) -> Array:
        """Of each project its place in the order of ids, by which `features` has it."""
        with self.guard:
            places = np.empty(self.many, np.int32)
            places[self.vectors["by_id"]] = np.arange(self.many, dtype=np.int32)
            return places

    def said(self, reader: Reader, numbers: Array) -> list[tuple[str | None, str]]:
        """The geometry of each of these projects and what is said of it, as JSON."""
        places = self.place_by_id[numbers].tolist()
        rows = {n: (geometry, said) for n, geometry, said in reader.tuples("ogc.features", [orjson.dumps(places).decode()])}
        return [rows[place] for place in places]

    @cached_property
    def lost(self) -> Array:
        """Numbers of the projects that are nowhere on the map."""
        return np.flatnonzero(~self.vectors["located"])

    @cached_property
    def routed(self) -> Array:
        """Whether each project has a route."""
        with self.guard:
            return self.vectors.marked(self.vectors["route.project"])

    @cached_property
    def lines(self) -> Lines:
        """The routes of projects."""
        with self.guard, self._database.lease() as reader:
            return _lines(reader, self.vectors)


def _lines(reader: Reader, vectors: Vectors) -> Lines:
    rows = reader.rows("ogc.lines", [orjson.dumps(np.unique(vectors["route.n"]).tolist()).decode()])
    shapes = [_whole(orjson.loads(row["route"])) for row in rows]
    return Lines(vectors.numbers(row["project"] for row in rows), shapes)


def _whole(route: dict[str, Any]) -> shapely.Geometry:
    parts = route["coordinates"] if route["type"] == "MultiLineString" else [route["coordinates"]]
    return shapely.MultiLineString(parts)
