"""GIS programs read a local server: GDAL, QGIS, and OWSLib, which QGIS's catalogue and other programs use."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from overt.index.serve_settings import ServeSettings
from overt.ogc.api_documents import CONFORMS
from tests.server.test_many_readers import serving
from tests.support.small_atlas import SmallAtlas
from tests.validators import check, ogrinfo, read_with_qgis

COLLECTIONS = ("projects", "sites", "cables", "countries")


@pytest.fixture(scope="module")
def served(atlas: SmallAtlas) -> Iterator[str]:
    """Yield the address of a server for the small atlas."""
    with serving(ServeSettings(atlas.workspace, atlas.release)) as address:
        yield address


@pytest.fixture(scope="module")
def counts(served: str) -> dict[str, int]:
    """Return the number of features in each collection, according to the server."""
    return {name: httpx.get(f"{served}/ogc/collections/{name}/items?limit=1").json()["numberMatched"] for name in COLLECTIONS}


def test_gdal_reads_every_collection(served: str, counts: dict[str, int]) -> None:
    output = json.loads(ogrinfo("-json", "-al", "-features", "-oo", "PAGE_SIZE=5", f"OAPIF:{served}/ogc"))
    by_name = {layer["name"]: layer for layer in output["layers"]}
    assert by_name.keys() == counts.keys()
    for name, layer in by_name.items():
        assert layer["featureCount"] == counts[name] == len(layer["features"])
        assert {field["name"] for field in layer["fields"]} >= {"name", "page"}
    assert all(feature["geometry"]["type"] == "Point" for feature in by_name["sites"]["features"])
    lost = [feature for feature in by_name["projects"]["features"] if feature["geometry"] is None]
    assert lost and len(lost) < counts["projects"]


def test_gdal_finds_what_is_in_a_box(served: str) -> None:
    output = json.loads(ogrinfo("-json", "-al", "-features", "-spat", 36, -2, 37, -1, f"OAPIF:{served}/ogc", "sites"))
    response = httpx.get(f"{served}/ogc/collections/sites/items?bbox=36,-2,37,-1").json()
    assert len(output["layers"][0]["features"]) == response["numberMatched"] > 0


@pytest.mark.parametrize("where", ["year >= 2016", "name LIKE '%a%' AND year IS NOT NULL", "organizations IN (1, 2)"])
def test_gdal_filters(served: str, where: str) -> None:
    output = json.loads(ogrinfo("-json", "-al", "-features", "-where", where, f"OAPIF:{served}/ogc", "projects"))
    response = httpx.get(f"{served}/ogc/collections/projects/items", params={"filter": where, "limit": 1000}).json()
    names = sorted(feature["properties"]["name"] for feature in output["layers"][0]["features"])
    expected = sorted(feature["properties"]["name"] for feature in response["features"])
    if "LIKE" in where:  # GDAL itself ignores case
        assert set(expected) <= set(names)
    else:
        assert names == expected != []


def test_gdal_reads_tiles_over_http(served: str) -> None:
    output = json.loads(ogrinfo("-json", "-so", "-al", f"MVT:{served}/tiles/0/0/0.mvt"))
    assert {"points", "cables"} <= {layer["name"] for layer in output["layers"]}


def test_owslib_reads_every_collection(served: str, counts: dict[str, int]) -> None:
    report = check("ogc_features", f"{served}/ogc")
    assert report["openapi"].startswith("3.0.")
    assert report["conforms"] == list(CONFORMS)
    assert report["collections"].keys() == counts.keys()
    for name, collection in report["collections"].items():
        assert collection["matched"] == counts[name] == len(set(collection["ids"])) == collection["inside"]
        assert collection["item"] == collection["ids"][0]
        assert "name" in collection["queryables"]


@pytest.mark.slow  # starts a QGIS process for each collection
def test_qgis_reads_every_collection(served: str, counts: dict[str, int], tmp_path: Path) -> None:
    """QGIS reads every collection with its own provider for OGC API – Features."""
    for name, count in counts.items():
        features = read_with_qgis(f"OAPIF://url='{served}/ogc' typename='{name}'", tmp_path)
        assert len(features) == count > 0, name
        assert all(feature["properties"]["name"] and feature["properties"]["page"] for feature in features), name
        assert any(feature["geometry"] and feature["geometry"]["coordinates"] for feature in features), name
