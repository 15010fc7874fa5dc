"""Pages as of a date: what they count, how the date stays in links, and which pages refuse it."""

import re
from datetime import date, timedelta

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.values.span import make_span
from overt.queries import facets, figures, projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import figures_as_of_date_and_by_year as figures_by_date
from overt.queries.as_of import region_members, spans_and_records_in_period
from overt.queries.database import Reader, json_array
from overt.site.as_of.as_of_links import keep_as_of
from overt.site.as_of.span_sentences import date_text
from overt.site.figure.charts_by_calendar_year import FIRST_DATES, year_charts
from overt.site.site import Site
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
    page = client.get(f"/country/{code}?as_of=2026").text
    assert f"/project/{plans[0]['id']}" in page[page.index('id="plans"') :]
    assert f"/project/{plans[0]['id']}" not in page[: page.index('id="plans"')]
    for year in ("2010", "2026"):
        counted = client.get(f"/api/v1/projects?as_of={year}&limit=1000").json()["items"]
        assert not {row["id"] for row in plans} & {item["id"] for item in counted}
    assert "It was only planned, which is not counted." in client.get(f"/project/{plans[0]['id']}?as_of=2026").text


def test_a_plan_is_a_plan_only_from_the_day_by_which_a_source_shows_it(client: Client, reader: Reader) -> None:
    plans = reader.select(
        "SELECT s.id, s.planned_by, min(c.country) AS country FROM spans AS s JOIN project_country AS c USING (id)"
        " WHERE s.not_begun = 'planned' GROUP BY 1, 2 ORDER BY 1"
    )
    assert plans
    assert all(row["planned_by"] for row in plans)
    for row in plans[:5]:
        by = date.fromisoformat(row["planned_by"])
        for day, is_listed in ((by - timedelta(days=1), False), (by, True)):
            page = client.get(f"/country/{row['country']}?as_of={day}").text
            assert (f"/project/{row['id']}" in page.partition('id="plans"')[2]) is is_listed
            words = "It was only planned, which is not counted." if is_listed else "No source here shows that it had begun"
            assert words in client.get(f"/project/{row['id']}?as_of={day}").text
            totals = {
                total.country: total.planned
                for total in spans_and_records_in_period.countries(reader, str(day))
                if (total.type, total.layer) == ("project", "")
            }
            listed = [
                entry.id
                for entry in spans_and_records_in_period.projects_of(reader, "country", row["country"], str(day))
                if entry.in_place == "not"
            ]
            assert totals.get(row["country"], 0) == len(listed)
            assert (row["id"] in listed) is is_listed


def test_the_date_stays_while_one_walks(client: Client) -> None:
    page = client.get("/country/KE?as_of=2018").text
    links = re.findall(r'<a (data-now )?href="([^"#]*)', page)
    to_records = [link for _, link in links if re.match("/(country|organization|project)/", link)]
    assert to_records
    for now, link in links:
        if re.match("/(countries$|(country|organization|project)/)", link):
            assert ("as_of=2018" in link) == (not now), link
        elif link.startswith("/figures"):
            assert "as_of" not in link, "they have no state as of a date"
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
    "path",
    [
        "/figures",
        "/figure/test-projects.csv",
        "/figure/test-projects/embed",
        "/search?q=x",
        "/country/KE/print",
        "/sources",
        "/zh/figures",
        "/country/KE/changes.atom",
    ],
)
def test_pages_without_a_state_refuse_the_date_by_name(client: Client, path: str) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}as_of=2018-01-01")
    assert answer.status_code == 400 and "as_of" in answer.text


@pytest.mark.parametrize(
    "path", ["/explorer", "/country/KE", "/projects.csv", "/api/v1/projects", "/ogc/collections/projects/items"]
)
@pytest.mark.parametrize("date", ["soon", "2018-13", "2016/2018"])
def test_what_is_no_date_is_refused(client: Client, path: str, date: str) -> None:
    answer = client.get(path, params={"as_of": date})
    assert answer.status_code == 400 and "as_of must be a day, a month or a year" in answer.text


def test_a_record_has_its_span_and_whether_it_was_in_place(client: Client, reader: Reader) -> None:
    [row] = reader.select("SELECT id FROM spans WHERE begin_latest IS NOT NULL AND type = 'project' ORDER BY id LIMIT 1")
    span = spans_and_records_in_period.find(reader, row["id"])
    assert span is not None and span.begin_latest is not None
    answer = client.get(f"/api/v1/records/{span.id}?as_of={span.begin_latest}").json()
    assert answer["in_place"] == span.in_place(span.begin_latest) != "not"
    assert answer["span"]["begin_latest"]["day"] == span.begin_latest
    claims = {claim["claim_id"] for claim in answer["claims"]}
    assert set(answer["span"]["begin_latest"]["claims"]) <= claims
    assert client.get(f"/api/v1/records/{span.id}").json()["in_place"] is None


