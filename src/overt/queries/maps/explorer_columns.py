"""All data that the explorer filters, lists and draws, as columns, so that a browser can do this without the server.

Projects are sorted by name, and columns refer to them by position. Numbers are small and similar values are adjacent, so ten
thousand projects compress to a few hundred kilobytes.
"""

from typing import Any

import orjson
import shapely

from overt.index.project_filters import FACETS
from overt.queries.database import Reader
from overt.queries.maps.place_precision import around, softness

MOST = 20_000
"""Maximum number of projects for which a browser gets all data; with more projects, it asks the server."""
MOST_ALONE = 100_000
"""The same maximum for a static edition, which has no server: with more projects, it has no explorer."""
UNIT = 10_000
"""Points are stored in units of a degree divided by this number."""
_COARSE = 10
"""Points that are not precise to the site are rounded to a degree divided by this number."""
_BEND = 0.04
"""How far, in degrees, a drawn route may deviate from the stored route: a few kilometres."""
_ROUTE_UNIT = 50
"""Routes are stored in units of a degree divided by this number (two kilometres), which is finer than a sketched route."""
_TABLE_FACETS = ("country", "status", "sources")
"""Facets whose values are columns of the table of projects."""


def columns(reader: Reader, language: str) -> dict[str, Any]:
    """Return the columns of all projects. `language`: catalogue code of the language of their names."""
    rows = reader.rows("explorer.columns")
    at = {row["id"]: position for position, row in enumerate(rows)}
    values: dict[str, list[str]] = {}
    lists: dict[str, list[list[int]]] = {}
    facets = [name for name in FACETS if name not in _TABLE_FACETS]
    for name in (facets[0], "said", *facets[1:]):
        values[name], lists[name] = [], [[] for _ in rows]
    known: dict[tuple[str, str], int] = {}
    selects = (f"SELECT DISTINCT '{name}' AS facet, value, id FROM ({FACETS[name].select()})" for name in facets)
    for row in reader.rows("explorer.values", facets=" UNION ALL ".join(selects)):
        lists[row["facet"]][at[row["id"]]].append(_number(known, values, row["facet"], row["value"]))
    values["country"], lists["country"] = [], []
    values["status"], values["lang"], values["top"] = [], [], []
    table: dict[str, Any] = {
        name: [] for name in ("names", "lang", "top", "status", "year", "first", "last", "sources", "independent")
    }
    for row in rows:
        own = row.get(f"label_{language}")
        table["names"].append(own or row["label"] or row["id"])
        table["lang"].append(_number(known, values, "lang", language if own else row["label_lang"] or ""))
        table["top"].append(_number(known, values, "top", row["layer"] or "unknown"))
        table["status"].append(_number(known, values, "status", row["status"] or "unknown"))
        lists["country"].append([_number(known, values, "country", code) for code in orjson.loads(row["countries"])])
        for name, column in (
            ("year", "year"),
            ("first", "first_year"),
            ("last", "last_year"),
            ("sources", "sources"),
            ("independent", "independent_sources"),
        ):
            table[name].append(row[column])
    return {
        "ids": "".join(row["id"].removeprefix("ovt-") for row in rows),
        **table,
        "values": values,
        "held": lists,
        "places": _places(reader, at),
        "routes": _routes(reader, at),
        "unit": UNIT,
        "route_unit": _ROUTE_UNIT,
    }


def _number(known: dict[tuple[str, str], int], values: dict[str, list[str]], name: str, value: str) -> int:
    number = known.get((name, value))
    if number is None:
        number = known[(name, value)] = len(values[name])
        values[name].append(value)
    return number


def _places(reader: Reader, at: dict[str, int]) -> dict[str, list[Any]]:
    """Return the points as columns: project, position in fractions of a degree, precision, and radius of uncertainty."""
    made: dict[str, list[Any]] = {name: [] for name in ("project", "x", "y", "precision", "around")}
    for row in reader.rows("explorer.places"):
        step = 1 if row["precision"] == "exact" else _COARSE
        made["project"].append(at[row["project"]])
        made["x"].append(round(row["longitude"] * UNIT / step) * step)
        made["y"].append(round(row["latitude"] * UNIT / step) * step)
        made["precision"].append(row["precision"])
        # an integer, because most radii are 0 and `0.0` would be longer
        made["around"].append(around(row["precision"], row["radius"], row["latitude"]) or 0)
    names = sorted(set(made["precision"]))
    numbers = {name: number for number, name in enumerate(names)}
    precision = [numbers[name] for name in made["precision"]]
    return {**made, "precision": precision, "precisions": names, "softness": [softness(name) for name in names]}


def _routes(reader: Reader, at: dict[str, int]) -> list[list[Any]]:
    """Return the routes: project, whether it is a sketch, and its parts, each as its first point and the steps between points."""
    made = []
    for row in reader.rows("explorer.routes"):
        shape = orjson.loads(row["route"])
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        made.append([at[row["project"]], int(row["precision"] == "schematic"), [_steps(_sketched(line)) for line in lines]])
    return made


def _sketched(line: list[list[float]]) -> list[list[float]]:
    """Return a line without the points that a sketch on a map does not need."""
    if len(line) < 3:
        return line
    simple: list[list[float]] = shapely.get_coordinates(shapely.simplify(shapely.LineString(line), _BEND)).tolist()
    return simple


def _steps(line: list[list[float]]) -> list[int]:
    steps: list[int] = []
    last = (0, 0)
    for point in line:
        here = (round(point[0] * _ROUTE_UNIT), round(point[1] * _ROUTE_UNIT))
        if not steps or here != last:
            steps += [here[0] - last[0], here[1] - last[1]]
            last = here
    return steps
