"""Pages as of a date: what they count, how the date stays in links, and which pages refuse it."""

import re

import pytest

from overt.queries import projects
from overt.queries.as_of import record_spans
from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.site.as_of.address import keep_as_of
from overt.site.span_texts import date_text
from tests.support.client import Client


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page[page.index("<main") :]))


def test_a_country_counts_what_the_explorer_and_the_api_count(client: Client, reader: Reader) -> None:
    for as_of in ("2014", "2018", "2026-01"):
        totals = projects.totals(reader, ProjectFilter(country=("KE",), as_of=as_of))
        assert totals.projects
        page = client.get(f"/country/KE?as_of={as_of}")
        words = "project" if totals.projects == 1 else "projects"
        assert f"{totals.projects} {words} may have been in place, {totals.certain} of them certainly." in text(page.text)
        explorer = client.get(f"/explorer?country=KE&as_of={as_of}")
        assert f"{totals.projects} {words} may have been in place, {totals.certain} of them certainly." in text(explorer.text)
        answer = client.get(f"/api/v1/projects?country=KE&as_of={as_of}").json()
        assert answer["total"] == totals.projects
        assert sum(item["in_place"] == "certainly" for item in answer["items"]) == totals.certain
        csv = client.get(f"/projects.csv?country=KE&as_of={as_of}").text
        assert len(csv.strip().splitlines()) == 1 + totals.projects


def test_plans_are_listed_and_never_counted(client: Client, reader: Reader) -> None:
    plans = reader.select("SELECT s.id FROM spans AS s JOIN project_country AS c USING (id) WHERE s.not_begun = 'planned'")
    codes = reader.select("SELECT country FROM project_country WHERE id = ?", [plans[0]["id"]])
    code = codes[0]["country"]
    page = client.get(f"/country/{code}?as_of=2029").text
    assert f"/project/{plans[0]['id']}" in page[page.index('id="plans"') :]
    assert f"/project/{plans[0]['id']}" not in page[: page.index('id="plans"')]
    for year in ("2010", "2029"):
        counted = client.get(f"/api/v1/projects?as_of={year}&limit=1000").json()["items"]
        assert not {row["id"] for row in plans} & {item["id"] for item in counted}
    assert "It is only planned, which is not counted." in client.get(f"/project/{plans[0]['id']}?as_of=2029").text


def test_the_date_stays_while_one_walks(client: Client) -> None:
    page = client.get("/country/KE?as_of=2018").text
    links = re.findall(r'<a (data-now )?href="([^"#]*)', page)
    to_records = [link for _, link in links if re.match("/(country|organization|project)/", link)]
    assert to_records
    for now, link in links:
        if re.match("/(country|organization|project)/", link):
            assert ("as_of=2018" in link) == (not now), link
        elif link in ("/countries", "/figures"):
            assert "as_of" not in link, "these have no state as of a date"
    assert 'data-now href="/country/KE"' in page, "the way out"
    assert 'href="/zh/country/KE?as_of=2018"' in page
    project = next(link for link in to_records if link.startswith("/project/"))
    following = client.get(project).text
    assert "As of 2018" in following and "as_of=2018" in following


def test_links_that_have_the_date_or_leave_it_stay() -> None:
    html = '<a href="/country/KE?x=1#a">1</a><a data-now href="/country/KE">2</a><a href="/?as_of=2017">3</a>'
    assert keep_as_of(html, "2018/2019", explorer=False) == (
        '<a href="/country/KE?x=1&amp;as_of=2018%2F2019#a">1</a><a data-now href="/country/KE">2</a><a href="/?as_of=2017">3</a>'
    )
    for html in ('<a href="/sources">1</a>', '<a href="/country/KE/rows">1</a>', '<a href="https://a.example/country/KE">1</a>'):
        assert keep_as_of(html, "2018", explorer=False) == html
    assert keep_as_of('<a href="/">1</a>', "2018", explorer=True) == '<a href="/">1</a>'


@pytest.mark.parametrize(
    "path", ["/countries", "/figures", "/figure/test-projects", "/search?q=x", "/country/KE/print", "/sources", "/zh/countries"]
)
def test_pages_without_a_state_refuse_the_date_by_name(client: Client, path: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}as_of=2018-01-01")
    assert answer.status_code == 400 and "as_of" in answer.text


@pytest.mark.parametrize(
    "path", ["/explorer", "/country/KE", "/projects.csv", "/api/v1/projects", "/ogc/collections/projects/items"]
)
@pytest.mark.parametrize("date", ["soon", "2018-13", "2018/.."])
def test_what_is_no_date_is_refused(client: Client, path: str, date: str) -> None:
    answer = client.get(path, params={"as_of": date})
    assert answer.status_code == 400 and "as_of is a day, a month or a year" in answer.text


def test_a_record_has_its_span_and_whether_it_was_in_place(client: Client, reader: Reader) -> None:
    [row] = reader.select("SELECT id FROM spans WHERE begin_latest IS NOT NULL AND type = 'project' ORDER BY id LIMIT 1")
    span = record_spans.find(reader, row["id"])
    assert span is not None and span.begin_latest is not None
    answer = client.get(f"/api/v1/records/{span.id}?as_of={span.begin_latest}").json()
    assert answer["in_place"] == span.in_place(span.begin_latest) != "not"
    assert answer["span"]["begin_latest"]["day"] == span.begin_latest
    claims = {claim["claim_id"] for claim in answer["claims"]}
    assert set(answer["span"]["begin_latest"]["claims"]) <= claims
    assert client.get(f"/api/v1/records/{span.id}").json()["in_place"] is None


def test_a_figure_has_its_history_by_year(client: Client) -> None:
    page = client.get("/figure/test-projects").text
    assert 'id="in-place"' in page and "/figure/test-projects/charts/in-place" in page
    years = client.get("/api/v1/figures/test-projects/history").json()["years"]
    assert [row["year"] for row in years] == list(range(years[0]["year"], 2027))
    for row in years[-8:]:
        assert (
            sum(row[name] for name in ("certain", "possible", "undated"))
            <= client.get(f"/api/v1/projects?as_of={row['year']}").json()["total"]
        )
    assert client.get("/api/v1/figures/nothing/history").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2018-05-17", "2018-05-17", "2018-05-17"),
        ("2018-05-01", "2018-05-31", "2018-05"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2018-01-01", "2019-12-31", "2018-01-01/2019-12-31"),
    ],
)
def test_bounds_are_written_as_short_as_they_are_exact(first: str, last: str, expected: str) -> None:
    assert date_text(first, last) == expected
