"""Invalid requests are refused as documented at every address, and no response reveals internals."""

import pytest

from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

FILTERED = (
    "/api/v1/projects", "/api/v1/facets", "/api/v1/map/places", "/api/v1/map/routes", "/api/v1/map/countries",
    "/api/v1/explore/found", "/api/v1/explore/tiles/0/0/0", "/projects.csv", "/projects.geojson", "/projects.parquet", "/map.svg",
    "/map.png", "/ogc/collections/projects/items", "/zh/ogc/collections/projects/items",
)  # fmt: skip
"""Addresses of data that accept filters."""
REFUSED = {
    "an unknown field": "nope=1",
    "a box of three": "bbox=1,2,3",
    "a box of words": "bbox=a,b,c,d",
    "a box beyond the poles": "bbox=0,0,10,91",
    "a box upside down": "bbox=0,10,10,0",
    "no numbers": "bbox=NaN,NaN,NaN,NaN",
    "a box without end": "bbox=" + ",".join(["1"] * 20_000),
    "SQL in a filter": "country=KE'%20UNION%20SELECT%20sql%20FROM%20sqlite_master--",
    "SQL in an id": "supplier=ovt-aaaaaaaaaaaa'%3B%20DROP%20TABLE%20projects%3B--",
    "a path": "source=../../../../etc/passwd",
    "no value that there is": "status=%00",
    "words without a letter that is seen": "q=%00",
    "words of a separator": "q=%1f%09",
    "no shade": "shade=nope",
    "thousands of values": "&".join(["kind=5g-network"] * 3_000),
}
DATA = tuple(path for path in FILTERED if path.startswith(("/api", "/ogc", "/zh/ogc")))
"""Addresses in `FILTERED` for programs. The other addresses take the query of a page, whose form also sends empty values."""
REPEATED = {
    "two limits": ("limit=5&limit=6", "limit"),
    "two boxes": ("bbox=1,2,3,4&bbox=1,2,3,5", "bbox"),
    "words twice": ("q=a&q=b", "q"),
    "no country": ("country=", "country"),
    "no box": ("bbox=", "bbox"),
    "no words": ("q=", "q"),
    "a country and none": ("country=KE&country=", "country"),
}
DETAILS = {
    "/api/v1/records?limit=5000": "limit must be from 1 to 1000; not 5000.",
    "/api/v1/records?limit=x": "limit must be from 1 to 1000; not x.",
    "/api/v1/search?q=a&size=51": "size must be from 1 to 50; not 51.",
    "/api/v1/search?q=a&lang=fr": "lang must be one of 'en', 'zh'; not 'fr'.",
    "/api/v1/changes": "since must be given.",
    "/api/v1/records?cursor=" + "A" * 600: "cursor has at most 500 characters; 600 were sent.",
    "/api/v1/records?cursor=x": "cursor: not from a page of this list; start without a cursor.",
    "/api/v1/records?fields=id,nope": "fields: there is no 'nope' here; there are id, ",
    "/api/v1/projects?bbox=1,2,3": "bbox must be west,south,east,north in degrees, as in 33.9,-4.7,41.9,5.5; not “1,2,3”.",
    "/api/v1/projects?year_from=20": "year_from must be a year of four digits, as in 2019; not “20”.",
    "/api/v1/projects?located=maybe": "located must be one of yes, no; not “maybe”.",
    "/api/v1/projects?country=XX": "country: “XX” is not a country’s code (ISO 3166-1 alpha-2, as in KE).",
    "/api/v1/projects?country=Congo": (
        "country: “Congo” could mean CD (Democratic Republic of the Congo), CG (Republic of the Congo); write the code."
    ),
    "/api/v1/records?limit=5&limit=6": "limit is given 2 times; give it once.",
    "/api/v1/projects?country=": "country is given without a value; give one or leave it out.",
    "/api/v1/records?type=": "type is given without a value; give one or leave it out.",
    "/api/v1/explore/tiles/x/0/0": "z must be a whole number; not 'x'.",
    "/ogc/collections/projects/items?limit=0": "limit must be a whole number from 1 to 10,000; not “0”.",
    "/ogc/collections/projects/items?datetime=now": "datetime must be an instant",
    "/ogc/collections/projects/items?bbox=1,2,3": "bbox must be four or six numbers",
    "/ogc/collections/projects/items?f=xml": "f must be one of json, html; not “xml”.",
    "/ogc/collections?f=json&f=json": "f is given 2 times; give it once.",
    "/ogc/collections/projects/items?country=KE,": "country is given without a value; give one or leave it out.",
    "/reconcile/properties?limit=0": "limit must be from 1 to 1000; not 0.",
    "/reconcile/properties?limit=1&limit=2": "limit is given 2 times; give it once.",
}
"""Request → expected detail: which values are valid, and which value was sent."""
LISTS = ("/api/v1/records", "/api/v1/projects", "/api/v1/claims")
LIMITS = ("0", "-1", "1001", "10000000000000000000000000", "1e3", "x", "１", "")
INTERNALS = ("Traceback", "SELECT", "UNION", "sqlite", "/src/", ".py", "site-packages", "passwd", "DROP")


