"""PMTiles 3: the map as vector tiles in one file, which browsers read piece by piece from any web server."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from overt.export.public_release import Holdings
from overt.export.result import Loss, Written, left_behind, tables_left_behind
from overt.index.build import TELLING, dated
from overt.index.map_squares import square_of
from overt.index.place_geometry import DRAWN
from overt.vector_tiles.layer_metadata import attribution
from overt.vector_tiles.mvt import encode_int, encode_string
from overt.vector_tiles.pmtiles_archive import write_archive
from overt.vector_tiles.point_tiles import ProjectPoints
from overt.vector_tiles.shape_tiles import ShapeLayer, cable_layer, country_layer


def write(holdings: Holdings, target: Path) -> Written:
    """Write the tiles of zooms 0 to 8 to the file `target`."""
    holdings.progress("places")
    drawn = ", ".join(f"'{name}'" for name in sorted(DRAWN))
    places = holdings.table(holdings.told("tile_places", {"drawn": drawn, "dated": dated()}))
    shapes = np.asarray(shapely.from_wkt(places["geometry"].to_numpy(zero_copy_only=False)), dtype=object)
    lines = np.isin(shapely.get_type_id(shapes), (1, 5))
    title = holdings.edition.manifest.get("title") or "Overt"
    metadata = {
        "name": title,
        "description": f"Release {holdings.release}",
        "version": holdings.release,
        "type": "overlay",
        "attribution": attribution(row["attribution"] or row["title"] for row in holdings.sources),
    }
    holdings.progress("tiles")
    routes = _routes(places.filter(pa.array(lines)), shapes[lines])
    points = _points(holdings, places.filter(pa.array(~lines)), shapes[~lines])
    write_archive(points, [country_layer(holdings.rows(holdings.told("tile_countries"))), routes], target, metadata)
    counts = {"project": len(set(places["id"].to_pylist()))}
    why = "tiles hold the projects that may be drawn, with their names, layers and years"
    return Written(
        counts,
        (
            *left_behind(holdings, counts, why),
            *tables_left_behind(holdings, ("claims", "evidence"), why),
            Loss("exact geometries", len(shapes), "tiles are drawn in units of about 40 metres", "geoparquet"),
        ),
    )


def _routes(places: pa.Table, shapes: Any) -> ShapeLayer:
    return cable_layer(zip(places.to_pylist(), shapes.tolist(), strict=True))


def _points(holdings: Holdings, places: pa.Table, shapes: Any) -> ProjectPoints:
    """Points in the order of their squares; a place that is an area is a point inside it."""
    areas = np.flatnonzero(shapely.get_type_id(shapes) != 0)
    shapes[areas] = [shape.representative_point() for shape in shapes[areas]]
    longitude, latitude = shapely.get_x(shapes), shapely.get_y(shapes)
    square = square_of(longitude, latitude)
    order = np.argsort(square, kind="stable")
    identities: Any = places["id"].combine_chunks().dictionary_encode()
    project = identities.indices.to_numpy()
    first = np.unique(project, return_index=True)[1]
    labels = places["label"].to_pylist()
    ids: list[str] = identities.dictionary.to_pylist()
    layers = {term.id: term.layer for term in holdings.content.vocabularies["project-kinds"].terms}
    kinds: Any = places["kinds"].to_pylist()
    said = [_most_telling([layers.get(kind) for kind in some]) for some in kinds]
    codes = {
        "layer": _coded(said, encode_string),
        "precision": _coded(places["precision"].to_pylist(), encode_string),
        "year": _coded(places["year"].to_pylist(), encode_int),
    }
    return ProjectPoints(
        square[order], longitude[order], latitude[order], project[order],
        {name: (held[order], values) for name, (held, values) in codes.items()},
        ids=[encode_string(identity) for identity in ids],
        names=[encode_string(labels[at] or identity) for at, identity in zip(first.tolist(), ids, strict=True)],
    )  # fmt: skip


def _most_telling(layers: list[str | None]) -> str:
    return next((layer for layer in TELLING if layer in layers), TELLING[-1])


def _coded(values: list[Any], encoded: Any) -> tuple[Any, list[bytes]]:
    held: Any = pa.array(values).dictionary_encode()
    codes: Any = held.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [encoded(value) for value in held.dictionary.to_pylist()]