def test_a_figure_has_its_history_by_year(client: Client) -> None:
    page = client.get("/figure/test-projects").text
    assert 'id="chart-in-place"' in page and "/figure/test-projects/charts/in-place" in page
    years = client.get("/api/v1/figures/test-projects/history").json()["years"]
    assert [row["year"] for row in years] == list(range(years[0]["year"], 2027))
    for row in years[-8:]:
        assert (
            sum(row[name] for name in ("certain", "possible", "earlier"))
            <= client.get(f"/api/v1/projects?as_of={row['year']}").json()["total"]
        )
    assert client.get("/api/v1/figures/nothing/history").status_code == 404


def _unit(*days: str | None, begun: bool = True, year: int | None = None) -> figures_by_date.Unit:
    bounds = [date.fromisoformat(day) if day else None for day in days]
    return figures_by_date.Unit("x", make_span(bounds, begun=begun), year)


def test_nothing_is_drawn_before_the_first_source_or_after_the_last() -> None:
    """If no source says when a project began or ended, the years before the first source or after the last stay empty."""
    units = [
        _unit("2010-01-01", "2010-12-31", None, None),
        _unit(None, "2015-03-01", "2017-03-02", None),  # in use in 2015 and 2017, with an unknown beginning and end
        _unit("2012-01-01", "2013-06-01", "2014-01-01", "2016-02-01"),
        _unit(None, None, None, None),
        _unit("2011-01-01", None, None, None, begun=False),
    ]
    history = figures_by_date.history(units, 2019)
    counts = {row.year: (row.certain, row.possible) for row in history}
    assert counts == {
        2010: (1, 0), 2011: (0, 0), 2012: (0, 1), 2013: (1, 0), 2014: (0, 1), 2015: (1, 1), 2016: (1, 1), 2017: (1, 0),
        2018: (0, 0), 2019: (0, 0),
    }  # fmt: skip
    assert [row.earlier for row in history] == [0, *[1] * 7, 2, 2], "the first and then the second have no known end"
    assert [row.later for row in history] == [*[2] * 5, *[1] * 5], "until 2015 the second, and always the one without a date"
    assert figures_by_date.history(units[3:], 2019) == []


def test_the_chart_of_first_dates_agrees_with_the_sentence_on_them(client: Client, reader: Reader, site: Site) -> None:
    figure = figures.find(reader, "test-projects")
    assert figure
    charts = dict(year_charts(site, reader, figure._replace(groups={})))
    assert FIRST_DATES not in dict(year_charts(site, reader, figure._replace(groups={"year": {}}))), "its groups say the same"
    counts = {cells[0].text: cells[1].value for cells in charts[FIRST_DATES].table.rows}
    ids = [unit.id for unit in figures_by_date.lasting_units(reader, figure) or ()]
    by_year = {row["year"]: row["projects"] for row in reader.rows("countries.project_years", [json_array(ids)])}
    assert counts == {"no date" if year is None else str(year): number for year, number in by_year.items()}
    assert sum(counts.values()) == float(figure.value or 0), "each project counts once"


def test_the_list_of_countries_agrees_with_their_pages(client: Client, reader: Reader) -> None:
    for as_of in ("2014", "2018-06", "2026"):
        page = client.get(f"/countries?as_of={as_of}").text
        rows = {
            match[1]: re.findall(r"<td[^>]*>(?:<a [^>]*>)?([\d,]+)", match[2])
            for match in re.finditer(r'<tr><th scope="row"><a href="/country/([A-Z-]+)\?as_of=[^"]*">.*?</th>(.*?)</tr>', page)
        }
        assert rows and all(cells[0] != "0" for cells in rows.values() if len(cells) == 7), "the others are folded away"
        rows = {code: ["0"] * (7 - len(cells)) + cells for code, cells in rows.items()}
        for code in ("KE", "LA", "RU", "ZM"):
            totals = projects.totals(reader, ProjectFilter(country=(code,), as_of=as_of))
            sections = dict.fromkeys(("programme", "restriction", "agreement"), 0)
            for name in sections:
                prop = "party-country" if name == "agreement" else "country"
                sections[name] = len(spans_and_records_in_period.linked(reader, code, name, prop, as_of))
            layers = [
                projects.totals(reader, ProjectFilter(country=(code,), layer=(layer,), as_of=as_of)).projects
                for layer in ("surveillance", "censorship")
            ]
            expected = [totals.projects, totals.certain if totals.projects else 0, *layers, *sections.values()]
            assert rows.get(code, ["0"] * 7) == [str(number) for number in expected], (as_of, code)
        by_name = client.get(f"/countries?as_of={as_of}&sort=name").text
        labels = re.findall(r'<tr><th scope="row"><a [^>]*>([^<]*)</a>', by_name)
        assert labels == sorted(labels) and len(labels) == len(rows)
    assert client.get("/zh/countries?as_of=2018").status_code == 200
    assert client.get("/countries?as_of=soon").status_code == 400


