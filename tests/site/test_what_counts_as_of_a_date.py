"""What counts as in place as of a date: nothing before its first date on record, nothing denied, no date after the edition."""

import re
from datetime import date, timedelta

import pytest

from overt.model.values.span import NEVER_COUNTED
from overt.queries import figures, projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import figures_as_of_date_and_by_year
from overt.queries.database import Reader
from overt.site.figure.charts_by_calendar_year import IN_PLACE, year_charts
from overt.site.site import Site
from tests.support.client import Client

NOT_COUNTED = "Plans, and projects that are denied, cancelled or unverified, are not counted."


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page[page.index("<main") :]))


def later_words(number: int) -> str:
    if number == 1:
        return "1 more is first on record later, or has no date, and no source here says when it began."
    return f"{number} more are first on record later, or have no date, and no source here says when they began."


@pytest.mark.parametrize(
    "path",
    ["/explorer", "/countries", "/country/KE", "/figure/test-projects", "/projects.csv", "/api/v1/projects", "/zh/country/KE"],
)
def test_a_day_after_the_edition_is_refused(client: Client, site: Site, path: str) -> None:
    day = site.words.release_day
    for as_of in (str(day), str(day)[:7], str(day.year)):
        assert client.get(path, params={"as_of": as_of}).status_code == 200, as_of
    for as_of in (str(day + timedelta(days=1)), str(day.year + 1), f"{day.year + 9}-05"):
        answer = client.get(path, params={"as_of": as_of})
        assert answer.status_code == 400, as_of
        assert as_of in answer.text and str(day) in answer.text
        assert path.startswith("/zh") or "write that day or an earlier date" in answer.text


def test_what_is_denied_cancelled_or_unverified_counts_at_no_date(shipped: Client, shipped_reader: Reader) -> None:
    rows = shipped_reader.select("SELECT p.id, p.status, c.country FROM projects AS p JOIN project_country AS c USING (id)")
    disputed = {row["id"]: row["country"] for row in rows if row["status"] in NEVER_COUNTED}
    assert disputed
    for as_of in ("1950", "2012", "2026"):
        answer = shipped.get(f"/api/v1/projects?as_of={as_of}&limit=1000").json()
        listed = {item["id"] for item in answer["items"]}
        assert len(listed) == answer["total"] and not listed & set(disputed), as_of
    for identity, country in sorted(disputed.items())[:4]:
        page = shipped.get(f"/country/{country}?as_of=2026").text
        assert f"/project/{identity}" not in page and NOT_COUNTED in text(page)
        assert "It counts as in place at no date" in shipped.get(f"/project/{identity}?as_of=2026").text
        assert shipped.get(f"/api/v1/records/{identity}?as_of=2026").json()["in_place"] == "not"


def test_what_no_source_dates_counts_from_its_first_date_on_record(shipped: Client, shipped_reader: Reader) -> None:
    """Before that date, pages count such projects separately, because no source says when they began."""
    query = (
        "SELECT s.id, coalesce(s.begin_latest, s.end_earliest) AS first, c.country FROM spans AS s JOIN project_country AS c"
        " USING (id) WHERE s.begun AND s.counts AND s.begin_earliest IS NULL AND first IS NOT NULL ORDER BY s.id"
    )
    undated = shipped_reader.select(query)
    assert undated
    for row in undated[:4]:
        for day, counts in ((date.fromisoformat(row["first"]), True), (date.fromisoformat(row["first"]) - timedelta(1), False)):
            totals = projects.totals(shipped_reader, ProjectFilter(country=(row["country"],), as_of=str(day)))
            page = shipped.get(f"/country/{row['country']}?as_of={day}").text
            assert (f"/project/{row['id']}" in page) is counts, (row, day)
            for place in (page, shipped.get(f"/explorer?country={row['country']}&as_of={day}").text):
                assert (later_words(totals.later) in text(place)) is bool(totals.later)
        assert totals.later
        assert "no source here says when it began" in shipped.get(f"/project/{row['id']}?as_of={day}").text
    everything = projects.totals(shipped_reader, ProjectFilter(as_of="1950"))
    assert everything.projects == len(shipped.get("/api/v1/projects?as_of=1950&limit=1000").json()["items"]) < everything.later


def test_a_figure_as_of_a_year_and_its_chart_have_the_same_number(
    shipped: Client, shipped_reader: Reader, shipped_site: Site
) -> None:
    lasting = [
        figure
        for figure in figures.all_figures(shipped_reader)
        if figures_as_of_date_and_by_year.lasting_units(shipped_reader, figure)
    ]
    assert lasting
    apart = 0
    for figure in lasting[:4]:
        name = figure.name
        chart = dict(year_charts(shipped_site, shipped_reader, figure))[IN_PLACE]
        drawn = {cells[0].text: [cell.value for cell in cells[1:]] for cells in chart.table.rows}
        years = {row["year"]: row for row in shipped.get(f"/api/v1/figures/{name}/history").json()["years"]}
        for year in [year for year in (2010, 2016, 2024) if year in years]:
            row = years[year]
            page = shipped.get(f"/figure/{name}?as_of={year}").text
            number = f"{row['certain'] + row['possible']:,}"
            assert f"{number} may have been in place, {row['certain']:,} of them certainly" in text(page)
            assert drawn[str(year)][:2] == [row["certain"], row["possible"]], (name, year)
            assert (later_words(row["later"]) in text(page)) is bool(row["later"])
            assert ("last on record earlier, and no source here says when" in text(page)) is bool(row["earlier"])
            apart += row["later"] + row["earlier"]
    assert apart, "else the test would prove nothing"
