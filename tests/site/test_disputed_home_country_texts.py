"""A seat on which sources disagree is written in the same way wherever pages name an organisation's country."""

import re
from typing import Any

import pytest

from overt.model.workspace import Workspace
from overt.queries.database import Reader, Row
from overt.queries.rows.records import Fact
from overt.server.app import ServeSettings, create_app
from overt.site.front.supplier_countries import _doubt
from overt.site.site import Site
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.page_text import marked, plain

BOTH = "Bulgaria or Israel; sources disagree"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with disputed home countries: of one of two suppliers of a system in Kenya, of its customer, and of a company."""
    atlas = Atlas(tmp_path_factory.mktemp("seats"), index=True)
    rows = make_statements("organization", "alder", name="Alder Interception", kind="company", country=["BG", "IL"])
    rows += make_statements("organization", "birch", name="Birch Optics", kind="company", country="SE")
    rows += make_statements("organization", "dogwood", name="Dogwood Tracing", kind="company", country=["AT", "BE", "CY", "DK"])
    rows += make_statements("project", "p", name="Interception system", kind="interception", country="KE", status="operational")
    for supplier in ("alder", "birch"):
        role = make_statements("role", f"role-{supplier}", project="alpha:p", organization=f"alpha:{supplier}", role="supplier")
        rows += role
    rows += make_statements("role", "role-customer", project="alpha:p", organization="alpha:cedar", role="customer")
    rows += make_statements("organization", "cedar", name="Cedar Police", kind="state-body", country=["BG", "IL"])
    rows += make_statements("project", "q", name="Phone system", kind="interception", country="BG", status="operational")
    rows += make_statements("role", "role-q", project="alpha:q", organization="alpha:alder", role="supplier")
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def client(made: Atlas) -> Client:
    return Client(create_app(ServeSettings(Workspace.open(made.root))))


@pytest.mark.parametrize("address", ["/companies", "/country/KE", "/explorer", "/search?q=Alder+Interception"])
def test_lists_and_tables_name_both_countries(client: Client, address: str) -> None:
    assert BOTH in plain(client.get(address).text)


@pytest.mark.parametrize("address", ["/companies", "/country/KE", "/explorer"])
def test_lists_and_tables_name_a_seat_on_which_sources_agree(client: Client, address: str) -> None:
    assert "Sweden" in plain(client.get(address).text)


def test_a_search_result_names_all_countries_of_a_disputed_seat(client: Client) -> None:
    text = plain(client.get("/search?q=Dogwood+Tracing").text)
    assert "Austria, Belgium, Cyprus or Denmark; sources disagree, no project" in text


def test_an_answer_reads_the_disputed_seats_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    names = list[str]()
    rows = Reader.rows

    def noted(reader: Reader, name: str, values: Any = (), **parts: str) -> list[Row]:
        names.append(name)
        return rows(reader, name, values, **parts)

    monkeypatch.setattr(Reader, "rows", noted)
    data = client.get("/api/v1/ask?q=where+are+suppliers+of+interception+in+Kenya+from").json()
    assert [item["detail"].rpartition("based in ")[2] for item in data["items"]] == [BOTH, "Sweden"]
    assert names.count("organizations.rival_seats") == 1


def test_the_page_of_the_organisation_links_both_countries(client: Client) -> None:
    page = client.get(f"/organization/{own_id('alpha:alder')}").text
    assert "Company based in Bulgaria1 or Israel1 (sources disagree)." in plain(page).replace("\u2060", ""), "each with its mark"
    seat = page.partition("<main")[2].partition("based in")[2].partition("(sources disagree)")[0]
    assert re.findall(r"/country/([A-Z]{2})", seat) == ["BG", "IL"]
    assert seat.count('class="evidence-mark') == 2, "each country has its sources"


def test_a_customers_disputed_seat_is_in_the_table_of_its_supplier(client: Client) -> None:
    page = client.get(f"/organization/{own_id('alpha:birch')}").text
    assert BOTH in plain(page.partition('id="clients"')[2].partition("</details>")[0])


def test_a_disputed_seat_is_named_although_the_project_is_in_one_of_the_countries(client: Client) -> None:
    lead = client.get(f"/project/{own_id('alpha:q')}").text.partition("<main")[2].partition("</section>")[0]
    assert f"Alder Interception ({BOTH})" in plain(lead)


@pytest.mark.parametrize("company", ["alder", "birch"])
def test_a_company_in_a_country_and_a_project_name_both_countries(client: Client, company: str) -> None:
    pages = [f"/organization/{own_id(f'alpha:{company}')}/in/KE", f"/project/{own_id('alpha:p')}"]
    texts = [plain(client.get(page).text) for page in pages]
    assert BOTH in texts[1] and "Sweden" in texts[1]
    assert (BOTH if company == "birch" else "Sweden") in texts[0], "the other supplier, with its country"


def test_an_answer_about_the_seat_names_both_countries(client: Client) -> None:
    assert f"Alder Interception ({BOTH})" in plain(client.get("/search?q=where+is+Alder+Interception+based").text)


def test_the_explorers_data_have_both_countries(client: Client) -> None:
    parties = client.get("/api/v1/explore/columns?lang=en").json()["parties"]
    assert dict(zip(parties["names"], parties["seats"], strict=True)) == {
        "Alder Interception": "BG IL", "Birch Optics": "SE", "Cedar Police": "BG IL"
    }  # fmt: skip


def test_chinese_pages_name_both_countries(client: Client) -> None:
    assert "保加利亚或以色列，来源说法不一" in plain(client.get("/zh/companies").text)


def test_a_supplier_with_a_disputed_seat_counts_for_no_country(shipped: Client) -> None:
    page = shipped.get("/").text
    assert "/companies?country=BG" not in page
    row = r'<th scope="row" class="bar-label">Bulgaria or Israel.*?class="bar( hollow)?".*?</tr>\s(.*?)</tr>'
    matched = re.search(row, page, re.S)
    assert matched and matched[1], "a hollow bar"
    words = marked(matched[2]).strip()
    assert re.match(r"all by Circles ?, affiliate of NSO Group \(Israel\) ?; sources disagree$", words), words


def test_a_disputed_seat_is_called_disputed(site: Site, shipped_reader: Reader) -> None:
    seat = Fact("ovt-a", "country", "BG", None, None, True, True, "stated", 2, 2, None, "", None, None, None)
    assert _doubt(site, shipped_reader, seat) == "sources disagree on where it is based"
    assert _doubt(site, shipped_reader, None) == ""
