"""Overlaps of sources and dependence of countries, on pages and in the API, without sources that a reader may not see."""

from typing import Any

import pytest

from overt.index.release_preparation import find_release
from overt.release.overlaps.overlap_reader import read_overlaps
from overt.release.release_reader import Release
from tests.support.client import Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas


def groups(client: Client) -> dict[tuple[str, str, str], dict[str, Any]]:
    answer = client.get("/api/v1/overlaps")
    assert answer.status_code == 200
    return {(row["unit"], row["cut"], row["part"]): row for row in answer.json()["items"]}


def test_every_group_adds_up(client: Client) -> None:
    by_group = groups(client)
    assert {unit for unit, cut, _ in by_group if cut == "all"} >= {"project", "organization"}
    assert {cut for _, cut, _ in by_group} == {"all", "kind", "region", "period"}
    for group in by_group.values():
        assert sum(cell["things"] for cell in group["cells"]) == group["things"] > 0
        for source in group["sources"]:
            cells = [cell for cell in group["cells"] if source["source"] in cell["sources"]]
            assert source["things"] == sum(cell["things"] for cell in cells)
            assert source["alone"] == sum(cell["things"] for cell in cells if len(cell["sources"]) == 1)
        assert (group["verdict"] == "refused") == (group["low"] is None) and (group["reasons"] != []) == (
            group["verdict"] == "refused"
        )


def test_overlaps_equal_those_of_the_release_and_the_command(client: Client, atlas: SmallAtlas) -> None:
    with Release(find_release(atlas.workspace, atlas.release)) as released:
        rows = read_overlaps(released)
        [count] = released.rows(
            "SELECT count(DISTINCT id) AS n FROM claims WHERE type = 'project' AND standing = 'current' AND source <> 'editorial'"
        )
    assert [{"release": atlas.release, **group} for group in groups(client).values()] == rows
    assert groups(client)["project", "all", ""]["things"] == count["n"]


def test_others_see_nothing_of_sources_that_they_may_not(client: Client, public_client: Client) -> None:
    full, public = groups(client), groups(public_client)
    assert any(source["source"] == "secret_map" for source in full["project", "all", ""]["sources"])
    assert public["project", "all", ""]["things"] < full["project", "all", ""]["things"]
    for path in ("/api/v1/overlaps", "/sources", "/zh/sources", "/api/v1/countries/KE/dependence"):
        text = public_client.get(path).text
        if path.endswith("/sources"):  # the page also names what is left out
            text = text.partition('id="overlaps"')[2].partition('id="geography"')[0]
            assert "<details" in text
        assert not [mark for mark in (*SECRETS, "secret_map") if mark in text], path


@pytest.mark.parametrize("path", ["/api/v1/overlaps", "/api/v1/countries/KE/dependence"])
def test_there_are_no_pages_and_no_filters(client: Client, path: str) -> None:
    for name in ("cursor", "limit", "year"):
        answer = client.get(f"{path}?{name}=3")
        assert (answer.status_code, answer.json()["detail"]) == (400, f"This address has no such parameter: {name}.")


@pytest.mark.parametrize("code", ["ke", "ZZ", "Kenya", "KE%27"])
def test_an_unknown_country_is_not_one_without_records(client: Client, code: str) -> None:
    answer = client.get(f"/api/v1/countries/{code}/dependence")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no country of this code.")


def test_a_country_without_records_has_empty_lists(client: Client) -> None:
    answer = client.get("/api/v1/countries/NR/dependence").json()
    assert (answer["sectors"], answer["suppliers"], answer["cuts"]) == ([], [], [])
    assert {row["state"] for row in answer["cables"]} <= {"none recorded"}


def test_numbers_of_a_country_have_their_rows(client: Client) -> None:
    answer = client.get("/api/v1/countries/KE/dependence").json()
    assert answer["sectors"]
    for sector in answer["sectors"]:
        key = {name: sector[name] for name in ("sector", "year", "placed_only")}
        parts = [row for row in answer["suppliers"] if key.items() <= row.items()]
        assert sum(row["amount"] for row in parts) == pytest.approx(sector["amount"])
        assert {row["rows"] is None for row in parts} == {sector["year"] is not None}, "of all years together"
        for row in parts:
            assert row["year"] is not None or len(row["rows"]) == row["units"]


def test_the_section_lists_each_group_and_why_there_is_no_estimate(client: Client) -> None:
    page, chinese = (client.get(f"{base}/sources").text.partition('id="overlaps"')[2] for base in ("", "/zh"))
    for unit in ("project", "organization"):
        assert f'id="{unit}"' in page and f'id="{unit}"' in chinese
    assert "Why there is no estimate of what no source records:" in page
    assert "which no table can test" in page and "无法由任何表检验" in chinese
    assert "no estimate" not in page.partition("<table")[2].partition("<p")[0], "reasons are given once, not in each row"


@pytest.mark.parametrize("base", ["", "/zh"])
def test_the_old_page_redirects_to_the_section(client: Client, base: str) -> None:
    answer = client.get(f"{base}/overlaps")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{base}/sources#overlaps")
    chart = client.get("/overlaps/charts/overlap-project.svg")
    assert (chart.status_code, chart.headers["location"]) == (308, "/sources/charts/overlap-project.svg")
    assert client.get(chart.headers["location"]).headers["content-type"].startswith("image/svg+xml")
