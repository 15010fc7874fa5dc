"""Lists of projects and companies: filters, bad parameters, sorting and downloads."""

import csv
import re

import pytest

from overt.model.record_ids import canonical_id
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from tests.support.client import Client

HUAWEI = canonical_id("secret_map:huawei")
BAD = (
    "kind=nope", "country=kenyas", "company=1", "year_from=12", "size=201", "size=-1", "page=0", "page=x", "sort=id", "order=up",
    "bbox=1,2", "bbox=nan,0,0,0", "kind=a&" * 50, "source=x", "status=x", "layer=x", "page=99999999999999999999",
)  # fmt: skip


def test_filters_mean_the_same_everywhere(client: Client, reader: Reader) -> None:
    for query, selection in (
        ("kind=telecom-ict", ProjectFilter(kind=("telecom-ict",))),
        ("kind=surveillance&country=KE", ProjectFilter(kind=("surveillance",), country=("KE",))),
        ("country=KE&country=LA", ProjectFilter(country=("KE", "LA"))),
        (f"company={HUAWEI}", ProjectFilter(company=(HUAWEI,))),
        ("q=华为", ProjectFilter(q="华为")),
        ("year_from=2012&year_to=2015", ProjectFilter(year_from=2012, year_to=2015)),
        ("status=agreed", ProjectFilter(status=("agreed",))),
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


@pytest.mark.parametrize("path", ["/explorer", "/projects.csv", "/api/v1/map/countries"])
def test_years_that_end_before_they_begin_are_refused(client: Client, path: str) -> None:
    response = client.get(f"{path}?year_from=2020&year_to=2010")
    assert response.status_code == 400
    assert "year_from (2020) is after year_to (2010)" in response.text
    assert client.get(f"{path}?year_from=2010&year_to=2010").status_code == 200
