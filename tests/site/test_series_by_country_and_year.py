"""Series of countries by year: lists, tables and ranks, and a page for each series in a country with the evidence."""

import csv
import io
import re
from html import unescape

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import records, series
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import documented_systems
from overt.queries.series import SeriesValue
from overt.site.series.index_publishers import has_opposite_sign, mixes_versions, publisher_of_newer_values
from overt.site.series.scale_plot import Dot, draw_scale
from overt.site.series.series_charts import newest_chart
from overt.site.series.standings import series_standings
from overt.site.series_values_in_words import Indicator, value_changes
from overt.site.site import Site
from tests.support.client import Client
from tests.support.crawl import Page
from tests.support.page_text import marked, spaced

FREEDOM = "/series/freedom-on-the-net/KE"
OLD, NEW = (canonical_id(f"open_projects:indicator/ke/{number}") for number in (1, 2))
INDEX = "surveillance-export-countries-2019"


def test_a_record_leads_to_its_place_among_the_years(client: Client) -> None:
    for base in ("", "/zh"):
        answer = client.get(f"{base}/record/{OLD}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"{base}{FREEDOM}#{OLD}")
        page = Page(FREEDOM, client.get(f"{base}{FREEDOM}").text)
        assert {OLD, NEW} <= page.ids
    assert client.get(f"/record/{OLD}.jsonld").json()["identifier"], "its data stay at its own address"
    assert client.get(f"/api/v1/records/{OLD}").json()["type"] == "indicator"


def test_each_value_leads_to_its_claim_and_the_cell_that_says_it(client: Client, reader: Reader) -> None:
    html = client.get(FREEDOM).text
    page = Page(FREEDOM, html)
    for identity, value in ((OLD, "66"), (NEW, "64")):
        (row,) = re.findall(rf'<tr id="{identity}">.*?</tr>', html, re.DOTALL)
        assert f">{value}<" in re.sub(r'(<td class="number">)(\d+)', r"\1>\2<", row)
        marks = re.findall(r'class="evidence-mark[^"]*" href="#([^"]+)"', row)
        assert marks and set(marks) <= page.ids
    claims, total = records.claims_of(reader, [OLD, NEW])
    assert total == len(claims) == len(re.findall(r'id="claim-[0-9a-f]{32}"', html)) == 8
    assert records.claims_of(reader, [OLD, NEW], 3) == (claims[:3], 8)
    assert "file-" in html and "SHA-256" in html


def test_all_countries_and_all_series_are_listed(client: Client, reader: Reader) -> None:
    every = client.get("/series").text
    for row in series.all_series(reader):
        assert f'href="/series/{row.series}"' in every
        listed = client.get(f"/series/{row.series}").text
        codes = {row.country for row in series.values(reader, row.series)}
        assert len(codes) == row.countries == listed.count('<th scope="row"><a ')
        assert all(f'href="/series/{row.series}/{code}"' in listed for code in codes)
    assert "/series/freedom-on-the-net" in client.get("/country/KE/indexes").text


def test_a_series_as_a_table_names_the_claim_of_each_value(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/series/freedom-on-the-net.csv").text.removeprefix("\ufeff"))))
    assert [(row["country"], row["year"], row["value"], row["source"]) for row in rows] == [
        ("KE", "2023", "66", "open_projects"),
        ("KE", "2024", "64", "open_projects"),
    ]
    assert all(client.get(f"/claim/{row['claim_id']}").status_code == 200 for row in rows)


def test_the_page_of_a_value_credits_its_maker_and_gives_the_scale(client: Client, reader: Reader) -> None:
    claims, _ = records.claims_of(reader, [OLD])
    value = next(claim for claim in claims if claim.property == "value")
    page = client.get(f"/claim/{value.claim_id}").text
    heading = re.sub(r"<[^>]+>", "", page[page.index("<h1") : page.index("</h1>")])
    assert heading == (
        "Freedom House’s index “Freedom on the Net” gave Kenya 66 on a scale from 0 to 100 (higher is freer) in 2023"
    )
    assert "The value is <a href=" in page and "copied from a file of" in page, "the source of the test isn't the maker"
    trail = page[page.index('class="breadcrumbs"') : page.index("<h1")]
    assert 'href="/country/KE"' in trail and f'href="{FREEDOM}"' in trail
    assert "no public web address" not in page and f"copy of this edition: /claim/{value.claim_id}" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/series/nonsense",
        "/series/nonsense.csv",
        "/series/nonsense/KE",
        "/series/freedom-on-the-net/QQ",
        "/series/freedom-on-the-net/FR",
    ],
)
def test_missing_pages_return_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_series_is_found_by_its_name_once(client: Client) -> None:
    results = client.get("/api/v1/search", params={"q": "freedom on the net"}).json()["results"]
    assert [row["address"] for row in results].count("/series/freedom-on-the-net") == 1
    assert not [row for row in results if row["type"] == "indicator"]


