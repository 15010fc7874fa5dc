"""Pages, files and API responses about single measurements: invented measurements of real platforms and an unknown host."""

import csv
import hashlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from overt.archive import Archive, fetch_local
from overt.edition.edition_plan import parts
from overt.index.release_preparation import prepare
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from overt.server.sites_by_language import make_sites
from overt.site.measured import page as single_rows
from overt.site.measurement_sections import has_page
from tests.measure.scenarios.basic_web_and_service_scenarios import scenarios
from tests.measure.scenarios.measurement_parts import PLAIN, exchange, web
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples

CUT: dict[str, Any] = {"requests": [exchange(PLAIN, "", 0, "connection_reset")]}


def of(host: str, country: str, cut: bool = False, **more: Any) -> dict[str, Any]:
    """Return an invented measurement of one host in a country, with its connection cut if `cut` is set."""
    made = json.dumps(web(PLAIN, **(CUT if cut else {})) | {"probe_cc": country} | more)
    measurement: dict[str, Any] = json.loads(made.replace("news.example", host))
    return measurement


def measurements() -> list[dict[str, Any]]:
    """Return invented measurements of hosts in Kenya and India, and of x.com in the EU and in Uganda."""
    made = []
    for n in range(5):
        at = {"software_version": f"5.{n}", "probe_asn": f"AS{64500 + n % 2}"}
        made += [
            of("x.com", "KE", cut=True, **at),
            of("x.com", "KE", measurement_start_time="2026-06-01 10:00:00", **at),
            of("odd.example", "KE", **at),
            of("www.reddit.com", "KE", **at),
            scenarios()["telegram-centres"][0] | {"probe_cc": "KE"} | at,
        ]
    more = [of(host, "IN", cut=True) for host in ("youtube.com", "<b>odd<", "192.0.2.7")]
    return [*made, *more, of("x.com", "EU"), of("x.com", "UG", test_keys=None)]


def settings_of(folder: Path, *samples: str, own: bool = True) -> ServeSettings:
    """Build an atlas from samples and, unless `own` is false, the invented measurements. Return settings that serve it."""
    atlas = Atlas(folder)
    fetch_samples(atlas.workspace, ["agreements", *samples])
    if own:
        path = folder / "made.jsonl"
        path.write_text("".join(json.dumps(measurement) + "\n" for measurement in measurements()), encoding="utf-8")
        fetch_local(
            Archive(atlas.workspace.archive), "ooni", {"measurements": [("ooni/measurements/made.jsonl", path)]}, licence="",
            retrieved="2026-11-24",
        )  # fmt: skip
    release = atlas.build()
    return ServeSettings(Workspace.open(atlas.root), release)


def serve(folder: Path, own: bool = True) -> Client:
    return Client(create_app(settings_of(folder, own=own)))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Client:
    return serve(tmp_path_factory.mktemp("single"))


def row_of(page: str, *has: str) -> str:
    """Return the first row of the section's table that contains all these texts."""
    rows = (row.partition("</tr>")[0] for row in page.partition('id="single"')[2].split("<tr>"))
    return next(row for row in rows if all(text in row for text in has))


