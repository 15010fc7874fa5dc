"""The layers that geographic formats share. What is known only to a country has no geometry: no pin stands for it.

`projects`  every project; its geometry is the sites that it has, if any.
`sites`     places that are a point, landing points among them.
`cables`    routes, which are schematic.
`areas`     places that are an area, where the edition has any.
`unlocated` places that no point, line or area may stand for, where there are any: features without a geometry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.polygon import orient

from overt.publish.export.holdings import Holdings
from overt.publish.export.written import Loss, Written, left_behind, tables_left_behind
from overt.publish.serve.geometry import DRAWN

Shapes = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True)
class Layer:
    """Features of one kind, in the order of their ids."""

    name: str
    what: str
    kind: str
    """The type of all its geometries, as Simple Features name it."""
    table: pa.Table
    """Its properties."""
    shapes: Shapes
    """Its geometries in degrees of WGS 84, None where nothing may be drawn."""

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north; None where nothing is drawn."""
        drawn = self.shapes[~shapely.is_missing(self.shapes)]
        return tuple(shapely.total_bounds(drawn).tolist()) if len(drawn) else None


def layers(holdings: Holdings) -> list[Layer]:
    """The layers of an edition, of which every place is in one; `areas` and `unlocated` only where there are any."""
    holdings.progress("layers")
    places = holdings.table(holdings.told("places"))
    shapes = _drawn(places)
    kinds = shapely.get_type_id(shapes)
    points, lines, areas = np.isin(kinds, (0, 4)), np.isin(kinds, (1, 5)), np.isin(kinds, (3, 6))
    properties = places.drop_columns(["geometry"])

    def of(name: str, what: str, kind: str, where: np.ndarray[Any, np.dtype[np.bool_]]) -> Layer:
        return Layer(name, what, kind, properties.filter(pa.array(where)), _as(kind, shapes[where]))

    several = bool((kinds == 4).any())
    found = [
        _projects(holdings, places, shapes, points | areas),
        of("sites", "Places of projects that are a point", "MultiPoint" if several else "Point", points),
        of("cables", "Routes of cables; schematic", "MultiLineString", lines),
    ]
    for name, what, kind, where in (
        ("areas", "Places of projects that are an area", "MultiPolygon", areas),
        ("unlocated", "Places known only to a country, or to no place: no pin may stand for them", "Point", kinds == -1),
    ):
        found += [of(name, what, kind, where)] if where.any() else []
    return found


def written(holdings: Holdings, found: list[Layer], also: Mapping[str, int] | None = None) -> Written:
    """What the layers carry of the edition, and what they do not. `also`: records of other types that the format carries."""
    at = sum(layer.table.num_rows for layer in found if layer.name != "projects")
    counts = {**(also or {}), "project": found[0].table.num_rows, "place": at}
    undrawn = sum(int(shapely.is_missing(layer.shapes).sum()) for layer in found)
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


def rows(layer: Layer, size: int = 20_000) -> Iterator[tuple[dict[str, Any], Any]]:
    """Each feature: its properties, and its geometry or None."""
    at = 0
    for batch in layer.table.to_batches(size):
        yield from zip(batch.to_pylist(), layer.shapes[at : at + batch.num_rows], strict=True)
        at += batch.num_rows


def _rivals(holdings: Holdings) -> int:
    [row] = holdings.rows('SELECT count(*) AS held FROM "values" WHERE NOT shown')
    return int(row["held"])


def _drawn(places: pa.Table) -> Shapes:
    """The geometry of each place that its precision allows to be drawn."""
    pairs = zip(places["geometry"].to_pylist(), places["precision"].to_pylist(), strict=True)
    texts = [text if precision in DRAWN else None for text, precision in pairs]
    return np.asarray(shapely.from_wkt(np.array(texts, dtype=object)), dtype=object)


def _projects(holdings: Holdings, places: pa.Table, shapes: Shapes, where: np.ndarray[Any, np.dtype[np.bool_]]) -> Layer:
    roles = [term.id for term in holdings.content.vocabularies["roles"].terms]
    told = ", ".join(f"list(DISTINCT label ORDER BY label) FILTER (role = '{role}') AS \"{role}\"" for role in roles)
    table = holdings.table(holdings.told("projects", {"roles": told}))
    sites: dict[str, list[Any]] = {}
    for shape, projects in zip(shapes[where], places.filter(pa.array(where))["project_ids"].to_pylist(), strict=True):
        for project in projects or ():
            sites.setdefault(project, []).append(_point(shape))
    held = np.empty(table.num_rows, dtype=object)
    for at, identity in enumerate(table["id"].to_pylist()):
        points = sites.get(str(identity))
        held[at] = shapely.multipoints(shapely.get_parts(points)) if points else None
    return Layer("projects", "Projects, at their sites where these are known", "MultiPoint", table, held)


def _point(shape: Any) -> Any:
    """The points of a place; of an area, one inside it."""
    return shape if shape.geom_type in ("Point", "MultiPoint") else shape.representative_point()


def _as(kind: str, shapes: Shapes) -> Shapes:
    """All as one type: single ones as several of one, rings counter-clockwise."""
    made = np.empty(len(shapes), dtype=object)
    for at, shape in enumerate(shapes):
        if shape is None:
            continue
        if shape.geom_type in ("Polygon", "MultiPolygon"):
            made[at] = shapely.multipolygons([orient(part) for part in shapely.get_parts(shape)])
        elif shape.geom_type == kind:
            made[at] = shape
        else:
            made[at] = shapely.multipoints([shape]) if kind == "MultiPoint" else shapely.multilinestrings([shape])
    return made
