"""What cannot be meant is refused as documented, whatever address it is sent to, and no answer tells anything of the inside."""

import pytest

from tests.publish.atlas import Atlas
from tests.publish.client import Client

FILTERED = (
    "/api/v1/projects", "/api/v1/facets", "/api/v1/map/places", "/api/v1/map/routes", "/api/v1/map/countries",
    "/api/v1/explore/found", "/api/v1/explore/tiles/0/0/0", "/projects.csv", "/projects.geojson", "/projects.parquet", "/map.svg",
    "/map.png", "/ogc/collections/projects/items", "/zh/ogc/collections/projects/items",
)  # fmt: skip
"""Addresses of data with filters."""
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
    "no shade": "shade=nope",
    "thousands of values": "&".join(["kind=5g-network"] * 3_000),
}
LISTS = ("/api/v1/records", "/api/v1/projects", "/api/v1/claims")
LIMITS = ("0", "-1", "1001", "10000000000000000000000000", "1e3", "x", "１", "")
INSIDE = ("Traceback", "SELECT", "UNION", "sqlite", "/src/", ".py", "site-packages", "passwd", "DROP")


def leaks(text: str, atlas: Atlas) -> list[str]:
    return [word for word in (*INSIDE, str(atlas.workspace.root)) if word in text]


@pytest.mark.parametrize("wrong", REFUSED)
def test_what_cannot_be_meant_is_refused(client: Client, atlas: Atlas, wrong: str) -> None:
    for path in FILTERED:  # of those that have no shade it is an unknown field
        answer = client.get(f"{path}?{REFUSED[wrong]}")
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), (
            path,
            answer.text[:300],
        )
        assert answer.json().keys() == {"type", "title", "status", "detail"} and answer.json()["detail"]
        assert len(answer.text) < 1_000
        sent = REFUSED[wrong]  # which is told in part
        assert not [word for word in leaks(answer.text, atlas) if word not in sent], path
    page = client.get(f"/?{REFUSED[wrong]}")
    assert page.status_code in (200, 400) and not [word for word in ("Traceback", "site-packages") if word in page.text]


@pytest.mark.parametrize("limit", LIMITS)
def test_how_many_is_a_number_within_bounds(client: Client, atlas: Atlas, limit: str) -> None:
    for path in LISTS:
        answer = client.get(path, params={"limit": limit})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), path
        assert "limit" in answer.json()["detail"] and not leaks(answer.text, atlas)


def test_a_box_across_the_antimeridian_is_served_everywhere(client: Client) -> None:
    for path in FILTERED:
        if path != "/map.png":
            assert client.get(f"{path}?bbox=170,-40,-170,40").status_code == 200, path


def test_words_are_words_whatever_they_say(client: Client, atlas: Atlas) -> None:
    attack = "' OR 1=1; DROP TABLE projects; --"
    for path in ("/api/v1/projects", "/api/v1/search", "/ogc/collections/projects/items"):
        answer = client.get(path, params={"q": attack})
        assert answer.status_code == 200, answer.text
        assert not answer.json().get("items", answer.json().get("results", answer.json().get("features", [])))
    assert client.get("/api/v1/projects").json()["total"] > 0
