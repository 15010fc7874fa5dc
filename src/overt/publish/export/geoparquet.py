"""GeoParquet 1.1: the layers as Parquet, with a column of boxes by which readers skip what lies elsewhere."""

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from overt.publish.export.holdings import Holdings
from overt.publish.export.layers import Layer, layers, written
from overt.publish.export.written import Written

_SIDES = ("xmin", "ymin", "xmax", "ymax")
_ROWS = 65_536
"""Rows of a group; readers skip whole groups."""


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one file a layer: WKB in the column `geometry`, longitude and latitude (OGC:CRS84)."""
    target.mkdir(parents=True)
    found = layers(holdings)
    for layer in found:
        holdings.progress(layer.name)
        table = _with_geometry(layer)
        pq.write_table(table, target / f"{layer.name}.parquet", compression="zstd", row_group_size=_ROWS)
    return written(holdings, found)


def _with_geometry(layer: Layer) -> pa.Table:
    none = shapely.is_missing(layer.shapes)
    boxes = np.where(none[:, None], 0.0, shapely.bounds(layer.shapes)) if len(none) else np.zeros((0, 4))
    mask = pa.array(none)
    sides = [pa.array(boxes[:, at]) for at in range(4)]
    held = {
        "geometry": pa.array(shapely.to_wkb(layer.shapes, byte_order=1).tolist(), pa.binary()),
        "bbox": pa.StructArray.from_arrays(sides, names=list(_SIDES), mask=mask),
    }
    table = layer.table
    for name, column in held.items():
        table = table.append_column(name, column)
    told: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [layer.kind] if not none.all() else [],
        "orientation": "counterclockwise",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if layer.box:
        told["bbox"] = list(layer.box)
    said = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": told}}
    return table.replace_schema_metadata({"geo": orjson.dumps(said).decode()})
