"""Project filters in SQL: a second implementation to compare with the results of the array queries."""

import sqlite3
from typing import Any

import orjson

from overt.index.search_text import match
from overt.model.values.span import date_limits, in_place_sql
from overt.queries.address_parameters import ProjectFilter

ORDERS = {
    "unit": "coalesce(p.layer, '') NOT IN ('surveillance', 'censorship'), p.cable, p.year IS NULL, p.year {0}, p.sort_label,"
    " p.id",
    "name": "p.sort_label {0}, p.id {0}",
    "year": "p.year IS NULL, p.year {0}, p.sort_label, p.id",
    "status": "nullif(p.shown_status, 'unknown') IS NULL, nullif(p.shown_status, 'unknown') {0}, p.sort_label, p.id",
    "country": "p.countries = '[]', p.countries {0}, p.sort_label, p.id",
    "sources": "p.sources {0}, p.sort_label, p.id",
}
_TABLES = (
    ("kind", "project_kind", "kind"),
    ("layer", "project_layer", "layer"),
    ("country", "project_country", "country"),
    ("region", "project_region", "region"),
    ("company", "project_company", "organization"),
    ("source", "project_source", "source"),
    ("precision", "project_precision", "precision"),
    ("system", "(SELECT unit_id AS id FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted)", "'named-supplier'"),
    ("supplier", "project_company", "role = 'supplier' AND organization"),
    ("financier", "project_company", "role = 'financier' AND organization"),
    (
        "supplier_country",
        "project_company",
        "role IN ('supplier', 'implementer') AND (SELECT s.country FROM companies AS s WHERE s.id = organization)",
    ),
)
_PARTS = "SELECT c.organization, count(DISTINCT c.id) FROM hit JOIN project_company AS c USING (id)"
FACETS = {
    "kind": "SELECT c.kind, count(*) FROM hit JOIN project_kind AS c USING (id) GROUP BY 1",
    "layer": "SELECT c.layer, count(*) FROM hit JOIN project_layer AS c USING (id) GROUP BY 1",
    "company": f"{_PARTS} GROUP BY 1",
    "supplier": f"{_PARTS} WHERE c.role = 'supplier' GROUP BY 1",
    "financier": f"{_PARTS} WHERE c.role = 'financier' GROUP BY 1",
    "supplier_country": "SELECT o.country, count(DISTINCT c.id) FROM hit JOIN project_company AS c USING (id)"
    " JOIN companies AS o ON o.id = c.organization"
    " WHERE c.role IN ('supplier', 'implementer') AND o.country IS NOT NULL GROUP BY 1",
    "country": "SELECT c.country, count(*) FROM hit JOIN project_country AS c USING (id) GROUP BY 1",
    "region": "SELECT c.region, count(*) FROM hit JOIN project_region AS c USING (id) GROUP BY 1",
    "status": "SELECT shown_status, count(*) FROM hit GROUP BY 1",
    "source": "SELECT c.source, count(*) FROM hit JOIN project_source AS c USING (id) GROUP BY 1",
    "sources": "SELECT CAST(min(sources, 3) AS TEXT), count(*) FROM hit GROUP BY 1",
    "system": "SELECT 'named-supplier', count(*) FROM hit WHERE id IN"
    " (SELECT unit_id FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) HAVING count(*) > 0",
    "precision": 'SELECT c."precision", count(*) FROM hit JOIN project_precision AS c USING (id) GROUP BY 1',
}
TOTALS = """
SELECT count(*), (SELECT count(DISTINCT country) FROM hit JOIN project_country USING (id)), coalesce(sum(located), 0),
    (SELECT count(*) FROM hit JOIN project_kind USING (id) WHERE kind = 'submarine-cable')
FROM hit
"""
YEARS = "SELECT year, count(*) FROM hit WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1"
UNLOCATED = """
SELECT c.country AS code, count(*) AS projects FROM hit LEFT JOIN project_country AS c USING (id) WHERE NOT hit.located
GROUP BY 1 ORDER BY 2 DESC, 1
"""
COUNTRIES = """
SELECT c.country AS code, count(*) AS projects, sum(c.located) AS located FROM hit JOIN project_country AS c USING (id)
WHERE id NOT IN (SELECT id FROM project_kind WHERE kind = ?) GROUP BY 1 ORDER BY 1
"""
POINTS = """
SELECT s.n, l.project AS id, s.longitude, s.latitude, s.precision, hit.sort_label AS sorted,
    coalesce(hit.layer, '') AS layer, s.radius
FROM places AS s JOIN place_project AS l USING (n) JOIN hit ON hit.id = l.project WHERE s.longitude IS NOT NULL ORDER BY s.n, id
"""
ROUTES = """
SELECT s.n, l.project AS id FROM places AS s JOIN place_project AS l USING (n) JOIN hit ON hit.id = l.project
WHERE s.route IS NOT NULL ORDER BY s.n, id
"""


