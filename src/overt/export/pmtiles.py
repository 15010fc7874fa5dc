"""PMTiles 3: the map as vector tiles in one file. Browsers can read parts of the file from any web server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from overt.export.export_result_and_losses import ExportResult, Loss, record_losses, table_losses
from overt.export.public_release_reader import PublicRelease, export_query
from overt.index.drawn_geometry import DRAWN
from overt.index.release_views import LAYER_ORDER
from overt.index.web_mercator_positions_and_squares import square_of
from overt.release.release_sql import places_behind_sites, release_query
from overt.vector_tiles.layer_metadata import attribution
from overt.vector_tiles.mvt import encode_int, encode_string
from overt.vector_tiles.pmtiles_archive import write_archive
from overt.vector_tiles.point_tiles import ProjectPoints
from overt.vector_tiles.route_and_country_tiles import cable_layer, country_layer


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the tiles for zoom levels 0 to `pmtiles_archive.MAX_ZOOM` to the file `target`."""
    release.progress("places")
    drawn = ", ".join(f"'{precision}'" for precision in sorted(DRAWN))
    values = {"drawn": drawn, "dated": release_query("flat_projects.first_dates"), "behind_sites": places_behind_sites()}
    places = release.arrow_table(export_query("tiles.places", values))
    shapes = np.asarray(shapely.from_wkt(places["geometry"].to_numpy(zero_copy_only=False)), dtype=object)
    is_line = np.isin(shapely.get_type_id(shapes), (1, 5))
    title = release.edition.manifest.get("title") or "Overt"
    metadata = {
        "name": title,
        "description": f"Release {release.id}{f'. {release.as_of_sentence}' if release.as_of else ''}",
        "version": release.id,
        "type": "overlay",
        "attribution": attribution(row["attribution"] or row["title"] for row in release.sources),
    }
    release.progress("tiles")
    cables = cable_layer(zip(places.filter(pa.array(is_line)).to_pylist(), shapes[is_line].tolist(), strict=True))
    points = _project_points(release, places.filter(pa.array(~is_line)), shapes[~is_line])
    countries = country_layer(release.rows(export_query("tiles.countries")))
    write_archive(points, [countries, cables], target, metadata)
    counts = {"project": len(set(places["id"].to_pylist()))}
    why = "tiles hold the projects that may be drawn, with their names, layers and years"
    return ExportResult(
        counts,
        (
            *record_losses(release, counts, why),
            *table_losses(release, ("claims", "evidence"), why),
            Loss("exact geometries", len(shapes), "tiles are drawn in units of about 40 metres", "geoparquet"),
        ),
    )


def _project_points(release: PublicRelease, places: pa.Table, shapes: Any) -> ProjectPoints:
    """Return the projects' places as points, sorted by map square (`square_of`).

    One point represents an area, or a place that has several points.
    """
    areas = np.flatnonzero(shapely.get_type_id(shapes) != 0)
    shapes[areas] = [shape.representative_point() for shape in shapes[areas]]
    longitude, latitude = shapely.get_x(shapes), shapely.get_y(shapes)
    square = square_of(longitude, latitude)
    order = np.argsort(square, kind="stable")
    projects: Any = places["id"].combine_chunks().dictionary_encode()
    project = projects.indices.to_numpy()
    first_places = np.unique(project, return_index=True)[1]
    labels = places["label"].to_pylist()
    ids: list[str] = projects.dictionary.to_pylist()
    layer_by_kind = {term.id: term.layer for term in release.content.vocabularies["project-kinds"].terms}
    kinds: Any = places["kinds"].to_pylist()
    layers = [_most_specific_layer([layer_by_kind.get(kind) for kind in place_kinds]) for place_kinds in kinds]
    codes = {
        "layer": _encode_column(pa.array(layers, pa.string()), encode_string),
        "precision": _encode_column(places["precision"].combine_chunks(), encode_string),
        "year": _encode_column(places["year"].combine_chunks(), encode_int),
    }
    return ProjectPoints(
        square[order], longitude[order], latitude[order], project[order],
        {name: (column[order], values) for name, (column, values) in codes.items()},
        ids=[encode_string(identity) for identity in ids],
        names=[encode_string(labels[at] or identity) for at, identity in zip(first_places.tolist(), ids, strict=True)],
    )  # fmt: skip


def _most_specific_layer(layers: list[str | None]) -> str:
    return next((layer for layer in LAYER_ORDER if layer in layers), LAYER_ORDER[-1])


def _encode_column(values: Any, encode: Callable[[Any], bytes]) -> tuple[Any, list[bytes]]:
    """Return each value's index in the distinct values (-1 for null), and the distinct values, encoded.

    `values`: an Arrow array with a type, because Arrow counts null as a value in arrays of type null.
    """
    dictionary = values.dictionary_encode()
    codes = dictionary.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [encode(value) for value in dictionary.dictionary.to_pylist()]
