"""Points and routes of projects on maps, and combined marks for points that are close together."""

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np
import orjson

from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader, json_array
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Array

MAX_MARKS = 1_000
"""Maximum number of marks on one map, so that it loads over a slow connection."""
Test = tuple[str, list[Any]]
"""An SQL condition over `places AS s` and `place_project AS l`, with its parameters."""
_ALL: Test = ("true", [])
_MAX_COUNTED_KEY = 4_000_000
"""Keys up to this number are counted with an array; larger keys are sorted."""


class MapPlace(NamedTuple):
    """A point or route of a project."""

    id: str
    """Id of the project. The fields from here to `countries` describe the project."""
    label: str | None
    label_zh: str | None
    layer: str | None
    kinds: list[str]
    status: str | None
    year: int | None
    countries: str
    """Codes of countries as a JSON list."""
    place: str | None
    """Label of the place. The following fields describe the place."""
    precision: str
    radius: float | None
    """Distance in kilometres within which the place may lie."""
    country: str | None
    longitude: float | None
    latitude: float | None
    route: str | None
    """GeoJSON."""


class MapMark(NamedTuple):
    """A mark on a map, for one project or several close together."""

    layer: str | None
    id: str
    """Id of the project whose name sorts first."""
    label: str | None
    """Label of the project whose name sorts first."""
    label_zh: str | None
    other: str | None
    """Label of the project whose name sorts last."""
    other_zh: str | None
    soft: int
    """1 for places known only to a district or province, or within a radius; otherwise 0."""
    longitude: float
    latitude: float
    west: float
    south: float
    east: float
    north: float
    projects: int


class _Points(NamedTuple):
    project: Array
    n: Array
    longitude: Array
    latitude: Array
    soft: Array


def map_places(
    reader: Reader, project_filter: ProjectFilter, drawn: Literal["point", "route"] | None = None, here: Test = _ALL
) -> list[MapPlace]:
    """Return one row for each point or route that meets the condition `here` and each project there that matches a filter.

    `drawn`: the only kind of geometry to return; None for both.
    """
    mask, vectors = matching_projects(reader, project_filter), reader.vectors
    box, values = here
    if drawn:
        box += f" AND s.{'longitude' if drawn == 'point' else 'route'} IS NOT NULL"
    if drawn and here == _ALL:
        place_numbers = vectors[f"{drawn}.n"][mask[vectors[f"{drawn}.project"]]]
        box, values = "s.n IN (SELECT value FROM json_each(?))", [json_array(place_numbers.tolist())]
    rows = reader.query(MapPlace, "maps.places", values, decode={"kinds": orjson.loads}, box=box)
    if project_filter:
        rows = [row for row, matches in zip(rows, mask[vectors.numbers(row.id for row in rows)].tolist(), strict=True) if matches]
    return rows


def map_marks(reader: Reader, project_filter: ProjectFilter, cell: float, here: Test = _ALL) -> list[MapMark]:
    """Return one mark for the points in each square of `cell` degrees, at the position of the first point.

    `project_filter`, `here`: limit the points as in `map_places`.

    Each layer has marks of its own, and so do precise and imprecise points. While there are more than `MAX_MARKS` marks, the
    squares are enlarged, until they are larger than 60 degrees.
    """
    points = _points(reader, project_filter, here)
    if not len(points.n):
        return []
    while True:
        groups = _squares(reader, points, cell)
        count = int(groups.max()) + 1
        if count <= MAX_MARKS or cell > 60:
            return list(_marks(reader, points, groups))
        cell *= max(1.3, math.sqrt(count / MAX_MARKS))


def _points(reader: Reader, project_filter: ProjectFilter, here: Test) -> _Points:
    vectors, mask = reader.vectors, matching_projects(reader, project_filter)
    if here == _ALL:
        points = _Points(*(vectors[f"point.{name}"] for name in _Points._fields))
    else:
        rows = reader.rows("maps.points", here[1], box=here[0])
        columns = [np.array([row[name] for row in rows]) for name in _Points._fields[1:]]
        points = _Points(vectors.numbers(row["id"] for row in rows), *columns)
    matches = mask[points.project]
    return points if matches.all() else _Points(*(column[matches] for column in points))


def _squares(reader: Reader, points: _Points, cell: float) -> Array:
    """Return the number of each point's square. Precise and imprecise points never share a square, nor do different layers.

    Squares of imprecise points have the lowest numbers; those of one layer are numbered from west to east, and each column of
    squares from south to north.
    """
    layers = len(reader.vectors["layer.ranked"]) + 1  # One more for unknown layers, whose rank is -1.
    x, y = ((points.longitude + 180) / cell).astype(np.int64), ((points.latitude + 90) / cell).astype(np.int64)
    x, y = x - x.min(), y - y.min()
    keys = ~points.soft.astype(bool) * layers + 1 + reader.vectors["layer.ranks"][points.project]
    keys = (keys * (x.max() + 1) + x) * (y.max() + 1) + y
    if keys.max() > _MAX_COUNTED_KEY:
        inverse: Array = np.unique(keys, return_inverse=True)[1]
        return inverse
    known = np.bincount(keys) > 0
    groups: Array = (np.cumsum(known) - 1)[keys]
    return groups


def _marks(reader: Reader, points: _Points, groups: Array) -> Iterator[MapMark]:
    vectors = reader.vectors
    # NumPy sorts two-byte integers by radix, ten times as fast as by comparison.
    order = np.argsort(groups.astype(np.int16), kind="stable")
    counts = np.bincount(groups)
    starts = np.cumsum(counts) - counts
    project, n, longitude, latitude, soft = (column[order] for column in points)
    at_least = np.flatnonzero(n == np.repeat(np.minimum.reduceat(n, starts), counts))
    heads = at_least[np.searchsorted(at_least, starts)]
    first, last = np.minimum.reduceat(project, starts), np.maximum.reduceat(project, starts)
    columns = {
        "soft": soft[starts],
        "longitude": longitude[heads],
        "latitude": latitude[heads],
        "west": np.minimum.reduceat(longitude, starts),
        "south": np.minimum.reduceat(latitude, starts),
        "east": np.maximum.reduceat(longitude, starts),
        "north": np.maximum.reduceat(latitude, starts),
        "projects": _project_counts(groups, points.project),
    }
    ids, last_ids = vectors.ids(first), vectors.ids(last)
    named = {row["id"]: row for row in reader.rows("maps.project_names", [json_array([*ids, *last_ids])])}
    ranked = vectors["layer.ranked"]
    layers = [ranked[layer] if layer >= 0 else None for layer in vectors["layer.ranks"][first].tolist()]
    for layer, identity, other, *values in zip(
        layers, ids, last_ids, *(column.tolist() for column in columns.values()), strict=True
    ):
        first_row, last_row = named[identity], named[other]
        names = {
            "label": first_row["label"],
            "label_zh": first_row["label_zh"] or first_row["label"],
            "other": last_row["label"],
            "other_zh": last_row["label_zh"] or last_row["label"],
        }
        yield MapMark(layer=layer, id=identity, **names, **dict(zip(columns, values, strict=True)))


def _project_counts(groups: Array, project: Array) -> Array:
    """Count the projects in each group. A project with several points in a group counts once."""
    several = np.bincount(project)[project] > 1
    project_count = int(project.max()) + 1
    group_of_project = np.unique(groups[several] * project_count + project[several]) // project_count
    size = int(groups.max()) + 1
    counts: Array = np.bincount(groups[~several], minlength=size) + np.bincount(group_of_project, minlength=size)
    return counts
