"""Projects as arrays of numbers, from which filters, counts, sorting, tiles and map marks are computed.

Projects are numbered in the order of their names. Each array is a row of the table `vectors`, as is each list of the values to
which an array refers. A server keeps all arrays in memory: 163 bytes per project, measured with a million generated projects
(`bench/site/explorer_scale.py`).
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from overt.index.project_filter_declarations import FACETS
from overt.index.web_mercator_positions_and_squares import square_of
from overt.model.values.span import first_day_sql

Array = NDArray[Any]
_RANKED = {
    "year": "year",
    "status": "nullif(shown_status, 'unknown')",
    "country": "nullif(countries, '[]')",
    "sources": "independent_sources",
    "layer": "layer",
}
"""SQL expressions for the values by which projects are sorted or grouped."""
_PLACES = "FROM places AS s JOIN place_project AS l ON l.n = s.n"
ROWS = 20_000
NO_DAY = 2**31 - 1
"""A day number (days since 1970) that is later than every date. Its negative is earlier than every date."""
UNDATED = NO_DAY - 1
"""The first day on record of a project that may have begun, although no source gives a date. It is later than every date."""


def write_vectors(target: sqlite3.Connection) -> None:
    """Fill the table `vectors` from the other tables and the temporary table `place_box`."""
    ids = np.array([identity for (identity,) in target.execute("SELECT id FROM projects ORDER BY sort_label, id")], "S16")
    by_id = np.argsort(ids).astype(np.int32)

    def write(name: str, array: Array) -> None:
        target.execute("INSERT INTO vectors VALUES (?, ?, ?)", (name, array.dtype.str, array.tobytes()))

    def write_values(name: str, values: Sequence[Any]) -> None:
        target.execute("INSERT INTO vectors VALUES (?, 'json', ?)", (name, orjson.dumps(values)))

    def numbers(identities: Array) -> Array:
        """Return the number of the project with each id; -1 if the release has no such project."""
        if not len(ids):
            return np.full(len(identities), -1, np.int32)
        positions = by_id[np.searchsorted(ids, identities, sorter=by_id).clip(max=len(ids) - 1)]
        return np.where(ids[positions] == identities, positions, -1).astype(np.int32)

    def by_number(values: Array) -> Array:
        """Reorder values from the order of ids to the order of project numbers."""
        reordered = np.empty_like(values)
        reordered[by_id] = values
        return reordered

    write("ids", ids)
    write("by_id", by_id)
    for facet, declared in FACETS.items():
        query = f"SELECT DISTINCT value, id FROM ({declared.select()}) ORDER BY value, id"
        facet_values, identities = _columns(target, query, "O", "S16")
        project_numbers = numbers(identities)
        facet_values, project_numbers = facet_values[project_numbers >= 0], project_numbers[project_numbers >= 0]
        starts = (
            np.flatnonzero(np.append(True, facet_values[1:] != facet_values[:-1])) if len(facet_values) else np.zeros(0, np.int64)
        )
        write_values(f"{facet}.values", facet_values[starts].tolist())
        write(f"{facet}.starts", np.append(starts, len(facet_values)))
        write(f"{facet}.numbers", project_numbers)
    located, identities = _columns(target, "SELECT located, id FROM project_country ORDER BY country, id", "?", "S16")
    write("country.located", located[numbers(identities) >= 0])
    for name, expression in _RANKED.items():
        query = f"SELECT DISTINCT {expression} FROM projects WHERE {expression} IS NOT NULL ORDER BY 1"
        ranked = [value for (value,) in target.execute(query)]
        ranks = {None: -1, **{value: rank for rank, value in enumerate(ranked)}}
        rank = [ranks[value] for (value,) in target.execute(f"SELECT {expression} FROM projects ORDER BY id")]
        write_values(f"{name}.ranked", ranked)
        write(f"{name}.ranks", by_number(np.array(rank, np.int16 if len(ranked) < 2**13 else np.int32)))
    # A project without a date matches no year.
    first, last, located, cable = _columns(
        target,
        "SELECT coalesce(first_year, 99999), coalesce(last_year, -99999), located, cable FROM projects ORDER BY id",
        "i4", "i4", "?", "?",
    )  # fmt: skip
    for name, array in {"first": first, "last": last, "located": located, "cable": cable}.items():
        write(name, by_number(array))
    # A missing first or last day leaves the span open on that side.
    first, last = _columns(
        target, f"SELECT coalesce(first_day, {-NO_DAY}), coalesce(last_day, {NO_DAY}) FROM projects ORDER BY id", "i4", "i4"
    )
    write("first_day", by_number(first))
    write("last_day", by_number(last))
    for name, array in _span_days(target).items():
        write(f"span.{name}", by_number(array))
    _write_places(target, numbers, write)
    _write_sites(target, write, write_values)
    n, identities = _columns(target, "SELECT n, id FROM entries WHERE type = 'project'", "i4", "S16")
    entries = np.full(n.max(initial=0) + 1, -1, np.int32)
    entries[n] = numbers(identities)
    write("entries", entries)


def _span_days(target: sqlite3.Connection) -> dict[str, Array]:
    """Return arrays, by name: the bounds of projects' spans, and their first days on record (`first`), in the order of ids.

    Days are counted from 1970. Without a bound, a project can have begun or ended on any day. The exception is the latest
    beginning: without it, the project may never have begun. Projects that have not begun, and those that never count as in place,
    have `NO_DAY` as their earliest beginning and as their first day.
    """
    unbounded = {"begin_earliest": -NO_DAY, "begin_latest": NO_DAY, "end_earliest": -NO_DAY, "end_latest": NO_DAY}
    columns = {name: (f"s.{name}", bound) for name, bound in unbounded.items()}
    columns["first"] = (first_day_sql("s."), UNDATED)
    days = {name: f"coalesce(CAST(julianday({day}) - 2440587.5 AS INTEGER), {bound})" for name, (day, bound) in columns.items()}
    for name in ("begin_earliest", "first"):
        days[name] = f"CASE WHEN s.begun = 0 OR s.counts = 0 THEN {NO_DAY} ELSE {days[name]} END"
    query = f"SELECT {', '.join(days.values())} FROM projects AS p LEFT JOIN spans AS s ON s.id = p.id ORDER BY p.id"
    return dict(zip(days, _columns(target, query, *["i4"] * len(days)), strict=True))


def _write_places(target: sqlite3.Connection, numbers: Callable[[Array], Array], write: Callable[[str, Array], None]) -> None:
    """Write the drawn places: points in the order of map squares, routes, and the boxes of both."""
    point_columns = "l.project, s.n, s.longitude, s.latitude, s.precision IN ('admin1', 'admin2') OR s.radius IS NOT NULL"
    query = f"SELECT {point_columns} {_PLACES} WHERE s.longitude IS NOT NULL"
    identities, n, longitude, latitude, soft = _columns(target, query, "S16", "i4", "f8", "f8", "?")
    project_numbers, squares = numbers(identities), square_of(longitude, latitude)
    order = np.lexsort((identities, n, squares))
    order = order[project_numbers[order] >= 0]
    points = {"n": n, "longitude": longitude, "latitude": latitude, "soft": soft, "square": squares, "project": project_numbers}
    for name, array in points.items():
        write(f"point.{name}", array[order])
    query = f"SELECT l.project, s.n {_PLACES} WHERE s.route IS NOT NULL ORDER BY s.n, l.project"
    identities, n = _columns(target, query, "S16", "i4")
    project_numbers = numbers(identities)
    write("route.n", n[project_numbers >= 0])
    write("route.project", project_numbers[project_numbers >= 0])
    query = "SELECT l.project, west, east, south, north FROM place_box JOIN place_project AS l USING (n) ORDER BY n, l.project"
    identities, *sides = _columns(target, query, "S16", *["f8"] * 4)
    project_numbers = numbers(identities)
    write("box.project", project_numbers[project_numbers >= 0])
    for name, array in zip(("west", "east", "south", "north"), sides, strict=True):
        write(f"box.{name}", array[project_numbers >= 0])


def _write_sites(
    target: sqlite3.Connection, write: Callable[[str, Array], None], write_values: Callable[[str, Sequence[Any]], None]
) -> None:
    """Write the places that are drawn as points, without duplicates, sorted by id."""
    where = "FROM places WHERE longitude IS NOT NULL"
    n, longitude, latitude = _columns(target, f"SELECT n, longitude, latitude {where} ORDER BY n", "i4", "f8", "f8")
    write("site.n", n)
    write("site.longitude", longitude)
    write("site.latitude", latitude)
    for name in ("country", "precision"):
        known = [value for (value,) in target.execute(f"SELECT DISTINCT {name} {where} AND {name} IS NOT NULL ORDER BY 1")]
        ranks = {None: -1, **{value: rank for rank, value in enumerate(known)}}
        rank = [ranks[value] for (value,) in target.execute(f"SELECT {name} {where} ORDER BY n")]
        write_values(f"site.{name}.ranked", known)
        write(f"site.{name}.ranks", np.array(rank, np.int16))


def _columns(target: sqlite3.Connection, query: str, *kinds: str) -> list[Array]:
    """Return the columns of a query as NumPy arrays of the given types."""
    cursor = target.execute(query)
    parts: list[list[Array]] = [[np.zeros(0, kind)] for kind in kinds]
    while rows := cursor.fetchmany(ROWS):
        for chunks, column, kind in zip(parts, zip(*rows, strict=True), kinds, strict=True):
            chunks.append(np.array(column, kind))
    return [np.concatenate(chunks) for chunks in parts]
