"""The validators are there, and reach no host but this one."""

import re
from pathlib import Path

from tests.validators import HERE, check, ogrinfo


def test_what_is_pinned_is_installed() -> None:
    lines = [line for path in HERE.glob("requirements*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    pinned = dict(found.groups() for line in lines if (found := re.match(r"([\w-]+)==(\S+)", line)))
    installed = check("versions")
    assert {name.lower(): version for name, version in pinned.items()}.items() >= installed.items()


def test_they_reach_nothing_but_what_is_stored() -> None:
    context, elsewhere = "https://w3id.org/ro/crate/1.1/context", "https://elsewhere.example/"
    found = check("asks", context, elsewhere)
    assert found[context][0] == found[context][1] > 50_000
    assert all("no network here" in said for said in found[elsewhere]), found


def test_gdal_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert "GeoJSON" in ogrinfo("-json", path)
