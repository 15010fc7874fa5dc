"""What registers contain besides projects: denials, state programmes, and articles without a number."""

import re

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.site.test_country import section
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id

PROJECT, LAW = own_id("alpha:cameras"), own_id("alpha:law")
VENDOR, POLICE = own_id("alpha:vendor"), own_id("alpha:police")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a deployment that its vendor denies, two programmes of one state, and a law with an unnumbered article."""
    atlas = Atlas(tmp_path_factory.mktemp("statements"))
    rows = [
        *make_statements("organization", "vendor", name="Quillwater Optics"),
        *make_statements("organization", "police", name="Alderton police"),
        *make_statements("project", "cameras", name="Cameras", kind="video-surveillance", country="KE", status="operational"),
        *make_statements("project", "towers", name="Towers", kind="mobile-network", country="KE"),
        *make_statements(
            "statement", "s", about="alpha:cameras", by="alpha:vendor", kind="denial", date="2024-05-24", note="It sold nothing."
        ),
        *make_statements(
            "programme", "eyes", name="Quiet Eyes", kind="video-surveillance", country="CN", operator="alpha:police"
        ),
        *make_statements("programme", "aid", name="Villages aid", kind="export", country="CN", start="2015"),
        *make_statements("agreement", "law", name="Bramble law", kind="law", **{"party-country": "UG", "status": "in-force"}),
        *make_statements("provision", "p", agreement="alpha:law", note="Names must be real.", topic="real-name-registration"),
    ]
    for number, (project, organization, role) in enumerate(
        (("cameras", "vendor", "supplier"), ("towers", "vendor", "financier"), ("cameras", "police", "customer"))
    ):
        rows += make_statements(
            "role", f"r{number}", project=f"alpha:{project}", organization=f"alpha:{organization}", role=role,
            **{"known-from": "leaked-file"},
        )  # fmt: skip
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def client(atlas: Atlas) -> Client:
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def test_a_denial_stands_on_the_page_of_the_project(client: Client) -> None:
    page = client.get(f"/project/{PROJECT}").text
    denial = page.partition('<p class="system-statement system-dispute">')[2].partition("</p>")[0]
    assert (
        "Disputed by <bdi>Quillwater Optics</bdi>" in denial
        and "Denial" not in denial
        and "24 May 2024" in denial
        and "It sold nothing." in denial
    )
    assert "It sold nothing." not in section(page, "known")
    assert "system-dispute" not in client.get(f"/project/{own_id('alpha:towers')}").text
    assert "It sold nothing." in client.get(f"/zh/project/{PROJECT}").text


def test_the_first_sentence_names_who_ordered_it(client: Client) -> None:
    lead = re.findall('<p class="lead">(.*?)</p>', client.get(f"/project/{PROJECT}").text, re.DOTALL)[0]
    assert "1 separate source</a> names <a" in lead and f'<a href="/organization/{POLICE}">' in lead.partition(", for ")[2]


def test_a_status_without_a_date_is_called_undated(client: Client) -> None:
    head = client.get(f"/project/{PROJECT}").text.partition('<p class="lead">')[2].partition("<h2")[0]
    assert re.search(r'class="chip chip--operational">Operational</span> <span class="[^"]*">undated</span>', head)


def test_a_country_lists_the_programmes_of_its_state(client: Client) -> None:
    programmes = section(client.get("/country/CN/programmes").text, "programmes")
    assert f"/record/{own_id('alpha:eyes')}" in programmes and f"/organization/{POLICE}" in programmes
    assert programmes.index("Villages aid") < programmes.index("Quiet Eyes"), "those without a date come last"
    page = client.get("/country/CN").text
    assert "1 state surveillance programme is documented" in page, "only one of them is of surveillance"
    tile = re.search(r'<li><a href="/country/CN/programmes">(?:(?!</a>).)*</a>', page, re.DOTALL)
    assert tile and "0" in tile[0] and "1 state programme" in tile[0], "no project, and the programme beside it"
    assert "/country/KE/programmes" not in client.get("/country/KE").text


def test_the_search_finds_programmes(client: Client) -> None:
    assert f"/record/{own_id('alpha:eyes')}" in client.get("/search?q=quiet eyes").text


def test_an_article_without_a_number_is_listed(client: Client) -> None:
    page = client.get(f"/agreement/{LAW}").text
    assert "1 of its provisions is on record" in page
