"""GeoPackage: the layers and the flat table of projects in one file, with a table for each other type of record."""

import gc
import struct
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely
from fudgeo import FeatureClass, Field, GeoPackage, SpatialReferenceSystem, Table

from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.flat_projects_layer import FlatLayer, flat_layer
from overt.export.geo_layers import BATCH_SIZE, GeoLayer, Shapes, layers_result, make_geo_layers
from overt.export.public_release_reader import PublicRelease
from overt.export.scalar_cells import scalar_columns
from overt.model.engines.duckdb_sql_and_parquet import quote_literal

_WGS84 = 4326
_FAST_PRAGMAS = "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF"
"""SQL for fast writes without protection against crashes. A crash loses nothing: only a complete file gets its name."""
_IN_LAYERS = {"project", "place"}
"""Types of records that are in layers and therefore need no table."""


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the layers, each with a spatial index, and the other records as tables without geometry.

    The layer `unlocated` is also such a table. The flat table of projects, which older releases lack, is another layer, with a
    point for each project that has coordinates.
    """
    path = target.with_name(f"{target.name}.gpkg")  # The library requires this file ending.
    layers, flat = make_geo_layers(release), flat_layer(release)
    lists = 0
    try:
        package = _create(path)
        with closing(package.connection) as connection:
            connection.executescript(_FAST_PRAGMAS)
            [reference] = (system for system in package.spatial_references.values() if system.srs_id == _WGS84)
            every: list[GeoLayer | FlatLayer] = [*layers, *([flat] if flat else [])]
            for layer in release.in_steps(every, lambda layer: layer.name):
                lists += _add_layer(package, layer, reference)
            other_records: dict[str, int] = {}
            for kind in release.in_steps(sorted(release.record_counts.keys() - _IN_LAYERS)):
                record_type = release.content.schema.types[kind]
                lists += _add_records(package, release, record_type.table, record_type.description)
                other_records[kind] = release.row_count(record_type.table)
            _finish(package, release)
        path.rename(target)
    finally:
        path.unlink(missing_ok=True)
    result = layers_result(release, layers, other_records)
    loss = Loss("columns of lists as they are", lists, "GeoPackage knows no lists: they are JSON")
    return ExportResult(result.records, (*result.losses, loss))


def _create(path: Path) -> GeoPackage:
    """Create an empty package.

    Python 3.13 warns that the library doesn't close a connection. Garbage is collected here, while that warning is ignored.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        package = GeoPackage.create(path, flavor="EPSG", ogr_contents=True)
        gc.collect()
    return package


def _add_layer(package: GeoPackage, layer: GeoLayer | FlatLayer, reference: SpatialReferenceSystem) -> int:
    """Add a layer and return how many of its columns are lists. The layer `unlocated` becomes a table without geometries."""
    if layer.name == "unlocated":
        rows = (row for table, _ in layer.batches() for row in _scalar_rows(table))
        return _add_table(package, layer.name, layer.description, layer.schema, rows)
    feature_class = package.create_feature_class(
        layer.name,
        reference,
        layer.geometry_type.upper(),
        fields=_fields(layer.schema),
        description=layer.description,
        spatial_index=False,
        geom_name="geom",
    )
    features = (
        (blob, *row)
        for table, shapes in layer.batches()
        for blob, row in zip(_encode_geometries(shapes), _scalar_rows(table), strict=True)
    )
    _insert(feature_class, ["geom", *layer.schema.names], features)
    feature_class.add_spatial_index()
    if layer.box:
        feature_class.extent = layer.box
    return _count_lists(layer.schema)


def _add_records(package: GeoPackage, release: PublicRelease, table: str, description: str) -> int:
    """Add a table of records in batches and return how many of its columns are lists."""
    schema = release.arrow_table(f'SELECT * FROM "{table}" LIMIT 0').schema
    batches = (
        release.arrow_table(
            f'SELECT * FROM "{table}" WHERE id BETWEEN {quote_literal(first)} AND {quote_literal(last)} ORDER BY id'
        )
        for first, last in release.id_ranges(table, BATCH_SIZE)
    )
    return _add_table(package, table, description, schema, (row for batch in batches for row in _scalar_rows(batch)))


def _add_table(package: GeoPackage, name: str, description: str, schema: pa.Schema, rows: Iterator[tuple[Any, ...]]) -> int:
    table = package.create_table(name, fields=_fields(schema), description=description)
    _insert(table, schema.names, rows)
    return _count_lists(schema)


def _insert(table: FeatureClass | Table, columns: list[str], values: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    placeholders = ", ".join("?" * len(columns))
    with table.geopackage.connection as connection:
        connection.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({placeholders})', values)


def _finish(package: GeoPackage, release: PublicRelease) -> None:
    """Set the time of the last change to the release's date, so that equal releases give equal bytes; compact the file."""
    day = release.edition.manifest["date"]
    with package.connection as connection:
        connection.execute("UPDATE gpkg_contents SET last_change = ?", [f"{day}T00:00:00.000Z"])
    package.compact()


def _scalar_rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches():
        yield from zip(*scalar_columns(batch), strict=True)


def _fields(schema: pa.Schema) -> list[Field]:
    return [Field(field.name, _field_type(field.type)) for field in schema]


def _field_type(column_type: pa.DataType) -> str:
    if pa.types.is_boolean(column_type):
        return "BOOLEAN"
    if pa.types.is_integer(column_type):
        return "INTEGER"
    if pa.types.is_date(column_type):
        return "DATE"
    return "DOUBLE" if pa.types.is_floating(column_type) or pa.types.is_decimal(column_type) else "TEXT"


def _count_lists(schema: pa.Schema) -> int:
    return sum(pa.types.is_list(field.type) for field in schema)


def _encode_geometries(shapes: Shapes) -> Iterator[bytes | None]:
    """Encode geometries for GeoPackage: a header with a bounding box, then little-endian WKB (OGC 12-128r19, 2.1.3).

    A missing geometry stays None.
    """
    flags = 0b0000_0011  # Little-endian, with a two-dimensional bounding box.
    for body, (west, south, east, north) in zip(
        shapely.to_wkb(shapes, byte_order=1), shapely.bounds(shapes).tolist(), strict=True
    ):
        yield None if body is None else struct.pack("<2s2Bi4d", b"GP", 0, flags, _WGS84, west, east, south, north) + body
