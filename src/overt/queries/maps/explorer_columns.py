"""All projects as columns, so that a browser can filter, list and draw them without asking the server.

Projects are sorted by name, and other columns refer to a project by its position. Columns of small, similar numbers compress
well: ten thousand projects take a few hundred kilobytes.
"""

from typing import Any

import orjson
import shapely

from overt.index.project_filter_declarations import FACETS
from overt.queries import projects
from overt.queries.database import Reader
from overt.queries.maps.cable_colours_by_supplier import CableParty
from overt.queries.maps.documented_systems import documented_systems
from overt.queries.maps.mark_softness_and_circle_radius import circle_radius, softness
from overt.queries.organizations import rival_seats

MAX_PROJECTS = 20_000
"""Maximum number of projects that a browser loads. If there are more, it requests those that it shows from the server."""
MAX_STANDALONE_PROJECTS = 100_000
"""Maximum number of projects that a browser loads from a static edition, which has no server that could filter them."""
UNIT = 10_000
"""Units per degree in the coordinates of points."""
_COARSE = 10
"""Coordinates are rounded to a multiple of this number of units unless the exact site is known."""
_TOLERANCE = 0.04
"""Maximum deviation of a simplified route from the stored route, in degrees: a few kilometres."""
_ROUTE_UNIT = 50
"""Units per degree in the coordinates of routes. A unit is two kilometres; most routes are sketches and less exact than that."""
_TABLE_FACETS = ("country", "status", "sources")
"""Facets whose values come from columns of the table `projects`."""


def columns(reader: Reader, language: str) -> dict[str, Any]:
    """Return the columns of all projects, and those of their organisations, places and routes.

    `language`: code of the language in which projects and organisations are named if the release has such names.
    """
    rows, systems = reader.rows("explorer_columns.columns"), documented_systems(reader)
    positions = {row["id"]: position for position, row in enumerate(rows)}
    values: dict[str, list[str]] = {}
    lists: dict[str, list[list[int]]] = {}
    facets = [name for name in FACETS if name not in _TABLE_FACETS]
    for name in (facets[0], "said", *facets[1:]):
        values[name], lists[name] = [], [[] for _ in rows]
    numbers: dict[tuple[str, str], int] = {}
    selects = (f"SELECT DISTINCT '{name}' AS facet, value, id FROM ({FACETS[name].select()})" for name in facets)
    for row in reader.rows("explorer_columns.values", facets=" UNION ALL ".join(selects)):
        lists[row["facet"]][positions[row["id"]]].append(_number(numbers, values, row["facet"], row["value"]))
    values["country"], lists["country"] = [], []
    values["status"], values["lang"], values["top"] = [], [], []
    table: dict[str, Any] = {
        name: [] for name in ("names", "lang", "top", "status", "year", "first", "last", "sources", "independent")
    }
    for row in rows:
        translated = row.get(f"label_{language}")
        table["names"].append(translated or row["label"] or row["id"])
        table["lang"].append(_number(numbers, values, "lang", language if translated else row["label_lang"] or ""))
        table["top"].append(_number(numbers, values, "top", row["layer"] or "unknown"))
        table["status"].append(_number(numbers, values, "status", row["shown_status"]))
        lists["country"].append([_number(numbers, values, "country", code) for code in orjson.loads(row["countries"])])
        for name, column in (
            ("year", "year"),
            ("first", "first_year"),
            ("last", "last_year"),
            ("sources", "sources"),
            ("independent", "independent_sources"),
        ):
            table[name].append(row[column])
    return {
        "reported": [row["status"] for row in rows],
        "dated": {str(positions[identity]): dates for identity, dates in projects.dates(reader, list(positions)).items()},
        "planned": {str(position): (row["planned"], row["planned_as_of"]) for position, row in enumerate(rows) if row["planned"]},
        "ids": "".join(row["id"].removeprefix("ovt-") for row in rows),
        **table,
        "systems": sorted(positions[identity] for identity in (systems.ids if systems else ()) if identity in positions),
        "values": values,
        "held": lists,
        "parties": _parties(reader, positions, language),
        "places": _places(reader, positions),
        "routes": _routes(reader, positions),
        "unit": UNIT,
        "route_unit": _ROUTE_UNIT,
    }


def _number(numbers: dict[tuple[str, str], int], values: dict[str, list[str]], name: str, value: str) -> int:
    """Return the index of a value in its list, appending new values."""
    number = numbers.get((name, value))
    if number is None:
        number = numbers[(name, value)] = len(values[name])
        values[name].append(value)
    return number


