"""Pages of the shipped edition about blocked platforms: a platform's page, `/blocked`, and a country's restrictions."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.queries.rows.records import Fact, Record
from overt.site.blocking_sentences import over_words, restriction_sentences
from overt.site.platform.country_map import key_lines
from overt.site.platform.country_sentence_messages import YEARS
from overt.site.platform.country_sentences import country_sentences, years_old
from overt.site.platform.ends_implied_by_later_blocks import Over, Service, over_by, over_restrictions, over_services
from overt.site.platform.lasting_block_rule import is_lasting, lasting_rule, only_began, precedes_beginning
from overt.site.platform.restriction_reporters import RestrictionRow
from overt.site.platform.restriction_state_by_country import (  # fmt: skip
    BEGAN,
    EARLIER,
    ENDED,
    EVENT,
    RECENT,
    SLOWED_EARLIER,
    STATES,
    THROTTLED,
    CountryState,
    by_state,
    state_of_country,
    year_before,
)
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import spaced


def countries_of(content: Catalogue, platform: str, *kinds: str) -> set[str]:
    """Return the countries where, according to the register, a platform was restricted.

    `kinds`: the kinds of restrictions to include; all kinds if none is given.
    """
    path = Path(str(content.source_folders["blocked_services"] / "edition" / "blocked_services.csv"))
    with path.open(newline="", encoding="utf-8") as table:
        lines = [line for line in csv.DictReader(table) if platform in line["platform"].split(";")]
    return {line["country"] for line in lines if not kinds or line["kind"] in kinds}


def test_a_platform_page_leads_with_recent_reports_and_adds_up(shipped: Client, content: Catalogue) -> None:
    page = shipped.get("/platform/whatsapp").text
    text = spaced(page)
    lead = spaced(re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0])
    assert re.search(
        r"^WhatsApp was reported blocked in \d+ countries, and Overt has no report of an end\. "
        r"(A report|Reports) of the last 12 months confirms? it for \d+: .*China \(\w+ \d{4}\).* "
        r"In brackets: the date of the newest report\.$",
        lead,
    )
    assert "Gabon" not in lead, "its block was around an election or protests"
    key = re.search(r'<table class="state-key">(.*?)</table>', page, re.DOTALL)
    assert key
    lines = {name: int(n) for name, n in re.findall(r'href="#([\w-]+)">.*?<td class="number">(\d+)</td>', key[1])}
    assert next(iter(lines)) == "recent" and {"event", "ended", "partly"} <= set(lines)
    total = sum(lines.values())
    assert f"All countries with a report {total}" in spaced(key[1]) and total == len(countries_of(content, "whatsapp")) > 30
    unended = sum(lines.get(state, 0) for state in ("recent", "earlier"))
    assert lead.count("(") == unended == sum(map(int, re.findall(r"[Ff]or (\d+)[:,]", lead))), (
        "each country without a reported end is named"
    )
    assert f"blocked in {unended} countries" in lead
    events = re.search(
        rf"In {lines['event']} more countries it was blocked or throttled around an event: (.*?)\. No source", text
    )
    assert events and events[1].count("(") == lines["event"] and re.search(r"Gabon \(\w+ 2026\)", events[1]), "each is named"
    assert f"In {lines['ended']} it ended. In {lines['partly']} only a part was restricted" in text
    ended = re.search(r"In (\d+) it ended: (.*?)\. In ", spaced(shipped.get("/platform/telegram").text))
    assert ended and re.search(r"Brazil \(until \d{4}\)", ended[2]), "at most fifteen are named, with their years"
    assert len(re.findall(r"\(until \d{4}\)", ended[2])) == int(ended[1])
    assert spaced(key[1]).endswith("no report in our sources"), "the hatching has a key"
    assert "Each tone of the map is a line below" in spaced(key[1])
    assert "These are reports, not today’s state: the newest is dated March 2026." in text


def test_reports_are_called_older_or_undated_by_their_dates(site: Site) -> None:
    def words(*states: tuple[str, str, str]) -> str:
        rows = [CountryState(code, state, RestrictionRow(record(code, {}), [], []), day) for code, state, day in states]
        return spaced(" ".join(country_sentences(site, "A", by_state(rows), "2025-11-29", [])))

    older = words(("KE", EARLIER, "2021"), ("UG", EARLIER, "2019-05"))
    ages = f"{years_old(site, '2021')} to {years_old(site, '2019-05')} years"
    assert (
        older == f"When last reported, {ages} ago, A was blocked in 2 countries: Kenya (2021) and Uganda (May 2019). "
        "Overt has no newer report on whether the blocks lasted. In brackets: the date of the newest report."
    )
    undated = words(("KE", EARLIER, "2021"), ("UG", EARLIER, ""))
    assert undated.startswith("A was reported blocked in 2 countries: Kenya (2021)"), "no age without a date"
    both = words(("KE", RECENT, "2026-01"), ("UG", EARLIER, ""), ("FR", EARLIER, "2019"))
    assert both.startswith(
        "A was reported blocked in 3 countries, and Overt has no report of an end. A report of the last 12 months confirms "
        "it for 1: Kenya "
    )
    assert both.endswith(
        "For 2, all reports are older or undated: France (2019) and Uganda (undated). In brackets: the date of the newest report."
    )
    slowed = words(("KE", SLOWED_EARLIER, ""), ("FR", THROTTLED, "2026-01"))
    assert "say that A was throttled, that is, slowed down, in France (January 2026)." in slowed
    assert "A was reported throttled, that is, slowed down, in Kenya (undated), and Overt has no report of an end." in slowed


def test_a_reports_age_is_in_full_years(site: Site) -> None:
    day = date.fromisoformat(site.words.meta["manifest"]["date"])
    before = day.replace(year=day.year - 5)
    assert years_old(site, before.isoformat()) == 5
    assert years_old(site, (before + timedelta(1)).isoformat()) == 4
    assert years_old(site, str(day.year - 1)) == 0, "it may be of the last day of the year"
    assert years_old(site, str(day.year)) == 0


def test_few_countries_are_all_named_with_their_newest_report(site: Site) -> None:
    def state(code: str, state: str, start: str, end: str = "", kind: str = "blocking") -> CountryState:
        values = {"kind": kind, "start": start} | ({"end": end} if end else {})
        reported = "2025-10" if start.startswith("2025") else "2024-04"
        document = record(f"{code}-document", {"published": reported})
        return CountryState(code, state, RestrictionRow(record(code, values), [document], []), reported)

    states = [
        state("CN", EARLIER, "2021-03-15"), state("TM", EARLIER, "../2023"),
        state("TR", SLOWED_EARLIER, "2025-09-07", "", "throttling"),
        state("EG", ENDED, "2016-12-17", "2018-01"), state("UG", ENDED, "2021-01-13", "2021~"),
    ]  # fmt: skip
    first, second = map(spaced, country_sentences(site, "A", by_state(states), "2025-11-29", []))
    age = site.ngettext(*YEARS, years_old(site, "2024-04"))
    assert first == (
        f"When last reported, {age} ago, A was blocked in 2 countries: China (April 2024) and "
        "Turkmenistan (April 2024). "
        "Overt has no newer report on whether the blocks lasted. "
        "It was only throttled, that is, slowed down, in Turkey (October 2025), "
        "and Overt has no report of an end. In brackets: the date of the newest report."
    )
    assert second == "In 2 it ended: Egypt (until 2018) and Uganda (until 2021)."
    many = [
        state(code, EARLIER, "2021") for code in ["AF", "AL", "DZ", "AO", "AR", "AM", "AU", "AT", "AZ", "BD", "BY", "BE", "CN"]
    ]
    [first] = map(spaced, country_sentences(site, "A", by_state(many), "2025-11-29", ["CN"]))
    assert "ago, A was blocked in 13 countries: " in first and "China (April 2024)" in first
    assert " and 8 more countries. Overt has no newer report" in first, "thirteen less the five that are named"


def test_a_platforms_map_names_its_countries(shipped: Client) -> None:
    page = shipped.get("/platform/signal").text
    named = re.findall(r'<text class="place-name country-name"[^>]*>(.*?)</text>', page)
    assert {"Russia", "China", "Venezuela", "Egypt"} <= {name.partition(" (")[0] for name in named}
    few = shipped.get("/platform/wikipedia").text
    named = re.findall(r'<text class="place-name country-name"[^>]*>(.*?)</text>', few)
    assert re.search(r"China \(\d{4}\)(, |$)", ", ".join(named)) and "Pakistan" in named, "its reports are old"
    many = shipped.get("/platform/whatsapp").text
    named = re.findall(r'<text class="place-name country-name"[^>]*>(.*?)</text>', many)
    by_country = {name.partition(" (")[0]: name for name in named}
    assert "Russia" in by_country and "Brazil" not in by_country, "of many countries, only those without a reported end"
    assert "Gabon" in by_country, "nor has a block around an election, whose outline is dashed"


@pytest.mark.parametrize("platform", ["telegram", "whatsapp", "facebook", "x", "youtube"])
def test_all_countries_of_the_first_paragraph_have_names_on_the_map_in_one_form(shipped: Client, platform: str) -> None:
    page = shipped.get(f"/platform/{platform}").text
    named = re.findall(r'<text class="place-name country-name"[^>]*>(.*?)</text>', page)
    lead = re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0]
    countries = dict(re.findall(r'href="/country/[A-Z-]+">([^<]*)</a> \((\w+(?: \d{4})?)\)', lead))
    on_map = {name.partition(" (")[0]: name for name in named}
    assert countries and countries.keys() <= on_map.keys()
    is_dated = "in brackets on the map: the year of the newest report" in page
    for country, reported in countries.items():
        assert on_map[country] == (f"{country} ({reported[-4:]})" if is_dated and reported != "undated" else country)


def test_blocks_around_events_are_counted(site: Site) -> None:
    causes = {"KE": "exams", "UG": "elections", "FR": "conflict"}
    rows = [RestrictionRow(record(code, {"cause": cause, "kind": "blocking"}), [], []) for code, cause in causes.items()]
    states = [state_of_country(row.record.id, [row], "2025-11-29") for row in rows]
    assert [state.state for state in states] == [EVENT, EVENT, EARLIER]
    assert [line.countries for line in key_lines(site, by_state(states))] == [1, 2], "each has its own line"
    text = spaced(" ".join(country_sentences(site, "A", by_state(states), "2025-11-29", [])))
    assert text.endswith(
        "In 2 more countries it was blocked or throttled around an event: elections in Uganda (undated); exams in Kenya "
        "(undated). No source here dates the ends, and none counts as lasting."
    )
    assert text.startswith("A was reported blocked in France (undated). Overt has no newer report on whether the block lasted.")


def test_a_block_around_an_event_lasts_only_if_later_reports_say_so() -> None:
    def state(reported: str, start: str = "2021-01-13", kind: str = "blocking") -> str:
        block = record("block", {"cause": "elections", "kind": kind, "country": "UG", "start": start})
        row = RestrictionRow(block, [record("document", {"published": reported})], [])
        return state_of_country("UG", [row], "2025-11-29").state

    assert state("2021-01-15") == state("2021-01", kind="throttling") == EVENT
    assert (state("2024-05"), state("2025-12-01"), state("2021-05", "2021-01-13")) == (EARLIER, RECENT, EARLIER)
    assert state("2026-01-15", "2026-01-13") == EVENT, "a recent report doesn't make it last"


def test_a_block_lasts_if_it_is_reported_long_after_it_began() -> None:
    def row(start: str, *published: str) -> RestrictionRow:
        documents = [record(f"document-{day}", {"published": day}) for day in sorted(published, reverse=True)]
        return RestrictionRow(
            record("block", {"kind": "blocking", "country": "CN"} | ({"start": start} if start else {})), documents, []
        )

    assert lasting_rule().days > 60 > lasting_rule().confirmed_after, "longer than a block around an event"
    assert is_lasting(row("2009", "2024-12")) and is_lasting(row("", "2015-07", "2024-04"))
    assert not is_lasting(row("2022-03-04", "2022-03")) and not is_lasting(row("", "2024")) and not is_lasting(row("2016"))
    assert not is_lasting(row("2023", "2023-12")), "it may have begun in December"
    states = [state_of_country("CN", [row("2009", day)], "2025-11-29").state for day in ("2010-12", "2026-01")]
    assert states == [EARLIER, RECENT], "the age of the newest report decides, also for a lasting block"


def test_each_country_is_in_the_group_of_its_newest_report_and_a_lasting_block_has_its_dates(site: Site) -> None:
    def state(code: str, start: str, *published: str) -> CountryState:
        documents = [record(f"{code}-{day}", {"published": day}) for day in sorted(published, reverse=True)]
        values = {"kind": "blocking", "country": code, "start": start}
        return state_of_country(code, [RestrictionRow(record(code, values), documents, [])], "2025-11-29")

    states = [
        state("CN", "2009-03", "2026-01-07"), state("IR", "2009", "2025-09"), state("RU", "2026-02-11", "2026-02-13"),
        state("TJ", "2019-05-01", "2019-05"),
    ]  # fmt: skip
    grouped = by_state(states)
    assert {name: [row.code for row in rows] for name, rows in grouped.items()} == {
        RECENT: ["CN", "RU"],
        EARLIER: ["IR"],
        BEGAN: ["TJ"],
    }, "a lasting block with a report of the last year isn't in a group of its own, which would overlap"
    texts = [spaced(text) for text in country_sentences(site, "A", grouped, "2025-11-29", [])]
    assert texts == [
        "A was reported blocked in 3 countries, and Overt has no report of an end. Reports of the last 12 months confirm "
        "it for 2: China (January 2026) and Russia (February 2026). For 1, all reports are older: Iran (September 2025). "
        "In brackets: the "
        "date of the newest report.",
        "In 1 more country, Overt has reports only of the beginning of a block or slowdown: Tajikistan (May 2019).",
    ]
    assert [line.label for line in key_lines(site, grouped)][2] == "Reported only when it began"


def test_a_block_counts_only_if_a_report_of_the_last_year_or_from_after_its_first_month_confirms_it() -> None:
    def row(start: str, *published: str, kind: str = "blocking") -> RestrictionRow:
        documents = [record(f"document-{day}", {"published": day}) for day in sorted(published, reverse=True) if day]
        values = {"kind": kind, "country": "TJ"} | ({"start": start} if start else {})
        return RestrictionRow(record("block", values), documents, [])

    def state(start: str, *published: str, kind: str = "blocking") -> str:
        return state_of_country("TJ", [row(start, *published, kind=kind)], "2025-11-29").state

    first_day, month_later, recent = ("2019-05-20", "2019-05-22"), ("2019-05-20", "2019-06-20"), ("2025-12-01", "2025-12-02")
    assert [state(*days) for days in (first_day, month_later, recent)] == [BEGAN, EARLIER, RECENT]
    assert state(*first_day, kind="throttling") == BEGAN and state(*month_later, kind="throttling") == SLOWED_EARLIER
    assert state("2019-05", "2019-05") == state("2019-05-20", "2019-05") == BEGAN, "a report of its first month"
    assert state("2019-05-20", "") == EARLIER, "an undated report may be of any day"
    assert (state("", "2023-08"), state("../2023", "2023-08")) == (EARLIER, EARLIER), "not news of a beginning"
    both = [row(*first_day), row("2012-01", "2012-06")]
    assert state_of_country("TJ", both, "2025-11-29").state == EARLIER, "the older block is confirmed"
    assert only_began(both[0]) and not only_began(both[1])


def test_a_report_from_before_a_block_only_announced_it(site: Site) -> None:
    def row(*published: str) -> RestrictionRow:
        documents = [record(f"document-{day}", {"published": day}) for day in published]
        return RestrictionRow(record("block", {"kind": "blocking", "country": "MM", "start": "2021-02-04"}), documents, [])

    assert precedes_beginning(row("2021-02-03")) and not precedes_beginning(row("2021-02-04"))
    assert row("2021-02-03", "2021-02").reported == "2021-02", "it may be of a later day of the month"
    assert not precedes_beginning(row("2021-02-03", "2021-02"))
    states = [state_of_country("MM", [row("2021-02-03")], "2025-11-29"), CountryState("KE", EARLIER, row("2021-03"), "2021-03")]
    assert "Myanmar (February 2021)" in spaced(" ".join(country_sentences(site, "A", by_state(states), "2025-11-29", [])))


def test_a_newer_event_outdates_an_older_block_around_one() -> None:
    def row(name: str, start: str, reported: str, cause: str) -> RestrictionRow:
        values = {"kind": "blocking", "country": "TZ", "start": start, "cause": cause}
        return RestrictionRow(record(name, values), [record(f"{name}-document", {"published": reported})], [])

    newer = row("newer", "2025-10-29", "2025-11-04", "elections")
    states = [
        state_of_country("TZ", [row("older", "2020-10", reported, cause), newer], "2025-11-29").state
        for cause, reported in (("elections", "2021-02"), ("conflict", "2021-02"), ("conflict", "2025-11-03"))
    ]
    assert states == [EVENT, EVENT, EARLIER], "a ban for another cause goes on if it is reported after the event began"


def test_throttling_is_recent_or_earlier_like_blocking() -> None:
    slowed = record("slowed", {"kind": "throttling", "country": "KE", "start": "2024"})
    states = []
    for day in ("2026-01-05", "2025-03"):
        row = RestrictionRow(slowed, [record("document", {"published": day})], [])
        states.append(state_of_country("KE", [row], "2025-11-29").state)
    assert states == [THROTTLED, SLOWED_EARLIER]


def test_each_tone_of_the_map_is_a_line_of_the_key(site: Site) -> None:
    row = RestrictionRow(record("KE", {}), [], [])
    lines = key_lines(site, {state: [CountryState("KE", state, row, "2024-04")] for state in STATES})
    tones = [(line.shade, line.hollow) for line in lines if line.shade]
    assert len(tones) == len(set(tones)) == len(STATES) - 1, "bans on official devices aren't on the map"


def test_a_platforms_restrictions_are_a_file(shipped: Client) -> None:
    page = shipped.get("/platform/telegram").text
    assert 'href="/platform/telegram/restrictions.csv" download' in page and "Platform telegram" in page.partition("Cite")[2]
    lines = shipped.get("/platform/telegram/restrictions.csv").text.splitlines()
    listed = set(re.findall(r'data-label="Wh(?:at|en)"><a href="/\w+/(ovt-\w+)"', page))
    assert listed == {line.partition(",")[0] for line in lines[1:]}
    assert shipped.get("/platform/nothing/restrictions.csv").status_code == 404


def test_older_reports_have_their_own_key(site: Site) -> None:
    key = key_lines(site, by_state([CountryState("UG", EARLIER, RestrictionRow(record("UG", {}), [], []), "")]))
    assert [line.label for line in key] == ["Blocked when last reported"]
    recent = CountryState("KE", RECENT, RestrictionRow(record("KE", {}), [], []), "2026-01")
    both = by_state([recent, CountryState("UG", EARLIER, RestrictionRow(record("UG", {}), [], []), "")])
    assert [line.label for line in key_lines(site, both)][1] == "Blocked, newest report older or undated"


def test_each_country_of_a_platform_has_one_row_with_its_newest_report_first(shipped: Client, content: Catalogue) -> None:
    page = shipped.get("/platform/whatsapp").text
    rows = page.partition('id="restrictions"')[2].partition("older or other restrictions")[0]
    codes = re.findall(r'<tr><th scope="row"><a href="/country/([A-Z]{2})"', rows)
    assert len(codes) == len(set(codes)) and set(codes) == countries_of(content, "whatsapp") and "CN" in codes[:3]
    state = {
        name: re.findall(r'<tr><th scope="row"><a href="/country/([A-Z]{2})"', part)
        for name, part in zip(*[iter(re.split(r'<h3 id="([\w-]+)">', rows)[1:])] * 2, strict=True)
    }
    assert "DZ" in state["event"], "no report gives its end"
    assert {"TR", "KZ"} <= set(state["ended"]), "documents report an end"
    assert {"LK", "GN"} <= set(state["ended"]), "a later block there ended, so the older one did, too"
    assert "Geedge Networks" not in rows, "no supplier is beside a block that no source says it carries out"
    assert "filtering systems" not in spaced(page)


def test_a_later_block_that_ended_outdates_one_without_an_end() -> None:
    def row(name: str, start: str, end: str | None, reported: str) -> RestrictionRow:
        values = {"kind": "blocking", "country": "LK", "start": start} | ({"end": end} if end else {})
        return RestrictionRow(record(name, values), [record(f"{name}-document", {"published": reported})], [])

    first, second = row("first", "2019-05", None, "2019-05-14"), row("second", "2022-04-02", "2022-04-03", "2022-04-04")
    confirmed = row("first", "2019-05", None, "2023-01")
    states = [state_of_country("LK", [restriction, second], "2025-11-29").state for restriction in (first, confirmed)]
    assert states == [ENDED, EARLIER], "unless a report says later that the first one goes on"
    undated = RestrictionRow(record("undated", {"kind": "blocking", "country": "LK"}), [record("u", {})], [])
    began = state_of_country("LK", [undated, first], "2025-11-29")
    assert (began.state, began.row) == (BEGAN, first), "an undated report decides only without a dated one"
    assert state_of_country("LK", [undated], "2025-11-29").state == EARLIER
    assert state_of_country("LK", [row("new", "2026-01", None, "2026-01-05"), second], "2025-11-29").state == RECENT
    assert [year_before("2026-11-29"), year_before("2024-02-29")] == ["2025-11-29", "2023-02-28"]


def test_a_block_is_over_once_the_service_is_blocked_anew(site: Site) -> None:
    def row(name: str, start: str, reported: str = "", **more: str) -> RestrictionRow:
        values = {"kind": "blocking", "country": "UG", "platform": "facebook", "start": start, **more}
        return RestrictionRow(record(name, values), [record(f"{name}-document", {"published": reported})] if reported else [], [])

    def over(first: RestrictionRow, *later: RestrictionRow) -> tuple[str, bool] | None:
        by = over_by(first, [first.record, *(other.record for other in later)])
        return (by.date, by.is_anew) if by else None

    old, middle, newest = row("old", "2016-05"), row("middle", "2021-01-13"), row("newest", "2026-01~", "2026-01-20")
    assert over(old, newest, middle) == ("2021-01-13", True)
    assert over(middle, old, newest) == ("2026-01", True)
    assert over(newest, old, middle) is None
    assert over(row("old", "2016-05", "2021-02"), middle) is None, "a newer report says that it goes on"
    assert over(row("old", "2016-05", kind="app-removal"), row("new", "2021", kind="app-removal")) is None
    assert over(row("old", "2016-05", kind="call-blocking"), middle) is None, "calls may be blocked for as long"
    assert over(row("old", "2016-05", kind="throttling"), middle) is None, "a slow service can be blocked"
    assert over(row("old", "2016-05", kind="throttling"), row("b", "2021-01", end="2021-02")) == ("2021-02", False)
    assert over(old, row("by", "../2021")) is None, "it may have gone on since 2016"
    part = {"scope": "several-provinces", "area": "Kasese"}
    assert over(row("old", "2016-05", scope="several-provinces", area="Kasese"), middle) is None
    assert over(row("old", "2016-05", **part), row("new", "2021-01", **part)) == ("2021-01", True)
    assert over(old, row("abroad", "2021", country="KE")) is None

    both = record("both", {"kind": "blocking", "country": "UG", "start": "2016-05"})
    both.facts["platform"] = [record("p", {"platform": name}).facts["platform"][0] for name in ("facebook", "x")]
    everything = [both, middle.record]
    assert not over_restrictions([RestrictionRow(both, [], [])], everything), "nothing shows that X was restored"
    only_facebook = {"both": {Service("platform", "facebook"): Over("2021-01-13", is_anew=True)}}
    assert over_services([RestrictionRow(both, [], [])], everything) == only_facebook
    everything.append(record("x", {"kind": "blocking", "country": "UG", "platform": "x", "start": "2023"}))
    assert over_restrictions([RestrictionRow(both, [], [])], everything) == {"both": Over("2023", is_anew=True, is_last=True)}
    assert over_words(site.language, Over("2023", is_anew=True, is_last=True)) == "each over by 2023"
    later = record("both-anew", {"kind": "blocking", "country": "UG", "start": "2023"})
    later.facts["platform"] = both.facts["platform"]
    assert over_restrictions([RestrictionRow(both, [], [])], [both, later]) == {"both": Over("2023", is_anew=True)}

    states = [state_of_country("UG", [old, middle, newest], "2025-11-29"), state_of_country("UG", [old, middle], "2025-11-29")]
    assert [state.row.record.id for state in states] == ["newest", "middle"]
    sentences = restriction_sentences(site, "Facebook", [old.record], {}, {"old": Over("2021-01-13", is_anew=True)})
    assert sentences == ["Facebook was blocked in Uganda from May 2016; over by 13 January 2021, when it was blocked again."]


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


def test_what_is_blocked_counts_countries_of_each_platform(shipped: Client, content: Catalogue) -> None:
    page = shipped.get("/blocked").text
    counts = re.findall(r'href="/platform/([a-z-]+)"><bdi>[^<]*</bdi></a> <span class="muted">(\d+)</span>', page)
    assert int(dict(counts)["whatsapp"]) == len(countries_of(content, "whatsapp", "blocking", "throttling")) > 25
    assert [int(number) for _, number in counts] == sorted((int(number) for _, number in counts), reverse=True)


def test_what_is_blocked_counts_restrictions_as_countries_do(shipped: Client) -> None:
    page = shipped.get("/blocked").text
    of_countries = dict(re.findall(r'href="/country/([A-Z]{2})/restrictions">[^<]*</a> <span class="muted">(\d+)</span>', page))
    assert f"{sum(map(int, of_countries.values()))} restrictions of services are on record" in page
    assert f"{of_countries['CN']} are in China." in page
    rows = page.partition('<table class="data cards">')[2].count('<tr><th scope="row">')
    total = sum(map(int, of_countries.values()))
    assert rows > total
    assert f"so there are more rows ({rows}) than restrictions ({total})." in page


def test_lists_of_restrictions_have_the_ends_of_platform_pages(shipped: Client) -> None:
    over = "over by 13 September 2020, when a new one began"
    of_platform = re.findall(r'<tr><th scope="row"><a [^>]*>Algeria</a></th>.*?</tr>', shipped.get("/platform/facebook").text)
    assert any("16 June 2019" in row and over in row for row in of_platform)
    rows = re.findall(r'<tr><th scope="row"><a [^>]*><bdi>([^<]*)</bdi></a></th>(.*?)</tr>', shipped.get("/blocked").text)
    ends = {
        name: spaced(row.partition('data-label="Until">')[2].partition("</td>")[0])
        for name, row in rows
        if ">Algeria<" in row and "16 June 2019" in row
    }
    assert ends["Facebook"] == ends["WhatsApp"] == over
    assert ends["Viber"] == "", "it was not blocked again"
    page = shipped.get("/country/DZ/restrictions").text
    [row] = [row for row in re.findall(r"<tr>.*?</tr>", page) if "16 June 2019" in row]
    until = spaced(row.partition('data-label="Until">')[2].partition("</td>")[0])
    assert until == f"Facebook, Instagram, WhatsApp and X (Twitter): {over}"


def test_marks_of_restrictions_name_publishers_and_no_register(shipped: Client) -> None:
    page = shipped.get("/country/DZ/restrictions").text
    [row] = [row for row in re.findall(r"<tr>.*?</tr>", page) if "19 June 2016" in row or "18 June 2016" in row]
    facebook = row.partition(">Facebook<")[2].partition("</a>")[0]
    tip = facebook.partition('role="tooltip">')[2].partition("</span>")[0]
    names = ["AlloTech DZ", "Nigerian Tribune", "Pouvoirs d’Afrique", "The Stack (Techerati)"]
    assert tip.startswith("4 separate sources. Reported by ") and re.findall(r"<bdi>(.*?)</bdi>", tip) == names
    instagram = spaced(row.partition(">Instagram<")[2].partition("</a>")[0].partition('role="tooltip">')[2])
    assert instagram == "1 separate source. Reported by Pouvoirs d’Afrique ( first paragraph )."
    assert "Register of blocked services" not in row and "“" not in row


def test_a_period_between_uncertain_days_is_a_sentence(shipped: Client) -> None:
    page = spaced(shipped.get("/platform/youtube").text)
    assert "from 2007 or 2008 to November 2010" in page
    assert not re.search(r"between [^;.]{4,40} and [^;.]{4,40} until ", page)


def test_what_is_blocked_sorts_countries_by_name(shipped: Client) -> None:
    table = shipped.get("/blocked").text.partition("<tbody>")[2].partition("</tbody>")[0]
    countries = list(dict.fromkeys(re.findall(r'data-label="Country"><a[^>]*>([^<]+)</a>', table)))
    assert countries[0] == "Afghanistan" and countries.index("United Arab Emirates") > countries.index("Uganda")


def test_a_country_lists_restrictions_and_no_block_alone(shipped: Client) -> None:
    page = shipped.get("/country/CA/restrictions").text
    assert "Overt has reports of 1 restriction." in page
    assert "Ban on official devices" in page


def test_a_block_around_an_event_is_over_once_the_next_one_began(shipped: Client) -> None:
    page = shipped.get("/platform/facebook").text
    [row] = re.findall(r'<tr><th scope="row"><a [^>]*>Guinea</a></th>(?:(?!</tr>).)*21 March 2020(?:(?!</tr>).)*</tr>', page)
    assert "over by 17 May 2023, when a new one began" in spaced(row)
    assert "each over by 24 November 2023" in spaced(shipped.get("/country/GN/restrictions").text)
