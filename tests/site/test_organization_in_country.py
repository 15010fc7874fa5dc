"""Answers about an organisation in a country, and other pairs: equal on pages, in the API, in files and in an edition."""

import csv
import io
import re

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.queries import pair_answers
from overt.queries.database import Reader
from overt.site.country.projects_with_details import country_projects
from overt.site.organization_in_country.naming_documents import naming_documents
from overt.site.organization_in_country.other_suppliers import other_suppliers
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import plain
from tests.support.static_edition import Edition

HUAWEI = canonical_id("secret_map:huawei")
BANK = canonical_id("open_register:bank")


def text_of(page: str) -> str:
    return plain(page.partition("<main")[2])


def test_page_interface_and_release_say_the_same(client: Client, reader: Reader) -> None:
    listed = client.get("/api/v1/answers?limit=1000").json()
    pairs = [(item["organization"], item["country"]) for item in listed["items"]]
    assert listed["total"] == len(pairs) == len(set(pairs)) > 3
    for item in listed["items"]:
        row = pair_answers.find(reader, item["organization"], item["country"])
        assert row is not None
        assert {name: item[name] for name in row._fields if name != "label_lang"} == {
            name: value for name, value in row._asdict().items() if name != "label_lang"
        }
        for base, sentence, named in (("", "sentence", " as supplier of "), ("/zh", "sentence_zh", "的供应方")):
            page = client.get(f"{base}{item['page']}")
            assert page.status_code == 200
            lead = plain(page.text.partition('<p class="lead">')[2].partition("</p>")[0])
            supplied, spoken = item["supplied"] + item["cables_supplied"], re.sub(r"\s+", " ", item[sentence])
            uncounted = {"": "counted: ", "/zh": "未计入："}[base]
            assert lead == spoken or (named in lead if supplied else item["not_built"] and uncounted in lead)
            if lead != spoken and supplied and not base:
                groups = lead.partition(named)[2].partition(" in ")[0]
                assert sum(map(int, re.findall(r"\d+", groups))) == supplied, "the groups add up to what the release says"
        rows = list(csv.DictReader(io.StringIO(client.get(f"{item['page']}.csv").text.lstrip("\ufeff"))))
        counted = [line for line in rows if line["type"] == "project" and line["counted"] == "true"]
        assert len(counted) == item["projects"]
        assert len([line for line in rows if line["type"] == "project"]) == item["projects"] + item["not_built"]
        assert len({line["date"] for line in rows if line["type"] == "assessment"}) == len(item["index_years"])


def test_a_page_says_what_a_date_is_and_who_finances(client: Client, reader: Reader) -> None:
    dated = [row for row in pair_answers.projects(reader, HUAWEI, "KE") if row.date]
    assert dated and {row.dated for row in dated} <= {"agreed", "construction-start", "started", "operational", "completed"}
    markup = client.get(f"/organization/{HUAWEI}/in/KE").text
    page, properties = text_of(markup), Catalogue().schema.types["project"].properties
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip().casefold() for cell in re.findall(r'data-label="When">(.*?)</td>', markup, re.DOTALL)
    ]
    for row in dated:
        assert row.dated and any(cell.startswith(f"{properties[row.dated].label.casefold()} ") for cell in cells), (row, cells)
    assert "financed by " in page
    opening = re.sub(r"<[^>]+>", "", markup.partition('<p class="company-identity">')[2].partition("</p>")[0])
    assert "Company based in China" in opening and re.search(r"It is on 1 official list that Overt has: .+ \(since ", opening)


def test_chinese_sentences_mark_the_name_and_the_publisher(client: Client) -> None:
    holding = canonical_id("secret_map:zurn")
    page = client.get(f"/zh/organization/{holding}/in/DE").text
    name = '<bdi lang="">Zürn Überwachung Holding</bdi>'
    assert f"数字为指明{name}参与" in page and f'<h2 id="countries">{name}出现在' in page
    assert re.search(r'<p class="lead"><bdi lang="">Secret Map [^<]+</bdi>将<bdi lang="">Zürn', page)


def test_filters_of_the_interface(client: Client) -> None:
    every = client.get("/api/v1/answers?limit=1000").json()["items"]
    kenya = client.get("/api/v1/answers?area=KE").json()["items"]
    assert kenya == [item for item in every if item["country"] == "KE"] != []
    assert client.get("/api/v1/answers?area=eastern-africa&area=KE").json()["total"] >= len(kenya)
    strengths = {item["strength"] for item in every}
    for strength in strengths:
        chosen = client.get(f"/api/v1/answers?strength={strength}&limit=1000").json()["items"]
        assert chosen == [item for item in every if item["strength"] == strength]
    kinds = {kind for item in every for kind in item["kind"]}
    for kind in kinds:
        chosen = client.get(f"/api/v1/answers?kind={kind}&limit=1000").json()["items"]
        assert chosen == [item for item in every if kind in item["kind"]]
    refused = client.get("/api/v1/answers?area=Atlantis")
    assert (refused.status_code, refused.json()["detail"].split(":")[0]) == (400, "area")


