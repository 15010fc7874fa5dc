"""Paginated lists of the API, single figures, stored releases, and compressed responses."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import orjson
import pytest
import zstandard
from fastapi import FastAPI

from overt.api import claims
from overt.api.paging import make_cursor
from overt.index.release_preparation import prepare
from overt.model.engines.named_sql import load_queries
from overt.model.record_ids import canonical_id
from overt.queries.database import Database, Reader
from overt.server.app import ServeSettings
from overt.site.site import Site
from tests.support.client import Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas


def walk(client: Client, path: str, limit: int, **parameters: str) -> list[dict[str, Any]]:
    """Return all items of a list, following the `Link` header from page to page."""
    items, address, params = [], path, {"limit": str(limit), **parameters}
    while True:
        response = client.get(address, params=params)
        assert response.status_code == 200, response.text
        page = response.json()
        assert page["items"] == [] or page["items"][0] not in items[:1], "the same page again"
        assert 0 < len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            assert "link" not in response.headers
            return items
        assert f"cursor={page['next']}" in response.headers["link"]
        address, params = response.headers["link"].partition(">")[0].removeprefix("<http://127.0.0.1"), None


def test_records_come_in_pages_each_once_and_as_many_as_there_are(client: Client) -> None:
    small, all_ = walk(client, "/api/v1/records", 7), walk(client, "/api/v1/records", 1_000)
    assert small == all_
    ids = [item["id"] for item in all_]
    assert all(first < other for first, other in pairwise(ids))
    kinds = {item["type"] for item in all_}
    assert len(kinds) > 5
    assert sum(len(walk(client, "/api/v1/records", 1_000, type=kind)) for kind in kinds) == len(all_)


def test_an_item_says_what_the_record_says(client: Client) -> None:
    for item in walk(client, "/api/v1/records", 50)[:20]:
        record = client.get(f"/api/v1/records/{item['id']}").json()
        for name in ("id", "type", "label", "label_zh", "sources", "reuse"):
            assert item[name] == record[name]
        shown_values = {key: [value["value"] for value in values if value["shown"]] for key, values in record["values"].items()}
        assert {key: [value["value"] for value in values] for key, values in item["values"].items()} == shown_values


def test_projects_by_filters(client: Client) -> None:
    everything = walk(client, "/api/v1/projects", 3)
    assert client.get("/api/v1/projects", params={"limit": 1}).json()["total"] == len(everything)
    facets = client.get("/api/v1/facets").json()
    assert facets["total"] == len(everything)
    for name, values in facets["facets"].items():
        for value, count in list(values.items())[:3]:
            items = walk(client, "/api/v1/projects", 1_000, **{name: value})
            assert len(items) == count, (name, value)


def test_the_old_name_of_a_filter_goes_on(client: Client) -> None:
    counted = client.get("/api/v1/facets").json()["facets"]["organization"]
    identity, other = list(counted)[:2]
    for path in ("/api/v1/projects", "/api/v1/projects/flat", "/ogc/collections/projects/items"):
        answers = [client.get(path, params={name: identity}).json() for name in ("organization", "company")]
        assert answers[0].get("items") == answers[1].get("items") and answers[0].get("features") == answers[1].get("features")
    both = client.get("/api/v1/projects", params={"organization": identity, "company": other}).json()["total"]
    either = client.get("/api/v1/projects", params={"organization": [identity, other]}).json()["total"]
    assert both == either >= counted[identity] > 0
    described = client.get("/api/openapi.json").json()["paths"]["/api/v1/projects"]["get"]["parameters"]
    deprecated = {parameter["name"] for parameter in described if parameter.get("deprecated")}
    assert deprecated == {"company"}


def test_fields_are_chosen(client: Client) -> None:
    response = client.get("/api/v1/records", params={"fields": "id, label", "limit": 2}).json()
    assert [list(item) for item in response["items"]] == [["id", "label"]] * 2
    identity = response["items"][0]["id"]
    assert list(client.get(f"/api/v1/records/{identity}", params={"fields": "members"}).json()) == ["members"]
    wrong = client.get("/api/v1/records", params={"fields": "id,nope"})
    assert wrong.status_code == 400 and "nope" in wrong.json()["detail"]
    assert "there are id, type, label" in wrong.json()["detail"]


@pytest.mark.parametrize("path", ["records?cursor=WyJ6Il0", "projects?cursor=WyJ6Il0", "claims?cursor=WyJ6Il0"])
def test_unknown_fields_are_refused_even_without_matches(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}").json()["items"] == []
    assert client.get(f"/api/v1/{path}&fields=nope").status_code == 400
    assert client.get(f"/api/v1/{path}&fields={'claim_id' if path.startswith('claims') else 'id'}").status_code == 200


def test_the_next_page_has_the_address_of_the_site(site: Site) -> None:
    app = FastAPI()
    app.include_router(claims.routes(replace(site, address_of_site="https://atlas.example")))
    link = Client(app).get("/api/v1/claims", params={"limit": 1, "source": "open_projects"}).headers["link"]
    assert link.startswith("<https://atlas.example/api/v1/claims?limit=1&source=open_projects&cursor=")


def test_claims_of_a_record_a_source_a_property(client: Client) -> None:
    everything = walk(client, "/api/v1/claims", 400)
    item = everything[0]
    response = client.get(f"/api/v1/claims/{item['claim_id']}").json()
    assert {name: response[name] for name in item} == item
    for name, value in (("about", item["about"]), ("source", item["source"]), ("property", item["property"])):
        expected = [claim for claim in everything if claim[name] == value]
        assert walk(client, "/api/v1/claims", 100, **{name: value}) == expected
    assert client.get("/api/v1/claims/nope").status_code == 404
    assert list(item)[:4] == ["claim_id", "about", "source", "record"] and "id" not in item
    for wrong, status in (("about", 404), ("id", 400), ("source", 400), ("property", 400), ("record", 400)):
        assert client.get("/api/v1/claims", params={wrong: "nope"}).status_code == status, wrong


def test_claims_of_a_merged_record_are_those_of_the_one_that_remains(client: Client, reader: Reader) -> None:
    old, new = reader._connection.execute("SELECT old_id, id FROM redirects").fetchone()
    response = client.get("/api/v1/claims", params={"limit": "3", "about": old})
    assert (response.status_code, response.headers["location"]) == (308, f"/api/v1/claims?limit=3&about={new}")


@pytest.mark.parametrize("name", ["id", "source", "property"])
def test_claims_are_found_by_an_index(reader: Reader, name: str) -> None:
    query = load_queries("queries", "sql")["records.claims_after"]
    plan = "EXPLAIN QUERY PLAN " + query.replace("${only}", f" AND {name} = 'x'")
    [step] = reader._connection.execute(plan, {"after": "", "limit": 1}).fetchall()[:1]
    assert f"({name}=?" in step[-1], step


def test_one_figure_with_all_its_rows(client: Client) -> None:
    listed = {figure["name"]: figure for figure in client.get("/api/v1/figures").json()}
    for name, figure in listed.items():
        assert client.get(f"/api/v1/figures/{name}").json() == figure
    assert client.get("/api/v1/figures/nope").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/records", "/api/v1/claims", "/api/v1/projects"])
@pytest.mark.parametrize(
    "wrong",
    ["cursor=x", "cursor=WyJhIiwiYiJd", "cursor=%00", "limit=0", "limit=1001", "limit=x", "nope=1", f"cursor={'A' * 600}"],
)
def test_problems_name_the_wrong_parameter(client: Client, path: str, wrong: str) -> None:
    response = client.get(f"{path}?{wrong}")
    assert response.status_code == 400, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert wrong.partition("=")[0] in response.json()["detail"]


def test_data_use_zstd_if_accepted_and_pages_use_gzip(client: Client) -> None:
    headers = {"Accept-Encoding": "gzip, zstd"}
    data = client.get("/api/v1/figures", headers={"Accept-Encoding": "zstd"})
    assert data.headers["content-encoding"] == "zstd"
    assert orjson.loads(
        zstandard.ZstdDecompressor().decompressobj().decompress(data.content) if data.content[:1] == b"\x28" else data.content
    )
    assert client.get("/figures", headers=headers).headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in data.headers["vary"]


@pytest.mark.slow
def test_stored_releases_are_served_by_id(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    listed = public_two_releases_client.get("/api/v1/releases").json()
    assert [release["served"] for release in listed] == [True, False]
    assert [release["note"] for release in listed] == ["With the other projects", "The first"]
    for release in listed:
        base = f"/api/v1/releases/{release['id']}"
        assert release["id"].endswith("+open"), "what others may see of it is not the release"
        full_release = release["id"].partition("+")[0]
        for rest in ("", "/figures", "/records/x?fields=id"):
            moved = public_two_releases_client.get(f"/api/v1/releases/{full_release}{rest}")
            assert (moved.status_code, moved.headers["location"]) == (308, f"{base}{rest}")
        for rest in ("", "/figures", "/tables/projects.parquet", "/records/x"):
            assert public_two_releases_client.get(f"{base}{rest}?nope=1").status_code == 400
        manifest = public_two_releases_client.get(base).json()
        assert "projects" in manifest["tables"]
        figures = public_two_releases_client.get(f"{base}/figures").json()
        assert {figure["release"] for figure in figures} == {release["id"]}
        assert public_two_releases_client.get(f"{base}/tables/projects.parquet").content[:4] == b"PAR1"
        for table in ("judgements", "retractions", "nope", "..%2Fmanifest"):
            assert public_two_releases_client.get(f"{base}/tables/{table}.parquet").status_code == 404
        record = public_two_releases_client.get(f"{base}/records/{canonical_id('open_projects:nairobi')}").json()
        assert record["release"] == release["id"] and record["claims"]
    now, then = (
        public_two_releases_client.get(f"/api/v1/releases/{release['id']}").json()["tables"]["claims"]["rows"]
        for release in listed
    )
    assert now != then
    for path in ("", "/figures", "/tables/projects.parquet", "/records/x"):
        assert public_two_releases_client.get(f"/api/v1/releases/2000-01-01-00000000{path}").status_code == 404
    assert public_two_releases_client.get(f"/api/v1/releases/{listed[0]['id']}/records/nope").status_code == 404
    dated = public_two_releases_client.get(f"/api/v1/releases/{listed[0]['id']}/records/nope", params={"as_of": "2018"})
    assert dated.status_code == 400 and "as_of" in dated.text


@pytest.mark.slow
def test_record_of_an_older_release_has_the_current_form(public_two_releases_client: Client) -> None:
    newest, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    for item in walk(public_two_releases_client, "/api/v1/records", 1_000):
        now = public_two_releases_client.get(f"/api/v1/records/{item['id']}").json()
        assert public_two_releases_client.get(f"/api/v1/releases/{newest}/records/{item['id']}").json() == now
    identity = canonical_id("open_projects:nairobi")
    then = public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{identity}").json()
    now = public_two_releases_client.get(f"/api/v1/records/{identity}").json()
    assert list(then) == list(now) and then["release"] == oldest
    assert list(then["claims"][0]) == list(now["claims"][0])
    fields = public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{identity}", params={"fields": "label"}).json()
    assert fields == {"label": then["label"]}


@pytest.mark.slow
def test_record_of_an_older_release_by_source_id_or_withdrawn(
    public_two_releases_client: Client, two_releases: SmallAtlas
) -> None:
    newest = public_two_releases_client.get("/api/v1/releases").json()[0]["id"]
    base = f"/api/v1/releases/{newest}/records"
    members = [
        member
        for item in walk(public_two_releases_client, "/api/v1/records", 1_000)
        for member in public_two_releases_client.get(f"{base}/{item['id']}").json()["members"]
    ]
    slashed = [member for member in members if "/" in member]
    assert slashed
    assert slashed[0] in public_two_releases_client.get(f"{base}/{slashed[0]}").json()["members"]
    database = Database(prepare(ServeSettings(two_releases.workspace, two_releases.release, public=True)).database)
    with database.lease() as reader:
        gone = [name for (name,) in reader._connection.execute("SELECT id FROM withdrawn")]
    database.close()
    assert gone
    for identity in gone:
        assert (
            public_two_releases_client.get(f"{base}/{identity}").status_code
            == public_two_releases_client.get(f"/api/v1/records/{identity}").status_code
            == 410
        )


def test_the_feed_calls_a_release_the_same_served_or_not(public_two_releases_client: Client) -> None:
    entries = re.findall("<entry>.*?<id>(.*?)</id>", public_two_releases_client.get("/releases.atom").text, re.DOTALL)
    assert len(entries) == 2 and not [entry for entry in entries if "open" in entry]


def test_nothing_private_in_lists_or_older_releases(public_two_releases_client: Client, client: Client) -> None:
    private = orjson.dumps(walk(client, "/api/v1/claims", 1_000)).decode()
    assert any(mark in private for mark in SECRETS), "else the test would prove nothing"
    public = [walk(public_two_releases_client, f"/api/v1/{name}", 1_000) for name in ("records", "claims", "projects")]
    newest, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    public.append(walk(public_two_releases_client, "/api/v1/changes", 1_000, since=oldest))
    text = orjson.dumps(public).decode()
    text += "".join(
        public_two_releases_client.get(f"/api/v1/releases/{release}/{part}").text
        for release in (newest, oldest)
        for part in ("figures", "")
    )
    assert not [mark for mark in SECRETS if mark in text]
    secret = canonical_id("secret_map:p1")
    assert public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{secret}").status_code == 404


@pytest.mark.parametrize("path", ["/explorer", "/projects.csv", "/api/v1/map/countries"])
def test_years_that_end_before_they_begin_are_refused(client: Client, path: str) -> None:
    response = client.get(f"{path}?year_from=2020&year_to=2010")
    assert response.status_code == 400
    assert "year_from (2020) is after year_to (2010)" in response.text
    assert client.get(f"{path}?year_from=2010&year_to=2010").status_code == 200


@pytest.mark.parametrize("path", ["projects", "projects/flat", "answers/lenders", "answers/services"])
@pytest.mark.parametrize("last", ["ovt-é", "9" * 300])
def test_a_forged_cursor_is_an_empty_page_or_a_problem(client: Client, path: str, last: str) -> None:
    response = client.get(f"/api/v1/{path}?cursor={make_cursor(last)}")
    assert response.status_code in (200, 400), response.text
