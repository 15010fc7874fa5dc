"""GeoParquet 1.1: the layers as Parquet. A column of bounding boxes lets readers skip row groups outside their region."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from overt.export.export_result_and_losses import ExportResult
from overt.export.geo_layers import BATCH_SIZE, GeoLayer, Shapes, layers_result, make_geo_layers
from overt.export.public_release_reader import PublicRelease

_SIDES = ("xmin", "ymin", "xmax", "ymax")
_ROW_GROUP_SIZE = 4 * BATCH_SIZE
"""Maximum number of rows in a row group, the unit that readers can skip."""


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Create the folder `target` with one file per layer.

    The column `geometry` has WKB, in longitude and latitude (OGC:CRS84).
    """
    target.mkdir(parents=True)
    layers = make_geo_layers(release)
    for layer in release.in_steps(layers, lambda layer: layer.name):
        schema = _schema(layer)
        with pq.ParquetWriter(target / f"{layer.name}.parquet", schema, compression="zstd") as out:
            for group in _row_groups(layer, schema):
                out.write_table(group, row_group_size=_ROW_GROUP_SIZE)
    return layers_result(release, layers)


def _row_groups(layer: GeoLayer, schema: pa.Schema) -> Iterator[pa.Table]:
    tables = []
    for table, shapes in layer.batches():
        tables.append(_with_geometry(table, shapes, schema))
        if len(tables) * BATCH_SIZE == _ROW_GROUP_SIZE:
            yield pa.concat_tables(tables).combine_chunks()
            tables.clear()
    if tables:
        yield pa.concat_tables(tables).combine_chunks()


def _schema(layer: GeoLayer) -> pa.Schema:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [layer.geometry_type] if layer.drawn else [],
        "orientation": "counterclockwise",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if layer.box:
        column["bbox"] = list(layer.box)
    metadata = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    fields = [pa.field("geometry", pa.binary()), pa.field("bbox", pa.struct([(side, pa.float64()) for side in _SIDES]))]
    return pa.schema([*layer.schema, *fields], {"geo": orjson.dumps(metadata).decode()})


def _with_geometry(table: pa.Table, shapes: Shapes, schema: pa.Schema) -> pa.Table:
    missing = shapely.is_missing(shapes)
    boxes = np.where(missing[:, None], 0.0, shapely.bounds(shapes))
    sides = [pa.array(boxes[:, at]) for at in range(4)]
    columns = [
        pa.array(shapely.to_wkb(shapes, byte_order=1).tolist(), pa.binary()),
        pa.StructArray.from_arrays(sides, names=list(_SIDES), mask=pa.array(missing)),
    ]
    return pa.table([*table.columns, *columns], schema=schema)
