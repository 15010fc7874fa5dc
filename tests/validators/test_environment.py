"""The validators are installed, and can't reach other hosts."""

import re
from pathlib import Path

from tests.validators import HERE, check, ogrinfo


def test_the_pinned_versions_are_installed() -> None:
    lines = [line for path in HERE.glob("requirements*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    pinned = dict(match.groups() for line in lines if (match := re.match(r"([\w-]+)==(\S+)", line)))
    installed = check("validator_versions")
    assert {name.lower(): version for name, version in pinned.items()}.items() >= installed.items()


def test_they_only_reach_local_copies() -> None:
    context, elsewhere = "https://w3id.org/ro/crate/1.1/context", "https://elsewhere.example/"
    results = check("network_probe", context, elsewhere)
    assert results[context][0] == results[context][1] > 50_000
    assert all("the network is cut off" in result for result in results[elsewhere]), results


def test_gdal_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert "GeoJSON" in ogrinfo("-json", path)
