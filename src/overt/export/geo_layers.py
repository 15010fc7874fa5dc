"""The layers that geographic formats share. Places known only at country level have no geometry, so they get no pin.

`projects`  all projects. The geometry of a project consists of its sites and a point in each of its areas. A district or
            province is left out if each of its projects has an exact site in the same country.
`sites`     places with one or several points, including landing points.
`cables`    routes, which are schematic.
`areas`     places with an area. Without such places, the layer is missing.
`unlocated` all other places, without a geometry. Without such places, the layer is missing.

Features are read in batches by ranges of their ids, so that memory does not grow with the release.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.polygon import orient

from overt.export.export_result_and_losses import ExportResult, Loss, record_losses, table_losses
from overt.export.public_release_reader import PublicRelease, export_query
from overt.index.drawn_geometry import DRAWN
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.release.release_sql import places_behind_sites
from overt.release.tables_derived_from_claims import STRICTNESS

Shapes = np.ndarray[Any, np.dtype[np.object_]]
BoundingBox = tuple[float, float, float, float]
BATCH_SIZE = 16_384
"""Maximum number of features that are read at a time."""
_LAYERS = (
    ("projects", "Projects, at their sites where these are known", "MultiPoint"),
    ("sites", "Places of projects that are a point", "Point"),
    ("cables", "Routes of cables; schematic", "MultiLineString"),
    ("areas", "Places of projects that are an area", "MultiPolygon"),
    ("unlocated", "Places known only to a country, or not at all: no point may represent them", "Point"),
)
"""Name, description and geometry type of each layer."""
_ALWAYS = ("projects", "sites", "cables")
"""Layers that exist even without features."""


@dataclass(frozen=True)
class GeoLayer:
    """Features of one kind, in the order of their ids."""

    name: str
    description: str
    geometry_type: str
    """Type of all geometries in the layer, as in Simple Features."""
    count: int
    drawn: int
    """Number of features with a geometry."""
    release: PublicRelease

    def batches(self) -> Iterator[tuple[pa.Table, Shapes]]:
        """Yield properties and geometries in batches.

        Geometries are in WGS 84 degrees, and None for features that may not be drawn.
        """
        for first, last in self._id_ranges():
            table = self.release.arrow_table(self._query(first, last))
            geometries = table["geometry"].to_pylist()
            shapes = _project_shapes(geometries) if self.name == "projects" else self._place_shapes(geometries)
            yield table.drop_columns(["geometry"]), shapes

    @cached_property
    def schema(self) -> pa.Schema:
        """The properties of features and their types, without the geometry."""
        return self.release.arrow_table(f"{self._query('', '')} LIMIT 0").drop_columns(["geometry"]).schema

    @cached_property
    def box(self) -> BoundingBox | None:
        """West, south, east and north of all geometries; None if nothing is drawn."""
        if not self.drawn:
            return None
        sides = np.array([np.inf, np.inf, -np.inf, -np.inf])
        for batch in self.release.batches(export_query("geo_layers.drawn_shapes", {"layer": self.name}), BATCH_SIZE):
            shapes = _parse_wkt(batch["geometry"].to_pylist())
            bounds = shapely.total_bounds(_points_of(shapes) if self.name == "projects" else shapes)
            sides = np.concatenate([np.fmin(sides[:2], bounds[:2]), np.fmax(sides[2:], bounds[2:])])
        west, south, east, north = sides.tolist()
        return west, south, east, north

    def _id_ranges(self) -> Iterator[tuple[str, str]]:
        if self.name == "projects":
            return self.release.id_ranges("projects", BATCH_SIZE)
        return self.release.id_ranges("places_by_layer", BATCH_SIZE, f"layer = '{self.name}'")

    def _query(self, first: str, last: str) -> str:
        values = {"first": quote_literal(first), "last": quote_literal(last), "layer": self.name}
        if self.name != "projects":
            return export_query("geo_layers.places", values)
        roles = [term.id for term in self.release.content.vocabularies["roles"].terms]
        columns = ", ".join(f"list(DISTINCT label ORDER BY label) FILTER (role = '{role}') AS \"{role}_name\"" for role in roles)
        reuse = f"[{', '.join(map(quote_literal, STRICTNESS))}]"
        return export_query("geo_layers.projects", {**values, "roles": columns, "reuse": reuse})

    def _place_shapes(self, geometries: list[Any]) -> Shapes:
        missing = np.full(len(geometries), None, dtype=object)
        return missing if self.name == "unlocated" else _to_type(self.geometry_type, _parse_wkt(geometries))


def make_geo_layers(release: PublicRelease) -> list[GeoLayer]:
    """Return the layers of a release, and create the view that they read. Every place is in exactly one layer of places.

    `areas` and `unlocated` only exist if they have features.
    """
    release.progress("layers")
    drawn = ", ".join(map(quote_literal, sorted(DRAWN)))
    with release.connection.cursor() as cursor:
        cursor.execute(export_query("geo_layers.places_by_layer", {"drawn": drawn, "behind_sites": places_behind_sites()}))
    counts = {row["layer"]: row for row in release.rows(export_query("geo_layers.counts"))}
    has_multipoints = bool(counts.get("sites", {}).get("several"))
    layers = []
    for name, description, geometry_type in _LAYERS:
        row = counts.get(name, {"features": 0, "drawn": 0})
        if row["features"] or name in _ALWAYS:
            layer_type = "MultiPoint" if name == "sites" and has_multipoints else geometry_type
            layers.append(GeoLayer(name, description, layer_type, row["features"], row["drawn"], release))
    return layers


def layers_result(release: PublicRelease, layers: list[GeoLayer], other_records: Mapping[str, int] | None = None) -> ExportResult:
    """Return the result of an export of these layers: the number of records by type, and the losses.

    `other_records`: numbers of records of the types that the format has in addition to projects and places.
    """
    places = sum(layer.count for layer in layers if layer.name != "projects")
    counts = {**(other_records or {}), "project": layers[0].count, "place": places}
    undrawn = sum(layer.count - layer.drawn for layer in layers)
    why = "what is on a map holds the values that are shown"
    [rivals] = release.rows('SELECT count(*) AS count FROM "values" WHERE NOT shown')
    return ExportResult(
        counts,
        (
            *record_losses(release, counts, "layers have projects and places; who did what is with its project, by name"),
            Loss("geometries", undrawn, "no place of theirs may be drawn: the feature is there without a geometry", ""),
            Loss("values that are rivals of those shown", rivals["count"], why, "jsonl"),
            *table_losses(release, ("claims", "evidence"), why),
        ),
    )


def _parse_wkt(geometries: list[Any]) -> Shapes:
    return np.asarray(shapely.from_wkt(np.array(geometries, dtype=object)), dtype=object)


def _points_of(shapes: Shapes) -> list[Any]:
    """Return the points unchanged, and each area replaced by a point inside it."""
    return [shape if shape.geom_type in ("Point", "MultiPoint") else shape.representative_point() for shape in shapes]


def _project_shapes(sites: list[Any]) -> Shapes:
    """Return one geometry for each project: the points of its sites and a point in each of its areas, in the order of their ids.

    The geometry is None for a project without sites and areas.
    """
    shapes = np.empty(len(sites), dtype=object)
    for at, geometries in enumerate(sites):
        if geometries:
            points = _points_of(shapely.from_wkt(np.array(geometries, dtype=object)))
            shapes[at] = shapely.multipoints(shapely.get_parts(points))
    return shapes


def _to_type(geometry_type: str, shapes: Shapes) -> Shapes:
    """Convert all shapes to one type. A single geometry becomes a collection of one. Outer rings run counter-clockwise."""
    converted = np.empty(len(shapes), dtype=object)
    for at, shape in enumerate(shapes):
        if shape.geom_type in ("Polygon", "MultiPolygon"):
            converted[at] = shapely.multipolygons([orient(part) for part in shapely.get_parts(shape)])
        elif shape.geom_type == geometry_type:
            converted[at] = shape
        else:
            converted[at] = shapely.multipoints([shape]) if geometry_type == "MultiPoint" else shapely.multilinestrings([shape])
    return converted
