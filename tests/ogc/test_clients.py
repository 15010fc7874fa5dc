"""What map programs make of a server on loopback: GDAL, and OWSLib, on which QGIS's catalogue and others build."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from overt.index.prepared import ServeSettings
from tests.server.test_many_readers import serving
from tests.support.small_atlas import SmallAtlas
from tests.validators import check, ogrinfo, read_with_qgis

COLLECTIONS = ("projects", "sites", "cables", "countries")


@pytest.fixture(scope="module")
def served(atlas: SmallAtlas) -> Iterator[str]:
    """The address of the small atlas."""
    with serving(ServeSettings(atlas.workspace, atlas.release)) as address:
        yield address


@pytest.fixture(scope="module")
def counts(served: str) -> dict[str, int]:
    """How many features each collection has, as the server counts them."""
    return {name: httpx.get(f"{served}/ogc/collections/{name}/items?limit=1").json()["numberMatched"] for name in COLLECTIONS}


def test_gdal_reads_every_collection(served: str, counts: dict[str, int]) -> None:
    said = json.loads(ogrinfo("-json", "-al", "-features", "-oo", "PAGE_SIZE=5", f"OAPIF:{served}/ogc"))
    found = {layer["name"]: layer for layer in said["layers"]}
    assert found.keys() == counts.keys()
    for name, layer in found.items():
        assert layer["featureCount"] == counts[name] == len(layer["features"])
        assert {field["name"] for field in layer["fields"]} >= {"name", "page"}
    assert all(one["geometry"]["type"] == "Point" for one in found["sites"]["features"])
    lost = [one for one in found["projects"]["features"] if one["geometry"] is None]
    assert lost and len(lost) < counts["projects"]


def test_gdal_finds_what_is_in_a_box(served: str) -> None:
    said = json.loads(ogrinfo("-json", "-al", "-features", "-spat", 36, -2, 37, -1, f"OAPIF:{served}/ogc", "sites"))
    asked = httpx.get(f"{served}/ogc/collections/sites/items?bbox=36,-2,37,-1").json()
    assert len(said["layers"][0]["features"]) == asked["numberMatched"] > 0


def test_gdal_reads_tiles_over_http(served: str) -> None:
    said = json.loads(ogrinfo("-json", "-so", "-al", f"MVT:{served}/tiles/0/0/0.mvt"))
    assert {"points", "cables"} <= {layer["name"] for layer in said["layers"]}


def test_owslib_reads_every_collection(served: str, counts: dict[str, int]) -> None:
    found = check("ogc_features", f"{served}/ogc")
    assert found["openapi"].startswith("3.0.")
    assert len(found["conforms"]) == 4
    assert found["collections"].keys() == counts.keys()
    for name, held in found["collections"].items():
        assert held["matched"] == counts[name] == len(set(held["ids"])) == held["inside"]
        assert held["item"] == held["ids"][0]


@pytest.mark.slow  # a QGIS for each
def test_qgis_reads_every_collection(served: str, counts: dict[str, int], tmp_path: Path) -> None:
    """By its own provider for OGC API – Features."""
    for name, count in counts.items():
        found = read_with_qgis(f"OAPIF://url='{served}/ogc' typename='{name}'", tmp_path)
        assert len(found) == count > 0, name
        assert all(one["properties"]["name"] and one["properties"]["page"] for one in found), name
        assert any(one["geometry"] and one["geometry"]["coordinates"] for one in found), name
