"""Pages: where links lead, and what the main pages say."""

import re

import pytest

from overt.model.record_ids import canonical_id
from tests.support.client import Client
from tests.support.crawl import START_PAGES, Crawled, broken_anchors
from tests.support.small_atlas import SmallAtlas


def test_every_link_leads_somewhere(crawled: Crawled) -> None:
    pages, statuses = crawled
    assert len(pages) > 400
    assert {path: status for path, status in statuses.items() if status not in (200, 308)} == {}
    assert broken_anchors(pages) == []


def test_every_value_leads_to_its_claims_and_every_claim_to_its_places(crawled: Crawled) -> None:
    pages, _ = crawled
    marks = [
        (page.path, target)
        for page in pages.values()
        for target in re.findall(r'class="evidence-mark[^"]*" href="([^"]*)"', page.html)
        if page.path != "/method"
    ]
    assert len(marks) > 300
    claims = [page for path, page in pages.items() if path.startswith("/claim/")]
    for path, target in marks:
        assert re.match(
            r"/claim/[0-9a-f]{32}$|(/(project|organization|agreement|record)/ovt-[a-z2-7]{12})?#claim|#(rows|roles)$|/country/[A-Z]{2}/money$",
            target,
        ), (path, target)
    assert len(claims) > 200
    for page in claims:
        assert "SHA-256" in page.text or "editors" in page.text, page.path


def test_country_page(client: Client) -> None:
    page = client.get("/country/KE").text
    for words in (
        'Projects <span class="tab-count">3</span>',
        "Surveillance and censorship systems</h2>",
        "$100 m",
        "Freedom on the Net",
        "Shutdown",
        "What we don’t know",
    ):
        assert words in page, words
    assert "肯尼亚" not in page and '<bdi class="other-name" lang="en">Kenya</bdi>' in client.get("/zh/country/KE").text
    assert client.get("/country/FR").status_code == 200, "a country without a record is a page that says so"
    assert "not evidence of absence" in client.get("/country/FR").text


def test_figure_page(client: Client) -> None:
    page = client.get("/figure/test-money").text
    assert "$1.09 bn" in page and "$1,087,654,321" not in page.split("figure-value")[0]
    assert "SELECT id AS unit_id" in page
    assert "To the cent: $1,087,654,321.50 in constant prices of 2021." in page
    assert "counts in each" not in page, "its groups add up to the whole"
    count = client.get("/figure/test-projects").text
    assert "Computed from files retrieved by 3 February 2026." in count and "as of" not in count
    assert '<a href="#rows">Rows</a>' in count, "a plain link; the mark elsewhere is the number of sources"
    listed = count.partition('id="rows"')[2]
    [rows] = re.findall(r'<p class="section-note">(\d+) rows(?: counted of \d+ examined)?\.', listed)
    table = listed.partition("</table>")[0]
    assert int(rows) == table.count('<tr><th scope="row">'), "all rows are on the page"
    statement = " ".join(re.sub("<[^>]*>", "", count.partition('id="others"')[2].partition("</section>")[0]).split())
    assert "What others say" in count and "at least 63: " in statement and "Our number does not fit this." in statement
    assert "p. 4" in statement


def test_a_place_names_the_document_that_it_cites(client: Client) -> None:
    treaty = client.get(f"/api/v1/records/{canonical_id('open_register:treaty')}").json()
    claim = treaty["claims"][0]
    report = canonical_id("open_register:report")
    assert claim["evidence"][0]["document"] == report
    places = client.get(f"/claim/{claim['claim_id']}").text.partition("<h1")[2]
    [card] = re.findall(r'<li class="document-card"[^>]*>(.*?)</li>', places.partition("How Overt recorded it")[0], re.DOTALL)
    assert "<bdi>A report" in card and f'<a href="/record/{report}">' in card


def test_a_table_of_countries_names_them_once(client: Client) -> None:
    rows = client.get("/figure/test-countries").text.partition('id="rows"')[2]
    assert rows.count('<th scope="col">Country</th>') == 1


def test_the_first_sentence_counts_cables_apart(client: Client) -> None:
    page = client.get("/explorer").text
    text = " ".join(re.sub("<[^>]*>", "", page).split())
    groups = "10 of surveillance or censorship, 4 networks, data centres or cables."
    assert f"14 projects in 5 countries, each with its evidence: {groups}" in text


def test_pages_name_their_release(client: Client, atlas: SmallAtlas) -> None:
    for path in START_PAGES:
        assert atlas.release in client.get(path).text
    assert "A first release" in client.get("/releases").text


def test_a_search_that_finds_nothing_has_its_map(client: Client) -> None:
    page = client.get("/explorer?q=nothing+is+called+so").text
    assert "<strong>0 projects</strong>" in page
    assert ("built/map.js" in page) == ("built/map.js" in client.get("/explorer").text)


@pytest.mark.parametrize("name", ["Kenya", "Republic of Kenya", "肯尼亚", "ke"])
def test_the_name_of_a_country_leads_to_its_page(client: Client, name: str) -> None:
    answer = client.get(f"/country/{name}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/country/KE")
    assert client.get("/country/Congo", follow_redirects=False).status_code == 404
