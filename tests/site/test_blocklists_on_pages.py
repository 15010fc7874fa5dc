"""Pages and API responses about measured blocking, with invented daily lists and the samples of other sources."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from overt.archive import Archive, fetch_local, match_files
from overt.importing.snapshot_and_source_selection import EDITION_PREFIX
from overt.index.editions.filtered_project_subset import read_subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.model.content_catalogue import Catalogue
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from overt.site.restriction_facts import without_open_end
from tests.importing.blocklist_files import HENAN, NATIONAL, write_daily
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.release_table_rows_and_file_hashes import query_release

DAYS = {
    NATIONAL: {
        "2024-03-03": ["x.com", "youtube.com", "other.example", "xn--bcher-kva.example"],
        "2024-03-04": ["gist.github.com", "youtu.be", "youtube.com"],
        "2024-10-08": ["x.com", "youtube.com"],
        "2024-10-09": ["x.com", "youtube.com"],
    },
    HENAN: {"2024-03-03": ["threads.net"], "2024-03-04": ["threads.net"], "2024-03-06": ["other.example"]},
}
"""Names by list and day. The lists are invented."""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("measured")
    atlas = Atlas(folder)
    daily = match_files(write_daily(folder / "in", DAYS), {"daily": ["*.tar.xz"]})
    fetch_local(
        Archive(atlas.workspace.archive), "gfw_report_daily", daily, address=f"{EDITION_PREFIX}gfw_report_daily", licence="",
        retrieved="2026-11-24",
    )  # fmt: skip
    fetch_samples(atlas.workspace, ["gfw_report_mechanisms", "access_now_keepiton", "agreements"])
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def served(listed: Atlas) -> Client:
    return Client(create_app(ServeSettings(Workspace.open(listed.root))))


def test_any_domain_can_be_looked_up(served: Client) -> None:
    answer = served.get("/api/v1/domains/X.com").json()
    assert (answer["domain"], answer["platform"], answer["finding"]) == ("x.com", "x", True)
    episodes = [(row["series"], row["start"], row["end"], row["measurements"], row["member"]) for row in answer["episodes"]]
    assert episodes == [
        ("national", "../2024-03-03", "2024-03-03", 1, "censored-sni-california_2024-03-03.txt"),
        ("national", "2024-03-05/2024-10-08", "2024-10-09/..", 2, "censored-sni-california_2024-10-08.txt"),
    ]
    spans = {row["series"]: row["unmeasured"] for row in answer["series"]}
    assert spans["national"] == ["2024-03-05/2024-10-07"] and spans["henan"] == ["2024-03-05"] and spans["dns"] == []
    none = served.get("/api/v1/domains/never-measured.example").json()
    assert (none["finding"], none["episodes"], none["platform"]) == (False, [], None)
    assert "not a finding" in none["caveat"]


def test_a_domain_is_answered_in_sentences(served: Client) -> None:
    page = served.get("/domain/youtube.com").text
    answer = "In China, youtube.com was on the list “National firewall, daily (TLS)” on all 4 days measured, 3 March 2024 to"
    assert answer in page
    assert "on 3 of 4 days measured" in served.get("/domain/x.com").text
    assert page.count('<svg class="quarter-strip" role="img"') == 1, "a strip for each list that names it"
    assert "每天都在名单" in served.get("/zh/domain/youtube.com").text
    platform = served.get("/platform/x").text
    assert "on 3 of 4 days measured" in platform.partition('class="briefing"')[2].partition("</div>")[0]
    assert "blocked in China" not in platform.partition("<main")[2].partition("</div>")[0], (
        "what lists say is not repeated as a restriction"
    )


def test_an_onset_in_a_gap_is_never_a_day_on_a_page(served: Client) -> None:
    page = served.get("/domain/x.com").text
    assert "between 5 March 2024 and 8 October 2024" in page
    assert "by 3 March 2024" in page and "on the last list, 9 October 2024" in page
    none = served.get("/domain/never-measured.example").text
    assert "None of Overt’s lists of blocked domains names this domain." in none and "is not a finding" in none
    assert 'href="/country/CN">China</a>: National firewall, daily (TLS)' in page, "whose nation's it is"
    assert 'href="/zh/country/CN">中国</a>：' in served.get("/zh/domain/never-measured.example").text
    assert served.get("/domain/Example.COM").headers["location"] == "/domain/example.com"
    assert served.get(f"/domain/{'a' * 300}").status_code == 404


def test_spellings_of_a_name_count_as_one_name(served: Client) -> None:
    written, name = "Bücher.EXAMPLE.", "xn--bcher-kva.example"
    answer = served.get(f"/api/v1/domains/{written}").json()
    assert (answer["domain"], answer["finding"]) == (name, True)
    assert served.get(f"/domain/{written}").headers["location"] == f"/domain/{name}"
    assert served.get(f"/zh/domain/{written}").headers["location"] == f"/zh/domain/{name}"
    rows = list(csv.DictReader(io.StringIO(served.get(f"/domain/{written}.csv").text.removeprefix("\ufeff"))))
    assert ("national", "1") in {(row["series"], row["days_listed"]) for row in rows}
    assert {row["domain"] for row in rows} == {name}
    for wrong in (f"{'a' * 64}.example", "x..com", "192.0.2.1", "ü" * 64, f"{'a.' * 126}example"):
        assert served.get(f"/domain/{wrong}").status_code == served.get(f"/domain/{wrong}.csv").status_code == 404, wrong
        assert served.get(f"/api/v1/domains/{wrong}").status_code == 404, wrong


def test_quarters_have_days_measured_and_listed(served: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(served.get("/domain/youtube.com.csv").text.removeprefix("\ufeff"))))
    national = [row for row in rows if row["series"] == "national"]
    quarters = [(row["quarter"], row["days_measured"], row["days_listed"], row["vantage_points"]) for row in national]
    assert quarters == [("2024-Q1", "2", "2", "1"), ("2024-Q4", "2", "2", "1")]
    henan = [row for row in rows if row["series"] == "henan"]
    assert [(row["days_measured"], row["days_listed"]) for row in henan] == [("3", "0")]


def test_a_platform_has_its_domains(served: Client) -> None:
    answer = served.get("/api/v1/platforms/x").json()
    assert answer["domains"][:2] == ["x.com", "twitter.com"]
    [row] = answer["found"]
    assert (row["domain"], row["series"], row["episodes"], row["measurements"], row["days"]) == (
        "x.com",
        "national",
        2,
        3,
        4,
    )
    page = served.get("/platform/x").text
    assert "3 of 4 days" in page and 'href="/domain/twitter.com"' in page, "of what is not listed it is said"
    assert served.get("/platform/social-media").status_code == 404, "a kind of platform is none"
    assert served.get("/api/v1/platforms/nonsense").status_code == 404


def test_a_country_has_its_matrix_and_its_restrictions(served: Client) -> None:
    page = served.get("/country/CN/restrictions").text
    assert "What is measured to be blocked" in page
    row = page.partition('href="/platform/youtube"')[2].partition("</tr>")[0]
    assert "4 of 4 days" in row and row.count("not listed") == 5
    assert "youtu.be</bdi>: " in row and "1 of 4 days" in row, "its other names stand beside"
    table, _, without = page.partition("Without a finding:")
    row = table.partition('href="/platform/github"')[2].partition("</tr>")[0]
    assert "github.com</bdi>: not listed" in row and "gist.github.com</bdi>: " in row and "1 of 4 days" in row
    assert 'href="/platform/github"' not in without, "one of its domains is on a list"
    row = table.partition('href="/platform/threads"')[2].partition("</tr>")[0]
    assert row.count("not listed") == 5 and "</bdi>: not listed" not in row
    names = without.partition('href="/platform/google"')[2].partition(")")[0]
    assert "google.com</bdi>" in names and "google.com.hk</bdi>" in names, "all of its names"
    assert "What is measured to be blocked" not in served.get("/country/IN/restrictions").text
    rows = list(csv.DictReader(io.StringIO(served.get("/country/IN/restrictions.csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 2 and {row["source"] for row in rows} == {"access_now_keepiton"}
    assert {row["kind"] for row in rows} == {"shutdown", "blocking; shutdown; throttling"}


def test_a_quarter_without_a_list_differs_from_a_quarter_without_a_listed_day(served: Client) -> None:
    page = served.get("/country/CN/blocked").text
    row = page.partition('href="/platform/x"')[2].partition("</tr>")[0]
    strip = "Q1 2024: 1 of 2 days; Q2 2024: no list; Q3 2024: no list; Q4 2024: 2 of 2 days"
    assert f"<title>{strip}</title>" in row and "2 episodes" in row
    assert "<title>Q1 2024: 0 of 3 days; Q2 2024: no list; Q3 2024: no list; Q4 2024: no list</title>" in row, "Henan"
    row = page.partition('href="/platform/threads"')[2].partition("</tr>")[0]
    assert "ended between 4 March 2024 and 5 March 2024" in row
    numbers = page.partition("Days listed by quarter, in numbers")[2].partition("</details>")[0]
    row = numbers.partition('href="/domain/x.com"')[2].partition("</tr>")[0]
    assert re.findall(r'<td class="number">(.*?)</td>', row) == ["1", "–", "–", "2"]
    assert "github.com</bdi></a></th>" in numbers and '"/domain/github.com"' not in numbers, "gist.github.com alone is listed"
    about = served.get("/platform/x").text
    row = about.partition('href="/domain/x.com"')[2].partition("</tr>")[0]
    assert f"<title>{strip}</title>" in row and "already on the first list" in row and "still on the last list" in row


def test_a_country_has_its_platforms_by_quarter_as_csv(served: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(served.get("/country/CN/blocked.csv").text.removeprefix("\ufeff"))))
    by_key = {(row["domain"], row["series"], row["quarter"]): row for row in rows}
    assert len(by_key) == len(rows)
    named = ("days_measured", "days_listed", "listed", "first_listed", "last_listed")
    of = {key: tuple(row[name] for name in named) for key, row in by_key.items()}
    assert of["x.com", "national", "2024-Q1"] == ("2", "1", "yes", "2024-03-03", "2024-03-03")
    assert of["x.com", "national", "2024-Q2"] == ("0", "", "", "", ""), "not measured is not zero"
    assert of["x.com", "henan", "2024-Q1"] == ("3", "0", "no", "", "")
    assert of["x.com", "henan", "2024-Q4"] == ("0", "", "", "", "")
    assert of["github.com", "dns", ""] == ("", "", "no", "", "")
    pairs = {(domain, series) for domain, series, _ in by_key}
    assert pairs == {(domain, series) for domain, _ in pairs for _, series in pairs}, "every domain on every series"
    assert served.get("/country/KE/blocked.csv").text.count("\n") == 1, "of others there is none"
    assert served.get("/country/QQ/blocked.csv").status_code == 404


def test_any_domain_is_looked_up_by_a_form(served: Client) -> None:
    assert 'href="/domain"' in served.get("/blocked").text
    assert (
        'action="/zh/domain"' in served.get("/zh/domain").text
        and 'action="/domain"' in served.get("/country/CN/restrictions").text
    )
    answer = served.get("/domain?name=X.com.")
    assert (answer.status_code, answer.headers["location"]) == (303, "/domain/x.com")
    assert served.get("/zh/domain?name=Bücher.example").headers["location"] == "/zh/domain/xn--bcher-kva.example"
    for pasted in ("https://X.com/some/page?of=it#there", "x.com/page", "http://reader@x.com:8080"):
        assert served.get("/domain", params={"name": pasted}).headers["location"] == "/domain/x.com", pasted
    wrong = served.get("/domain?name=a..b%3Cscript%3E")
    assert wrong.status_code == 200 and "“<bdi>a..b&lt;script&gt;</bdi>” is not a domain name" in wrong.text


def test_the_search_leads_to_what_was_measured(served: Client) -> None:
    for query in ("x.com", " X.com.", "https://x.com/some/page?of=it"):
        page = served.get("/search", params={"q": query}).text
        assert '<a href="/domain/x.com">What lists and measurements say about x.com</a>' in page, query
    for query in ("WhatsApp", "whatsapp ", "x", "twitter", "推特"):
        page, platform = served.get("/search", params={"q": query}).text, "whatsapp" if "hats" in query else "x"
        assert f'<p class="lead"><a href="/platform/{platform}">Where ' in page, query
    page = served.get("/search?q=whatsapp").text
    assert "Where WhatsApp is measured to be blocked" in page and "That is not evidence of absence" not in page
    assert "/zh/platform/whatsapp" in served.get("/zh/search?q=whatsapp").text
    assert "/zh/domain/xn--bcher-kva.example" in served.get("/zh/search?q=Bücher.example").text
    for query in ("huawei", "messaging", "192.0.2.1", "a b.example", "", "whatever"):
        page = served.get("/search", params={"q": query}).text
        assert 'href="/domain/' not in page and 'href="/platform/' not in page, query


def test_all_domains_come_in_one_file(served: Client) -> None:
    answer = served.get("/blocked.csv.gz", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/gzip" and "content-encoding" not in answer.headers
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(answer.content).decode("utf-8-sig"))))
    listed = sum(len(names) for days in DAYS.values() for names in days.values())
    assert sum(int(row["days_listed"] or 0) for row in rows) == listed
    assert served.get("/blocked.csv.gz").content == answer.content


def test_platforms_are_terms_with_domains(content: Catalogue) -> None:
    terms = content.vocabularies["platforms"].terms
    kinds = {term.broader for term in terms if term.broader}
    assert all(bool(term.domains) == (term.id not in kinds) for term in terms)


@pytest.mark.slow
def test_figures_of_a_part_count_what_was_measured(listed: Atlas, tmp_path: Path) -> None:
    workspace = listed.workspace
    [release] = workspace.releases.glob("20*")
    everything = restrict(release, ["open", "private"], workspace.content, tmp_path)
    subset = read_subset(["country=CN"], workspace.content)
    assert subset
    editions = [
        take_subset(everything, release.name, subset, workspace.content, tmp_path, served=False),
        restrict(release, ["private"], workspace.content, tmp_path),
    ]
    for edition in editions:
        [figure] = query_release(edition.tables.parent, "SELECT value FROM figures WHERE name = 'platforms-blocked'")
        assert figure["value"] == 3, edition.named(release.name)


def test_the_figure_of_blocked_platforms_leads_to_their_pages(served: Client) -> None:
    figure = served.get("/api/v1/figures/platforms-blocked").json()
    assert figure["value"] == 3
    assert {row["unit_id"]: row["days_listed"] for row in figure["rows"]} == {"github": 1, "x": 3, "youtube": 4}
    assert {variant["name"]: variant["value"] for variant in figure["variants"] if variant["name"] != "all-platforms"} == {
        "every-measured-day": 1, "by-henan": 1, "by-henan-alone": 1,
    }  # fmt: skip
    page = served.get("/zh/figure/platforms-blocked").text
    assert '<a href="/zh/platform/x">X（推特）</a>' in page
    rows = {
        row["unit_id"]: row
        for row in csv.DictReader(io.StringIO(served.get("/figure/platforms-blocked.csv").text.removeprefix("\ufeff")))
    }
    assert rows["threads"]["counted"] == "no" and rows["x"]["label"] == "X (Twitter)"
    assert rows["x"]["page"].endswith("/platform/x")


def test_events_list_measurements_once_per_platform_and_series(served: Client) -> None:
    page = served.get("/country/CN/timeline?of=measured").text
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>Measured to be blocked</td></tr>", page, re.DOTALL)
    assert rows and len(set(rows)) == len(rows)
    assert any("threads.net" in what or "youtube.com" in what for _, what in rows), "of which domain"
    assert all('href="/record/ovt-' in what for _, what in rows), "each leads to its record"
    assert "Measured to be blocked" not in served.get("/country/CN/timeline?of=restrictions").text.partition("<table")[2]
    threads = next(when for when, what in rows if "Threads" in what)
    assert "no longer listed: between 4 March 2024 and 5 March 2024" in threads
    assert served.get("/country/KE/blocked").status_code == 404


def test_places_are_described_in_words_and_small_screens_get_cards(served: Client) -> None:
    assert "河南、threads.net、" in served.get("/zh/country/CN/timeline").text
    assert "Henan, threads.net, " in served.get("/country/CN/timeline").text
    assert '<td data-label="地区">' in served.get("/zh/country/CN/restrictions").text


@pytest.mark.parametrize(
    ("end", "known"), [(None, None), ("2025-03-31/..", None), ("2025-03", "2025-03"), ("2024/2025", "2024/2025")]
)
def test_a_block_on_the_last_list_has_no_known_end(end: str | None, known: str | None) -> None:
    assert without_open_end(end) == known


def test_no_page_takes_the_last_list_for_an_end(served: Client) -> None:
    """Of the six restrictions in China, two are on the last list and two others have no end."""
    page = served.get("/blocked").text
    assert "For 4 of the total, Overt has no report of an end" in page and "from 9 October 2024" not in page
    page = served.get("/country/CN/restrictions").text
    assert '<td data-label="Until"><span class="muted">no end reported</span></td>' in page
    assert ">from 9 October 2024" not in page.partition("<table")[2].partition("</table")[0]
    answer = served.get("/search?q=what+is+still+blocked+in+China").text
    assert "Each of these restrictions has a recorded end" not in answer
    answer = served.get("/search?q=what+is+no+longer+blocked+in+China").text
    assert "The ends of 6 restrictions are on record" not in answer and "until from" not in answer
