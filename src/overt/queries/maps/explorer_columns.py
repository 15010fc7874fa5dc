"""Everything that the explorer filters, lists and draws, as columns: what a browser needs to do so by itself.

Projects stand in the order of their names and are named by their position in it. Numbers are small and columns alike, so that
ten thousand projects are a few hundred kilobytes on the wire.
"""

from typing import Any

import orjson
import shapely

from overt.index.project_filters import FACETS
from overt.queries.database import Reader
from overt.queries.maps.place_precision import around, softness

MOST = 20_000
"""Projects up to which a browser is given all of them; beyond, it asks the server for what it shows."""
MOST_ALONE = 100_000
"""The same where there is no server to ask: a static edition's own script has all of them, or there is none."""
UNIT = 10_000
"""Parts of a degree in which points are given."""
_COARSE = 10
"""Parts to which points are rounded that are not known to the site itself."""
_BEND = 0.04
"""Degrees by which a drawn route may leave the one that is kept: a few kilometres."""
_ROUTE_UNIT = 50
"""Parts of a degree in which routes are given: two kilometres, which a route that is a sketch does not have."""
_TABLE_FACETS = ("country", "status", "sources")
"""Facets whose values are columns of the projects."""


def columns(reader: Reader, language: str) -> dict[str, Any]:
    """The columns of every project; `language`: whose names are wanted, as the code of a catalogue."""
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
    """Points: of each its project, its place in parts of a degree, how exactly it is known, and how far around it may be."""
    made: dict[str, list[Any]] = {name: [] for name in ("project", "x", "y", "precision", "around")}
    for row in reader.rows("explorer.places"):
        step = 1 if row["precision"] == "exact" else _COARSE
        made["project"].append(at[row["project"]])
        made["x"].append(round(row["longitude"] * UNIT / step) * step)
        made["y"].append(round(row["latitude"] * UNIT / step) * step)
        made["precision"].append(row["precision"])
        made["around"].append(around(row["precision"], row["radius"], row["latitude"]) or 0)  # not 0.0: most are
    names = sorted(set(made["precision"]))
    numbers = {name: number for number, name in enumerate(names)}
    precision = [numbers[name] for name in made["precision"]]
    return {**made, "precision": precision, "precisions": names, "softness": [softness(name) for name in names]}


def _routes(reader: Reader, at: dict[str, int]) -> list[list[Any]]:
    """Lines: project, whether it is a sketch, and its parts, each as the first point and the steps from one to the next."""
    made = []
    for row in reader.rows("explorer.routes"):
        shape = orjson.loads(row["route"])
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        made.append([at[row["project"]], int(row["precision"] == "schematic"), [_steps(_sketched(line)) for line in lines]])
    return made


def _sketched(line: list[list[float]]) -> list[list[float]]:
    """A line with the bends alone that a map of a sketch needs."""
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
