"""The list of countries, ranked by documented surveillance and censorship, with the values of indexes in separate columns."""

import re

from overt.queries.database import Reader
from overt.queries.rows.countries import Country
from overt.site.countries.country_rows import CountryRow, country_rows, leading_countries
from overt.site.country.project_totals_by_kind_and_purpose import project_totals
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import spaced


def test_countries_are_ranked_by_documented_systems(site: Site, reader: Reader) -> None:
    rows = country_rows(site, reader)
    assert [row.documented for row in rows] == sorted((row.documented for row in rows), reverse=True)
    by_code = {row.code: row for row in rows}
    assert rows[0].code == "US" and by_code["US"].censorship == by_code["US"].systems
    assert by_code["KE"].indexed == 2
    assert by_code["KE"].systems == 0, "its only system is cancelled, as an editor's source says"
    assert (by_code["RU"].agreements, by_code["RU"].laws) == (1, 2), "laws are counted apart"


def test_the_list_opens_with_the_country_that_has_most(client: Client) -> None:
    page = client.get("/countries").text
    first = re.search(r'<tbody><tr><th scope="row"><a href="([^"]+)">', page)
    assert first and first[1] == "/country/US"
    assert "Surveillance or censorship systems, or state programmes, are on record in" in page
    by_name = client.get("/countries?sort=name").text
    names = re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', by_name)
    assert names == sorted(names)
    assert client.get("/countries?sort=nonsense").status_code == 400


def test_an_arrow_marks_only_the_column_by_which_the_list_is_sorted(client: Client) -> None:
    def marked(page: str) -> list[tuple[str, str]]:
        return re.findall(r'<th [^>]*aria-sort="(\w+)"><a [^>]*>([^<]+)</a>', page)

    ranked = client.get("/countries").text
    assert marked(ranked) == [], "no column has the sum by which countries are ranked"
    assert "Countries with the most systems and state programmes come first." in ranked
    least = client.get("/countries?sort=systems&order=asc").text
    assert marked(least) == [] and "Countries with the fewest systems and state programmes come first." in least
    by_systems = client.get("/countries?sort=surveillance&order=desc").text
    assert marked(by_systems) == [("descending", "Surveillance systems")]
    assert "programmes come first" not in by_systems
    numbers = [int(n) for n in re.findall(r'</th><td class="number[^"]*">(\d+)</td>', by_systems)]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 0


def test_no_country_leads_that_has_no_more_than_the_next() -> None:
    def leading(*numbers: int) -> list[int]:
        rows = [
            CountryRow(code, code, Country(code, code, None, "country", None, *[0] * 6), systems, 0, systems, *[0] * 7)
            for code, systems in zip("ABCDE", numbers, strict=False)
        ]
        return [row.systems for row in leading_countries(rows)]

    assert leading(9, 8, 7, 6) == [9, 8, 7]
    assert leading(26, 13, 8, 8, 8) == [26, 13]
    assert leading(9, 8, 8, 8) == [9]
    assert leading(3, 3, 3, 3) == []


def test_the_sentence_has_the_numbers_of_the_columns(shipped: Client) -> None:
    page = shipped.get("/countries").text
    row = re.search(r'<tr><th scope="row"><a href="/country/CN">.*?</tr>', page)
    assert row
    programmes = re.findall(r'<td class="number[^"]*">(\d+)', row[0])[2]
    text = spaced(page)
    assert f" systems and {programmes} state programmes)" in text
    assert f"{programmes} state programmes" in spaced(shipped.get("/country/CN").text)
    assert "the United Arab Emirates (" in text.partition("Most are on record in ")[2].partition(".")[0]


def test_the_list_counts_the_systems_that_pages_of_countries_count(site: Site, shipped: Client, shipped_reader: Reader) -> None:
    announced = 0
    for row in country_rows(site, shipped_reader):
        totals = project_totals(site, shipped_reader, row.code)
        assert row.systems == totals.get("surveillance", 0) + totals.get("censorship", 0), row.code
        announced += totals.get("announced", 0)
    assert announced, "some systems are only announced"
    assert "is only announced, denied, cancelled or unverified" in spaced(shipped.get("/countries").text)