def _parties(reader: Reader, positions: dict[str, int], language: str) -> dict[str, Any]:
    """Return the columns of organisations (ids, names, languages and seats), and which organisations each project has.

    `suppliers` and `customers` have a list for each project; `owners` has a list for each cable with owners, by its position.
    A seat is a country's code; it is empty if no source gives one, and for organisations that only own cables. If sources
    disagree, it has the codes of all countries that they name, separated by spaces.
    """
    rivals = rival_seats(reader)
    numbers: dict[str, int] = {}
    columns: dict[str, list[Any]] = {"ids": [], "names": [], "langs": [], "seats": []}
    sides: dict[str, list[Any]] = {"suppliers": [[] for _ in positions], "customers": [[] for _ in positions]}
    owners: dict[str, list[int]] = {}

    def number(party: projects.Party | CableParty) -> int:
        if party.id not in numbers:
            numbers[party.id] = len(numbers)
            translated = party.label_zh if language == "zh" else None
            columns["ids"].append(party.id)
            columns["names"].append(translated or party.label or party.id)
            columns["langs"].append(language if translated else party.label_lang or "")
            seat = party.seat if isinstance(party, projects.Party) else None
            columns["seats"].append(" ".join(rivals.get(party.id) or [seat or ""]) if seat else "")
        return numbers[party.id]

    for project, parties in projects.parties(reader).items():
        for party in parties:
            sides["suppliers" if party.supplies else "customers"][positions[project]].append(number(party))
    for owner in reader.query(CableParty, "explorer_columns.cable_owners"):
        owners.setdefault(str(positions[owner.project]), []).append(number(owner))
    return {**columns, **sides, "owners": owners}


def _places(reader: Reader, positions: dict[str, int]) -> dict[str, list[Any]]:
    """Return columns of points: project, coordinates, precision, radius of the circle, and name.

    Coordinates are in units of 1/`UNIT` degree. Precisions and names are indexes into separate lists; `softness` has the softness
    of each precision.
    """
    points: dict[str, list[Any]] = {name: [] for name in ("project", "x", "y", "precision", "around")}
    labels: dict[str, list[str]] = {"label": []}
    numbers_of_labels: dict[tuple[str, str], int] = {}
    label: list[int] = []
    for row in reader.rows("explorer_columns.places"):
        step = 1 if row["precision"] == "exact" else _COARSE
        points["project"].append(positions[row["project"]])
        points["x"].append(round(row["longitude"] * UNIT / step) * step)
        points["y"].append(round(row["latitude"] * UNIT / step) * step)
        points["precision"].append(row["precision"])
        label.append(_number(numbers_of_labels, labels, "label", row["label"] or ""))
        radius = circle_radius(row["precision"], row["radius"], row["latitude"])
        points["around"].append(radius or 0)  # Most are 0, which is shorter in JSON than 0.0.
    names = sorted(set(points["precision"]))
    numbers = {name: number for number, name in enumerate(names)}
    precision = [numbers[name] for name in points["precision"]]
    return {
        **points,
        "label": label,
        "labels": labels["label"],
        "precision": precision,
        "precisions": names,
        "softness": [softness(name) for name in names],
    }


def _routes(reader: Reader, positions: dict[str, int]) -> list[list[Any]]:
    """Return routes: project, whether the route is a sketch, and its lines.

    A line is its first point, followed by the steps from point to point.
    """
    routes = []
    for row in reader.rows("explorer_columns.routes"):
        shape = orjson.loads(row["route"])
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        sketch = int(row["precision"] == "schematic")
        routes.append([positions[row["project"]], sketch, [_steps(_simplified(line)) for line in lines]])
    return routes


def _simplified(line: list[list[float]]) -> list[list[float]]:
    if len(line) < 3:
        return line
    simple: list[list[float]] = shapely.get_coordinates(shapely.simplify(shapely.LineString(line), _TOLERANCE)).tolist()
    return simple


def _steps(line: list[list[float]]) -> list[int]:
    steps: list[int] = []
    last = (0, 0)
    for point in line:
        rounded = (round(point[0] * _ROUTE_UNIT), round(point[1] * _ROUTE_UNIT))
        if not steps or rounded != last:
            steps += [rounded[0] - last[0], rounded[1] - last[1]]
            last = rounded
    return steps
