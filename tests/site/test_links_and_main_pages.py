"""Pages: where links lead, what the main pages say, filters and sorting, and what a reader sees if there is no data."""

import csv
import re
from pathlib import Path

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.crawl import START_PAGES, Crawled, broken_anchors
from tests.support.landmarks import dangling_names, repeated_regions
from tests.support.small_atlas import SmallAtlas, make_atlas

HUAWEI = canonical_id("secret_map:huawei")
NAIROBI = canonical_id("secret_map:nairobi")
CABLE = canonical_id("open_projects:cable")


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


def test_no_page_has_two_regions_of_one_name(crawled: Crawled) -> None:
    pages, _ = crawled
    repeated = {path: names for path, page in pages.items() if (names := repeated_regions(page.html))}
    assert repeated == {}
    twice = '<section aria-label="A"></section><h2 id="b">A</h2><div role="region" aria-labelledby="b"></div>'
    assert repeated_regions(twice) == ["A"]


def test_every_region_that_an_element_names_has_it_on_its_page(crawled: Crawled) -> None:
    pages, _ = crawled
    assert {path: ids for path, page in pages.items() if (ids := dangling_names(page.html))} == {}
    assert dangling_names('<h2 id="a">A</h2><section aria-labelledby="a"></section><section aria-labelledby="b"></section>') == [
        "b"
    ]


def test_merged_ids_lead_to_the_thing_they_are(client: Client) -> None:
    for record, target in (
        ("open_projects:huawei", f"/organization/{HUAWEI}"),
        ("open_register:huawei", f"/organization/{HUAWEI}"),
        ("other_projects:safe-city-nairobi", f"/project/{NAIROBI}"),
    ):
        for kind in ("project", "organization", "record"):
            answer = client.get(f"/{kind}/{canonical_id(record)}")
            assert (answer.status_code, answer.headers["location"]) == (308, target)
            assert "immutable" not in answer.headers["cache-control"]
    assert client.get(f"/project/{HUAWEI}").headers["location"] == f"/organization/{HUAWEI}"
    assert client.get("/country/ke").headers["location"] == "/country/KE"
    assert client.get(f"/search?q={CABLE}").headers["location"] == f"/record/{CABLE}"


def test_the_reason_of_a_withdrawal_is_public(client: Client, public_client: Client) -> None:
    for reader in (client, public_client):
        gone = reader.get(f"/project/{canonical_id('open_projects:gone')}")
        assert gone.status_code == 410
        assert "Reason: <bdi>The publisher took it back" in gone.text


