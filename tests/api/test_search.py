"""Search: the page of matches, and the small response while a reader types, which doesn't repeat what was typed."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from overt.model.record_ids import canonical_id
from overt.queries.name_search.name_fit import Fit
from tests.support.client import Client
from tests.support.hostile_and_secret_words import SECRETS


def _results(client: Client, q: str, **more: str) -> list[dict]:
    response = client.get("/api/v1/search", params={"q": q, **more})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    return response.json()["results"]


def test_a_result_says_what_it_is_and_where_it_leads(client: Client) -> None:
    result = _results(client, "huawei technol")[0]
    assert result["address"] == f"/organization/{result['id']}"
    assert result["what"].startswith("Company, China, ") and result["what"].endswith(" projects")
    assert result["label"] == ["", "Huawei Technol", "ogies"]
    assert result["name"] is None
    assert result["fit"] == "begins"


def test_a_name_that_equals_the_query_fits_as_a_whole(client: Client) -> None:
    assert _results(client, "kenya")[0]["fit"] == "whole"


def test_fits_have_the_names_that_the_static_edition_and_the_description_give_them(client: Client) -> None:
    script = (Path(__file__).parents[2] / "web/src/edition/search-query-and-fit.ts").read_text(encoding="utf-8")
    names = re.findall(r'"([a-z-]+)"', re.search(r"FIT_NAMES = \[(.*?)\]", script)[1])
    assert names == [fit.id for fit in Fit]
    description = client.get("/api/openapi.json").json()["components"]["schemas"]["SearchMatch"]["properties"]["fit"][
        "description"
    ]
    assert all(name in description for name in names)


def test_matching_alternative_name_is_shown_and_marked(client: Client) -> None:
    result = _results(client, "haididian")[0]
    assert (result["type"], result["label"], result["name"]) == ("kind", ["Submarine cable"], ["", "海底电", "缆"])


@pytest.mark.parametrize(
    ("q", "address"),
    [
        ("kenya", "/country/KE"),
        ("肯亚", "/country/KE"),
        ("submarine cable", "/explorer?kind=submarine-cable"),
        ("surveillance", "/explorer?layer=surveillance"),
        ("karachi", "/explorer?country=PK&q=Karachi%2C+Pakistan"),
        ("projects of the test", "/figure/test-projects"),
    ],
)
def test_places_and_kinds_lead_to_the_explorer(client: Client, q: str, address: str) -> None:
    result = _results(client, q)[0]
    assert result["address"] == address
    assert client.get(result["address"]).status_code == 200


def test_a_town_leads_to_its_projects(client: Client) -> None:
    result = _results(client, "karachi")[0]
    assert result["what"] == "Place, Pakistan, 1 project"
    assert "1 cable system" in client.get(result["address"]).text


def test_chinese(client: Client) -> None:
    result = _results(client, "kenya", lang="zh")[0]
    assert result["label"] == ["肯尼亚"] and result["name"] == ["", "Kenya", ""]
    assert result["lang"] == "zh"
    assert result["address"] == "/zh/country/KE"


@pytest.mark.parametrize("q", ["   ", "()*:^-", "🙂", "\u200f", "zzzzqqqq"])
def test_nothing_found_is_an_answer(client: Client, q: str) -> None:
    assert _results(client, q) == []
    assert client.get("/api/v1/search").json()["results"] == []


@pytest.mark.parametrize("q", ["<script>alert(1)</script>", "NEAR(a b)", '"', "a" * 10_000, "%ff", "%ed%a0%80", "%00"])
def test_the_answer_does_not_repeat_the_query(client: Client, q: str) -> None:
    raw = q if q.startswith("%") else quote(q)  # some of these bytes are not valid UTF-8
    response = client.get(f"/api/v1/search?q={raw}")
    assert response.status_code == 200
    assert set(response.json()) == {"release", "results"}
    assert "alert(1)" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_page_takes_as_many_characters_as_a_question(client: Client) -> None:
    """The page used to repeat a query of any length six times."""
    assert client.get("/search", params={"q": "a" * 200}).status_code == 200
    page = client.get("/search", params={"q": "a" * 60_000})
    assert page.status_code == 400 and len(page.text) < 20_000
    assert "q has at most 200 characters; shorten it." in page.text
    chinese = client.get("/zh/search", params={"q": "a" * 201})
    assert chinese.status_code == 400 and "has at most" not in chinese.text
    assert client.get("/api/v1/ask", params={"q": "a" * 201}).status_code == 400


def test_a_null_character_divides_words(client: Client) -> None:
    assert _results(client, "huawei\0kenya") == _results(client, "huawei kenya") != []


def test_answers_are_small_and_cacheable(client: Client, public_client: Client) -> None:
    response = public_client.get("/api/v1/search", params={"q": "a"})
    assert len(response.json()["results"]) == 8
    assert len(response.content) < 4_000
    assert response.headers["cache-control"] == "public, max-age=300"
    again = public_client.get("/api/v1/search", params={"q": "a"}, headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304
    assert len(_results(client, "a", size="20")) == 20


@pytest.mark.parametrize("more", [{"size": "0"}, {"size": "51"}, {"size": "x"}, {"lang": "tlh"}])
def test_invalid_parameters_are_reported(client: Client, more: dict[str, str]) -> None:
    response = client.get("/api/v1/search", params={"q": "a", **more})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_withheld_and_withdrawn_things_do_not_match(client: Client, public_client: Client) -> None:
    assert _results(client, "Geheimprojekt")
    for mark in SECRETS:
        assert mark not in str(_results(public_client, mark, size="50"))
    assert not [result for result in _results(public_client, "zurn uberwachung") if "Zürn" in str(result)]
    gone = canonical_id("open_projects:gone")
    assert gone not in str(_results(client, "taken back", size="50")) + str(_results(client, gone, size="50"))


def test_the_page_without_script(client: Client) -> None:
    page = client.get("/search", params={"q": "huawei"}).text
    assert "<bdi>Huawei" in page or "also Huawei" in page
    assert "Company, China" in page
    assert client.get("/search", params={"q": "a", "size": "5", "page": "2"}).status_code == 200
    assert "Nothing here has the name" in client.get("/search", params={"q": "zzzzqqqq"}).text
    assert "in any script" in client.get("/search").text


def test_names_of_sources_stay_text(client: Client) -> None:
    page = client.get("/search", params={"q": "script"}).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_an_id_leads_to_its_record(client: Client) -> None:
    identity = canonical_id("open_register:bank")
    assert client.get("/search", params={"q": identity}).headers["location"] == f"/record/{identity}"


@pytest.mark.parametrize(
    ("q", "label", "parameters"),
    [
        ("huawei technologies kenya", "Huawei Technologies in Kenya", "company={huawei}&country=KE"),
        ("kenya huawei technol", "Huawei Technologies in Kenya", "company={huawei}&country=KE"),
        ("submarine cable in pakistan", "Submarine cable in Pakistan", "kind=submarine-cable&country=PK"),
        ("肯尼亚 华为", "Huawei Technologies in Kenya", "company={huawei}&country=KE"),
    ],
)
def test_an_organisation_and_a_country_find_its_projects_there(client: Client, q: str, label: str, parameters: str) -> None:
    result = _results(client, q)[0]
    assert (result["type"], result["label"]) == ("projects", [label])
    assert result["address"] == "/explorer?" + parameters.format(huawei=canonical_id("secret_map:huawei"))
    assert f"{result['what'].partition(' ')[0]} " in client.get(result["address"]).text.partition('<div class="results-head">')[2]
    page = client.get(f"/search?q={quote(q)}").text
    assert label in page or 'class="asked"' in page, "an understood question has its answer in place of the pair"


def test_organisation_without_projects_in_a_country_says_so(client: Client) -> None:
    result = _results(client, "huawei technologies united states")[0]
    assert (result["label"], result["what"]) == (["Huawei Technologies in United States"], "no project")
    assert "No record here" in client.get(result["address"]).text


@pytest.mark.parametrize("q", ["kenya", "nothing kenya", "kenya kenya"])
def test_queries_without_subject_and_country_give_no_pair(client: Client, q: str) -> None:
    assert all(result["type"] != "projects" for result in _results(client, q))
