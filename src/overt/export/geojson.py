"""GeoJSON (RFC 7946): a collection of features for each layer."""

from pathlib import Path
from typing import Any

import orjson
import shapely

from overt.export.geo_layers import Layer, layers, written
from overt.export.public_release import Holdings
from overt.export.result import Written


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one file a layer; each names its sources, so that it can go about alone."""
    target.mkdir(parents=True)
    found = layers(holdings)
    for layer in found:
        holdings.progress(layer.name)
        _write(holdings, layer, target / f"{layer.name}.geojson")
    return written(holdings, found)


def _write(holdings: Holdings, layer: Layer, path: Path) -> None:
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": layer.name,
        "description": layer.what,
        "release": holdings.release,
        "sources": [{name: row[name] for name in ("title", "licence", "attribution")} for row in holdings.sources],
    }
    if layer.box:
        head["bbox"] = layer.box
    with path.open("wb") as out:
        out.write(orjson.dumps(head)[:-1] + b',"features":[')
        before = b"\n"
        for table, shapes in layer.batches():
            for row, shape in zip(table.to_pylist(), shapes, strict=True):
                geometry = None if shape is None else orjson.Fragment(shapely.to_geojson(shape))
                feature = {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}
                out.write(before + orjson.dumps(feature))
                before = b",\n"
        out.write(b"\n]}\n")
