"""Lists of records, claims and projects: pages, filters, fields, and parameters that are refused."""

from dataclasses import replace
from itertools import pairwise

import pytest
from fastapi import FastAPI

from overt.api import claims
from overt.api.paging import make_cursor
from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader
from overt.site.site import Site
from tests.api.paged_lists import walk
from tests.support.client import Client


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


@pytest.mark.parametrize("path", ["projects", "projects/flat", "answers/lenders", "answers/services"])
@pytest.mark.parametrize("last", ["ovt-é", "9" * 300])
def test_a_forged_cursor_is_an_empty_page_or_a_problem(client: Client, path: str, last: str) -> None:
    response = client.get(f"/api/v1/{path}?cursor={make_cursor(last)}")
    assert response.status_code in (200, 400), response.text
