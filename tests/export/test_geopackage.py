"""GeoPackage, as GDAL and QGIS read it, and GeoJSON, as GDAL reads it."""

import json
from pathlib import Path

import pandas
import pyogrio
import pytest

from overt.export.public_release_reader import PublicRelease
from overt.release.flat_projects import COLUMNS, NAME
from tests.support.small_atlas_exports import ExportedFile, read_layers
from tests.validators import ogrinfo, read_with_qgis

KINDS = {"projects": "MultiPoint", "sites": "Point", "cables": "MultiLineString"}


def test_gdal_finds_every_layer_and_table(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    description = json.loads(ogrinfo("-json", "-so", "-al", exports["geopackage"].path))
    read = {layer["name"]: layer for layer in description["layers"]}
    layers = read_layers(public_release)
    assert read.keys() == {
        *layers,
        *(public_release.content.schema.types[kind].table for kind in public_release.record_counts),
        NAME,
    } - {"places"}
    for name, layer in layers.items():
        assert read[name]["featureCount"] == layer.table.num_rows
        [geometry] = read[name]["geometryFields"] or [None]
        if name == "unlocated":
            assert geometry is None
            continue
        west, south, east, north = layer.box
        assert (geometry["type"], geometry["extent"]) == (KINDS[name], [west, south, east, north])
        assert geometry["coordinateSystem"]["projjson"]["id"] == {"authority": "EPSG", "code": 4326}


def test_a_row_a_project_at_its_place(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    path = exports["geopackage"].path
    [layer] = json.loads(ogrinfo("-json", "-so", path, NAME))["layers"]
    assert [field["name"] for field in layer["fields"]] == list(COLUMNS)
    assert layer["geometryFields"][0]["type"] == "Point"
    expected = {row["id"]: row for row in public_release.rows(f"SELECT id, name, longitude, latitude, amount FROM {NAME}")}
    assert layer["featureCount"] == len(expected) == public_release.record_counts["project"]
    frame = pyogrio.read_dataframe(path, layer=NAME)
    assert frame.geometry.notna().sum() == sum(row["longitude"] is not None for row in expected.values()) > 0
    for row in frame.itertuples():
        project = expected.pop(row.id)
        assert row.name == project["name"]
        assert (row.geometry is None) == (project["longitude"] is None)
        if row.geometry is not None:
            assert (row.geometry.x, row.geometry.y) == (float(project["longitude"]), float(project["latitude"]))
        assert pandas.isna(row.amount) if project["amount"] is None else row.amount == float(project["amount"])
    assert not expected


@pytest.mark.parametrize("name", ["projects", "sites", "cables"])
def test_the_spatial_index_has_every_feature(exports: dict[str, ExportedFile], public_release: PublicRelease, name: str) -> None:
    layer = read_layers(public_release)[name]
    path = exports["geopackage"].path
    west, south, east, north = next(shape for shape in layer.shapes if shape is not None).bounds
    expected = sum(
        shape is not None and shape.bounds[0] <= east and shape.bounds[2] >= west and shape.bounds[1] <= north
        and shape.bounds[3] >= south
        for shape in layer.shapes
    )  # fmt: skip
    sql = f"""SELECT count(*) AS features FROM rtree_{name}_geom
              WHERE minx <= {east} AND maxx >= {west} AND miny <= {north} AND maxy >= {south}"""
    output = ogrinfo("-q", "-sql", sql, path)
    assert f"features (Integer) = {expected}" in output, output
    spatial = ogrinfo("-q", "-al", "-so", "-spat", west, south, east, north, path, name)
    assert spatial is not None


def test_gdal_reads_geojson_too(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    for layer in read_layers(public_release).values():
        path = exports["geojson"].path / f"{layer.name}.geojson"
        [read] = json.loads(ogrinfo("-json", "-so", "-al", path))["layers"]
        assert read["featureCount"] == layer.table.num_rows
        if layer.box:
            assert read["geometryFields"][0]["type"] == layer.kind


@pytest.mark.slow  # starts a QGIS process for each layer
def test_qgis_reads_every_layer(exports: dict[str, ExportedFile], public_release: PublicRelease, tmp_path: Path) -> None:
    for layer in read_layers(public_release).values():
        features = read_with_qgis(f"{exports['geopackage'].path}|layername={layer.name}", tmp_path)
        assert len(features) == layer.table.num_rows, layer.name
        drawn = sum(bool(feature["geometry"] and feature["geometry"]["coordinates"]) for feature in features)
        assert drawn == sum(shape is not None for shape in layer.shapes), layer.name
