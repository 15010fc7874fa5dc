"""Arrays for the collections, such as the project of each point and route. They are built once per served release."""

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely

from overt.ogc.latitude_bands import Bands, Box
from overt.queries.database import Database, Reader, json_array
from overt.queries.projects_in_memory import Array, Mask, Vectors


class Lines:
    """Routes, each with its project's number."""

    def __init__(self, owners: Array, shapes: Sequence[shapely.Geometry]) -> None:
        self.owners, self.boxes = owners, shapely.bounds(shapes).tolist()
        """`boxes`: west, south, east and north of each route."""
        self._tree = shapely.STRtree(shapes)
        self._tree.query(shapely.Point(0, 0))  # The first query builds the tree; two threads must not do so at once.

    def within(self, box: Box) -> Array:
        """Return the project numbers of the routes that intersect a box."""
        numbers = [self._tree.query(shapely.box(*part), predicate="intersects") for part in box.parts()]
        owners: Array = self.owners[np.concatenate(numbers)]
        return owners


class MapData:
    """The arrays of a database, built on first use."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.guard = threading.RLock()

    @cached_property
    def vectors(self) -> Vectors:
        """Arrays of the projects."""
        with self._database.lease() as reader:
            return reader.vectors

    @cached_property
    def project_count(self) -> int:
        """Number of projects."""
        return len(self.vectors["ids"])

    @cached_property
    def single_points(self) -> Bands:
        """Points of the projects with exactly one point and no route, each with the project's number."""
        with self.guard:
            return self._bands(self._is_single)

    @cached_property
    def other_points(self) -> Bands:
        """Points of all projects that `single_points` leaves out, each with the project's number."""
        with self.guard:
            return self._bands(~self._is_single)

    @cached_property
    def _is_single(self) -> Mask:
        project = self.vectors["point.project"]
        is_single: Mask = (np.bincount(project, minlength=self.project_count)[project] == 1) & ~self.routed[project]
        return is_single

    def _bands(self, mask: Mask) -> Bands:
        return Bands(*(self.vectors[f"point.{name}"][mask] for name in ("project", "longitude", "latitude")))

    @cached_property
    def sites(self) -> Bands:
        """Points of the sites, each with the site's number."""
        with self.guard:
            n = self.vectors["site.n"]
            return Bands(np.arange(len(n), dtype=np.int32), self.vectors["site.longitude"], self.vectors["site.latitude"])

    @cached_property
    def every_site(self) -> Array:
        """Numbers of all sites."""
        return np.arange(len(self.vectors["site.n"]), dtype=np.int32)

    @cached_property
    def site_of_point(self) -> Array:
        """For each row of the arrays `point.…`, the number of the site that the point belongs to."""
        with self.guard:
            return np.searchsorted(self.vectors["site.n"], self.vectors["point.n"]).astype(np.int32)

    @cached_property
    def rank_by_id(self) -> Array:
        """For each project, its rank when sorted by id. The rank is the project's key in the table `features`."""
        with self.guard:
            places = np.empty(self.project_count, np.int32)
            places[self.vectors["by_id"]] = np.arange(self.project_count, dtype=np.int32)
            return places

    def feature_parts(self, reader: Reader, numbers: Array) -> list[tuple[str | None, str]]:
        """Return the geometry (None for projects without a location) and the properties of each project, as JSON."""
        places = self.rank_by_id[numbers].tolist()
        rows = {n: (geometry, properties) for n, geometry, properties in reader.tuples("ogc.features", [json_array(places)])}
        return [rows[place] for place in places]

    @cached_property
    def unlocated(self) -> Array:
        """Numbers of the projects without a location."""
        return np.flatnonzero(~self.vectors["located"])

    @cached_property
    def routed(self) -> Array:
        """For each project, whether it has a route."""
        with self.guard:
            return self.vectors.mask(self.vectors["route.project"])

    @cached_property
    def lines(self) -> Lines:
        """The routes of projects."""
        with self.guard, self._database.lease() as reader:
            return _lines(reader, self.vectors)


def _lines(reader: Reader, vectors: Vectors) -> Lines:
    rows = reader.rows("ogc.lines", [json_array(np.unique(vectors["route.n"]).tolist())])
    shapes = [_multi_line(orjson.loads(row["route"])) for row in rows]
    return Lines(vectors.numbers(row["project"] for row in rows), shapes)


def _multi_line(route: dict[str, Any]) -> shapely.Geometry:
    parts = route["coordinates"] if route["type"] == "MultiLineString" else [route["coordinates"]]
    return shapely.MultiLineString(parts)
