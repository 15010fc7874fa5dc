"""GeoPackage: the layers in one file, and beside them a table for each other type of record."""

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

from overt.export.geo_layers import SIZE, Layer, Shapes, layers, written
from overt.export.plain_cells import plain_columns
from overt.export.public_release import Holdings
from overt.export.result import Loss, Written
from overt.model.duckdb_connection import quote_literal

_WGS84 = 4326
_WRITE_QUICKLY = "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF"
"""Nothing is lost by a crash: the file bears its name only when it is whole."""
_DRAWN = {"project", "place"}
"""Types of records that are in layers."""


def write(holdings: Holdings, target: Path) -> Written:
    """Write the layers, each with a spatial index, and the other records as tables without geometry."""
    place = target.with_name(f"{target.name}.gpkg")  # the library names the file so
    found = layers(holdings)
    lists = 0
    try:
        package = _created(place)
        with closing(package.connection) as connection:
            connection.executescript(_WRITE_QUICKLY)
            [reference] = (one for one in package.spatial_references.values() if one.srs_id == _WGS84)
            for layer in found:
                holdings.progress(layer.name)
                lists += _add_layer(package, layer, reference)
            others: dict[str, int] = {}
            for kind in sorted(holdings.records.keys() - _DRAWN):
                name = holdings.content.schema.types[kind].table
                holdings.progress(name)
                lists += _add_records(package, holdings, name, holdings.content.schema.types[kind].description)
                others[kind] = holdings.count(name)
            _settle(package, holdings)
        place.rename(target)
    finally:
        place.unlink(missing_ok=True)
    made = written(holdings, found, others)
    loss = Loss("columns of lists as they are", lists, "GeoPackage knows no lists: they are JSON")
    return Written(made.records, (*made.losses, loss))


def _created(place: Path) -> GeoPackage:
    """An empty package. The library forgets a connection without closing it, of which Python 3.13 warns whoever lets go of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        package = GeoPackage.create(place, flavor="EPSG", ogr_contents=True)
        gc.collect()
    return package


def _add_layer(package: GeoPackage, layer: Layer, reference: SpatialReferenceSystem) -> int:
    """Add a layer; returns how many of its columns are lists. One in which nothing is drawn is a table."""
    if layer.name == "unlocated":
        rows = (row for table, _ in layer.batches() for row in _rows(table))
        return _add_table(package, layer.name, layer.what, layer.schema, rows)
    kind = layer.kind.upper()
    held = package.create_feature_class(
        layer.name, reference, kind, fields=_fields(layer.schema), description=layer.what, spatial_index=False, geom_name="geom"
    )
    features = ((blob, *row) for table, shapes in layer.batches() for blob, row in zip(_blobs(shapes), _rows(table), strict=True))
    _insert(held, ["geom", *layer.schema.names], features)
    held.add_spatial_index()
    if layer.box:
        held.extent = layer.box
    return _lists(layer.schema)


def _add_records(package: GeoPackage, holdings: Holdings, name: str, what: str) -> int:
    """Add a table of records, some at a time."""
    schema = holdings.table(f'SELECT * FROM "{name}" LIMIT 0').schema
    parts = (
        holdings.table(f'SELECT * FROM "{name}" WHERE id BETWEEN {quote_literal(first)} AND {quote_literal(last)} ORDER BY id')
        for first, last in holdings.slices(name, SIZE)
    )
    return _add_table(package, name, what, schema, (row for table in parts for row in _rows(table)))


def _add_table(package: GeoPackage, name: str, what: str, schema: pa.Schema, rows: Iterator[tuple[Any, ...]]) -> int:
    held = package.create_table(name, fields=_fields(schema), description=what)
    _insert(held, schema.names, rows)
    return _lists(schema)


def _insert(held: FeatureClass | Table, columns: list[str], values: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    with held.geopackage.connection as connection:
        connection.executemany(f'INSERT INTO "{held.name}" ({names}) VALUES ({places})', values)


def _settle(package: GeoPackage, holdings: Holdings) -> None:
    """Set the time of the last change to the release's date: equal editions give equal bytes."""
    day = holdings.edition.manifest["date"]
    with package.connection as connection:
        connection.execute("UPDATE gpkg_contents SET last_change = ?", [f"{day}T00:00:00.000Z"])
    package.compact()


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches():
        yield from zip(*plain_columns(batch), strict=True)


def _fields(schema: pa.Schema) -> list[Field]:
    return [Field(field.name, _kind(field.type)) for field in schema]


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "BOOLEAN"
    if pa.types.is_integer(kind):
        return "INTEGER"
    if pa.types.is_date(kind):
        return "DATE"
    return "DOUBLE" if pa.types.is_floating(kind) or pa.types.is_decimal(kind) else "TEXT"


def _lists(schema: pa.Schema) -> int:
    return sum(pa.types.is_list(field.type) for field in schema)


def _blobs(shapes: Shapes) -> Iterator[bytes | None]:
    """Geometries as GeoPackage holds them: a header with a box, then little-endian WKB (OGC 12-128r19, 2.1.3)."""
    flags = 0b0000_0011  # little-endian, with a box of two dimensions
    for body, (west, south, east, north) in zip(
        shapely.to_wkb(shapes, byte_order=1), shapely.bounds(shapes).tolist(), strict=True
    ):
        yield None if body is None else struct.pack("<2s2Bi4d", b"GP", 0, flags, _WGS84, west, east, south, north) + body
