"""What the validators of all communities find wrong with the folder that `overt export all` made."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.validators import findings, gdal_reads, ogrinfo


class Judged(NamedTuple):
    """What one of them says."""

    findings: list[str]
    """What is wrong; GDAL's warnings too."""
    read: int
    """How many things it looked at: rows, records, entities, files, features."""


def judged(folder: Path) -> dict[str, Judged]:
    """By validator. Raises AssertionError when one of them fails."""
    found = {
        "frictionless": _frictionless(findings("datapackage", folder / "datapackage.json")),
        "mlcroissant": _mlcroissant(findings("croissant", folder / "croissant.json", "projects", "roles")),
        "roc-validator": _crate(folder),
        "CITATION.cff": Judged(findings("citation", folder / "CITATION.cff")["errors"], 1),
        "geoparquet-validator": _geoparquet(folder / "geoparquet"),
    }
    for name, place, counted in (
        ("followthemoney and nomenklatura", folder / "ftm", "loaded"),
        ("libcoveofds", folder / "ofds", "networks"),
        ("libcoveoc4ids", folder / "overt.oc4ids.json", "projects"),
    ):
        if place.exists():
            [said] = findings({"ftm": "ftm", "ofds": "ofds"}.get(place.name, "oc4ids"), place)
            found[name] = Judged(said["findings"], said["counts"][counted])
    for name, paths in (
        ("GeoPackage", [folder / "overt.gpkg"]),
        ("GeoJSON", sorted((folder / "geojson").iterdir())),
        ("GeoParquet", sorted((folder / "geoparquet").iterdir())),
        ("PMTiles", [folder / "overt.pmtiles"]),
    ):
        if gdal_reads(name):
            found[f"GDAL, {name}"] = _gdal(paths)
    return found


def _frictionless(said: Mapping[str, Any]) -> Judged:
    return Judged([*said["errors"], *said["warnings"]], sum(rows or 0 for rows in said["rows"].values()))


def _mlcroissant(said: Mapping[str, Any]) -> Judged:
    return Judged([*said["errors"], *said["warnings"]], sum(said["rows"].values()))


def _crate(folder: Path) -> Judged:
    """What the profile requires; what it recommends hangs on what overt.toml says of the site."""
    issues = findings("crate", folder)["issues"]
    graph = json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]
    return Judged(
        [one["message"] for one in issues if one["severity"] == "REQUIRED"], sum(one["@type"] == "File" for one in graph)
    )


def _geoparquet(folder: Path) -> Judged:
    said = findings("geoparquet", *sorted(folder.iterdir()))
    return Judged([finding for one in said for finding in one["findings"]], sum(one["passed"] > 0 for one in said))


def _gdal(paths: list[Path]) -> Judged:
    warnings: list[str] = []
    features = 0
    for path in paths:
        told = json.loads(ogrinfo("-json", "-so", "-al", path, warnings=warnings))
        features += sum(layer["featureCount"] for layer in told["layers"])
    return Judged(warnings, features)