def query_hits(connection: sqlite3.Connection, project_filter: ProjectFilter, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query over `hit`, the projects that match a filter."""
    where, parameters = _where(connection, project_filter)
    query = query.replace("project_region", _regions(project_filter))
    rows = connection.execute(
        f"WITH hit AS MATERIALIZED (SELECT * FROM projects AS p WHERE {where}) {query}", [*parameters, *values]
    )
    return [tuple(row.values()) if isinstance(row, dict) else row for row in rows]


def sorted_ids(connection: sqlite3.Connection, project_filter: ProjectFilter, sort: str, way: str) -> list[str]:
    """Return the ids of the projects that match a filter, sorted as in the explorer.

    `sort`: a key of `ORDERS`. `way`: `ASC` or `DESC`.
    """
    return [
        identity
        for (identity,) in query_hits(connection, project_filter, f"SELECT id FROM hit AS p ORDER BY {ORDERS[sort].format(way)}")
    ]


def _regions(project_filter: ProjectFilter) -> str:
    """Return SQL for the table of projects by region, with the members on the release's day or on the date of `as_of`."""
    if not project_filter.as_of:
        return "project_region"
    first, last = date_limits(project_filter.as_of)
    left = 'CASE length(m."left") WHEN 4 THEN m."left" || \'-12-31\' WHEN 7 THEN m."left" || \'-31\' ELSE m."left" END'
    return (
        "(SELECT DISTINCT m.region, c.id FROM region_areas AS m JOIN project_country AS c ON c.country = m.area"
        f" WHERE coalesce(substr(m.joined || '-01-01', 1, 10), '') <= '{last}' AND coalesce({left}, '9999') > '{first}')"
    )


def _where(connection: sqlite3.Connection, project_filter: ProjectFilter) -> tuple[str, list[Any]]:
    tests: list[str] = ["true"]
    values: list[Any] = []
    for name, table, column in _TABLES:
        if choices := getattr(project_filter, name):
            source = _regions(project_filter) if name == "region" else table
            tests.append(f"p.id IN (SELECT id FROM {source} WHERE {column} IN ({', '.join('?' * len(choices))}))")
            values += choices
    if project_filter.sources:
        tests.append(f"min(p.sources, 3) IN ({', '.join('?' * len(project_filter.sources))})")
        values += [int(count) for count in project_filter.sources]
    if project_filter.status:
        tests.append(f"p.shown_status IN ({', '.join('?' * len(project_filter.status))})")
        values += project_filter.status
    for test, bound in (
        ("p.last_year >= ?", project_filter.year_from),
        ("p.first_year <= ?", project_filter.year_to),
        ("p.located = ?", project_filter.located),
    ):
        if bound is not None:
            tests.append(test)
            values.append(bound)
    if project_filter.as_of:
        first, last = date_limits(project_filter.as_of)
        condition = in_place_sql(f"'{first}'", f"'{last}'", counts="counts")
        tests.append(f"p.id IN (SELECT id FROM spans WHERE {condition} <> 'not')")
    if project_filter.q:
        words = match(project_filter.q)
        around = "SELECT e.id FROM search_around AS f JOIN entries AS e ON e.n = f.rowid WHERE search_around MATCH ?"
        tests.append(f"p.id IN ({around})" if words else "false")
        values += [words] if words else []
    if project_filter.box:
        tests.append("p.id IN (SELECT value FROM json_each(?))")
        values.append(orjson.dumps(_in_box(connection, *project_filter.box)).decode())
    return " AND ".join(tests), values


def _in_box(connection: sqlite3.Connection, west: float, south: float, east: float, north: float) -> list[str]:
    projects = []
    query = "SELECT l.project, s.longitude, s.latitude, s.route FROM places AS s JOIN place_project AS l USING (n)"
    for row in connection.execute(query):
        project, longitude, latitude, route = row.values() if isinstance(row, dict) else row
        points = [(longitude, latitude)] if longitude is not None else _points_of(route)
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            across = (min(xs) <= east and max(xs) >= west) if west <= east else (min(xs) <= east or max(xs) >= west)
            if across and min(ys) <= north and max(ys) >= south:
                projects.append(project)
    return projects


def _points_of(route: str | None) -> list[tuple[float, float]]:
    if route is None:
        return []
    shape = orjson.loads(route)
    lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
    return [(x, y) for line in lines for x, y in line]
