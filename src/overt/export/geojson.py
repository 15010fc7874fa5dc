"""GeoJSON (RFC 7946): one feature collection per layer."""

from pathlib import Path
from typing import Any

import orjson
import shapely

from overt.export.export_result_and_losses import ExportResult
from overt.export.geo_layers import GeoLayer, layers_result, make_geo_layers
from overt.export.public_release_reader import PublicRelease


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Create the folder `target` with one file per layer. Each file names all sources, so that it can be shared separately."""
    target.mkdir(parents=True)
    layers = make_geo_layers(release)
    for layer in release.in_steps(layers, lambda layer: layer.name):
        _write_layer(release, layer, target / f"{layer.name}.geojson")
    return layers_result(release, layers)


def _write_layer(release: PublicRelease, layer: GeoLayer, path: Path) -> None:
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": layer.name,
        "description": layer.description,
        "release": release.id,
        **({"as_of": release.as_of} if release.as_of else {}),
        "sources": [{name: row[name] for name in ("title", "licence", "attribution")} for row in release.sources],
    }
    if layer.box:
        head["bbox"] = layer.box
    with path.open("wb") as out:
        out.write(orjson.dumps(head)[:-1] + b',"features":[')
        separator = b"\n"
        for table, shapes in layer.batches():
            for row, shape in zip(table.to_pylist(), shapes, strict=True):
                geometry = None if shape is None else orjson.Fragment(shapely.to_geojson(shape))
                feature = {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}
                out.write(separator + orjson.dumps(feature))
                separator = b",\n"
        out.write(b"\n]}\n")
