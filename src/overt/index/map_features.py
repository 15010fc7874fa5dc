"""GeoJSON features of projects and sites, stored in the index so that requests need not compute them.

In the table `features`, projects are numbered in the order of their ids, as in the array `by_id`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import orjson

ROWS = 20_000
_SITES = """
SELECT
    s.n, s.id, s.label, s.kind, s.country, s."precision", s.radius, s.longitude, s.latitude,
    (
        SELECT json_group_array(l.project)
        FROM place_project AS l
        JOIN projects AS p ON p.id = l.project
        WHERE l.n = s.n
    )
FROM places AS s
WHERE s.longitude IS NOT NULL
ORDER BY s.n
"""
_DRAWN = """
SELECT l.project, s.longitude, s.latitude, s.route
FROM place_project AS l
JOIN places AS s ON s.n = l.n
WHERE s.longitude IS NOT NULL OR s.route IS NOT NULL
ORDER BY l.project, s.n
"""
_READ = "SELECT n, properties FROM features WHERE n IN (SELECT value FROM json_each(?))"


def write_features(target: sqlite3.Connection) -> None:
    """Fill the table `features` from the tables of projects and places."""
    precisions, sources = _Lists(target, "precision"), _Lists(target, "source")
    columns = "id, label, label_zh, kinds, layer, countries, status, date, year, companies, company_count"
    rows = target.execute(f"SELECT {columns} FROM projects ORDER BY id")
    drawn = _Drawn(target)
    number = 0
    while batch := rows.fetchmany(ROWS):
        made = [
            (number + at, drawn.read(row[0]), _properties(row, precisions.read(row[0]), sources.read(row[0])))
            for at, row in enumerate(batch)
        ]
        target.executemany("INSERT INTO features VALUES (?, ?, ?)", made)
        number += len(batch)


class _Lists:
    """The values of a facet for each project, read in the order of ids."""

    def __init__(self, target: sqlite3.Connection, facet: str) -> None:
        ordered = f'SELECT id, "{facet}" AS value FROM project_{facet} ORDER BY id, 2'
        query = f"SELECT id, json_group_array(value) FROM ({ordered}) GROUP BY id ORDER BY id"
        self._rows: Iterator[tuple[str, str]] = iter(target.execute(query))
        self._next = next(self._rows, None)

    def read(self, identity: str) -> str:
        """Return the values of a project as a JSON list."""
        while self._next and self._next[0] < identity:
            self._next = next(self._rows, None)
        return self._next[1] if self._next and self._next[0] == identity else "[]"


class _Drawn:
    """The geometries of each project, read in the order of ids."""

    def __init__(self, target: sqlite3.Connection) -> None:
        self._places = groupby(target.execute(_DRAWN), key=lambda row: str(row[0]))
        self._next = next(self._places, None)

    def read(self, identity: str) -> str | None:
        """Return the geometry of a project as GeoJSON: its points or, if it has no points, its routes; None if it has neither."""
        while self._next and self._next[0] < identity:
            self._next = next(self._places, None)
        return geometry([row[1:] for row in self._next[1]]) if self._next and self._next[0] == identity else None


def geometry(places: Sequence[tuple[float | None, float | None, str | None]]) -> str | None:
    """Return the GeoJSON geometry of places (longitude, latitude and route): their points or, if they have no points, their
    routes. None if they have neither.
    """
    points = [(longitude, latitude) for longitude, latitude, _ in places if longitude is not None]
    if len(points) == 1:
        return _json({"type": "Point", "coordinates": points[0]})
    if points:
        return _json({"type": "MultiPoint", "coordinates": points})
    routes = [route for *_, route in places if route is not None]
    return routes[0] if len(routes) == 1 else join_routes(routes) if routes else None


def join_routes(routes: Sequence[str]) -> str:
    """Join the GeoJSON of several routes into one MultiLineString."""
    parts: list[Any] = []
    for shape in map(orjson.loads, routes):
        parts += shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
    return _json({"type": "MultiLineString", "coordinates": parts})


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _properties(row: tuple[Any, ...], precisions: str, sources: str) -> str:
    identity, label, label_zh, kinds, layer, countries, status, date, year, companies, count = row
    properties = {
        "name": label or identity,
        "name_zh": label_zh,
        "kind": orjson.Fragment(kinds),
        "layer": layer,
        "country": orjson.Fragment(countries),
        "status": status,
        "date": date,
        "year": year,
        "precision": orjson.Fragment(precisions),
        "organization_name": [company["label"] or company["id"] for company in orjson.loads(companies)] if count else [],
        "organizations": count,
        "source": orjson.Fragment(sources),
    }
    return orjson.dumps(properties).decode()


def write_site_features(target: sqlite3.Connection) -> None:
    """Fill the table `site_features` from places and `features`."""
    every = np.array([identity for (identity,) in target.execute("SELECT id FROM projects ORDER BY id")], "S16")
    rows = target.execute(_SITES)
    while batch := rows.fetchmany(ROWS):
        projects_of = [sorted(orjson.loads(row[-1])) for row in batch]
        ids = sorted({identity for project_ids in projects_of for identity in project_ids})
        numbers = np.searchsorted(every, np.array(ids, "S16")).tolist()
        texts: dict[int, str] = dict(target.execute(_READ, [orjson.dumps(numbers).decode()]))
        properties = {identity: orjson.loads(texts[number]) for identity, number in zip(ids, numbers, strict=True)}
        made = [
            (row[0], *_site(row, project_ids, [properties[identity] for identity in project_ids]))
            for row, project_ids in zip(batch, projects_of, strict=True)
        ]
        target.executemany("INSERT INTO site_features VALUES (?, ?, ?)", made)


def _site(row: tuple[Any, ...], ids: list[str], projects: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the feature of a site in two parts, between which the address of the website is inserted."""
    _, identity, name, kind, country, precision, radius, longitude, latitude, _ = row
    properties = {
        "name": name,
        "place_kind": kind,
        "country": country,
        "precision": precision,
        "radius": radius,
        "project": ids,
        "project_name": [project["name"] for project in projects],
        "kind": _distinct(kind for project in projects for kind in project["kind"]),
        "status": _distinct(project["status"] for project in projects if project["status"]),
        "source": _distinct(source for project in projects for source in project["source"]),
        "page": "",
    }
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    feature = {"type": "Feature", "id": identity, "geometry": geometry, "properties": properties}
    page = f"/project/{ids[0]}" if ids else f"/record/{identity}"
    end = '"}}'
    return orjson.dumps(feature).decode().removesuffix(end), orjson.dumps(page).decode()[1:-1] + end


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
