"""APIs behave as their own descriptions say, for any request. schemathesis makes the requests."""

from collections.abc import Iterator
from typing import Any

import pytest

from overt.server.app import ServeSettings
from tests.server.test_many_readers import serving
from tests.support.small_atlas import SmallAtlas
from tests.validators import check

DRAWN = "/map.png"
"""Address of pictures, each of which takes a separate process half a second. It has the same parameters as `/map.svg`."""
ALIKE = (
    "/map.svg", "/projects.csv", "/projects.geojson", "/projects.parquet", "/api/v1/map/places", "/api/v1/map/routes",
    "/api/v1/explore/tiles/{z}/{x}/{y}", "/api/v1/explore/found", "/api/v1/facets", "/api/v1/map/countries",
)  # fmt: skip
"""Addresses with the filters of `/api/v1/projects`."""
SAME = (
    "/collections/projects/items", "/collections/cables/items", "/collections/cables", "/collections/cables/queryables",
    "/collections/countries", "/collections/countries/queryables", "/collections/sites/queryables",
)  # fmt: skip
"""Addresses of a collection that behave like those of another collection."""


@pytest.fixture(scope="module")
def served(atlas: SmallAtlas) -> Iterator[str]:
    with serving(ServeSettings(atlas.workspace, atlas.release, public=True)) as address:
        yield address


def judge(report: dict[str, Any], operations: int, cases: int) -> None:
    assert (report["failures"], report["errored"], report["complete"]) == (0, 0, True), report["output"][-8000:]
    assert report["operations"] >= operations and report["cases"] >= cases, report


@pytest.mark.slow
def test_answers_are_as_described(served: str) -> None:
    """Unlike the other tests, this one makes only random requests, and no systematic ones."""
    judge(check("openapi", f"{served}/api/openapi.json", 2, 1, "--random", DRAWN, *ALIKE), 25, 50)


@pytest.mark.slow
def test_answers_to_map_programs_are_as_described(served: str) -> None:
    judge(check("openapi", f"{served}/ogc/api", 2, 1, *SAME), 12, 400)


@pytest.mark.slow
def test_many_answers_are_as_described(served: str) -> None:
    judge(check("openapi", f"{served}/api/openapi.json", 60, 2, DRAWN, timeout=3_600), 38, 4_000)
    judge(check("openapi", f"{served}/api/openapi.json", 5, 2, "--only", DRAWN), 1, 5)


@pytest.mark.slow
@pytest.mark.parametrize("base", ["/ogc", "/zh/ogc"])
def test_many_answers_to_map_programs_are_as_described(served: str, base: str) -> None:
    judge(check("openapi", f"{served}{base}/api", 60, 2, timeout=3_600), 19, 2_500)
