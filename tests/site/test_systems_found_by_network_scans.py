"""A system that only a network scan found: its page doesn't call the maker its supplier, or the system operational."""

import re

from overt.queries.database import Reader
from overt.site.organization_in_country.naming_documents import NamingDocument, original_document
from tests.support.client import Client
from tests.support.page_text import spaced

_BLUE_COAT, _CIRCLES = "ovt-p3ta2jjfqdls", "ovt-qkyrl6lynzvs"


def test_a_scan_does_not_make_the_maker_a_supplier(shipped: Client) -> None:
    text = spaced(shipped.get(f"/project/{_BLUE_COAT}").text)
    assert "A network scan recognised products of Blue Coat Systems" in text and "no source here says who ran them" in text
    assert "Found in January 2013" in text and "as supplier in Saudi Arabia" not in text


def test_a_company_with_scanned_systems_is_their_supplier_or_maker(shipped: Client) -> None:
    text = spaced(shipped.get(f"/organization/{_CIRCLES}").text)
    assert re.search(r"Sources name Circles as supplier or maker of \d+ surveillance systems", text)
    assert "as supplier of" not in text.partition("known from network scans alone")[0]


def test_a_newspaper_that_reports_a_scan_did_not_scan(shipped: Client) -> None:
    for country in ("BW", "GQ", "KE", "MA"):
        text = spaced(shipped.get(f"/organization/{_CIRCLES}/in/{country}").text)
        assert "Citizen Lab, 1 December 2020, found products of Circles in " in text, country


def test_the_scan_is_the_oldest_original_document() -> None:
    def document(publisher: str, published: str | None) -> NamingDocument:
        return NamingDocument(publisher, publisher, published, "")

    scan, undated, report = document("Citizen Lab", "2020-12-01"), document("Qurium", None), document("A (on B)", "2020-11")
    assert original_document([undated, report, scan]) == scan
    assert original_document([undated, report]) == undated
    assert original_document([report]) is None


def test_documents_that_count_as_one_source_say_so(shipped: Client) -> None:
    page = shipped.get(f"/project/{_BLUE_COAT}").text
    claim = page.partition("products of")[2].partition('href="/claim/')[2].partition('"')[0].partition("#")[0]
    text = spaced(shipped.get(f"/claim/{claim}").text)
    assert "They count as one source: the publisher of all of them is Citizen Lab." in text
    assert "Counted: it repeats no other document here" in text and "Not counted separately: same publisher as" in text


def test_a_scan_has_its_date_in_the_badge_everywhere(shipped: Client) -> None:
    badge = '<span class="chip chip--operational">Found in January 2013</span>'
    [company] = set(re.findall("/organization/(ovt-[a-z2-7]+)", shipped.get(f"/project/{_BLUE_COAT}").text))
    pages = (
        f"/project/{_BLUE_COAT}", "/country/SA", "/explorer?country=SA&kind=filtering", f"/organization/{company}",
        f"/organization/{company}/in/SA",
    )  # fmt: skip
    for page in pages:
        assert badge in shipped.get(page).text, page
    columns = shipped.get("/api/v1/explore/columns").json()
    assert ["operational", "Found in January 2013", ""] in columns["dated"].values()
    names = spaced(shipped.get("/country/KE").text)
    assert "1 found by network scans" in names


def test_the_maker_of_what_a_scan_recognised_supplied_nothing_as_far_as_its_pages_say(shipped: Client) -> None:
    project = shipped.get(f"/project/{_BLUE_COAT}").text
    [company] = set(re.findall("/organization/(ovt-[a-z2-7]+)", project))
    assert "Maker of products that a scan recognised" in project
    there = shipped.get(f"/organization/{company}/in/SA").text
    text = spaced(there)
    assert "found products of Blue Coat Systems in Saudi Arabia by scanning networks" in text and "as supplier of" not in text
    claim = re.search('"/claim/([0-9a-f]{32})', there.partition("<tbody>")[2])
    assert claim
    assert "A network scan recognised products of Blue Coat Systems" in spaced(shipped.get(f"/claim/{claim[1]}").text)
    own = spaced(shipped.get(f"/organization/{company}").text)
    assert re.search(
        r"of its systems are known from network scans alone, which show who made a product, not who supplied it\.", own
    )


def test_marks_and_sentences_of_a_company_count_the_sources_that_name_it(shipped: Client, shipped_reader: Reader) -> None:
    [company] = set(re.findall("/organization/(ovt-[a-z2-7]+)", shipped.get(f"/project/{_BLUE_COAT}").text))
    page = shipped.get(f"/organization/{company}").text
    table = page.partition('aria-labelledby="systems"')[2].partition("</table>")[0]
    marks = re.findall(
        r'/project/(ovt-[a-z2-7]+)">.*?</a>\u2060<a class="evidence-mark[^"]*" href="([^"]*)"[^>]*>(\d+)</a>', table
    )
    assert len(marks) > 5
    sources = {
        row["id"]: (row["of_project"], row["naming"])
        for row in shipped_reader.select(
            "SELECT p.id, p.independent_sources AS of_project, max(f.independent_sources) AS naming FROM project_company AS k"
            " JOIN projects AS p ON p.id = k.id JOIN facts AS f ON f.id = k.record AND f.property = 'organization' AND f.shown"
            " WHERE k.organization = ? AND k.role = 'supplier' GROUP BY 1, 2",
            [company],
        )
    }
    assert {name: int(number) for name, _, number in marks} == {name: sources[name][1] for name, _, _ in marks}
    assert any(of_project > naming for of_project, naming in sources.values()), "the two numbers differ for some of them"
    ones = sum(number == "1" for _, _, number in marks)
    assert f"Of the {len(marks)} systems, {ones} rest on one source." in spaced(page)