def test_years_without_change_are_left_out(client: Client, reader: Reader) -> None:
    fact = records.records(reader, [OLD])[0].facts["value"][0]
    values = [
        Indicator(year, text, fact, OLD, FREEDOM) for year, text in (("1", "a"), ("2", "a"), ("3", "b"), ("3", "a"), ("4", "a"))
    ]
    assert [year for year, _ in value_changes(values)] == ["1", "3", "4"]


def values_of(*rows: tuple[str, int, str]) -> list[SeriesValue]:
    return [SeriesValue(country, year, "", value, None) for country, year, value in rows]


def test_the_least_free_country_is_first_and_darkest(site: Site) -> None:
    term = site.words.terms["series"]["freedom-on-the-net"]
    rows = values_of(
        ("CN", 2023, "9"), ("CN", 2024, "9"), ("FR", 2024, "65"), ("IS", 2024, "94"), ("KE", 2024, "9"), ("LA", 2020, "3")
    )
    standings = series_standings(site, term, rows)
    assert [(row.code, row.rank, row.shade) for row in standings.rows] == [
        ("CN", 1, 5), ("KE", 1, 5), ("FR", 3, 3), ("IS", 4, 1), ("LA", None, 5),
    ]  # fmt: skip
    scored = "scored under 40 on a scale from 0 to 100, which Freedom House calls “not free”."
    assert standings.answer == f"In 2024, 2 of 4 countries {scored}"
    assert standings.extremes == "The lowest value is 9 (China and Kenya), the highest 94 (Iceland)."
    copied = series_standings(site, term, rows, "“A”")
    assert copied.answer == f"In 2024, 2 of the 4 countries in Overt’s data {scored}"
    assert not copied.extremes, "countries that are not in A may have a lower and a higher one"
    assert standings.least_free and not standings.least_free.own_limit, "Freedom House calls these countries not free"
    assert standings.least_free and standings.least_free.codes == {"CN", "KE"}
    assert standings.legend == [
        (1, "85 to 100: free"), (2, "70 to under 85: free"), (3, "40 to under 70: partly free"), (4, "20 to under 40: not free"),
        (5, "0 to under 20: not free"),
    ], "from light to dark; partly free is one shade, as in the explorer"  # fmt: skip
    assert newest_chart(site, term, standings, (), ()) is None, "too few countries"
    repression = series_standings(site, site.words.terms["series"]["digital-repression"], rows)
    assert repression.rows[0].code == "IS" and repression.rows[0].shade == 5, "higher is more repression"


def test_newer_values_are_mentioned_only_if_there_are_any() -> None:
    assert publisher_of_newer_values("vdem-liberal-democracy", 2024), "V-Dem’s version 16 has 2025"
    assert publisher_of_newer_values("vdem-liberal-democracy", 2025) is None
    assert publisher_of_newer_values("freedom-on-the-net", 2025), "it isn’t recorded which edition is the newest"
    assert publisher_of_newer_values("military-expenditure", 2000) is None, "nobody is known to publish it"


def test_values_of_several_versions_are_mentioned() -> None:
    assert mixes_versions("vdem-liberal-democracy", ["aigs_2022", "vdem"])
    assert not mixes_versions("vdem-liberal-democracy", ["vdem"]), "one source has one version"
    assert not mixes_versions("freedom-on-the-net", ["aigs_2022", "fotn_2024"]), "editions don’t revise earlier years"


def test_a_series_of_codes_is_counted(site: Site) -> None:
    rows = [SeriesValue(country, 2024, "", None, code) for country, code in (("CN", "not-free"), ("FR", "free"), ("KE", "free"))]
    standings = series_standings(site, site.words.terms["series"]["freedom-on-the-net-status"], rows)
    assert standings.answer == "In 2024, 3 countries: not free 1, free 2."
    assert [row.rank for row in standings.rows] == [None, None, None] and standings.rows[0].code == "CN"


def test_every_country_is_a_dot_on_the_whole_scale() -> None:
    dots = [Dot(f"Country {n}", str(n), float(n % 101), 1) for n in range(200)]
    drawn = draw_scale(dots, (0, 100), ("0", "50", "100"), label="An index & more", named=[dots[0], dots[100]])
    for svg, width in ((drawn.wide, 680), (drawn.narrow, 340)):
        places = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]
        assert len(places) == len(set(places)) == 200, "no dot hides another"
        assert all(12 <= x <= width - 12 and y > 0 for x, y in places)
    assert "An index &amp; more" in drawn.wide and "Country 0 0" in drawn.wide


