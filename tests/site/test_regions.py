"""Regions on the site, in the APIs and in filters: all count the members on the release's day."""

import re

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import countries, regions
from overt.queries.database import Reader
from overt.queries.full_details.figures_with_details_or_in_region import NOT_BY_REGION, figures_in_region
from tests.support.client import Client

HUAWEI = canonical_id("secret_map:huawei")


def projects_in(client: Client, query: str) -> set[str]:
    return {item["id"] for item in client.get(f"/api/v1/projects?{query}&limit=1000").json()["items"]}


def test_a_region_has_the_projects_of_its_members(client: Client, reader: Reader) -> None:
    for region in ("african-union", "asean", "eastern-africa", "sco"):
        codes = [code for code in regions.members(reader, region) if countries.find(reader, code)]
        expected = set().union(*(projects_in(client, f"country={code}") for code in codes))
        assert expected and projects_in(client, f"region={region}") == expected, region


def test_filters_combine_and_take_names(client: Client) -> None:
    both = projects_in(client, "region=african-union&region=asean")
    assert both == projects_in(client, "region=AU") | projects_in(client, "region=东盟")
    assert projects_in(client, "region=asean&country=KE") == projects_in(client, "region=asean") & projects_in(
        client, "country=KE"
    )
    answer = client.get("/api/v1/projects?region=aseam")
    assert (answer.status_code, answer.json()["detail"]) == (400, "region: “aseam” is not a region’s id, as in asean.")
    assert client.get("/api/v1/projects?region=brics").json()["total"] == len(projects_in(client, "region=brics"))


def test_the_interface_for_maps_has_the_filter(client: Client) -> None:
    features = client.get("/ogc/collections/projects/items?f=json&region=asean&limit=1000").json()["features"]
    assert {feature["id"] for feature in features} == projects_in(client, "region=asean")
    assert "region" in client.get("/ogc/collections/projects/queryables?f=json").json()["properties"]


def test_names_in_the_explorer_become_codes_and_ids(client: Client) -> None:
    for query, address in (
        ("country=Kenya&region=EU", "/explorer?country=KE&region=european-union"),
        ("region=ASEAN", "/explorer?region=asean"),
    ):
        answer = client.get(f"/explorer?{query}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (308, address)
    page = client.get("/explorer?region=eastern-africa").text
    assert "Eastern Africa" in page
    west, south, east, north = map(float, re.findall('data-bounds="([^"]+)"', page)[0].split(","))
    assert -10 < west < 35 < east < 75 and -55 < south < -10 < 5 < north < 30
    assert "data-bounds" not in client.get("/explorer").text


@pytest.mark.ci
def test_every_region_has_a_page_that_begins_with_the_answer(client: Client, reader: Reader) -> None:
    for row in regions.all_counts(reader):
        page = client.get(f"/region/{row.id}").text
        lead = re.findall('<p class="lead">(.*?)</p>', page, re.DOTALL)[0]
        if row.projects:
            assert f">{row.projects:,} project" in lead and f"/explorer?region={row.id}" in lead, row.id
        else:
            assert "not evidence of absence" in lead, row.id


def test_a_page_has_its_members_with_dates_and_documents(client: Client) -> None:
    page = client.get("/region/asean").text
    assert re.search(r'<a href="/country/LA">Laos</a></th><td class="nowrap"[^>]*>23 July 1997</td>', page)
    assert "11 members on" in page and 'href="https://www.trtworld.com/article/' in page and "checked on 28 November 2026" in page
    assert 'id="past"' not in page
    left = client.get("/region/european-union").text
    assert re.search(r'id="past".*<a href="/country/GB">United Kingdom</a>: .*31 January 2020', left, re.DOTALL)
    assert "/country/GB" not in left.partition('id="countries"')[2].partition('id="past"')[0]
    chinese = client.get("/zh/region/asean").text
    assert "东南亚国家联盟，1967年8月8日成立" in chinese and "ASEAN" in chinese


def test_a_country_links_to_its_regions_and_the_list_to_all(client: Client) -> None:
    assert 'href="/region/eastern-africa"' in client.get("/country/KE").text
    assert 'href="/regions"' in client.get("/countries").text
    listed = set(re.findall('href="/region/([^"]+)"', client.get("/regions").text))
    assert len(listed) == 37


@pytest.mark.parametrize(("path", "target"), [("EU", "european-union"), ("Southeast Asia", "south-east-asia"), ("金砖", "brics")])
def test_a_name_leads_to_the_page(client: Client, path: str, target: str) -> None:
    answer = client.get(f"/region/{path}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/region/{target}")
    assert client.get("/region/nowhere").status_code == 404


def test_the_search_finds_regions(client: Client) -> None:
    results = client.get("/api/v1/search?q=gulf cooperation").json()["results"]
    assert [(row["type"], row["address"]) for row in results][:1] == [("region", "/region/gcc")]


def test_programs_get_regions_with_dates(client: Client) -> None:
    body = client.get("/api/v1/regions").json()
    assert len(body["items"]) == 37 and body["day"] <= "2026-11-28"
    union = client.get("/api/v1/regions/european-union").json()
    britain = next(member for member in union["members"] if member["area"] == "GB")
    assert britain == {"area": "GB", "joined": "1973-01-01", "left": "2020-01-31", "current": False, "listed": True}
    assert union["projects"] == client.get("/api/v1/projects?region=european-union").json()["total"]
    assert union["documents"][0]["checked"] == "2026-11-28"
    assert client.get("/api/v1/regions/nowhere").status_code == 404


def test_figures_count_rows_in_a_region(reader: Reader, client: Client) -> None:
    by_name = {figure["name"]: figure for figure in figures_in_region(reader, "r", "african-union")}
    everywhere = client.get("/api/v1/figures/test-projects").json()
    inside = {row["unit_id"] for row in everywhere["rows"]} & projects_in(client, "region=african-union")
    assert inside and by_name["test-projects"]["value"] == len(inside)
    assert by_name["test-projects"]["everywhere"] == everywhere["value"]
    named = {row["unit_id"] for row in client.get("/api/v1/figures/test-countries").json()["rows"]}
    assert by_name["test-countries"]["value"] == len(named & set(regions.members(reader, "african-union")))
    unplaced = [figure for figure in by_name.values() if figure["status"] == NOT_BY_REGION]
    assert all(figure["value"] is None and not figure["rows"] for figure in unplaced)
