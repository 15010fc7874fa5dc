"""The edition that Overt ships in every format, before the validators of those whose formats they are."""

from collections import Counter
from pathlib import Path

import orjson
import pytest

from overt.export.registry import FORMATS
from tests.support.atlas import overt
from tests.support.shipped_edition import ShippedEdition
from tests.validators import PYTHON, gdal_reads
from tests.validators.whole import Judged, judged


@pytest.fixture(scope="module")
def folder(shipped_edition: ShippedEdition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shipped") / "all"
    done = overt("export", "all", made, "--workspace", shipped_edition.root)
    assert done.code == 0, done
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, Judged]:
    if not PYTHON.is_file():
        pytest.skip("the validators are not installed (make test)")
    return judged(folder)


def test_no_validator_finds_anything(found: dict[str, Judged]) -> None:
    assert {name: said.findings for name, said in found.items() if said.findings} == {}


def test_each_validator_has_read_all_that_there_is_for_it(found: dict[str, Judged], folder: Path) -> None:
    reports = {path.stem: orjson.loads(path.read_bytes()) for path in (folder / "reports").iterdir()}
    assert reports.keys() == FORMATS.keys() - {"all"}, "the edition has something for each format"
    written = {name: Counter({kind: one["written"] for kind, one in said["records"].items()}) for name, said in reports.items()}
    tables = orjson.loads((folder / "parquet" / "manifest.json").read_bytes())["tables"]
    rows = {name: said["rows"] for name, said in tables.items()}
    files = [path for path in folder.rglob("*") if path.is_file()]
    described = {"datapackage.json", "croissant.json", "dcat.jsonld", "schema-org.jsonld", "ro-crate-metadata.json"}
    expected = {
        "frictionless": sum(rows.values()),
        "mlcroissant": rows["projects"] + rows["roles"],
        "roc-validator": len([path for path in files if path.name not in described | {"CITATION.cff", "SHA256SUMS"}]),
        "CITATION.cff": 1,
        "geoparquet-validator": len(list((folder / "geoparquet").iterdir())),
        "followthemoney and nomenklatura": written["ftm"].total(),
        "libcoveofds": written["ofds"]["project"],
        "libcoveoc4ids": written["oc4ids"]["project"],
        "GDAL, GeoPackage": written["geopackage"].total(),
        "GDAL, GeoJSON": written["geojson"].total(),
    }
    if gdal_reads("GeoParquet"):
        expected["GDAL, GeoParquet"] = written["geoparquet"].total()
    tiles = found["GDAL, PMTiles"].read
    assert {name: said.read for name, said in found.items() if name != "GDAL, PMTiles"} == expected
    assert tiles > 0 and all(expected.values())
