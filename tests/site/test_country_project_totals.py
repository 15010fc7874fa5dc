"""The parts of a country's total add up, and its sentences, tiles and table have the same numbers."""

import html
import re

import pytest

from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import documented_systems
from overt.site.country.page import recorded_codes
from overt.site.country.project_totals_by_kind_and_purpose import PARTS, group_of, newest_document, project_totals, total_sentence
from overt.site.country.projects_with_details import DocumentedProject
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import marked


@pytest.mark.parametrize("edition", ["small", "shipped"])
def test_parts_add_up_to_all_projects_of_every_country(
    edition: str, site: Site, reader: Reader, request: pytest.FixtureRequest
) -> None:
    rows = request.getfixturevalue("shipped_reader") if edition == "shipped" else reader
    codes = recorded_codes(rows)
    assert len(codes) > (150 if edition == "shipped" else 3)
    used = set()
    for code in codes:
        totals = project_totals(site, rows, code)
        assert sum(totals.values()) == countries.find(rows, code).projects, code
        used |= set(totals)
    assert used <= PARTS.keys() and {"surveillance", "networks"} <= used


@pytest.mark.parametrize(
    ("kinds", "status", "group"),
    [
        (["video-surveillance", "mobile-network"], None, "surveillance"),
        (["interception", "filtering"], "agreed", "censorship"),
        (["interception", "filtering"], "announced", "announced"),
        (["mobile-network"], "announced", "networks"),
        (["filtering"], "denied", "denied"),
        (["mobile-network", "security-inspection"], None, "networks"),
        (["security-inspection"], "operational", "scanners"),
        (["submarine-cable"], None, "submarine-cables"),
        (["submarine-cable", "data-centre"], None, "networks"),
        ([], None, "other"),
    ],
)
def test_each_project_is_in_the_first_group_that_fits(site: Site, kinds: list[str], status: str | None, group: str) -> None:
    project = DocumentedProject("p", "P", "en", None, kinds, status, None, 1)
    assert group_of(project, site.words) == group


def test_a_total_without_projects_has_no_sentence(site: Site) -> None:
    assert total_sentence(site, "KE", {}) is None
    assert marked(total_sentence(site, "KE", {"surveillance": 1})) == "1 project on record: 1 surveillance system."


@pytest.mark.parametrize("code", ["RS", "KE", "CN", "EG"])
def test_total_sentences_and_tiles_have_the_same_numbers(shipped: Client, code: str) -> None:
    page = shipped.get(f"/country/{code}").text
    [line] = re.findall(r'<span class="project-total">(.*?)</span>', page)
    total, parts = re.fullmatch(r"(\d+) projects on record: (.*)\.", marked(line)).groups()  # type: ignore[union-attr]
    assert sum(map(int, re.findall(r"(?:^|, | and )(\d+) ", parts))) == int(total)
    surveillance, censorship = (re.findall(rf"(\d+) {layer} system", parts) for layer in ("surveillance", "censorship"))
    tile = re.findall(r'<span class="tile-count"><span class="sign sign--surveillance"[^>]*>[^<]*</span> (\d+)</span>', page)
    assert tile[:1] == (surveillance or ["0"]), "the sentence names a few systems without their number"
    assert re.findall(rf'<a href="/country/{code}#systems">(\d+) censorship systems?</a>', page)[:1] == censorship[:1]
    networks = re.findall(r"(\d+) networks? (?:or|and) data centres?", parts)
    tile = re.findall(r'sign--data-centres"[^>]*>[^<]*</span> (\d+)</span>', page)
    assert tile[:1] == (networks or ["0"])


@pytest.mark.parametrize("code", ["RS", "ET", "EG"])
def test_the_table_lists_the_systems_of_the_total(shipped: Client, code: str) -> None:
    page = shipped.get(f"/country/{code}").text
    rows = re.findall(r'<tr( class="uncounted")?><th scope="row"><span class="sign sign--', page.partition('id="systems"')[2])
    statuses = [bool(uncounted) for uncounted in rows]
    assert statuses == sorted(statuses), "what isn't counted comes last"
    total = marked(re.findall(r'<span class="project-total">(.*?)</span>', page)[0])
    systems, disputed = (
        sum(map(int, re.findall(rf"(\d+) {words}", total)))
        for words in ("(?:surveillance|censorship) system", "(?:denied|cancelled|unverified)")
    )
    more = re.search(r'<a href="/explorer\?([^"]*)">All (\d+) systems</a>', page)
    assert systems <= (int(more[2]) if more else len(rows)) <= systems + disputed and len(rows) <= 15
    if more:
        assert shipped.get(f"/api/v1/projects?{html.unescape(more[1])}&limit=1").json()["total"] == int(more[2])


def test_the_newest_document_of_a_country_is_dated(shipped: Client, shipped_reader: Reader) -> None:
    newest = newest_document(shipped_reader, "RS")
    assert newest is not None and newest[:4].isdigit()
    page = shipped.get("/country/RS").text
    assert "As of the edition of" in page and "Newest dated document on its projects and blocks: " in page
    assert page.index("country-total") < page.index('id="briefing-surveillance"') < page.index("mark-key")


@pytest.mark.ci
def test_other_pages_count_as_country_pages(shipped: Client, shipped_reader: Reader) -> None:
    def words(path: str) -> str:
        return re.sub("<[^>]+>", "", shipped.get(path).text)

    compared = re.search(r"Surveillance systems on record: Kenya (\d+)", words("/compare?country=KE&country=AO"))
    assert compared and f"{compared[1]} surveillance systems" in words("/country/KE")
    systems = documented_systems(shipped_reader)
    assert systems and f"suppliers of {systems.by_seat['CN']} surveillance or censorship systems" in words("/country/CN")
    programmes = systems.programmes["CN"]
    row = re.search(r'<th scope="row"><a href="/country/CN">.*?</tr>', shipped.get("/countries").text)
    assert row and f'<td class="number">{programmes}</td>' in row[0]