def test_pages_of_a_list(client: Client) -> None:
    every = client.get("/api/v1/answers?limit=1000").json()["items"]
    read, address = [], "/api/v1/answers?limit=2"
    while address:
        page = client.get(address)
        read += page.json()["items"]
        address = f"/api/v1/answers?limit=2&cursor={page.json()['next']}" if page.json()["next"] else ""
    assert read == every


def test_other_pairs(client: Client) -> None:
    for name, parameter in (
        ("organization-kinds", f"organization={HUAWEI}"),
        ("country-kinds", "area=KE"),
        ("lenders", "area=KE"),
    ):
        items = client.get(f"/api/v1/answers/{name}?{parameter}").json()["items"]
        assert items and all(item["sentence"] and item["sentence_zh"] for item in items), name
    every = client.get("/api/v1/answers/country-kinds?limit=1000").json()["items"]
    first = client.get("/api/v1/answers/country-kinds?limit=1").json()
    second = client.get(f"/api/v1/answers/country-kinds?limit=1&cursor={first['next']}").json()
    assert [*first["items"], *second["items"]] == every[:2]


@pytest.mark.parametrize("path", ["answers", "answers/organization-kinds", "answers/lenders"])
def test_an_unknown_organisation_is_refused(path: str, client: Client) -> None:
    project = client.get("/api/v1/projects?limit=1").json()["items"][0]["id"]
    for identity in ("unknown", "ovt-zzzzzzzzzzzz", project):
        refused = client.get(f"/api/v1/{path}?organization={HUAWEI}&organization={identity}")
        assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")
        assert identity in refused.json()["detail"]
    assert client.get(f"/api/v1/{path}?organization={HUAWEI}").status_code == 200


def test_addresses_are_found_in_other_spellings(client: Client) -> None:
    for code in ("ke", "Kenya", "肯尼亚"):
        answer = client.get(f"/organization/{HUAWEI}/in/{code}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/organization/{HUAWEI}/in/KE"), code
    assert client.get(f"/organization/{HUAWEI}/in/Atlantis").status_code == 404
    assert client.get("/organization/ovt-aaaaaaaaaaaa/in/KE").status_code == 404


def test_a_page_without_a_record_says_so(client: Client) -> None:
    page = client.get(f"/organization/{HUAWEI}/in/FR").text
    assert "<title>No record of Huawei in France" in page and "<h1>No record of Huawei in France</h1>" in page
    main = page.partition("<main")[2]
    limit = r"but not in France\. That is not evidence of absence: the full texts? of the \d+ cited documents? w(as|ere) not"
    assert re.search(limit, text_of(page))
    assert main.index("the full text") < main.index("We searched the "), "the limit is in the first sentences"
    assert 'class="data cards answer"' not in main and '<circle class="here"' in main, "a ring on the map, no table of records"
    assert main.index('<details class="more-rows"><summary>Cite this, or ask for a correction') < main.index('id="cite"')
    assert re.search("<h1>没有.+在法国的记录</h1>", client.get(f"/zh/organization/{HUAWEI}/in/FR").text)


def test_two_lines_of_counts_are_no_table(client: Client) -> None:
    """A table would say no more than the first sentence. The shades of the map are explained below the map instead."""
    pages = [client.get(f"/organization/{HUAWEI}{page}") for page in ("", "/in/FR", "/in/KE")]
    assert all(page.status_code == 200 and 'class="data counts' not in page.text for page in pages)
    assert 'class="map-signs' in pages[1].text.partition("<figcaption>")[2].partition("</figcaption>")[0]


def test_the_table_of_suppliers_has_each_with_its_number_of_systems(client: Client, reader: Reader) -> None:
    suppliers = pair_answers.suppliers(reader, "KE", BANK)
    assert suppliers and BANK not in [row.id for row in suppliers]
    table_of_suppliers = client.get(f"/organization/{BANK}/in/KE").text.partition('id="suppliers"')[2].partition("</table>")[0]
    cells = re.findall('<th scope="row">(.*?)</th><td class="number">([^<]*)</td><td class="number">([^<]*)', table_of_suppliers)
    rows = {name: sum(int(number.replace("–", "0")) for number in numbers) for name, *numbers in cells}
    assert len(rows) == len(suppliers)
    for row in suppliers:
        [(name, supplied)] = [(name, supplied) for name, supplied in rows.items() if f"/organization/{row.id}" in name]
        assert supplied == row.supplied, name
    assert suppliers[0].id not in [row.id for row in pair_answers.suppliers(reader, "KE", suppliers[0].id)]


def test_pages_of_organisations_and_countries_link_to_it(client: Client) -> None:
    link = f'href="/organization/{HUAWEI}/in/KE"'
    assert link in client.get(f"/organization/{HUAWEI}").text
    assert link in client.get("/country/KE").text


def test_a_static_edition_has_the_pages_with_a_project_or_an_index(edition: Edition) -> None:
    with edition.sites["en"].database.lease() as reader:
        pairs = pair_answers.pairs(reader)
        assert pairs
        for organization, country in pairs:
            answer = pair_answers.find(reader, organization, country)
            assert answer is not None
            assert answer.projects + answer.not_built + len(answer.index_years) > 0
            for file in (f"organization/{organization}/in/{country}/index.html", f"organization/{organization}/in/{country}.csv"):
                assert (edition.folder / file).is_file(), file
            assert (edition.folder / f"zh/organization/{organization}/in/{country}/index.html").is_file()


