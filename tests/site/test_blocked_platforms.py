"""Pages of the shipped edition about blocked platforms: a platform's page, `/blocked`, and a country's restrictions."""

import re
from html import unescape

from overt.queries.rows.records import Fact, Record
from overt.site.platform.country_map import key_lines
from overt.site.platform.country_states import EARLIER, ENDED, RECENT, THROTTLED, CountryState, _state, by_state, year_before
from overt.site.platform.country_texts import country_sentences
from overt.site.platform.restriction_rows import RestrictionRow
from overt.site.site import Site
from tests.support.client import Client


def plain(html: str) -> str:
    return re.sub(r" ([,.;:])", r"\1", " ".join(unescape(re.sub("<[^>]+>", " ", html)).split()))


def test_a_platform_page_leads_with_recent_reports_and_adds_up(shipped: Client) -> None:
    page = shipped.get("/platform/whatsapp").text
    text = plain(page)
    recent = re.search(
        r"Reports dated within 12 months of this edition said that WhatsApp was blocked in (\d) countries: "
        r"Gabon \(February 2026\), Russia \(\w+ 202[56]\) and Uganda \(\w+ 202[56]\)\.",
        text,
    )
    assert recent and recent[1] == "3"
    key = re.search(r'<table class="state-key">(.*?)</table>', page, re.DOTALL)
    assert key
    lines = dict(re.findall(r'href="#(\w+)">.*?<td class="number">(\d+)</td>', key[1]))
    assert list(lines) == ["recent", "earlier", "throttled", "ended", "partly"] and lines["recent"] == "3"
    total = sum(map(int, lines.values()))
    assert f"All countries with a report {total}" in plain(key[1]) and total == 30
    older, throttled = int(lines["earlier"]), int(lines["throttled"])
    lead = plain(re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0])
    assert re.search(
        rf"Older reports said that it was blocked in {older} more countries, among them China \(20\d\d\), .*"
        rf"Older or undated reports said that it was only throttled in {throttled} countries: Kazakhstan \(undated\) and Turkey",
        lead,
    ), "the sentences and the key count alike"
    assert (
        f"No report says that the blocks or throttling in these {3 + older + throttled} countries have ended. "
        f"On the {older + throttled} with older or undated reports, this edition has no newer one."
    ) in text
    assert plain(key[1]).endswith("no report in our sources, which is not evidence of absence"), "the hatching has a key"
    assert "These are reports, not today’s state: the newest is dated 19 February 2026, 9 months before this edition." in text


def test_reports_are_called_older_or_undated_by_their_dates(site: Site) -> None:
    def words(*states: tuple[str, str, str]) -> str:
        rows = [CountryState(code, state, RestrictionRow(record(code, {}), [], []), day) for code, state, day in states]
        return plain(" ".join(country_sentences(site, "A", by_state(rows), "2025-11-29", [])))

    older = words(("KE", EARLIER, "2021"), ("UG", EARLIER, "2019-05"))
    assert "Older reports said that it was blocked in 2 countries" in older
    assert "the blocks in these 2 countries have ended. On the 2 older ones, this edition has no newer report." in older
    both = words(("KE", RECENT, "2026-01"), ("UG", EARLIER, ""), ("FR", EARLIER, "2019"))
    assert "Older or undated reports said that it was blocked in 2 more countries" in both
    assert "the blocks in these 3 countries have ended. On the 2 with older or undated reports" in both
    undated = words(("KE", THROTTLED, ""))
    assert "Undated reports said that it was only throttled in 1 country: Kenya (undated)." in undated
    assert "No report says that the throttling in this country has ended. On the one with an undated report" in undated
    key = key_lines(site, by_state([CountryState("UG", EARLIER, RestrictionRow(record("UG", {}), [], []), "")]))
    assert [line.label for line in key] == ["Blocked, by older or undated reports; no end reported"]


