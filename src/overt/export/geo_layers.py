"""The layers that geographic formats share. What is known only to a country has no geometry: no pin stands for it.

`projects`  every project; its geometry is the sites that it has, if any.
`sites`     places that are a point, landing points among them.
`cables`    routes, which are schematic.
`areas`     places that are an area, where the edition has any.
`unlocated` places that no point, line or area may stand for, where there are any: features without a geometry.

Features come some at a time, each time asked for by their ids: what is held at once does not grow with the edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.polygon import orient

from overt.export.public_release import Holdings
from overt.export.result import Loss, Written, left_behind, tables_left_behind
from overt.index.place_geometry import DRAWN
from overt.model.duckdb_connection import quote_literal

Shapes = np.ndarray[Any, np.dtype[np.object_]]
Box = tuple[float, float, float, float]
SIZE = 16_384
"""Features that are held at once."""


@dataclass(frozen=True)
class Layer:
    """Features of one kind, in the order of their ids."""

    name: str
    what: str
    kind: str
    """The type of all its geometries, as Simple Features name it."""
    count: int
    drawn: int
    """How many of its features have a geometry."""
    holdings: Holdings

    def batches(self) -> Iterator[tuple[pa.Table, Shapes]]:
        """Some features at a time: their properties, and their geometries in degrees of WGS 84, None where nothing may be
        drawn.
        """
        for first, last in self._slices():
            table = self.holdings.table(self._query(first, last))
            said = table["geometry"].to_pylist()
            shapes = _of_projects(said) if self.name == "projects" else self._of_places(said)
            yield table.drop_columns(["geometry"]), shapes

    @cached_property
    def schema(self) -> pa.Schema:
        """The properties and their types."""
        return self.holdings.table(f"{self._query('', '')} LIMIT 0").drop_columns(["geometry"]).schema

    @cached_property
    def box(self) -> Box | None:
        """West, south, east, north; None where nothing is drawn."""
        if not self.drawn:
            return None
        sides = np.array([np.inf, np.inf, -np.inf, -np.inf])
        for batch in self.holdings.batches(self.holdings.told("layer_shapes", {"layer": self.name}), SIZE):
            shapes = _shapes(batch["geometry"].to_pylist())
            found = shapely.total_bounds(_points(shapes) if self.name == "projects" else shapes)
            sides = np.concatenate([np.fmin(sides[:2], found[:2]), np.fmax(sides[2:], found[2:])])
        west, south, east, north = sides.tolist()
        return west, south, east, north

    def _slices(self) -> Iterator[tuple[str, str]]:
        if self.name == "projects":
            return self.holdings.slices("projects", SIZE)
        return self.holdings.slices("layer_places", SIZE, f"layer = '{self.name}'")

    def _query(self, first: str, last: str) -> str:
        values = {"first": quote_literal(first), "last": quote_literal(last), "layer": self.name}
        if self.name != "projects":
            return self.holdings.told("places", values)
        roles = [term.id for term in self.holdings.content.vocabularies["roles"].terms]
        told = ", ".join(f"list(DISTINCT label ORDER BY label) FILTER (role = '{role}') AS \"{role}\"" for role in roles)
        return self.holdings.told("projects", {**values, "roles": told})

    def _of_places(self, texts: list[Any]) -> Shapes:
        none = np.full(len(texts), None, dtype=object)
        return none if self.name == "unlocated" else _as(self.kind, _shapes(texts))


def layers(holdings: Holdings) -> list[Layer]:
    """The layers of an edition, of which every place is in one; `areas` and `unlocated` only where there are any."""
    holdings.progress("layers")
    with holdings.connection.cursor() as cursor:
        cursor.execute(holdings.told("layer_places", {"drawn": ", ".join(map(quote_literal, sorted(DRAWN)))}))
    held = {row["layer"]: row for row in holdings.rows(holdings.told("layer_counts"))}
    several = bool(held.get("sites", {}).get("several"))
    empty = {"features": 0, "drawn": 0}
    return [
        Layer(name, what, kind, found["features"], found["drawn"], holdings)
        for name, what, kind in (
            ("projects", "Projects, at their sites where these are known", "MultiPoint"),
            ("sites", "Places of projects that are a point", "MultiPoint" if several else "Point"),
            ("cables", "Routes of cables; schematic", "MultiLineString"),
            ("areas", "Places of projects that are an area", "MultiPolygon"),
            ("unlocated", "Places known only to a country, or to no place: no pin may stand for them", "Point"),
        )
        if (found := held.get(name, empty))["features"] or name in ("projects", "sites", "cables")
    ]


def written(holdings: Holdings, found: list[Layer], also: Mapping[str, int] | None = None) -> Written:
    """What the layers carry of the edition, and what they do not. `also`: records of other types that the format carries."""
    at = sum(layer.count for layer in found if layer.name != "projects")
    counts = {**(also or {}), "project": found[0].count, "place": at}
    undrawn = sum(layer.count - layer.drawn for layer in found)
    why = "what is on a map holds the values that are shown"
    return Written(
        counts,
        (
            *left_behind(holdings, counts, "layers hold projects and places; who did what stands with its project, by name"),
            Loss("geometries", undrawn, "no place of theirs may be drawn: the feature is there without a geometry", ""),
            Loss("values that are rivals of those shown", _rivals(holdings), why, "jsonl"),
            *tables_left_behind(holdings, ("claims", "evidence"), why),
        ),
    )


def _rivals(holdings: Holdings) -> int:
    [row] = holdings.rows('SELECT count(*) AS held FROM "values" WHERE NOT shown')
    return int(row["held"])


def _shapes(texts: list[Any]) -> Shapes:
    """The geometries that texts (WKT) say."""
    return np.asarray(shapely.from_wkt(np.array(texts, dtype=object)), dtype=object)


def _points(shapes: Shapes) -> list[Any]:
    """The points of places; of an area, one inside it."""
    return [shape if shape.geom_type in ("Point", "MultiPoint") else shape.representative_point() for shape in shapes]


def _of_projects(sites: list[Any]) -> Shapes:
    """The sites of each project as one geometry, in the order of the places' ids."""
    made = np.empty(len(sites), dtype=object)
    for at, texts in enumerate(sites):
        if texts:
            points = _points(shapely.from_wkt(np.array(texts, dtype=object)))
            made[at] = shapely.multipoints(shapely.get_parts(points))
    return made


def _as(kind: str, shapes: Shapes) -> Shapes:
    """All as one type: single ones as several of one, rings counter-clockwise."""
    made = np.empty(len(shapes), dtype=object)
    for at, shape in enumerate(shapes):
        if shape.geom_type in ("Polygon", "MultiPolygon"):
            made[at] = shapely.multipolygons([orient(part) for part in shapely.get_parts(shape)])
        elif shape.geom_type == kind:
            made[at] = shape
        else:
            made[at] = shapely.multipoints([shape]) if kind == "MultiPoint" else shapely.multilinestrings([shape])
    return made