def test_the_only_supplier_is_no_reason_to_deny_suppliers(client: Client, reader: Reader) -> None:
    rows = pair_answers.ranked(reader, pair_answers.Selection(), 1000)
    sole_suppliers = [row for row in rows if row.supplied and not pair_answers.suppliers(reader, row.country, row.organization)]
    assert sole_suppliers
    page = text_of(client.get(f"/organization/{sole_suppliers[0].organization}/in/{sole_suppliers[0].country}").text)
    assert "No documented project there names another supplier." in page and "names a supplier." not in page


def test_the_table_of_suppliers_and_the_rest_add_up_to_the_projects(site: Site, reader: Reader) -> None:
    seen = set()
    for code in site.words.areas:
        projects = country_projects(reader, code)
        table = other_suppliers(site, reader, "ovt-nobody", site.words.areas[code])
        if table.rows and not table.more:
            assert table.systems + table.other + table.unnamed + table.undocumented == len(projects), code
            seen |= {name for name in ("unnamed", "undocumented") if getattr(table, name)}
            besides = other_suppliers(site, reader, table.rows[0].id, site.words.areas[code])
            assert (besides.unnamed, besides.undocumented) == (table.unnamed, table.undocumented), "its own projects are no rest"
            rest = other_suppliers(site, reader, "ovt-nobody", site.words.areas[code], {project.id for project in projects})
            assert (rest.unnamed, rest.undocumented) == (0, 0), "projects that the page lists already are no rest"
    assert seen == {"unnamed", "undocumented"}


def test_a_pair_and_its_claims_count_the_same_sources(shipped: Client) -> None:
    huawei = re.findall(r"/organization/(ovt-[a-z2-7]+)", shipped.get("/search?q=huawei").text)[0]
    page = shipped.get(f"/organization/{huawei}/in/UG").text
    rows = re.findall(r'<tr(?: class="muted")?><th scope="row">.*?</tr>', page, re.DOTALL)
    cameras = next(row for row in rows if "cameras with face recognition" in row)
    assert "Contract value: $126 m" in plain(cameras)
    [(claim, sources)] = re.findall(r'<a class="evidence-mark[^"]*" href="(/claim/[0-9a-f]+)" title="(\d+) separate', cameras)
    evidence = plain(shipped.get(claim).text.partition('<p class="lead">')[2].partition("</p>")[0])
    more = re.match(
        rf"It rests on {sources} documents\. They have .*? checked\. "
        r"(\d more documents) on the project, .* are evidence for other",
        evidence,
    )
    assert more and f"{more[1]} on the project" in plain(cameras) and "separate sources for the project" not in page
    assert plain(cameras).count("August 2019") == 2, "the document's date and that of the status, but not the same twice"
    project = shipped.get(re.findall(r'href="(/project/ovt-[a-z2-7]+)"', cameras)[0]).text
    opening = plain(project.partition('<p class="lead">')[2].partition("</p>")[0])
    assert re.match(
        rf"Sources name Huawei \(China\)\W?{sources} as supplier in Uganda, for the Uganda Police Force\W?\d\.", opening
    ), "the project's page counts alike, and gives the customer's own number"
    denied = plain(next(row for row in rows if "cyber-surveillance unit" in row))
    assert "One newspaper inquiry" in denied and "no date" not in denied
    assert "Not counted, because Government of Uganda and Huawei Technologies deny it." in denied
    assert "Disputed by the Government of Uganda (August 2019): " in denied
    lead = plain(page.partition('<p class="lead">')[2].partition("</p>")[0])
    assert "2 separate sources name Huawei as supplier of 1 surveillance system in Uganda: " in lead
    assert "Customer or operator: the Uganda Police Force." in lead
    assert "Not counted: Reported help of Huawei staff to Uganda's cyber-surveillance unit, 2018 (denied)." in lead
    country = plain(shipped.get("/country/UG").text)
    assert re.search(
        r"Not counted: .*Reported help of Huawei staff to Uganda's cyber-surveillance unit, 2018 \(reported by .+; denied by",
        country,
    )


def test_documents_that_name_an_organization_are_counted_as_voices(shipped_reader: Reader, site: Site) -> None:
    query = "SELECT organization, id FROM project_company WHERE role = 'supplier' ORDER BY id, organization LIMIT 400"
    several = 0
    for row in shipped_reader.select(query):
        named = naming_documents(site, shipped_reader, [row["id"]], [row["organization"]])[row["id"]]
        assert 1 <= named.sources <= len(named.documents)
        dates = [document.published or "" for document in named.documents]
        assert dates == sorted(dates, reverse=True)
        several += named.sources > 1 and not named.claim
    assert several > 3, "documents of several claims are counted together"
    assert naming_documents(site, shipped_reader, ["ovt-aaaaaaaaaaaa"], [HUAWEI]) == {}
