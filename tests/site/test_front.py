"""The front page, the list of findings, the order of the explorer's table, and the page of what is blocked."""

import re

import pytest

from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.findings import Finding
from overt.site.front import map_note as notes
from overt.site.front.map_note import map_note
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


def test_the_note_at_the_map_adds_up_to_all_projects(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = {"rows": [{"country": "KE", "value": 4}, {"country": "CN", "value": 2}]}
    finding = Finding(**dict.fromkeys(Finding._fields) | {"name": "systems", "chart": chart})  # type: ignore[arg-type]
    assert map_note(reader, finding) is None or figures.find(reader, "deployments-by-supplier")
    monkeypatch.setattr(notes, "_FIGURE", "test-projects")
    note = map_note(reader, finding)
    assert note and note.systems > 0 and note.systems + sum(note.more) == 14
    assert note.home_systems == 2


def test_the_lead_of_the_explorer_names_groups_that_add_up(client: Client) -> None:
    lead = re.compile(r'id="answer" data-live>(.*?)</p>', re.S)
    for address, projects in (("/explorer", 14), ("/zh/explorer", 14), ("/explorer?country=KE", 3)):
        match = lead.search(client.get(address).text)
        assert match
        parts = re.sub("<[^>]+>", "", match[1]).replace("：", ":").rpartition(":")[2]
        assert sum(map(int, re.findall(r"\d+", parts))) == projects, address
    only = lead.search(client.get("/explorer?kind=5g-network").text)
    assert only and only[1].endswith("of 14 in this release."), "one group needs no parts"


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
