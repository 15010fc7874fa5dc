"""Pages and answers of what was measured to be blocked, on the samples of the firewall lists beside one of invented platforms."""

import csv
import io

import pytest

from overt.archive import Archive, fetch_local, match_files
from overt.importing.step import EDITION
from overt.model.content import Catalogue
from overt.model.workspace import Workspace
from overt.publish.app import ServeSettings, create_app
from tests.flow.atlas import Atlas, fetch_samples
from tests.importing.lists import HENAN, NATIONAL, write_daily
from tests.publish.client import Client

DAYS = {
    NATIONAL: {
        "2024-03-03": ["x.com", "youtube.com", "other.example", "xn--bcher-kva.example"],
        "2024-03-04": ["gist.github.com", "youtu.be", "youtube.com"],
        "2024-10-08": ["x.com", "youtube.com"],
        "2024-10-09": ["x.com", "youtube.com"],
    },
    HENAN: {"2024-03-03": ["threads.net"], "2024-03-04": ["threads.net"], "2024-03-06": ["other.example"]},
}
"""Which names stand on which list is made up."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("measured")
    atlas = Atlas(folder)
    daily = match_files(write_daily(folder / "in", DAYS), {"daily": ["*.tar.xz"]})
    fetch_local(
        Archive(atlas.workspace.archive), "gfw_report_daily", daily, address=f"{EDITION}gfw_report_daily", licence="",
        retrieved="2026-11-24",
    )  # fmt: skip
    fetch_samples(atlas.workspace, ["gfw_report_mechanisms", "access_now_keepiton", "agreements"])
    atlas.build()
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def test_a_domain_is_looked_up_whatever_it_is(served: Client) -> None:
    held = served.get("/api/v1/domains/X.com").json()
    assert (held["domain"], held["platform"], held["finding"]) == ("x.com", "x", True)
    said = [(row["series"], row["start"], row["end"], row["measurements"], row["member"]) for row in held["episodes"]]
    assert said == [
        ("national", "../2024-03-03", "2024-03-03", 1, "censored-sni-california_2024-03-03.txt"),
        ("national", "2024-03-05/2024-10-08", "2024-10-09/..", 2, "censored-sni-california_2024-10-08.txt"),
    ]
    spans = {row["series"]: row["unmeasured"] for row in held["series"]}
    assert spans["national"] == ["2024-03-05/2024-10-07"] and spans["henan"] == ["2024-03-05"] and spans["dns"] == []
    none = served.get("/api/v1/domains/never-measured.example").json()
    assert (none["finding"], none["episodes"], none["platform"]) == (False, [], None)
    assert "no finding" in none["caveat"]


def test_an_onset_in_a_gap_is_never_a_day_on_a_page(served: Client) -> None:
    page = served.get("/domain/x.com").text
    assert "between 5 March 2024 and 8 October 2024" in page
    assert "by 3 March 2024" in page and "on the last list, 9 October 2024" in page
    none = served.get("/domain/never-measured.example").text
    assert "No list of this release names this domain." in none and "is no finding" in none
    assert served.get("/domain/Example.COM").headers["location"] == "/domain/example.com"
    assert served.get(f"/domain/{'a' * 300}").status_code == 404


def test_a_name_is_one_however_it_is_written(served: Client) -> None:
    written, name = "Bücher.EXAMPLE.", "xn--bcher-kva.example"
    held = served.get(f"/api/v1/domains/{written}").json()
    assert (held["domain"], held["finding"]) == (name, True)
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
    found = [(row["quarter"], row["days_measured"], row["days_listed"], row["vantage_points"]) for row in national]
    assert found == [("2024-Q1", "2", "2", "1"), ("2024-Q4", "2", "2", "1")]
    henan = [row for row in rows if row["series"] == "henan"]
    assert [(row["days_measured"], row["days_listed"]) for row in henan] == [("3", "0")]


def test_a_platform_has_its_domains(served: Client) -> None:
    held = served.get("/api/v1/platforms/x").json()
    assert held["domains"][:2] == ["x.com", "twitter.com"]
    [found] = held["found"]
    assert (found["domain"], found["series"], found["episodes"], found["measurements"], found["days"]) == (
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
    page = served.get("/country/CN").text
    assert "What is measured to be blocked" in page
    row = page.partition('href="/platform/youtube"')[2].partition("</tr>")[0]
    assert "4 of 4 days" in row and row.count("no finding") == 5
    assert "youtu.be</bdi>: " in row and "1 of 4 days" in row, "its other names stand beside"
    table, _, without = page.partition("Without a finding:")
    row = table.partition('href="/platform/github"')[2].partition("</tr>")[0]
    assert "github.com</bdi>: no finding" in row and "gist.github.com</bdi>: " in row and "1 of 4 days" in row
    assert 'href="/platform/github"' not in without, "one of its domains is on a list"
    row = table.partition('href="/platform/threads"')[2].partition("</tr>")[0]
    assert row.count("no finding") == 5 and "</bdi>: no finding" not in row
    said = without.partition('href="/platform/google"')[2].partition(")")[0]
    assert "google.com</bdi>" in said and "google.com.hk</bdi>" in said, "all of its names"
    assert "What is measured to be blocked" not in served.get("/country/IN").text
    rows = list(csv.DictReader(io.StringIO(served.get("/country/IN/restrictions.csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 2 and {row["sources"] for row in rows} == {"access_now_keepiton"}
    assert {row["kind"] for row in rows} == {"shutdown", "blocking; shutdown; throttling"}


def test_platforms_are_terms_with_domains(content: Catalogue) -> None:
    terms = content.vocabularies["platforms"].terms
    kinds = {term.broader for term in terms if term.broader}
    assert all(bool(term.domains) == (term.id not in kinds) for term in terms)