def test_a_figure_as_of_a_date_has_the_value_of_its_history(client: Client, reader: Reader) -> None:
    years = client.get("/api/v1/figures/test-projects/history").json()["years"]
    for row in (years[0], years[len(years) // 2], years[-1]):
        page = client.get(f"/figure/test-projects?as_of={row['year']}").text
        value = row["certain"] + row["possible"]
        assert f"{value} may have been in place, {row['certain']} of them certainly" in text(page)
        listed = re.findall(r'<tr><th scope="row"><a href="/project/[^"]*as_of=\d{4}"', page[page.index("<main") :])
        assert len(listed) == min(value, 50)
    pages = [client.get(f"/figure/test-projects?as_of=2026&size=1&page={number}").text for number in (1, 2)]
    assert len({re.search(r'<tr><th scope="row"><a href="([^"]*)"', page)[1] for page in pages}) == 2  # type: ignore[index]
    without = {figure.name for figure in figures.all_figures(reader) if figures_by_date.lasting_units(reader, figure) is None}
    assert without
    for name in without:
        refused = client.get(f"/figure/{name}?as_of=2018")
        assert refused.status_code == 400 and "no state as of a date" in refused.text
    release = client.get("/api/v1/figures/test-projects").json()["release"]
    assert client.get(f"/figure/test-projects@{release}?as_of=2018").status_code == 400


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


def test_regions_have_their_members_of_the_date(client: Client, reader: Reader, content: Catalogue) -> None:
    dated = set(region_members.dated_regions(reader))
    assert dated >= {"european-union", "brics", "sco", "asean"}
    for day in ("1996-12-31", "1997-07-23", "2013-06-30", "2013-07-01", "2020-01-31", "2020-02-01", "2024-01-01", "2026-11-01"):
        for region in content.regions.regions:
            expected = {
                row.area for row in content.regions.rows(day) if row.region == region and row.current
            }  # `rows` uses `phase_on`, which shares no code with `members_in`
            assert set(region_members.members_in(reader, region, day)) == expected, (region, day)
    assert "HR" not in region_members.members_in(reader, "european-union", "2012") and "GB" in region_members.members_in(
        reader, "european-union", "2012"
    )
    assert "HR" in region_members.members_in(reader, "european-union", "2013"), "it joined during that year"


def test_filters_and_counts_use_the_members_of_the_date(client: Client, reader: Reader, content: Catalogue) -> None:
    for as_of in ("1996", "2010", "2026"):
        counted = facets.counts(reader, ProjectFilter(as_of=as_of))["region"]
        for region in content.regions.regions:
            members = tuple(region_members.members_in(reader, region, as_of))
            in_members = projects.totals(reader, ProjectFilter(country=members, as_of=as_of)).projects if members else 0
            assert projects.totals(reader, ProjectFilter(region=(region,), as_of=as_of)).projects == in_members
            assert counted.get(region, 0) == in_members, (region, as_of)
    page = client.get("/region/african-union?as_of=2018").text
    totals = projects.totals(reader, ProjectFilter(region=("african-union",), as_of="2018"))
    words = "project" if totals.projects == 1 else "projects"
    assert f"{totals.projects} {words} may have been in place, {totals.certain} of them certainly." in text(page)
    assert f"It had {len(region_members.listed_members_in(reader, 'african-union', '2018'))} members at that date" in text(page)
    assert "African Union is counted with its" in client.get("/explorer?region=african-union&as_of=2018").text
    assert client.get("/zh/region/african-union?as_of=2018").status_code == 200
    assert "Its members are the same at all times." in client.get("/region/africa?as_of=2018").text


def test_questions_about_a_region_in_a_year_are_about_its_members_then(client: Client, reader: Reader) -> None:
    answer = client.get("/api/v1/ask", params={"q": "fixed networks in the african union in 2018"}).json()
    selection = ProjectFilter(region=("african-union",), kind=("fixed-network",), as_of="2018")
    assert answer["understood"] and answer["total"] >= projects.totals(reader, selection).projects > 0
    assert any("as they were in 2018" in note["text"] for note in answer["notes"])
    since = client.get("/api/v1/ask", params={"q": "surveillance in the african union since 2012"}).json()
    assert "year_from=2012" in since["address"] and "as_of" not in since["address"]
    assert not any("as they were" in note["text"] for note in since["notes"])
