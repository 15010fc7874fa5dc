"""Validate the folder of `overt export all` with validators of its formats and descriptions."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.validators import gdal_supports, ogrinfo, run_check


class Validation(NamedTuple):
    """The result of one validator."""

    findings: list[str]
    """Errors, and the warnings of Frictionless, mlcroissant and GDAL."""
    read: int
    """Number of rows, records, entities, files or features that the validator read."""


def validate_bundle(folder: Path) -> dict[str, Validation]:
    """Return the results by validator. FollowTheMoney, OFDS, OC4IDS and formats that GDAL doesn't read may be missing.

    Raises AssertionError if a validator fails. Skips the test if GDAL is not installed.
    """
    results = {
        "frictionless": _frictionless(run_check("datapackage", folder / "datapackage.json")),
        "mlcroissant": _mlcroissant(run_check("croissant", folder / "croissant.json", "projects", "roles")),
        "roc-validator": _crate(folder),
        "CITATION.cff": Validation(run_check("citation", folder / "CITATION.cff")["errors"], 1),
        "geoparquet-validator": _geoparquet(folder / "geoparquet"),
    }
    for name, check, path, counted in (
        ("followthemoney and nomenklatura", "ftm", folder / "ftm", "loaded"),
        ("libcoveofds", "ofds", folder / "ofds", "networks"),
        ("libcoveoc4ids", "oc4ids", folder / "overt.oc4ids.json", "projects"),
    ):
        if path.exists():
            [output] = run_check(check, path)
            results[name] = Validation(output["findings"], output["counts"][counted])
    for name, paths in (
        ("GeoPackage", [folder / "overt.gpkg"]),
        ("GeoJSON", sorted((folder / "geojson").iterdir())),
        ("GeoParquet", sorted((folder / "geoparquet").iterdir())),
        ("PMTiles", [folder / "overt.pmtiles"]),
    ):
        if gdal_supports(name):
            results[f"GDAL, {name}"] = _gdal(paths)
    return results


def _frictionless(output: Mapping[str, Any]) -> Validation:
    return Validation([*output["errors"], *output["warnings"]], sum(rows or 0 for rows in output["rows"].values()))


def _mlcroissant(output: Mapping[str, Any]) -> Validation:
    return Validation([*output["errors"], *output["warnings"]], sum(output["rows"].values()))


def _crate(folder: Path) -> Validation:
    """Check what the profile requires. What it recommends depends on the site's settings in overt.toml."""
    issues = run_check("ro_crate_profile", folder)["issues"]
    graph = json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]
    errors = [issue["message"] for issue in issues if issue["severity"] == "REQUIRED"]
    return Validation(errors, sum(entity["@type"] == "File" for entity in graph))


def _geoparquet(folder: Path) -> Validation:
    files = run_check("geoparquet", *sorted(folder.iterdir()))
    return Validation([finding for file in files for finding in file["findings"]], sum(file["passed"] > 0 for file in files))


def _gdal(paths: list[Path]) -> Validation:
    warnings: list[str] = []
    features = 0
    for path in paths:
        output = json.loads(ogrinfo("-json", "-so", "-al", path, warnings=warnings))
        features += sum(layer["featureCount"] for layer in output["layers"])
    return Validation(warnings, features)
