"""The APIs' descriptions are complete, and the APIs behave as described for any request. Schemathesis generates the requests."""

from collections.abc import Iterator
from typing import Any

import pytest

from overt.server.app import ServeSettings
from tests.server.test_many_readers import serving
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas
from tests.validators import check

DRAWN = "/map.png"
"""The address of PNG maps, with the parameters of `/map.svg`. A separate process takes half a second to draw each picture, so
few are requested."""
ALIKE = (
    "/map.svg", "/projects.csv", "/projects.geojson", "/projects.parquet", "/api/v1/map/places", "/api/v1/map/routes",
    "/api/v1/explore/tiles/{z}/{x}/{y}", "/api/v1/explore/found", "/api/v1/facets", "/api/v1/map/countries",
)  # fmt: skip
"""Addresses with the filters of `/api/v1/projects`. The quick test leaves these out."""
SAME = (
    "/collections/projects/items", "/collections/cables/items", "/collections/cables", "/collections/cables/queryables",
    "/collections/countries", "/collections/countries/queryables", "/collections/sites/queryables",
)  # fmt: skip
"""Addresses that the quick test leaves out, because they behave like the same addresses of another collection."""


@pytest.fixture(scope="module")
def served(atlas: SmallAtlas) -> Iterator[str]:
    with serving(ServeSettings(atlas.workspace, atlas.release, public=True)) as address:
        yield address


def judge(report: dict[str, Any], operations: int, cases: int) -> None:
    assert (report["failures"], report["errored"], report["complete"]) == (0, 0, True), report["output"][-8000:]
    assert report["operations"] >= operations and report["cases"] >= cases, report


@pytest.mark.slow
def test_answers_are_as_described(served: str) -> None:
    """Send only the description's examples and a few random requests. `test_many_answers_are_as_described` sends thousands."""
    judge(check("generated_api_requests", f"{served}/api/openapi.json", 2, 1, "--random", DRAWN, *ALIKE), 25, 50)


@pytest.mark.slow
def test_answers_to_map_programs_are_as_described(served: str) -> None:
    judge(check("generated_api_requests", f"{served}/ogc/api", 2, 1, *SAME), 12, 400)


@pytest.mark.slow
def test_many_answers_are_as_described(served: str) -> None:
    judge(check("generated_api_requests", f"{served}/api/openapi.json", 60, 2, DRAWN, timeout=3_600), 38, 4_000)
    judge(check("generated_api_requests", f"{served}/api/openapi.json", 5, 2, "--only", DRAWN), 1, 5)


@pytest.mark.slow
@pytest.mark.parametrize("base", ["/ogc", "/zh/ogc"])
def test_many_answers_to_map_programs_are_as_described(served: str, base: str) -> None:
    judge(check("generated_api_requests", f"{served}{base}/api", 60, 2, timeout=3_600), 19, 2_500)


def test_openapi_describes_what_there_is(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    paths = {
        "answers",
        "answers/country-kinds",
        "answers/lenders",
        "answers/organization-kinds",
        "answers/services",
        "ask",
        "corrections",
        "findings",
        "findings/{name}",
        "map/places",
        "map/routes",
        "map/countries",
        "countries/{code}/dependence",
        "overlaps",
        "domains/{name}",
        "platforms/{platform}",
        "regions",
        "regions/{id}",
        "records",
        "records/{identity}",
        "projects",
        "projects/flat",
        "claims",
        "claims/{claim_id}",
        "facets",
        "releases",
        "releases/{identity}",
        "releases/{identity}/figures",
        "releases/{identity}/records/{record}",
        "releases/{identity}/tables/{table}.parquet",
        "changes",
        "figures",
        "figures/{name}",
        "figures/{name}/history",
        "search",
        "explore/columns",
        "explore/found",
        "explore/tiles/{z}/{x}/{y}",
    }
    assert {path for path in described["paths"] if path.startswith("/api/")} == {f"/api/v1/{path}" for path in paths}
    assert described["servers"] == [{"url": "/"}]
    assert "At least one of `q` and `bbox` is needed" in " ".join(
        described["paths"]["/api/v1/explore/found"]["get"]["description"].split()
    )
    names = {parameter["name"] for parameter in described["paths"]["/api/v1/map/places"]["get"]["parameters"]}
    assert {"kind", "company", "country", "year_from", "year_to", "q", "bbox"} <= names
    assert client.get("/docs").status_code == 404, "FastAPI's own page would load scripts from another host"


def test_every_file_that_openapi_describes_is_there(client: Client, atlas: SmallAtlas) -> None:
    """Each file except PNGs has the described type. Files that can be filtered are requested with a filter."""
    described = client.get("/api/openapi.json").json()["paths"]
    files = {
        path: operation["get"] for path, operation in described.items() if not path.startswith(("/api/", "/reconcile", "/tiles"))
    }
    assert {path.rpartition(".")[2] for path in files} == {"csv", "gz", "json", "geojson", "parquet", "svg", "png"}
    examples = {
        "{code}": "KE",
        "{platform}": "telegram",
        "{name}": "test-projects",
        "{identity}": atlas.release,
        "{table}": "projects",
    }
    for path, operation in files.items():
        for name, value in examples.items():
            path = path.replace(name, value)
        filtered = any(parameter["name"] == "kind" for parameter in operation["parameters"])
        if not path.endswith(".png"):  # drawn by a separate process; the explorer's tests cover it
            response = client.get(f"{path}{'?kind=smart-city' if filtered else ''}")
            assert (
                response.status_code == 200
                and response.headers["content-type"].split(";")[0] in operation["responses"]["200"]["content"]
            )
