"""Events in a country: one list of all events, as a page and as CSV; and restrictions without a date."""

import csv
import io
import re
from collections import Counter

import pytest

from overt.queries import countries
from overt.queries.database import Reader, Row
from overt.site.country.timeline import timeline_events as country_events
from overt.site.country.timeline.timeline_events import CountryEvent
from overt.site.lists_in_country import page as country_lists
from overt.site.site import Site
from tests.support.client import Client
from tests.support.crawl import Page


def test_each_event_is_listed_once_or_counted_as_undated(site: Site, reader: Reader) -> None:
    for code in ("KE", "LA", "US", "RU", "CN"):
        events = country_events.country_events(site, reader, code)
        ids = Counter((event.of, event.id) for event in events.dated)
        assert not [event for event, times in ids.items() if times > 1]
        projects = sum(times for (of, _), times in ids.items() if of == "projects") + events.undated.get("projects", 0)
        assert projects == (country.projects if (country := countries.find(reader, code)) else 0)
        places = [event.place for event in events.dated]
        assert places == sorted(places, reverse=True), "the newest first"
        assert events.counts == Counter(event.of for event in events.dated)


def test_kenya_in_one_list(client: Client) -> None:
    html = client.get("/country/KE/timeline").text
    for text in ("Shutdown: VPNs", "Birch &lt;b&gt;", "Restriction, reported", "Test Sea Cable", "National backbone of Kenya"):
        assert text in html
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", html, re.DOTALL)
    assert len(rows) == len(set(rows))
    projects = client.get("/country/KE/timeline?of=projects").text
    assert "Test Sea Cable" in projects and "Messenger" not in projects and 'of=projects" aria-current="page"' in projects
    assert client.get("/country/KE/timeline?of=nonsense").status_code == 400
    assert client.get("/country/QQ/timeline").status_code == client.get("/country/QQ/restrictions").status_code == 404
    assert "No date is known" in client.get("/country/FR/timeline").text
    assert "supplied or carried out by" in html.lower()


def test_the_list_as_csv_has_dates_as_the_sources_give_them(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/country/KE/timeline.csv").text.removeprefix("\ufeff"))))
    by_name = {row["name"]: (row["kind"], row["start"], row["end"]) for row in rows}
    assert by_name["Test Sea Cable"] == ("projects", "2027", "")
    assert all(client.get(row["page"]).status_code == 200 for row in rows)


def test_undated_restrictions_are_counted_and_linked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    read = countries.restriction_dates

    def undated(reader: Reader, code: str) -> list[Row]:
        return [row._replace(start=None, end=None) for row in read(reader, code)]

    monkeypatch.setattr(countries, "restriction_dates", undated)
    page = client.get("/country/KE/timeline?page=1").text  # this page is not cached
    note = page.partition("Not in this list, because they have no known date:")[2].partition("</p>")[0]
    assert re.findall(r'href="([^"]+)">(.*?)</a>', note) == [("/country/KE/restrictions", "1 restriction")]
    assert "Messenger" not in page


def make_event(*dates: str) -> CountryEvent:
    return CountryEvent("restrictions", tuple(("start", date) for date in dates), "ovt-a", "", {})


def test_imprecise_values_do_not_become_precise() -> None:
    assert [make_event(when).year for when in ("2019-03-04", "../2021", "201X", "2020-01/2020-05", "2019~")] == [
        "2019", "2021", "201X", "2020", "2019"
    ]  # fmt: skip
    assert make_event("201X").place == ("2010", "", "00", "00") < make_event("2019").place < make_event("2019-01-01").place
    assert (make_event().year, make_event().place) == ("", ()) and make_event("unknown").year == ""


def test_dates_in_words(site: Site) -> None:
    def words(of: str, **dates: str) -> str:
        return country_events._when(site, CountryEvent(of, tuple(dates.items()), "a", "", {"held": {"days_to": "2025-03-04"}}))

    assert words("restrictions", start="2019-03-04") == "from 4 March 2019; end not reported"
    assert words("restrictions", start="2019-03-04", end="2019-03-04") == "4 March 2019"
    assert (
        words("measured", start="../2023-11-07", end="2025-03-04/..")
        == "by 7 November 2023; still on the last list, of 4 March 2025"
    )
    assert words("measured", start="2024-01-02/2024-01-05", end="2024-02-01/2024-02-03") == (
        "between 2 January 2024 and 5 January 2024; no longer listed: between 1 February 2024 and 3 February 2024"
    )


def test_long_lists_come_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country_events, "SIZE", 2)
    first, second = (Page("", client.get(f"/country/KE/timeline?page={number}").text) for number in (1, 2))
    assert "Next" in first.text and "Previous" in second.text
    monkeypatch.setattr(country_lists, "RESTRICTIONS", 1)
    html = client.get("/country/KE/restrictions").text
    assert "VPNs" in html and "/country/KE/restrictions.csv" in html


def test_a_decade_does_not_part_its_first_year() -> None:
    entries = [
        CountryEvent("projects", (("agreed", date),), date, "", {}) for date in ("2010", "201X", "2010-05", "2009-12", "2011")
    ]
    ordered = sorted(entries, key=lambda event: event.place, reverse=True)
    assert [event.id for event in ordered] == ["2011", "2010-05", "2010", "201X", "2009-12"]
    assert CountryEvent("projects", (), "a", "", {}).place == ()
