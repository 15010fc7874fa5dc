"""The HTTP API: map data, records, figures, problem details, allowed methods, and the health check."""

import json

import pytest

from overt.api import figures as api_figures
from overt.model.record_ids import canonical_id
from overt.queries import records
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas

CABLE = canonical_id("open_projects:cable")
PROPERTIES = {"id", "name", "name_zh", "layer", "kind", "precision", "country", "year", "status", "place_name"}
UNCOUNTED = ("shade=none", "shade=index:freedom-on-the-net", "assessed=facial-recognition")


def test_places(client: Client) -> None:
    response = client.get("/api/v1/map/places")
    assert response.headers["content-type"] == "application/geo+json"
    body = response.json()
    assert body["type"] == "FeatureCollection"
    assert len(body["features"]) == 12
    for feature in body["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90
        assert set(feature["properties"]) == PROPERTIES
        assert feature["properties"]["precision"] not in ("country", "unlocated")
    names = {feature["properties"]["name"] for feature in body["features"]}
    assert "5G trial in Laos" not in names, "known only to its country: no point"


def test_routes(client: Client) -> None:
    (route,) = client.get("/api/v1/map/routes").json()["features"]
    assert route["geometry"]["type"] in ("LineString", "MultiLineString")
    assert route["properties"]["id"] == CABLE
    assert route["properties"]["precision"] == "schematic"
    assert route["properties"]["country"] == ["KE", "PK"]


@pytest.mark.parametrize("query", ["", "shade=all", "kind=submarine-cable", "shade=figure:test-projects"])
def test_numbers_are_those_of_the_texts_and_their_countries_have_one_tone(client: Client, query: str) -> None:
    shading = client.get(f"/api/v1/map/countries?{query}").json()["shading"]
    assert shading["numbers"]
    assert shading["numbers"] == {code: int(text.split()[0]) for code, (_, text) in shading["countries"].items()}
    assert {shade for shade, _ in shading["countries"].values()} == {1}


def test_countries(client: Client, atlas: SmallAtlas) -> None:
    body = client.get("/api/v1/map/countries?country=KE").json()
    assert (body["release"], body["unit"]) == (atlas.release, "projects")
    shadings = [client.get(f"/api/v1/map/countries?{query}").json()["shading"] for query in UNCOUNTED]
    assert not any(shading["numbers"] for shading in shadings if shading), "a score or an assessment is no number of projects"
    kenya = next(row for row in body["countries"] if row["code"] == "KE")
    assert kenya == {"code": "KE", "projects": 3, "located_projects": 2}
    assert {row["code"] for row in body["countries"]} == {"KE", "PK"}, "a cable in Kenya also lands in Pakistan"


def test_record(client: Client, atlas: SmallAtlas) -> None:
    body = client.get(f"/api/v1/records/{CABLE}").json()
    assert (body["type"], body["label"], body["release"]) == ("project", "Test Sea Cable", atlas.release)
    assert body["values"]["length"][0]["value"] == "5000"
    for claim in body["claims"]:
        assert claim["evidence"][0]["file"] == "open_projects.csv"
        assert claim["evidence"][0]["locator"].startswith("row=")
    moved = client.get(f"/api/v1/records/{canonical_id('open_projects:huawei')}")
    assert moved.status_code == 308
    assert client.get(moved.headers["location"]).json()["label"]
    assert client.get(f"/api/v1/records/{canonical_id('open_projects:gone')}").status_code == 410


def test_truncated_answers_say_so(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))  # the fixture would return cached responses
    record = client.get(f"/api/v1/records/{CABLE}").json()
    assert record["truncated"] is False
    assert (record["claims_total"], record["members_total"]) == (len(record["claims"]), len(record["members"]))
    assert all(claim["evidence_total"] == len(claim["evidence"]) for claim in record["claims"])
    every = records.claims
    monkeypatch.setattr(records, "claims", lambda reader, identity: every(reader, identity, 2))
    cut = Client(create_app(ServeSettings(atlas.workspace, atlas.release))).get(f"/api/v1/records/{CABLE}").json()
    assert (len(cut["claims"]), cut["claims_total"], cut["truncated"]) == (2, len(record["claims"]), True)
    assert f"The first 2 of {len(record['claims'])} claims are shown" in client.get(f"/project/{CABLE}").text


def test_figures(client: Client, atlas: SmallAtlas) -> None:
    body = {figure["name"]: figure for figure in client.get("/api/v1/figures").json()}
    assert body["test-projects"]["value"] == body["test-projects"]["rows_total"] == len(body["test-projects"]["rows"])
    assert {"name", "value", "unit", "release", "rows", "groups", "variants", "comparators"} <= set(body["test-projects"])


def test_figures_are_those_of_the_command_line(client: Client, atlas: SmallAtlas) -> None:
    printed = json.loads(overt("figures", "--json", "-w", atlas.workspace.root).out)
    assert client.get("/api/v1/figures").json() == printed


def test_rows_of_figures_that_are_cut_are_counted(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_figures, "MAX_ROWS", 3)
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))  # the fixture would return cached responses
    body = {figure["name"]: figure for figure in client.get("/api/v1/figures").json()}
    assert (len(body["test-projects"]["rows"]), body["test-projects"]["rows_total"]) == (3, body["test-projects"]["value"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/map/places?kind=nope", 400),
        ("/api/v1/map/routes?year_from=1", 400),
        ("/api/v1/map/places?located=maybe", 400),
        ("/api/v1/map/countries?lang=xx", 400),
        ("/api/v1/map/places?counrty=KE", 400),
        ("/api/v1/explore/tiles/0/0/0?lang=en&counrty=KE", 400),
        ("/api/v1/figures?name=test-projects", 400),
        ("/api/v1/records/ovt-aaaaaaaaaaaa", 404),
        ("/api/v1/nothing", 404),
        ("/api/v2", 404),
    ],
)
def test_problems(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status


def test_a_parameter_that_an_address_does_not_have_is_named(client: Client) -> None:
    detail = client.get("/api/v1/map/places?counrty=KE&kind=").json()["detail"]
    assert detail == "This address has no such parameter: counrty."


def test_writing_is_not_possible(client: Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/v1/figures").status_code == 405
        assert client.request(method, "/").status_code == 405


def test_allow_names_all_methods_of_an_address(client: Client) -> None:
    """The `Allow` header lists all methods of an address, even if each method has its own route."""
    for path, allowed in (("/reconcile", "GET, HEAD, POST"), ("/api/v1/figures", "GET, HEAD"), ("/static/x.css", "GET, HEAD")):
        assert client.request("DELETE", path).headers["allow"] == allowed


def test_health(client: Client, atlas: SmallAtlas) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "release": atlas.release}


def test_a_country_may_be_written_by_its_name(client: Client) -> None:
    coded = client.get("/api/v1/projects?country=KE").json()
    assert coded["total"] and client.get("/api/v1/projects?country=Republic of Kenya").json()["total"] == coded["total"]
    assert client.get("/api/v1/projects?country=肯尼亚&country=KE").json()["total"] == coded["total"]


def test_one_figure_with_all_its_rows(client: Client) -> None:
    listed = {figure["name"]: figure for figure in client.get("/api/v1/figures").json()}
    assert listed
    for name, figure in listed.items():
        assert client.get(f"/api/v1/figures/{name}").json() == figure
    assert client.get("/api/v1/figures/nope").status_code == 404