def test_a_country_has_its_value_its_maker_and_its_place_in_plain_words(shipped: Client) -> None:
    page = shipped.get("/series/freedom-on-the-net/EC").text
    lead = " ".join(re.sub("<[^>]+>", " ", re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0]).split())
    counts = re.fullmatch(
        "Freedom House’s index “Freedom on the Net” gave Ecuador 62 on a scale from 0 to 100 \\(higher is freer\\) in 2021. "
        r"That is freer than (\d+) of the (\d+) countries in Overt’s data, "
        r"and less free than (\d+)\.(?: (\d+) others? ha(?:s|ve) the same value\.)?",
        unescape(lead),
    )
    assert counts
    freer, every, other, equal = (int(text or 0) for text in counts.groups())
    assert freer + other + equal + 1 == every, "the country itself is in none of the numbers"
    assert "Values of 2021." in page and page.count("may rate more countries") == 1
    assert "Series freedom-on-the-net" not in page and "(Values by Freedom House;" in page
    labels = re.findall(r'text-anchor="middle">(\w+ \d+)</text>', page.partition("chart-narrow")[0])
    assert "Ecuador 62" in labels and len(labels) >= 4, "some other countries are named on the scale"


def test_more_repression_is_said_as_such(shipped: Client) -> None:
    page = unescape(shipped.get("/series/digital-repression/ET").text)
    assert re.search(r"That is more repression than in \d+ of the 179 countries in Overt’s data, and less than in \d+\.", page)


def test_a_series_of_the_opposite_sign_says_so(shipped: Client) -> None:
    assert has_opposite_sign("digital-repression-filtering")
    assert not has_opposite_sign("digital-repression") and not has_opposite_sign("vdem-regime")
    lead = spaced(shipped.get("/series/digital-repression-filtering").text.partition('class="lead"')[2].partition("</p>")[0])
    assert "V-Dem publishes newer values, and with the opposite sign." in lead


def test_a_series_counts_all_systems_once_by_class(shipped: Client) -> None:
    page = shipped.get("/series/vdem-electoral-democracy").text
    table = page.partition('id="systems"')[2].partition("</table>")[0]
    rows = [re.findall(r'class="number">([\d.]*)<', row) for row in table.split("<tr>")[2:]]
    *lines, [total_text] = rows
    total = int(total_text)
    assert total == sum(int(systems) for _, systems in lines) and len(lines) >= 5
    front = re.search(
        r"(\d+) surveillance and censorship systems with a named supplier",
        " ".join(marked(shipped.get("/").text).split()),
    )
    assert front and int(front[1]) == total, "the front page's number"
    assert "systems" not in marked(page.partition('<p class="lead">')[2].partition("</p>")[0]), "the lead has the scores only"


def test_countries_of_a_series_add_up_to_those_with_systems(shipped: Client, shipped_reader: Reader) -> None:
    page = shipped.get("/series/freedom-on-the-net").text
    key = page.partition('id="systems"')[2].partition("</table>")[0]
    *valued, (without, _) = re.findall(r'class="number">(\d+)</td><td class="number">(\d+)</td>', key)
    systems = documented_systems(shipped_reader)
    newest = shipped_reader.select("SELECT country, year FROM indicators WHERE series = 'freedom-on-the-net'")
    assert systems is not None
    year = max(row["year"] for row in newest)
    rated = {row["country"] for row in newest if row["year"] == year}
    assert sum(int(countries) for countries, _ in valued) == len(rated)
    assert int(without) == len(systems.by_country.keys() - rated) > 0
    front = " ".join(marked(shipped.get("/").text).split())
    [countries] = re.findall(r"(\d+) countries where they are documented", front)
    assert int(countries) == len(systems.by_country.keys() & rated) + int(without)


def test_countries_are_in_the_order_of_their_names(shipped: Client) -> None:
    def first(path: str) -> list[str]:
        rows = shipped.get(path).text.partition('id="rows"')[2].partition("</table>")[0]
        return re.findall(r'<th scope="row"><a href="[^"]*/country/[A-Z]{2}">([^<]+)</a>', rows)

    assert first(f"/figure/{INDEX}")[:4] == ["Algeria", "Argentina", "Armenia", "Australia"]
    assert first(f"/zh/figure/{INDEX}")[:3] == ["阿尔及利亚", "阿根廷", "埃及"]
    second = first(f"/figure/{INDEX}?page=2")
    assert len(second) == 20 and second == sorted(second) and second[0] > first(f"/figure/{INDEX}")[-1]


def test_the_line_without_a_value_has_only_countries_with_systems(shipped: Client) -> None:
    page = shipped.get("/series/vdem-electoral-democracy").text
    key = page.partition('id="systems"')[2].partition("</table>")[0]
    row = r'<th scope="row">([^<]*)</th><td class="number">(\d+)</td><td class="number">(\d+)</td>'
    lines = [(label, int(n), int(in_them)) for label, n, in_them in re.findall(row, key)]
    assert re.findall(r"All systems</th>.*?>(\d+)<", key) == [str(sum(in_them for _, _, in_them in lines))]
    label, without_value, systems = lines[-1]
    assert label.startswith("no value for 2021"), "the hatching is for other countries, too"
    assert 0 < without_value <= systems
    assert label.count(",") == without_value - 1, "a few countries without a value are named"
    assert "%" not in re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0]
