"""Series of countries by year: one page for each series in a country, with the evidence of every value."""

import csv
import io
import re

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import records, series
from overt.queries.database import Reader
from overt.site.series_texts import Indicator, value_changes
from tests.support.client import Client
from tests.support.crawl import Page

FREEDOM = "/series/freedom-on-the-net/KE"
OLD, NEW = (canonical_id(f"open_projects:indicator/ke/{number}") for number in (1, 2))


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
        assert len(codes) == row.countries == listed.count('<tr><th scope="row">')
        assert all(f'href="/series/{row.series}/{code}"' in listed for code in codes)
    assert "/series/freedom-on-the-net" in client.get("/country/KE/indexes").text


def test_a_series_as_a_table_names_the_claim_of_each_value(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/series/freedom-on-the-net.csv").text.removeprefix("\ufeff"))))
    assert [(row["country"], row["year"], row["value"], row["sources"]) for row in rows] == [
        ("KE", "2023", "66", "open_projects"),
        ("KE", "2024", "64", "open_projects"),
    ]
    assert all(client.get(f"/claim/{row['claim']}").status_code == 200 for row in rows)


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
