"""The front page, the list of findings, the order of the explorer's table, and the page of what is blocked."""

import pytest

from tests.support.client import Client


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/?kind=5g-network", "/explorer?kind=5g-network"),
        ("/?country=KE&sort=year&order=asc", "/explorer?country=KE&sort=year&order=asc"),
        ("/zh/?q=kenya", "/zh/explorer?q=kenya"),
    ],
)
def test_old_addresses_with_filters_lead_to_the_explorer(client: Client, old: str, new: str) -> None:
    answer = client.get(old)
    assert answer.is_redirect
    assert answer.headers["location"] == new
    assert client.get(new).status_code == 200


def test_other_parameters_stay_on_the_front_page(client: Client) -> None:
    assert client.get("/?utm_source=mail").status_code == 200


def test_a_release_without_findings_leads_on(client: Client) -> None:
    page = client.get("/").text
    assert "This release supports no finding yet." in page
    assert 'href="/explorer"' in page
    assert "14 projects" in page, "the number of projects is computed"


def test_the_list_says_why_findings_are_missing(client: Client) -> None:
    page = client.get("/findings").text
    assert 'Source not loaded: <bdi lang="">aigs_2019</bdi>.' in page
    assert "Withdrawn: its numbers don’t support it." in page
    assert client.get("/finding/sixty-three").text.partition("<main")[2].count("isn’t loaded") == 1


def test_surveillance_and_censorship_come_first_in_the_explorer(client: Client) -> None:
    page = client.get("/explorer").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    signs = [part.partition('"')[0] for part in table.split('class="sign sign--')[1:]]
    first = [sign in ("surveillance", "censorship") for sign in signs]
    assert True in first and False in first
    assert first == sorted(first, reverse=True)


def test_what_is_blocked_leads_to_countries(client: Client) -> None:
    page = client.get("/blocked").text
    assert 'href="/country/KE/restrictions"' in page
    assert 'href="/domain"' in page