def leaks(text: str, atlas: SmallAtlas) -> list[str]:
    return [word for word in (*INTERNALS, str(atlas.workspace.root)) if word in text]


@pytest.mark.parametrize("case", REFUSED)
def test_invalid_filters_are_refused(client: Client, atlas: SmallAtlas, case: str) -> None:
    for path in FILTERED:  # addresses without `shade` refuse it as unknown
        answer = client.get(f"{path}?{REFUSED[case]}")
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), (
            path,
            answer.text[:300],
        )
        assert answer.json().keys() == {"type", "title", "status", "detail"} and answer.json()["detail"]
        assert len(answer.text) < 1_000
        sent = REFUSED[case]  # the response may repeat part of the value
        assert not [word for word in leaks(answer.text, atlas) if word not in sent], path
    page = client.get(f"/explorer?{REFUSED[case]}")
    assert page.status_code in (200, 400) and not [word for word in ("Traceback", "site-packages") if word in page.text]


@pytest.mark.parametrize("limit", LIMITS)
def test_limits_outside_the_range_are_refused(client: Client, atlas: SmallAtlas, limit: str) -> None:
    for path in LISTS:
        answer = client.get(path, params={"limit": limit})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), path
        assert "limit" in answer.json()["detail"] and not leaks(answer.text, atlas)


def test_a_box_across_the_antimeridian_is_served_everywhere(client: Client) -> None:
    for path in FILTERED:
        if path != "/map.png":
            assert client.get(f"{path}?bbox=170,-40,-170,40").status_code == 200, path


def test_sql_in_a_search_is_text(client: Client, atlas: SmallAtlas) -> None:
    attack = "' OR 1=1; DROP TABLE projects; --"
    for path in ("/api/v1/projects", "/api/v1/search", "/ogc/collections/projects/items"):
        answer = client.get(path, params={"q": attack})
        assert answer.status_code == 200, answer.text
        assert not answer.json().get("items", answer.json().get("results", answer.json().get("features", [])))
    assert client.get("/api/v1/projects").json()["total"] > 0


@pytest.mark.parametrize("case", REPEATED)
def test_repeated_and_empty_parameters_are_refused(client: Client, case: str) -> None:
    query, name = REPEATED[case]
    paged = [path for path in DATA if name != "limit" or "items" in path or path == "/api/v1/projects"]
    for path in paged:
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), path
        assert name in answer.json()["detail"], path


@pytest.mark.parametrize("path", DETAILS)
def test_a_refusal_says_what_is_valid(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text
    assert answer.json()["detail"].startswith(DETAILS[path])


def test_filters_may_be_repeated(client: Client) -> None:
    for path in DATA:
        if path != "/api/v1/explore/found":  # this address needs words or a box
            assert client.get(f"{path}?country=KE&country=LA").status_code == 200, path
    assert client.get("/reconcile/suggest/entity?prefix=&type=").status_code == 200, "nothing is typed yet"


@pytest.mark.parametrize(("description", "base"), [("/api/openapi.json", ""), ("/ogc/api", "/ogc")])
def test_every_described_parameter_exists(client: Client, description: str, base: str) -> None:
    described = client.get(description).json()
    shared = described["components"].get("parameters", {})
    paths = {path: operation for path, item in described["paths"].items() if (operation := item.get("get"))}
    assert len(paths) > 10
    for path, operation in paths.items():
        parameters = [shared.get(field.get("$ref", "").rpartition("/")[2], field) for field in operation.get("parameters", ())]
        query = {field["name"]: "\0x" for field in parameters if field["in"] == "query" and field["name"] != "known"}
        answer = client.get(base + path.replace("{", "").replace("}", ""), params=query)
        assert "no such parameter" not in answer.text and "there is no '" not in answer.text, (path, answer.text)
