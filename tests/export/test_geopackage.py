"""GeoPackage, as GDAL reads it."""

import json
from pathlib import Path

import pytest

from overt.export.public_release import Holdings
from tests.support.exports import ExportedFile, read_layers
from tests.validators import ogrinfo, qgis_reads

KINDS = {"projects": "MultiPoint", "sites": "Point", "cables": "MultiLineString"}


def test_gdal_finds_every_layer_and_table(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    found = {layer["name"]: layer for layer in json.loads(ogrinfo("-json", "-so", "-al", exports["geopackage"].path))["layers"]}
    drawn = read_layers(holdings)
    assert found.keys() == {*drawn, *(holdings.content.schema.types[kind].table for kind in holdings.records)} - {"places"}
    for name, layer in drawn.items():
        assert found[name]["featureCount"] == layer.table.num_rows
        [geometry] = found[name]["geometryFields"] or [None]
        if name == "unlocated":
            assert geometry is None
            continue
        west, south, east, north = layer.box
        assert (geometry["type"], geometry["extent"]) == (KINDS[name], [west, south, east, north])
        assert geometry["coordinateSystem"]["projjson"]["id"] == {"authority": "EPSG", "code": 4326}


@pytest.mark.parametrize("name", ["projects", "sites", "cables"])
def test_its_spatial_index_finds_what_is_there(exports: dict[str, ExportedFile], holdings: Holdings, name: str) -> None:
    layer = read_layers(holdings)[name]
    path = exports["geopackage"].path
    west, south, east, north = next(shape for shape in layer.shapes if shape is not None).bounds
    expected = sum(
        shape is not None and shape.bounds[0] <= east and shape.bounds[2] >= west and shape.bounds[1] <= north
        and shape.bounds[3] >= south
        for shape in layer.shapes
    )  # fmt: skip
    sql = f"""SELECT count(*) AS held FROM rtree_{name}_geom
              WHERE minx <= {east} AND maxx >= {west} AND miny <= {north} AND maxy >= {south}"""
    said = ogrinfo("-q", "-sql", sql, path)
    assert f"held (Integer) = {expected}" in said, said
    spatial = ogrinfo("-q", "-al", "-so", "-spat", west, south, east, north, path, name)
    assert spatial is not None


def test_gdal_reads_geojson_too(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    for layer in read_layers(holdings).values():
        path = exports["geojson"].path / f"{layer.name}.geojson"
        [said] = json.loads(ogrinfo("-json", "-so", "-al", path))["layers"]
        assert said["featureCount"] == layer.table.num_rows
        if layer.box:
            assert said["geometryFields"][0]["type"] == layer.kind


@pytest.mark.slow  # a QGIS for each
def test_qgis_reads_every_layer(exports: dict[str, ExportedFile], holdings: Holdings, tmp_path: Path) -> None:
    for layer in read_layers(holdings).values():
        found = qgis_reads(f"{exports['geopackage'].path}|layername={layer.name}", tmp_path)
        assert len(found) == layer.table.num_rows, layer.name
        drawn = sum(bool(one["geometry"] and one["geometry"]["coordinates"]) for one in found)
        assert drawn == sum(shape is not None for shape in layer.shapes), layer.name