def read(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_domain_has_its_states_by_country_and_quarter(served: Client) -> None:
    page = served.get("/domain/x.com").text
    first = row_of(page, "Kenya", "Q1")
    assert "<strong>blocked</strong>" in first and "blocked at 5 of 5" in first and "57 % to 100 %" in first
    assert "Connection cut" in first and 'href="/measured/KE/x.com"' in first and 'href="/country/KE"' in first
    assert ">reached<" in row_of(page, "Kenya", "Q2")
    area = row_of(page, ">EU<")
    assert "too little to say" in area and "/country/EU" not in area, "that is no country"


def test_a_platform_has_its_hosts_and_its_own_tests(served: Client) -> None:
    page = served.get("/platform/telegram").text
    row = row_of(page, "test of the service")
    assert "blocked at 5 of 5" in row and 'href="/measured/KE/telegram"' in row
    assert "No individual measurement here tested it." in served.get("/platform/tumblr").text


def test_a_platform_is_measured_by_its_hosts_with_www_too(served: Client) -> None:
    """Most test lists contain the names with www. The row states which host was tested."""
    row = row_of(served.get("/platform/reddit").text, "Kenya")
    assert 'href="/domain/www.reddit.com"' in row and ">reached<" in row
    assert "/platform/reddit" in row_of(served.get("/country/KE/restrictions").text, "www.reddit.com")
    assert [row["domain"] for row in served.get("/api/v1/platforms/reddit").json()["measured"]] == ["www.reddit.com"]
    assert served.get("/api/v1/domains/reddit.com").json()["measured"] == [], "a domain counts by itself"


def test_a_country_lists_platforms_first(served: Client) -> None:
    page = served.get("/country/KE/restrictions").text.partition('id="single"')[2]
    assert page.index("/platform/telegram") < page.index("odd.example")
    assert "Q2" in page.partition("x.com")[2].partition("</tr>")[0], "the last quarter in which it was tested"
    assert "No individual measurement here was made in this country." in served.get("/country/BR/restrictions").text


def test_too_little_evidence_is_never_reported_as_blocked(served: Client) -> None:
    """youtube.com has only one vantage point in India, which is not enough."""
    for address in ("/country/IN/restrictions", "/platform/youtube", "/domain/youtube.com"):
        row = row_of(served.get(address).text, "youtube.com")
        assert "too little to say" in row and "blocked" not in row and "Connection cut" not in row, address
    assert "封锁" not in row_of(served.get("/zh/country/IN/restrictions").text, "youtube.com")


def test_every_number_leads_to_its_rows(served: Client) -> None:
    page = served.get("/measured/KE/x.com").text
    assert page.count("<strong>blocked</strong>") == 5 + 1 + 1, "measurements, a quarter, a day"
    assert page.count("mixed or not certain") == 2, "three of three and two of two are not certain"
    assert 'href="#rule-web-http-cut"' in page and 'id="rule-web-http-cut"' in page
    assert "<code>line=1</code>" in page and "/source/ooni?file=" in page
    rows = read(served.get("/measured/KE/x.com.csv"))
    assert len(rows) == 10 and {row["verdict"] for row in rows} == {"blocked", "ok"}
    assert {row["software"] for row in rows} == {f"ooniprobe-android 5.{n}" for n in range(5)}
    assert served.get("/measured/KE/never.example").status_code == served.get("/measured/KE/never.example.csv").status_code == 404
    assert "规则" in served.get("/zh/measured/KE/x.com").text


def test_the_rule_without_findings_is_explained_too(served: Client) -> None:
    page = served.get("/measured/UG/x.com").text
    assert '<dt id="rule-no-findings">' in page and "with other rules" not in page


def test_a_cut_list_says_so(served: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = served.get("/measured/KE/x.com").text
    assert "The last " not in page
    monkeypatch.setattr(single_rows, "DAYS", 1)
    monkeypatch.setattr(single_rows, "ROWS", 3)
    short = served.get("/measured/KE/x.com?short").text
    assert short.count("Only the last 1 of these are listed.") == 2 and "The last 3 of 10." in short


def test_rows_are_the_same_some_at_a_time(served: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    all_rows = served.get("/measured/KE/x.com.csv").text
    monkeypatch.setattr(single_rows, "_BATCH", 3)
    assert served.get("/measured/KE/x.com.csv?again").text == all_rows


def test_groups_are_files(served: Client) -> None:
    rows = read(served.get("/platform/x/measured.csv"))
    assert [(row["country"], row["quarter"], row["state"], row["blocked"], row["vantage_points"]) for row in rows] == [
        ("EU", "2026-Q1", "too-little", "0", "1"),
        ("KE", "2026-Q2", "open", "0", "5"),
        ("KE", "2026-Q1", "blocked", "5", "5"),
        ("UG", "2026-Q1", "too-little", "0", "0"),
    ]
    assert rows == read(served.get("/domain/x.com/measured.csv"))
    assert {row["domain"] for row in read(served.get("/country/KE/measured.csv"))} == {
        "x.com",
        "odd.example",
        "telegram",
        "www.reddit.com",
    }
    for nothing in ("/platform/tumblr/measured.csv", "/domain/a.example/measured.csv", "/country/BR/measured.csv"):
        assert served.get(nothing).status_code == 404


def test_invalid_domain_names_are_text_without_a_link(served: Client) -> None:
    page = served.get("/country/IN/restrictions").text
    assert "<b>odd" not in page and "&lt;b&gt;odd" not in page, "what is no host is counted nowhere"
    assert not any(map(has_page, ("<b>odd<", "..", "a/b", "a..b", "", "-" * 254))), "nor has it a page where it is"
    row = row_of(page, "192.0.2.7")
    assert 'href="/measured/IN/192.0.2.7"' in row and "/domain/192.0.2.7" not in row


def test_programs_get_the_same(served: Client) -> None:
    first, *_ = served.get("/api/v1/domains/x.com").json()["measured"]
    assert (first["country"], first["period"], first["state"], first["mechanisms"]) == ("EU", "2026-Q1", "too-little", [])
    rows = served.get("/api/v1/platforms/telegram").json()["measured"]
    assert [(row["test_name"], row["state"], row["blocked"], row["low"]) for row in rows] == [("telegram", "blocked", 5, 0.5655)]
    assert served.get("/api/v1/platforms/tumblr").json()["measured"] == []


@pytest.mark.slow
def test_pages_files_and_answers_name_the_version_of_the_lists(served: Client, tmp_path: Path) -> None:
    lists = Path(__file__).parents[2] / "src/overt/content/sources/ooni/sample/ooni/fingerprints/fingerprints_http.csv"
    version = hashlib.sha256(lists.read_bytes()).hexdigest()[:16]
    sample = Client(create_app(settings_of(tmp_path, "ooni", own=False)))
    assert f"Lists of known block pages in use: version {version}." in sample.get("/measured/XK/news.example").text
    assert {row["fingerprints"] for row in read(sample.get("/measured/XK/news.example.csv"))} == {version}
    assert {row["fingerprints"] for row in read(sample.get("/domain/news.example/measured.csv"))} == {version}
    measured = sample.get("/api/v1/domains/news.example").json()["measured"]
    assert measured and all(row["fingerprints"] == [version] for row in measured)
    # Older releases have no such column.
    release = next((tmp_path / "atlas" / "releases").glob("*/tables"))
    for name in ("measurements", "measured_days", "measured_quarters"):
        table = pq.read_table(release / f"{name}.parquet").drop_columns("fingerprints")
        pq.write_table(table, release / f"{name}.parquet")
    shutil.rmtree(tmp_path / "atlas" / "cache")
    older = Client(create_app(ServeSettings(Workspace.open(tmp_path / "atlas"))))
    assert {row["fingerprints"] for row in read(older.get("/measured/XK/news.example.csv"))} == {""}
    assert all(row["fingerprints"] == [] for row in older.get("/api/v1/domains/news.example").json()["measured"])
    # Without lists, there is no version.
    assert "Lists of known block pages" not in served.get("/measured/KE/x.com").text
    assert {row["fingerprints"] for row in read(served.get("/measured/KE/x.com.csv"))} == {""}
    assert all(row["fingerprints"] == [] for row in served.get("/api/v1/domains/x.com").json()["measured"])


@pytest.mark.ci
def test_a_page_without_measurements_says_so(tmp_path: Path) -> None:
    served = serve(tmp_path, own=False)
    assert "Overt has no network measurements." in served.get("/platform/x").text
    assert "Overt has no individual measurements." in served.get("/domain/x.com").text
    assert 'id="single"' not in served.get("/country/KE/restrictions").text
    assert served.get("/measured/KE/x.com").status_code == 404
    for query in ("x.com", "whatsapp"):
        page = served.get(f"/search?q={query}").text
        assert 'href="/domain/' not in page and "measured to be blocked" not in page, "nothing was measured"


def test_the_search_leads_to_single_measurements_too(served: Client) -> None:
    assert 'href="/domain/never-measured.example"' in served.get("/search?q=never-measured.example").text
    assert 'href="/platform/whatsapp"' in served.get("/search?q=whatsapp").text


@pytest.mark.ci
def test_a_static_edition_has_all_that_these_pages_lead_to(tmp_path: Path) -> None:
    served = serve(tmp_path)
    settings = ServeSettings(Workspace.open(tmp_path / "atlas"))
    planned = {part.address for part in parts(make_sites(settings, prepare(settings))) if part.code == "en"}
    kinds = ("/measured/", "/platform/", "/domain/", "/country/", "/api/v1/platforms/", "/api/v1/domains/")
    seen = [address for address in sorted(planned) if address.startswith(kinds[:4]) and "?" not in address]
    assert {"/measured/KE/telegram", "/measured/KE/x.com.csv", "/domain/odd.example", "/platform/x/measured.csv"} <= set(seen)
    assert "/domain/telegram" not in planned and "/domain/telegram/measured.csv" not in planned
    assert "/domain/192.0.2.7" not in planned and "/measured/IN/192.0.2.7" in planned
    expected = {
        "/domain/x.com",
        "/domain/odd.example",
        "/platform/x",
        "/country/KE",
        "/country/IN/restrictions",
        "/measured/KE/x.com",
    }
    assert expected <= planned
    for address in sorted(expected):
        links = set(re.findall(r'href="(/[^"#?]*)"', served.get(address).text))
        lost = {link for link in links if link.startswith(kinds) and link not in planned and not link.endswith("/print")}
        assert not lost, address
    for address in (path for path in seen if "measured" in path):
        assert served.get(address).status_code == 200, address
