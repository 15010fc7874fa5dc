"""The interface answers as its own description says, whatever is asked. Requests are made by schemathesis."""

from typing import Any

import pytest

from overt.publish.app import ServeSettings
from tests.publish.atlas import Atlas
from tests.publish.test_readers import serving
from tests.validators import check

DRAWN = "/map.png"
"""Each picture takes a second of a process of its own; what it may be asked is what `/map.svg` may."""
ALIKE = (
    "/map.svg", "/projects.csv", "/projects.geojson", "/projects.parquet", "/api/v1/map/places", "/api/v1/map/routes",
    "/api/v1/explore/tiles/{z}/{x}/{y}", "/api/v1/explore/found", "/api/v1/facets", "/api/v1/map/countries",
)  # fmt: skip
"""Addresses with the filters that `/api/v1/projects` has."""


def asked(atlas: Atlas, examples: int, seed: int, *left: str) -> dict[str, Any]:
    with serving(ServeSettings(atlas.workspace, atlas.release, beyond_loopback=True)) as address:
        return check("openapi", f"{address}/api/openapi.json", examples, seed, *left)


def judge(found: dict[str, Any], operations: int, cases: int) -> None:
    assert (found["failures"], found["errored"], found["complete"]) == (0, 0, True), found["said"][-8000:]
    assert found["operations"] >= operations and found["cases"] >= cases, found


def test_answers_are_as_described(atlas: Atlas) -> None:
    judge(asked(atlas, 2, 1, DRAWN, *ALIKE), 25, 400)


@pytest.mark.slow
def test_many_answers_are_as_described(atlas: Atlas) -> None:
    judge(asked(atlas, 60, 2, DRAWN), 37, 4_000)