def test_withdrawn_and_unknown(client: Client) -> None:
    gone = client.get(f"/project/{canonical_id('open_projects:gone')}")
    assert gone.status_code == 410
    assert "taken back" in gone.text
    for path in (
        "/project/ovt-aaaaaaaaaaaa",
        "/country/QQ",
        "/figure/none",
        "/source/none",
        "/claim/00",
        "/nothing",
        "/project/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "<h1>Not found</h1>" in answer.text


def test_a_page_with_merge_dispute_and_withdrawal(client: Client) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    assert "evidence-mark contested" in page or "hollow contested" in page
    assert 'class="rival"' in page
    assert "Merged records" in page
    assert "Same city and year" in page
    assert "An Editor" not in page, "pages name no private person"
    assert "Taken from a text by an automatic rule (<bdi>title-kinds@1</bdi>: The title names the kind)" in page
    assert "$100 m" in page and "$100,000,000.5" in page


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


def test_filters_mean_the_same_everywhere(client: Client, reader: Reader) -> None:
    for query, selection in (
        ("kind=telecom-ict", ProjectFilter(kind=("telecom-ict",))),
        ("kind=surveillance&country=KE", ProjectFilter(kind=("surveillance",), country=("KE",))),
        ("country=KE&country=LA", ProjectFilter(country=("KE", "LA"))),
        (f"company={HUAWEI}", ProjectFilter(company=(HUAWEI,))),
        ("q=华为", ProjectFilter(q="华为")),
        ("year_from=2012&year_to=2015", ProjectFilter(year_from=2012, year_to=2015)),
        ("status=unknown", ProjectFilter(status=("unknown",))),
        ("located=no", ProjectFilter(located=False)),
        ("bbox=60,20,70,30", ProjectFilter(box=(60, 20, 70, 30))),
        ("bbox=170,-90,40,90", ProjectFilter(box=(170, -90, 40, 90))),
    ):
        totals = projects.totals(reader, selection)
        expected = totals.projects
        assert expected, query
        only_cables = totals.cables == expected
        counted_in = "1 cable system" if only_cables else f"{expected} project"
        page = client.get(f"/explorer?{query}").text
        heading = page[page.index("<h2>", page.index('class="results-head"')) :].partition("</h2>")[0]
        assert heading.startswith(f"<h2>{counted_in}"), query
        counted = client.get(f"/api/v1/map/countries?{query}").json()["countries"]
        assert sum(row["projects"] for row in counted) >= expected
        lines = client.get(f"/projects.csv?{query}").text.count("\r\novt-")
        assert lines == expected, query
    assert projects.totals(reader, ProjectFilter(kind=("telecom-ict",))).projects == 2, "narrower kinds are found by the broader"


def test_a_download_names_every_organisation(client: Client) -> None:
    rows = csv.DictReader(client.get("/projects.csv?status=denied").text.removeprefix("\ufeff").splitlines())
    (row,) = [row for row in rows if row["name"] == "Denied data centre"]
    assert row["organization_role"].count("(supplier)") == 4
    assert "Export Bank of Ruritania (supplier); Huawei" in row["organization_role"]


BAD = (
    "kind=nope", "country=kenyas", "company=1", "year_from=12", "size=201", "size=-1", "page=0", "page=x", "sort=id", "order=up",
    "bbox=1,2", "bbox=nan,0,0,0", "kind=a&" * 50, "source=x", "status=x", "layer=x", "page=99999999999999999999",
)  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_bad_parameters_are_named(client: Client, query: str) -> None:
    answer = client.get(f"/explorer?{query}")
    assert answer.status_code == 400
    assert "That cannot be read" in answer.text


def test_sorting_and_pages(client: Client) -> None:
    names = re.findall(r'<a href="/project/(ovt-\w+)"><bdi', client.get("/explorer?sort=name&order=asc&size=5").text)
    more = re.findall(r'<a href="/project/(ovt-\w+)"><bdi', client.get("/explorer?sort=name&order=asc&size=5&page=2").text)
    assert len(names) == len(more) == 5
    assert not set(names) & set(more)
    for sort in ("name", "year", "status", "country", "sources"):
        for order in ("asc", "desc"):
            assert client.get(f"/explorer?sort={sort}&order={order}").status_code == 200
    assert "fewer pages" in client.get("/explorer?page=99").text


@pytest.mark.slow
def test_empty_atlas(tmp_path: Path) -> None:
    everything = frozenset({"secret_map", "open_register", "open_projects", "other_projects", "editorial"})
    workspace, release = make_atlas(tmp_path / "atlas", without=everything)
    client = Client(create_app(ServeSettings(workspace, release)))
    for path in START_PAGES:
        assert client.get(path).status_code == 200
    assert "There is no project in this edition" in client.get("/explorer").text
    assert "This edition has no source" in client.get("/sources").text
    assert client.get("/api/v1/map/places").json() == {"type": "FeatureCollection", "features": []}


def test_pages_name_their_release(client: Client, atlas: SmallAtlas) -> None:
    for path in START_PAGES:
        assert atlas.release in client.get(path).text
    assert "A first release" in client.get("/releases").text


def test_companies_by_their_part_and_where(client: Client) -> None:
    """Both filters must hold for the same project.

    An organisation that supplies in one country and owns in another doesn't own in the first.
    """

    def named(query: str) -> set[str]:
        return set(re.findall('<th scope="row"><a href="/organization/(ovt-[a-z2-7]+)"', client.get(f"/companies?{query}").text))

    every = named("size=200")
    suppliers, in_kenya = named("role=supplier&size=200"), named("active=KE&size=200")
    assert HUAWEI in suppliers & in_kenya and suppliers < every and in_kenya < every
    both = named("role=supplier&active=KE")
    assert HUAWEI in both and both <= suppliers & in_kenya
    page = client.get("/companies?role=supplier&active=KE").text
    assert '<option value="supplier" selected>' in page and "role=supplier&amp;active=KE&amp;sort=" in page
    assert client.get("/companies?role=nonsense").status_code == client.get("/companies?active=QQ").status_code == 400


def test_marks_say_in_words_what_they_are(client: Client) -> None:
    for base, layer, known in (("", "Surveillance: ", "located only to a town"), ("/zh", "监控：", "仅知城镇")):
        titles = re.findall("<title>([^<]*)</title><use ", client.get(f"{base}/country/DE").text)
        assert any(title.startswith(layer) for title in titles), titles
        every = " ".join(re.findall("<title>([^<]*)</title><use ", client.get(f"{base}/explorer").text))
        assert known in every
    assert '<span class="sign sign--surveillance" aria-hidden="true" title="监控">' in client.get("/zh/country/DE").text


def test_a_search_that_finds_nothing_has_its_map(client: Client) -> None:
    page = client.get("/explorer?q=nothing+is+called+so").text
    assert "<strong>0 projects</strong>" in page
    assert ("built/map.js" in page) == ("built/map.js" in client.get("/explorer").text)


@pytest.mark.parametrize("name", ["Kenya", "Republic of Kenya", "肯尼亚", "ke"])
def test_the_name_of_a_country_leads_to_its_page(client: Client, name: str) -> None:
    answer = client.get(f"/country/{name}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/country/KE")
    assert client.get("/country/Congo", follow_redirects=False).status_code == 404