def test_each_country_of_a_platform_has_one_row_with_its_newest_report_first(shipped: Client) -> None:
    page = shipped.get("/platform/whatsapp").text
    rows = page.partition('id="restrictions"')[2].partition("older or other restrictions")[0]
    codes = re.findall(r'<tr><th scope="row"><a href="/country/([A-Z]{2})"', rows)
    assert len(codes) == len(set(codes)) == 30 and codes[:3] == ["GA", "RU", "UG"]
    state = {
        name: re.findall(r'<tr><th scope="row"><a href="/country/([A-Z]{2})"', part)
        for name, part in zip(*[iter(re.split(r'<h3 id="(\w+)">', rows)[1:])] * 2, strict=True)
    }
    assert set(state["throttled"]) == {"TR", "KZ"}
    assert {"LK", "BD", "GN"} <= set(state["ended"]), "a later block there ended, so the older one did, too"
    assert "Geedge Networks" not in rows, "no supplier is beside a block that no source says it carries out"
    assert re.search(
        r"In \d+ of the 30 countries there are documented filtering systems with a named supplier\. "
        r"No source here says that they block WhatsApp\.",
        plain(page),
    )


def test_a_later_block_that_ended_outdates_one_without_an_end() -> None:
    def row(name: str, start: str, end: str | None, reported: str) -> RestrictionRow:
        values = {"kind": "blocking", "country": "LK", "start": start} | ({"end": end} if end else {})
        return RestrictionRow(record(name, values), [record(f"{name}-document", {"published": reported})], [])

    first, second = row("first", "2019-05", None, "2019-05-14"), row("second", "2022-04-02", "2022-04-03", "2022-04-04")
    confirmed = row("first", "2019-05", None, "2023-01")
    states = [_state("LK", [restriction, second], "2025-11-29").state for restriction in (first, confirmed)]
    assert states == [ENDED, EARLIER], "unless a report says later that the first one goes on"
    assert _state("LK", [row("new", "2026-01", None, "2026-01-05"), second], "2025-11-29").state == RECENT
    assert [year_before("2026-11-29"), year_before("2024-02-29")] == ["2025-11-29", "2023-02-28"]


def record(identity: str, values: dict[str, str]) -> Record:
    facts = {
        name: [Fact(identity, name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None)]
        for name, value in values.items()
    }
    return Record(identity, "restriction", None, None, None, 1, None, 1, "open", facts)


def test_a_map_leaves_out_bans_on_official_devices(shipped: Client) -> None:
    page = shipped.get("/platform/tiktok").text
    [drawn] = re.findall(r"<svg.*?</svg>", page, re.DOTALL)[:1] or [""]
    assert "Canada" not in drawn
    assert ('Banned on official devices only</a> <span class="muted small">(not on the map)' in page) == bool(drawn)
    assert "Ban on official devices" in page


def test_what_is_blocked_counts_countries_of_each_platform(shipped: Client) -> None:
    page = shipped.get("/blocked").text
    counts = re.findall(r'href="/platform/([a-z-]+)"><bdi>[^<]*</bdi></a> <span class="muted">(\d+)</span>', page)
    assert dict(counts)["whatsapp"] == "25"
    assert [int(number) for _, number in counts] == sorted((int(number) for _, number in counts), reverse=True)


def test_what_is_blocked_counts_restrictions_as_countries_do(shipped: Client) -> None:
    page = shipped.get("/blocked").text
    of_countries = dict(re.findall(r'href="/country/([A-Z]{2})/restrictions">[^<]*</a> <span class="muted">(\d+)</span>', page))
    assert f"{sum(map(int, of_countries.values()))} restrictions of services are on record" in page
    assert f"{of_countries['CN']} are in China." in page


def test_what_is_blocked_sorts_countries_by_name(shipped: Client) -> None:
    table = shipped.get("/blocked").text.partition("<tbody>")[2].partition("</tbody>")[0]
    countries = list(dict.fromkeys(re.findall(r'data-label="Country"><a[^>]*>([^<]+)</a>', table)))
    assert countries[0] == "Afghanistan" and countries.index("United Arab Emirates") > countries.index("Uganda")


def test_a_country_lists_restrictions_and_no_block_alone(shipped: Client) -> None:
    page = shipped.get("/country/CA/restrictions").text
    assert "Sources report 1 restriction, newest first." in page
    assert "Ban on official devices" in page
