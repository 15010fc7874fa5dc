"""GeoParquet 1.1: the layers as Parquet, with a column of boxes by which readers skip what lies elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from overt.export.geo_layers import SIZE, Layer, Shapes, layers, written
from overt.export.public_release import Holdings
from overt.export.result import Written

_SIDES = ("xmin", "ymin", "xmax", "ymax")
_ROWS = 4 * SIZE
"""Rows of a group; readers skip whole groups."""


def write(holdings: Holdings, target: Path) -> Written:
    """Make the folder `target` of one file a layer: WKB in the column `geometry`, longitude and latitude (OGC:CRS84)."""
    target.mkdir(parents=True)
    found = layers(holdings)
    for layer in found:
        holdings.progress(layer.name)
        schema = _schema(layer)
        with pq.ParquetWriter(target / f"{layer.name}.parquet", schema, compression="zstd") as out:
            for group in _groups(layer, schema):
                out.write_table(group, row_group_size=_ROWS)
    return written(holdings, found)


def _groups(layer: Layer, schema: pa.Schema) -> Iterator[pa.Table]:
    """What becomes a group of rows each."""
    held = []
    for table, shapes in layer.batches():
        held.append(_with_geometry(table, shapes, schema))
        if len(held) * SIZE == _ROWS:
            yield pa.concat_tables(held).combine_chunks()
            held.clear()
    if held:
        yield pa.concat_tables(held).combine_chunks()


def _schema(layer: Layer) -> pa.Schema:
    told: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [layer.kind] if layer.drawn else [],
        "orientation": "counterclockwise",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if layer.box:
        told["bbox"] = list(layer.box)
    said = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": told}}
    fields = [pa.field("geometry", pa.binary()), pa.field("bbox", pa.struct([(side, pa.float64()) for side in _SIDES]))]
    return pa.schema([*layer.schema, *fields], {"geo": orjson.dumps(said).decode()})


def _with_geometry(table: pa.Table, shapes: Shapes, schema: pa.Schema) -> pa.Table:
    none = shapely.is_missing(shapes)
    boxes = np.where(none[:, None], 0.0, shapely.bounds(shapes))
    sides = [pa.array(boxes[:, at]) for at in range(4)]
    held = [
        pa.array(shapely.to_wkb(shapes, byte_order=1).tolist(), pa.binary()),
        pa.StructArray.from_arrays(sides, names=list(_SIDES), mask=pa.array(none)),
    ]
    return pa.table([*table.columns, *held], schema=schema)
