"""`/ogc` follows the standard, with the small atlas: results, paging, links, content negotiation and refusals."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.ogc import routes
from overt.ogc.projects_and_cables import in_place_in
from overt.queries.database import Reader
from overt.server.app import ServeSettings, create_app
from tests.support.client import HOST, Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas

COLLECTIONS = ("projects", "sites", "cables", "countries")
WEST = "-180,-90,-60,90"
NAIROBI = canonical_id("secret_map:nairobi")


def _items(client: Client, name: str, **parameters: str) -> dict[str, Any]:
    response = client.get(f"/ogc/collections/{name}/items", params={"limit": "10000", **parameters})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["content-crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    page: dict[str, Any] = response.json()
    assert page["numberReturned"] == len(page["features"])
    return page


def _ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["features"]]


def _links(document: dict[str, Any]) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in document["links"]}


@pytest.mark.parametrize("parameters", [{}, {"bbox": WEST}, {"datetime": "2019"}, {"country": "KE"}])
def test_first_query_of_a_kind_runs_outside_the_event_loop(
    atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch, parameters: dict[str, str]
) -> None:
    fresh = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))
    _items(fresh, "sites", limit="1")
    handed = []

    async def hand(run: Callable[[], Any]) -> Any:
        handed.append(run)
        return run()

    monkeypatch.setattr(routes, "run_in_threadpool", hand)
    for _ in range(2):
        _items(fresh, "sites", limit="1", **parameters)
    assert len(handed) == (1 if parameters else 0)


@pytest.mark.parametrize("root", ["/ogc", "/ogc/", "/zh/ogc"])
def test_the_landing_page_leads_to_all(client: Client, root: str) -> None:
    links = _links(client.get(root).json())
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= links.keys()
    for address in links.values():
        assert address.startswith(HOST)
        assert client.get(address.removeprefix(HOST)).status_code == 200, address


def test_conformance_classes(client: Client) -> None:
    classes = client.get("/ogc/conformance").json()["conformsTo"]
    features = {name.rpartition("/")[2] for name in classes if "/ogcapi-features-1/" in name}
    assert features == {"core", "geojson", "html", "oas30"}


def test_collections_say_where_and_when(client: Client) -> None:
    collections = {collection["id"]: collection for collection in client.get("/ogc/collections").json()["collections"]}
    assert tuple(collections) == COLLECTIONS
    for name, collection in collections.items():
        single_response = client.get(f"/ogc/collections/{name}").json()
        assert {key: single_response[key] for key in single_response if key != "links"} == {
            key: collection[key] for key in collection if key != "links"
        }
        assert _links(collection)["items"]
    (west, south, east, north) = collections["sites"]["extent"]["spatial"]["bbox"][0]
    for feature in _items(client, "sites")["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert west <= longitude <= east and south <= latitude <= north
    begin, end = collections["projects"]["extent"]["temporal"]["interval"][0]
    assert begin < end and "temporal" not in collections["countries"]["extent"]


def test_every_project_is_listed_but_those_known_only_by_country_have_no_geometry(client: Client) -> None:
    projects = _items(client, "projects")
    listed = client.get("/projects.csv").text.count("\n") - 1
    assert projects["numberMatched"] == len(set(_ids(projects))) == listed
    located = set(_ids(_items(client, "projects", located="yes")))
    assert located == {feature["id"] for feature in projects["features"] if feature["geometry"]}
    assert located < set(_ids(projects))
    for feature in projects["features"]:
        if not feature["geometry"]:
            assert set(feature["properties"]["precision"]) <= {"country", "unlocated"}, feature


def test_points_and_routes_are_those_of_the_map(client: Client) -> None:
    def points(geometry: dict[str, Any]) -> list[list[float]]:
        return [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]

    drawn: dict[str, list[list[float]]] = {}
    for feature in client.get("/api/v1/map/places").json()["features"]:
        drawn.setdefault(feature["properties"]["id"], []).append(feature["geometry"]["coordinates"])
    geometries = {feature["id"]: feature["geometry"] for feature in _items(client, "projects", located="yes")["features"]}
    assert {identity: sorted(points(geometries[identity])) for identity in drawn} == {
        key: sorted(some) for key, some in drawn.items()
    }
    routes = client.get("/api/v1/map/routes").json()["features"]
    cables = {feature["id"]: feature for feature in _items(client, "cables")["features"]}
    assert {feature["properties"]["id"] for feature in routes} == cables.keys() and cables
    assert all(feature["geometry"]["type"] in ("LineString", "MultiLineString") for feature in cables.values())
    shared: dict[str, list[list[float]]] = {}
    for feature in _items(client, "sites")["features"]:
        for identity in feature["properties"]["project"]:
            shared.setdefault(identity, []).append(feature["geometry"]["coordinates"])
    assert {key: sorted(some) for key, some in shared.items()} == {key: sorted(some) for key, some in drawn.items()}


def test_a_box_finds_projects_in_it_and_projects_without_location(client: Client) -> None:
    lost = set(_ids(_items(client, "projects", located="no")))
    in_box = _items(client, "projects", bbox="36,-2,37,-1")
    assert NAIROBI in _ids(in_box)
    inside = set(_ids(_items(client, "projects", bbox="36,-2,37,-1", located="yes")))
    assert lost == set(_ids(in_box)) - inside, "as the standard has it"
    assert _ids(in_box)[0] not in lost, "what is in the box comes first"
    assert NAIROBI not in _ids(_items(client, "projects", bbox="36,-1,37,0", located="yes"))
    assert _ids(_items(client, "projects", bbox="36,-2,0,37,-1,9")) == _ids(in_box)


@pytest.mark.parametrize("name", ["projects", "sites", "cables"])
def test_a_box_across_the_antimeridian_has_both_sides(client: Client, name: str) -> None:
    both, east, west = (
        set(_ids(_items(client, name, bbox=box))) for box in ("10,-90,-60,90", "10,-90,180,90", "-180,-90,-60,90")
    )
    assert both == east | west
    assert set(_ids(_items(client, name, bbox="-180,-90,180,90"))) == set(_ids(_items(client, name)))


def test_times_find_what_was_in_place_then(client: Client, reader: Reader) -> None:
    spans = reader.select("SELECT s.* FROM spans AS s JOIN projects USING (id)")
    left_out = {row["id"] for row in spans if not (row["begun"] and row["counts"])}
    assert left_out
    for time in ("2019", "2019/2020", "../2010", "2030/.."):
        ids = set(_ids(_items(client, "projects", datetime=time)))
        assert not left_out & ids, "plans, and what is denied, cancelled or unverified"
    dated = [row for row in spans if row["begun"] and row["counts"] and row["begin_earliest"]]
    assert dated
    for row in dated:
        day = date.fromisoformat(row["begin_earliest"])
        assert row["id"] in _ids(_items(client, "projects", datetime=day.isoformat()))
        assert row["id"] not in _ids(_items(client, "projects", datetime=f"../{day - timedelta(1)}"))


def test_what_has_no_date_meets_every_time_as_the_standard_has_it(shipped_reader: Reader) -> None:
    bounds = " OR ".join(f"{name} IS NOT NULL" for name in ("begin_earliest", "begin_latest", "end_earliest"))
    undated = {row["id"] for row in shipped_reader.select(
        f"SELECT s.id FROM spans AS s JOIN projects USING (id) WHERE s.begun AND s.counts AND NOT ({bounds})"
    )}  # fmt: skip
    assert undated
    vectors = shipped_reader.vectors
    for days in ((None, None), (None, 0), (17_000, 17_001), (30_000, None)):
        mask = in_place_in(vectors, days)
        assert undated <= set(vectors.ids(np.flatnonzero(mask))), days
        assert not mask.all()


def test_a_date_as_of_which_filters_like_the_time(client: Client) -> None:
    for time in ("2014", "2019-05-17"):
        assert _ids(_items(client, "projects", as_of=time)) == _ids(_items(client, "projects", datetime=time))
    assert client.get("/ogc/collections/projects/items?f=json&as_of=soon").status_code == 400


@pytest.mark.parametrize("name", COLLECTIONS)
def test_pages_follow_each_other_without_gap_or_double(client: Client, name: str) -> None:
    expected, ids = _ids(_items(client, name)), []
    address = f"/ogc/collections/{name}/items?limit=2&f=json"
    before = None
    for _ in range(len(expected)):
        page = client.get(address).json()
        ids += _ids(page)
        assert page["numberMatched"] == len(expected)
        links = _links(page)
        assert ("prev" in links) == (before is not None)
        if before is not None:
            assert parse_qs(urlsplit(links["prev"]).query) == parse_qs(urlsplit(before).query)
        if "next" not in links:
            break
        before, address = address, links["next"].removeprefix(HOST)
    assert ids == expected
    assert _ids(client.get(f"/ogc/collections/{name}/items?offset=999999").json()) == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_single_feature_equals_its_list_entry(client: Client, name: str) -> None:
    for feature in _items(client, name)["features"][:5]:
        response = client.get(f"/ogc/collections/{name}/items/{feature['id']}").json()
        assert response.pop("links")
        assert response == feature
        page = feature["properties"]["page"]
        assert client.get(page.removeprefix(HOST)).status_code == 200, page
    for missing in ("nope", "ovt-aaaaaaaaaaaa", "é" * 20, canonical_id("open_projects:gone")):
        response = client.get(f"/ogc/collections/{name}/items/{missing}")
        assert response.status_code in (404, 410) and response.json()["detail"]


def test_an_old_id_leads_to_the_new_one(client: Client, public_client: Client) -> None:
    response = client.get(f"/ogc/collections/projects/items/{canonical_id('open_projects:nairobi')}")
    assert (response.status_code, response.headers["location"]) == (308, f"/ogc/collections/projects/items/{NAIROBI}")


def test_filters_are_those_of_the_map(client: Client) -> None:
    for parameters in (
        {"country": "KE"},
        {"kind": "submarine-cable"},
        {"status": "operational"},
        {"q": "nairobi"},
        {"sources": "2"},
    ):
        drawn = {
            feature["properties"]["id"] for feature in client.get("/api/v1/map/places", params=parameters).json()["features"]
        }
        assert drawn <= set(_ids(_items(client, "projects", **parameters)))
        assert set(_ids(_items(client, "cables", **parameters))) <= set(_ids(_items(client, "projects", **parameters)))
    at = _items(client, "sites", project=NAIROBI)["features"]
    assert at and all(NAIROBI in feature["properties"]["project"] for feature in at)
    assert {feature["properties"]["country"] for feature in _items(client, "sites", country="KE")["features"]} == {"KE"}
    precise = _items(client, "sites", precision="exact,locality")["features"]
    assert {feature["properties"]["precision"] for feature in precise} <= {"exact", "locality"} and precise
    assert _ids(_items(client, "countries", code="KE,CN")) == ["CN", "KE"]


def test_only_requested_properties(client: Client) -> None:
    for name in COLLECTIONS:
        for feature in _items(client, name, properties="name,page")["features"]:
            assert list(feature["properties"]) == ["name", "page"]
        assert all(feature["properties"] == {} for feature in _items(client, name, properties="")["features"])


@pytest.mark.parametrize(
    ("collection", "old", "name"),
    [("projects", "company_count", "organizations"), ("sites", "kind_of_place", "place_kind"),
     ("cables", "companies", "organization_name"), ("countries", "located", "located_projects")],
)  # fmt: skip
def test_properties_have_the_old_name_by_which_they_are_requested(client: Client, collection: str, old: str, name: str) -> None:
    features = _items(client, collection, properties=old)["features"]
    expected = [feature["properties"][name] for feature in _items(client, collection)["features"]]
    assert [feature["properties"] for feature in features] == [{old: value} for value in expected] != []


@pytest.mark.parametrize(
    "parameters",
    ["nope=1", "kind=nope", "limit=0", "limit=x", "offset=-1", "bbox=1,2,3", "bbox=a,b,c,d", "datetime=never",
     "properties=secret", "f=xml", "country=KE'%20OR%20'1'='1", "bbox=0,0,1,1&bbox=0,0,2,2", "filter=1%3D1",
     "crs=EPSG:3857", "year=%F0%9F%98%80"],
)  # fmt: skip
def test_invalid_values_are_refused_without_leaks(client: Client, parameters: str) -> None:
    for name in ("projects", "sites", "cables"):
        response = client.get(f"/ogc/collections/{name}/items?{parameters}")
        assert response.status_code == 400, (parameters, response.text[:200])
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json().keys() == {"type", "title", "status", "detail"}
        assert not [word for word in ("Traceback", "SELECT", "sqlite", "/src/", ".py") if word in response.text]


def test_missing_things_are_reported(client: Client) -> None:
    for path in ("/ogc/nope", "/ogc/collections/nope", "/ogc/collections/nope/items", "/ogc/collections/projects/nope"):
        response = client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json"), path
        page = client.get(path, headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8"), path
    for path in ("/ogc", "/ogc/collections", "/ogc/collections/projects", "/ogc/conformance", "/ogc/api"):
        assert client.get(f"{path}?nope=1").status_code == 400
    assert client.request("POST", "/ogc/collections/projects/items").status_code == 405


@pytest.mark.parametrize(
    ("accept", "page"),
    [("*/*", False), ("application/json", False), ("text/html", True), ("application/geo+json, text/html;q=0.5", False),
     ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True), ("application/json;q=0.2, text/html;q=0.9", True),
     ("text/html;q=0", False), ("text/html;q=x", False), ("image/png", False)],
)  # fmt: skip
def test_a_client_gets_the_form_that_it_prefers(client: Client, accept: str, page: bool) -> None:
    for path in ("/ogc", "/ogc/collections", "/ogc/collections/sites/items"):
        for form, html in (("", page), ("?f=json", False), ("?f=html", True)):
            response = client.get(path + form, headers={"Accept": accept})
            assert ("text/html" in response.headers["content-type"]) == html, (path, form)
            assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("base", ["", "/zh"])
@pytest.mark.parametrize("name", COLLECTIONS)
def test_pages_have_what_the_data_have(client: Client, name: str, base: str) -> None:
    for path in (f"{base}/ogc/collections/{name}", f"{base}/ogc/collections/{name}/queryables"):
        assert client.get(path, params={"f": "html"}).status_code == 200
    data = client.get(f"{base}/ogc/collections/{name}/items?limit=3").json()
    page = client.get(f"{base}/ogc/collections/{name}/items?limit=3&f=html")
    assert page.status_code == 200
    for feature in data["features"]:
        path = f"{base}/ogc/collections/{name}/items/{feature['id']}?f=html"
        assert path in page.text
        response = client.get(path)
        assert response.status_code == 200 and feature["properties"]["page"].removeprefix(HOST) in response.text
    assert ("offset=3" in page.text) == (data["numberMatched"] > 3)
    assert client.get(f"{base}/ogc/collections/{name}/items?limit=3&f=html&properties=page").status_code == 200


def test_cached_json_is_not_served_as_html(client: Client) -> None:
    page = client.get("/ogc", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    data = client.get("/ogc", headers={"Accept": "application/json", "Accept-Encoding": "gzip"})
    assert page.headers["content-type"] != data.headers["content-type"]
    assert page.headers["etag"] != data.headers["etag"]
    again = {"Accept": "application/json", "If-None-Match": page.headers["etag"]}
    assert client.get("/ogc", headers=again).status_code == 200
    assert client.get("/ogc", headers={**again, "If-None-Match": data.headers["etag"]}).status_code == 304


def test_addresses_use_the_requested_host_or_the_configured_one(atlas: SmallAtlas, public_client: Client) -> None:
    links = _links(public_client.get("/ogc", headers={"Host": "reader.example:8080"}).json())
    assert links["data"] == "http://reader.example:8080/ogc/collections"
    settings = atlas.workspace.settings
    own = settings.model_copy(update={"site": settings.site.model_copy(update={"address": "https://atlas.example/"})})
    workspace = Workspace.open(atlas.workspace.root)
    vars(workspace)["settings"] = own
    served = Client(create_app(ServeSettings(workspace, atlas.release, public=True)))
    assert _links(served.get("/ogc").json())["data"] == "https://atlas.example/ogc/collections"


def test_the_description_has_every_address_and_parameter(client: Client) -> None:
    response = client.get("/ogc/api")
    assert response.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    described = response.json()
    assert described["openapi"].startswith("3.0.") and described["servers"] == [{"url": f"{HOST}/ogc"}]
    shared = described["components"]["parameters"]
    for name in COLLECTIONS:
        parameters = described["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        names = {parameter["$ref"].rpartition("/")[2] if "$ref" in parameter else parameter["name"] for parameter in parameters}
        assert {"f", "limit", "offset", "bbox", "properties"} <= names
        assert {"filter", "filter-lang"} <= names
        assert shared["limit"]["schema"]["maximum"] == 10_000
        for parameter in names - {"f", "limit", "offset", "bbox", "properties", "datetime"}:
            response = client.get(f"/ogc/collections/{name}/items", params={parameter: ""})
            assert response.status_code == 400 and "is given without a value" in response.text, (name, parameter, response.text)
    for path in described["paths"]:
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200, path


def test_public_features_exclude_withheld_sources(client: Client, public_client: Client) -> None:
    def everything(reader: Client) -> str:
        paths = ["/ogc", "/ogc/api", "/ogc/collections"]
        paths += [f"/ogc/collections/{name}/items?limit=10000" for name in COLLECTIONS]
        return " ".join(reader.get(path).text for path in paths)

    private, public = everything(client), everything(public_client)
    marks = [mark for mark in SECRETS if mark in private]
    assert {"Geheimprojekt", "Nebelburg", "13.3713"} <= set(marks), "else the next line proves nothing"
    assert not [mark for mark in SECRETS if mark in public]
    for name, identity in (("projects", "secret_map:p1"), ("sites", "secret_map:p1/place")):
        assert client.get(f"/ogc/collections/{name}/items/{canonical_id(identity)}").status_code == 200
        assert public_client.get(f"/ogc/collections/{name}/items/{canonical_id(identity)}").status_code == 404
    assert public_client.get("/ogc/collections/projects/items?source=secret_map").status_code == 400
    assert public_client.get("/ogc/collections/sites/items?bbox=13.3,52.4,13.4,52.6").json()["numberMatched"] == 0
