"""The shipped edition in every format, checked by the validators of these formats."""

from collections import Counter
from pathlib import Path

import orjson
import pytest

from overt.export.format_registry import FORMATS
from tests.support.command_runs import overt
from tests.support.shipped_edition import ShippedEdition
from tests.validators import PYTHON, gdal_supports
from tests.validators.export_folder_validation import Validation, validate_bundle


@pytest.fixture(scope="module")
def folder(shipped_edition: ShippedEdition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shipped") / "all"
    answer = overt("export", "all", path, "--workspace", shipped_edition.root)
    assert answer.code == 0, answer
    return path


@pytest.fixture(scope="module")
def results(folder: Path) -> dict[str, Validation]:
    if not PYTHON.is_file():
        pytest.skip("the validators are not installed (make test)")
    return validate_bundle(folder)


@pytest.mark.slow
def test_every_validator_accepts_the_files(results: dict[str, Validation]) -> None:
    assert {name: result.findings for name, result in results.items() if result.findings} == {}


def test_every_validator_read_everything(results: dict[str, Validation], folder: Path) -> None:
    reports = {path.stem: orjson.loads(path.read_bytes()) for path in (folder / "reports").iterdir()}
    assert reports.keys() == FORMATS.keys() - {"all"}, "the shipped edition has data for each format"
    written = {
        name: Counter({kind: counts["written"] for kind, counts in report["records"].items()}) for name, report in reports.items()
    }
    tables = orjson.loads((folder / "parquet" / "manifest.json").read_bytes())["tables"]
    rows = {name: table["rows"] for name, table in tables.items()}
    files = [path for path in folder.rglob("*") if path.is_file()]
    descriptions = {"datapackage.json", "croissant.json", "dcat.jsonld", "schema-org.jsonld", "ro-crate-metadata.json"}
    expected = {
        "frictionless": sum(rows.values()),
        "mlcroissant": rows["projects"] + rows["roles"],
        "roc-validator": len([path for path in files if path.name not in descriptions | {"CITATION.cff", "SHA256SUMS"}]),
        "CITATION.cff": 1,
        "geoparquet-validator": len(list((folder / "geoparquet").iterdir())),
        "followthemoney and nomenklatura": written["ftm"].total(),
        "libcoveofds": written["ofds"]["project"],
        "libcoveoc4ids": written["oc4ids"]["project"],
        "GDAL, GeoPackage": written["geopackage"].total() + rows["projects_flat"],
        "GDAL, GeoJSON": written["geojson"].total(),
    }
    if gdal_supports("GeoParquet"):
        expected["GDAL, GeoParquet"] = written["geoparquet"].total()
    tiles = results["GDAL, PMTiles"].read
    assert {name: result.read for name, result in results.items() if name != "GDAL, PMTiles"} == expected
    assert tiles > 0 and all(expected.values())
