"""A country's briefing, in which each sentence is left out if no rows support it, and the tabs of its pages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from markupsafe import Markup

from overt.model.record_ids import canonical_id
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.queries.rows.countries import Cable, CableParty
from overt.queries.rows.records import Fact, Record
from overt.queries.translations.chinese_by_english_text import place_names
from overt.site.blocking_sentences import restriction_sentences
from overt.site.country import blocking_and_surveillance_texts as blocking_texts
from overt.site.country import supplier_and_network_texts as supply
from overt.site.country.affected_service_names import affected, listed_services, only_blocks, service_groups
from overt.site.country.exported_systems import Export, export_sentence, exports
from overt.site.country.first_sentences import gravest_restriction, opening
from overt.site.country.index_standings import standings
from overt.site.country.main_page_context import briefing
from overt.site.country.opening.first_sentences_rule import opening_rule
from overt.site.country.project_totals_by_kind_and_purpose import systems_sentence
from overt.site.country.projects_with_details import DocumentedProject, Party, country_systems
from overt.site.country.statements_and_notes_on_projects import Statement
from overt.site.country.system_status_texts import progress, why_uncounted
from overt.site.country.system_table import in_table, milestones, system_rows
from overt.site.organization.weakly_documented_systems import weakly_documented
from overt.site.platform.ends_implied_by_later_blocks import Over
from overt.site.platform.lasting_block_rule import last_reports
from overt.site.platform.restriction_state_by_country import year_before
from overt.site.sentences.linked_record_and_company_names import short_name
from overt.site.site import Site
from tests.support.client import Client
from tests.support.page_text import marked

NAIROBI = canonical_id("secret_map:nairobi")
HUAWEI = canonical_id("secret_map:huawei")
NONE = blocking_texts.Restrictions({}, 0, 0, None, None)


def organization(name: str, seat: str | None = None) -> Party:
    return Party(f"ovt-{name.lower()}", name, "en", None, seat)


def system(name: str, kinds: Sequence[str], status: str = "operational", sources: int = 1, **more: Any) -> DocumentedProject:
    return DocumentedProject(f"ovt-{name.lower()}", name, "en", None, kinds, status, "2014", sources, **more)


def record(kind: str, identity: str, sources: int = 1, /, **values: str | list[str]) -> Record:
    """Return a record with these values. Underscores in property names mean hyphens."""
    facts: dict[str, list[Fact]] = {}
    for key, value in values.items():
        name = key.replace("_", "-")
        for text in [value] if isinstance(value, str) else value:
            fact = Fact(identity, name, text, None, None, True, False, "stated", 1, 1, sources, "c", "open_projects", None, None)
            facts.setdefault(name, []).append(replace(fact, label=text, label_lang="en"))
    return Record(identity, kind, identity, "en", None, 1, sources, 1, "open", facts)


CAMERAS = system("Cameras", ["video-surveillance"], sources=4, suppliers=[organization("Huawei Technologies Co., Ltd.", "CN")])
FILTER = system("Firewall", ["filtering", "interception"], sources=2, suppliers=[organization("Geedge")])
SPYWARE = system("Spyware", ["spyware"], sources=3)
SCANNER = system("Scanner", ["security-inspection"], "completed")
DENIED = system("Claimed", ["interception"], "denied", suppliers=[organization("Nobody")])
PLANNED = system("Future", ["facial-recognition"], "announced")


def test_blocked_names_filters_and_restrictions(site: Site) -> None:
    first = record("restriction", "r1", 2, kind="blocking", platform="x", start="2009-06")
    last = record("restriction", "r2", kind="shutdown", area="Mandera", start="2024-06-25", end="2024-06-26")
    restrictions = blocking_texts.Restrictions({"blocking": 1, "shutdown": 1}, 2, 1, first, last)
    denied = system("Box", ["filtering"], "denied")
    words = marked(blocking_texts.blocked(site, "KE", restrictions, [], [FILTER, denied], []))
    assert words == (
        "Overt has reports of 1 block of a service and 1 shutdown. The earliest on record: X (Twitter) (June 2009)[2]. "
        "The newest: Shutdown: Mandera (25 June 2024 to 26 June 2024)[1]. "
        "1 censorship system is on record: Firewall (2014). Not counted: Box (denied)."
    )
    offer = system("Offer", ["filtering"], "announced")
    assert marked(blocking_texts.blocked(site, "DZ", NONE, [], [offer], [])) == "Only announced: Offer (2014)."
    offers = marked(blocking_texts.blocked(site, "DZ", NONE, [], [FILTER, *[offer] * 4], []))
    assert offers == "1 censorship system is on record: Firewall (2014). 4 censorship systems are only announced."
    led = marked(blocking_texts.blocked(site, "KE", restrictions._replace(leading="r2"), [], [], []))
    assert led.endswith("X (Twitter) (June 2009)[2]."), "what the first sentence names isn't named again"
    few = restrictions._replace(listed=[first, last])
    assert marked(blocking_texts.blocked(site, "KE", few, [], [], [])) == (
        "Overt has reports of 1 block of a service and 1 shutdown: X (Twitter) (June 2009)[2]; Shutdown: "
        "Mandera (25 June 2024 to 26 June 2024)[1]."
    ), "all of a few, so that the first isn't taken for the first ever"
    again = record("restriction", "r4", 3, kind="blocking", platform="x", start="2011-02", end="2011-03")
    alike = restrictions._replace(kinds={"blocking": 2}, listed=[first, again], only_blocks="X (Twitter)")
    assert marked(blocking_texts.blocked(site, "KE", alike, [], [], [])) == (
        "Overt has reports of 2 blocks of X (Twitter): June 2009[2]; February 2011 to March 2011[3]."
    )
    many = marked(blocking_texts.blocked(site, "KE", NONE, [], [FILTER] * 4, []))
    assert many == "4 censorship systems are on record."
    open_ended = blocking_texts.Restrictions({"blocking": 2}, 2, 0, first, replace(last, facts=first.facts))
    assert "Overt has no report that any of them ended." in marked(blocking_texts.blocked(site, "KE", open_ended, [], [], []))
    assert blocking_texts.blocked(site, "KE", NONE, [], [], [], measured=False) is None
    unmeasured = marked(blocking_texts.blocked(site, "KE", open_ended, [], [], [], measured=False))
    assert unmeasured.endswith(" Overt has no measurements of blocked websites there.")
    later = record("restriction", "r3", kind="blocking", platform="x", start="2025-11~")
    assert only_blocks(site, [first, later]) == "X (Twitter)"
    assert only_blocks(site, [first, last]) == "" == only_blocks(site, [first])
    alike = blocking_texts.Restrictions({"blocking": 2}, 2, 1, first, later, "X (Twitter)")
    assert marked(blocking_texts.blocked(site, "KE", alike, [], [], [])) == (
        "Overt has reports of 2 blocks of X (Twitter) (first: June 2009[2]; newest: about November 2025[1])."
    )


def test_measured_platforms_come_first(site: Site) -> None:
    platforms = list(site.words.terms["platforms"].values())[:5]
    words = marked(blocking_texts.blocked(site, "CN", NONE, platforms, [], []))
    names = [platform.label for platform in platforms]
    assert words == f"Measured blocklists name 5 platforms, such as {names[0]}, {names[1]} and {names[2]}."
    words = marked(blocking_texts.blocked(site, "CN", NONE, platforms[:1], [], []))
    assert words == f"Measured blocklists name 1 platform: {names[0]}."


def test_surveillance_counts_what_is_neither_denied_nor_a_scanner(site: Site) -> None:
    index = record("assessment", "a", kind=["facial-recognition", "smart-city"], year="2022")
    words = marked(blocking_texts.surveillance(site, "KE", [CAMERAS, SPYWARE, PLANNED, DENIED, SCANNER, FILTER], [], index))
    assert words == (
        "Built or in use: Cameras (undated) and Spyware (undated). Only announced: Future (2014). Not counted: Claimed (denied)."
    ), "filters are under blocked, scanners in the total"
    seven = marked(blocking_texts.surveillance(site, "KE", [*[CAMERAS] * 6, PLANNED, DENIED], [], index))
    assert seven == ("Their status: 6 built or in use. Only announced: Future (2014). Not counted: Claimed (denied)."), (
        "too many for all names"
    )
    assert marked(blocking_texts.surveillance(site, "KE", [DENIED], [], None)) == (
        "1 surveillance system is on record, but not counted: Claimed (denied)."
    )
    many = marked(blocking_texts.surveillance(site, "KE", [DENIED] * 3, [], None))
    assert many == "3 surveillance systems are on record, but not counted: 3 denied.", "too many for their names"


def test_what_is_not_counted_says_why_and_who_denies_it(site: Site) -> None:
    police, company = (
        Statement(name, RecordLabel(name, name, "en", None), None, None) for name in ("Police", "Vendor Co., Ltd.")
    )
    denied = DENIED._replace(denials=[police, company, police])
    assert why_uncounted(site, [CAMERAS, denied]) == "denied by Police and Vendor"
    cancelled = system("Off", ["spyware"], "cancelled")
    named = denied._replace(reporters=["Paper", "Wire", "Radio"])
    assert why_uncounted(site, [CAMERAS, named]) == "reported by Paper, Wire and 1 other; denied by Police and Vendor"
    assert why_uncounted(site, [cancelled]) == "cancelled"
    assert why_uncounted(site, [cancelled, denied, denied]) == "2 denied and 1 cancelled"


def test_the_first_sentence_says_what_the_systems_are_for(site: Site) -> None:
    assert systems_sentence(site, "KE", [DENIED, SCANNER]) is None
    assert marked(systems_sentence(site, "KE", [CAMERAS, DENIED])) == (
        "1 surveillance system is on record: 1 to watch places with cameras or sensors."
    )
    kinds = [FILTER, system("A", ["smart-city", "spyware"]), system("B", ["spyware"]), system("C", ["surveillance"])]
    assert marked(systems_sentence(site, "KE", kinds)) == (
        "4 surveillance and censorship systems are on record: 1 to filter or block traffic, 2 to break into phones or computers "
        "and 1 for surveillance of other kinds."
    ), "each system only once"
    tender = system("Tender", ["facial-recognition"], "announced")
    assert marked(systems_sentence(site, "KE", [CAMERAS, tender])) == (
        "1 surveillance system is on record: 1 to watch places with cameras or sensors. 1 more is only announced."
    ), "an intention isn't a deployment"
    assert marked(systems_sentence(site, "KE", [tender])) == "1 surveillance system is only announced: 1 to recognise faces."


def test_the_gravest_restriction_comes_first(site: Site) -> None:
    def blocked(name: str, start: str, end: str | None = None, voices: int = 1, **more: str) -> Record:
        facts = {"kind": "blocking", "country": "KE", "platform": "x", "start": start, **({"end": end} if end else {}), **more}
        return record("restriction", name, voices, **facts)

    long, brief = blocked("a", "2023-01-10", "2024-04-12"), blocked("b", "2023-02-01", "2023-02-03", 3)
    fact = gravest_restriction(site, [brief, long], {})
    assert fact and fact.restriction == "a"
    assert marked(fact.sentence) == "X (Twitter) was blocked for 15 months (10 January 2023 to 12 April 2024).[1]"
    two = record("restriction", "t", country="KE", kind="blocking", platform=["x", "facebook"], start="2023-02", end="2023-02")
    assert marked(gravest_restriction(site, [two], {}).sentence).startswith("X (Twitter) and Facebook were blocked (")  # type: ignore[union-attr]
    old = blocked("c", "2001-01", "2002-12")
    assert gravest_restriction(site, [old, brief], {}).restriction == "b", "what is long over weighs less"  # type: ignore[union-attr]
    open_end = gravest_restriction(site, [blocked("d", "2023-06")], {})
    assert open_end and marked(open_end.sentence) == "X (Twitter) was blocked from June 2023; Overt has no report of an end.[1]"
    local = record("restriction", "l", country="KE", kind="shutdown", area="Mandera", start="2023-06", end="2023-07")
    assert gravest_restriction(site, [local], {}) is None, "it isn't the country's internet"
    wide = record("restriction", "w", country="KE", kind="shutdown", scope="nationwide", start="2024-06", end="2024-07")
    assert marked(gravest_restriction(site, [wide, long], {}).sentence).startswith("The internet was shut off in Kenya")  # type: ignore[union-attr]
    edition = date.fromisoformat(site.words.meta["manifest"]["date"])
    lately = (edition - timedelta(days=300)).isoformat()
    new = blocked("n", f"{lately[:7]}~", lately)
    older = blocked("o", "2001-01-01", (edition - timedelta(days=1000)).isoformat(), 3)
    assert gravest_restriction(site, [older, new], {}).restriction == "n", "one of the last two years comes first"  # type: ignore[union-attr]
    by_then = gravest_restriction(site, [blocked("d", "2023-06")], {}, over={"d": Over("2024-01", is_anew=True)})
    assert by_then and by_then.is_minor
    assert marked(by_then.sentence) == "X (Twitter) was blocked from June 2023; over by January 2024, when a new one began.[1]"
    game = record("restriction", "g", 3, country="KE", kind="blocking", service="roblox", start="2020", end=lately)
    assert gravest_restriction(site, [game, new], {}).restriction == "n", "one of a main service comes first"  # type: ignore[union-attr]
    undated = record("restriction", "u", country="KE", kind="blocking", platform="x")
    assert gravest_restriction(site, [undated], {}) is None


def test_a_weak_restriction_does_not_come_before_a_system_against_a_group(site: Site) -> None:
    targeted = system("Spyware against journalists", ["spyware"], "unknown", 2)._replace(date="../2020-10", dated="operational")
    cameras = CAMERAS._replace(independent_sources=2)

    def first(voices: int, systems: list[DocumentedProject], lasting: tuple[str, ...] = (), **more: str | list[str]) -> list[str]:
        facts: dict[str, str | list[str]] = {"kind": "blocking", "country": "KE", "platform": "x", **more}
        gravest = gravest_restriction(site, [record("restriction", "r", voices, **facts)], {}, lasting)
        return [marked(sentence).split(" ")[0] for sentence in opening(site, "KE", systems, gravest, [])]

    edition = date.fromisoformat(site.words.meta["manifest"]["date"])
    lately = (edition - timedelta(days=200)).isoformat()
    both = [targeted, cameras]
    assert first(3, both, start=lately) == ["X", "2"], "strong"
    assert first(1, both, start=lately) == ["2", "Sources"], "from one source"
    assert first(3, both, start=lately, end=lately) == ["2", "Sources"], "over"
    assert first(3, both, start="2014-05") == ["2", "Sources"], "old"
    assert first(3, [targeted], start="2014-05") == ["Sources", "X"], "old, and only one system"
    assert first(1, [cameras], start=lately) == ["X", "1"], "no system against a group"
    assert first(3, both, ("r",), start="2014-05") == ["2", "X"], "lasting, but last reported long ago"
    assert first(1, [cameras], start="2014-05", end="2014") == ["1"], "old and over: only in the paragraph on what is blocked"
    assert first(1, [], start="2014-05", end="2014") == ["X"]
    assert first(3, [cameras], start=lately, service="roblox", platform=[]) == ["1"], "a game opens no page of systems"
    assert first(3, [], start=lately, service="roblox", platform=[]) == ["Roblox"]
    assert first(3, [cameras], start=lately, service=["roblox", "imo"], platform=[]) == ["Roblox", "1"], "with messages, it does"
    law = record("agreement", "Law", 2, **{"adopted": "2020-01-02", "in-force": "2020-03-04"})
    [newest] = opening(site, "KE", [], None, [law])
    assert marked(newest) == "Newest law on record: Law (adopted 2 January 2020).[2]"
    weak = targeted._replace(independent_sources=1)
    assert [marked(sentence).split(" ")[0] for sentence in opening(site, "KE", [weak], None, [])] == ["1"]


def test_main_services_are_terms(site: Site) -> None:
    terms = {*site.words.terms["platforms"], *site.words.terms["services"]}
    assert opening_rule().restriction.main_services <= terms


def test_a_block_without_an_end_counts_until_its_newest_report(site: Site) -> None:
    def blocked(identity: str, start: str, **more: str) -> Record:
        return record("restriction", identity, kind="blocking", country="KE", platform="x", start=start, **more)

    def first(reported: dict[str, str], *rows: Record) -> str:
        fact = gravest_restriction(site, rows, reported)
        assert fact
        return fact.restriction

    lasting, newer = blocked("l", "2009"), blocked("n", "2022-03")
    assert first({}, lasting, newer) == "n", "no report says that the first lasted"
    assert first({"l": "2022-09", "n": "2022-03"}, lasting, newer) == "l"
    election = blocked("l", "2009", cause="elections")
    assert first({"l": "2009-02", "n": "2022-03"}, election, newer) == "n"


def leading(site: Site, restriction: Record, reported: str = "") -> str:
    """Return the first sentence on a restriction, without its mark; empty if there is none."""
    dates = {restriction.id: reported}
    unconfirmed = last_reports([restriction], dates, year_before(site.words.meta["manifest"]["date"]), (), ())
    fact = gravest_restriction(site, [restriction], dates, last_reports=unconfirmed)
    return marked(fact.sentence).removesuffix("[1]") if fact else ""


def test_a_group_of_services_takes_a_plural_verb_if_its_name_is_a_plural(site: Site) -> None:
    blocked = {"country": "KE", "start": "2023-02", "end": "2023-02"}
    vpns = record("restriction", "v", kind="blocking", service="vpn", **blocked)
    assert leading(site, vpns) == "VPNs were blocked (February 2023)."
    assert leading(site, record("restriction", "v", kind="throttling", service="vpn", **blocked)) == "", "“VPNs was throttled”"
    slowed = record("restriction", "s", kind="throttling", service="social-media", **blocked)
    assert leading(site, slowed) == "Social media was throttled in Kenya, February 2023."


@pytest.mark.parametrize(("kind", "word"), [("blocking", "blocked"), ("throttling", "throttled in Kenya")])
def test_a_restriction_around_an_event_may_last(site: Site, kind: str, word: str) -> None:
    values = {"country": "KE", "platform": "x", "start": "2023-02-10", "cause": "exams"}
    row = record("restriction", "e", kind=kind, **values)
    what = {"blocking": "block", "throttling": "slowdown"}[kind]
    rest = f"the {what} doesn’t count as lasting, and no source here dates its end."
    over = f"X (Twitter) was {word} around exams (10 February 2023); {rest}"
    assert leading(site, row) == leading(site, row, "2023-02-12") == over
    unended = f"X (Twitter) was {word} from 10 February 2023; Overt has no report of an end."
    old = "X (Twitter) was reported blocked from 10 February 2023; the last report is of June 2023."
    assert leading(site, row, "2023-06") == (old if kind == "blocking" else unended)
    assert leading(site, row, "2026-06") == unended, "a report of the last year confirms it"
    both = record("restriction", "b", kind="blocking", **(values | {"platform": ["x", "facebook"]}))
    assert leading(site, both).startswith("X (Twitter) and Facebook were blocked around exams (")


def test_a_beginning_at_some_time_within_an_interval_is_no_period(site: Site) -> None:
    days = "2025-10-29/2025-11-03"
    row = record("restriction", "i", kind="blocking", country="KE", platform="x", start=days)
    between = "between 29 October 2025 and 3 November 2025"
    restrictions = blocking_texts.Restrictions({"blocking": 1}, 1, 0, row, row)
    expected = f"Overt has reports of 1 block of a service: X (Twitter) (began {between})[1]."
    assert marked(blocking_texts.blocked(site, "KE", restrictions, [], [], [])) == expected
    event = record("restriction", "e", kind="blocking", country="KE", platform="x", start=days, cause="elections")
    sentences = restriction_sentences(site, "X", [row, event])
    assert f"X was blocked in Kenya; it began {between}, and Overt has no report of an end." in sentences
    assert f"X was blocked in Kenya around elections (began {between}); the block doesn’t count" in " ".join(sentences)
    ended = record("restriction", "d", kind="blocking", country="KE", platform="x", start="2007/2008", end="2010-11")
    assert restriction_sentences(site, "X", [ended]) == ["X was blocked in Kenya, from 2007 or 2008 to November 2010."]


def test_a_block_of_a_part_of_the_country_does_not_lead(site: Site) -> None:
    def block(**more: str) -> str:
        return leading(site, record("restriction", "p", kind="blocking", country="KE", platform="x", start="2023-02", **more))

    assert block() == block(scope="nationwide") == "X (Twitter) was blocked from February 2023; Overt has no report of an end."
    assert not block(scope="one-province") and not block(scope="unsure") and not block(area="Mandera")


def test_services_in_a_sentence(site: Site) -> None:
    assert service_groups() <= {*site.words.terms["services"]}
    few = record("restriction", "f", country="KE", kind="blocking", platform=["x"], service=["social-media"])
    assert listed_services(site, few) == "X (Twitter) and other social media"
    assert affected(site, few) == "X (Twitter) and other social media"
    only = record("restriction", "g", country="KE", kind="blocking", service="social-media", start="2023-02", end="2023-02")
    assert leading(site, only) == "Social media was blocked (February 2023)."
    many = ["facebook", "instagram", "telegram", "whatsapp", "x"]
    wide = record("restriction", "w", country="KE", kind="blocking", platform=many, service=["social-media"])
    assert listed_services(site, wide) == "5 services (among them Facebook, Instagram and Telegram) and other social media"


def test_progress_names_systems_by_status(site: Site) -> None:
    unknown = [system("A", ["spyware"], "unknown"), system("B", ["spyware"], "")]
    for systems, sentence in (
        (
            [CAMERAS] * 5 + unknown,
            "7 systems: 5 built or in use and 2 without a status or a date.",
        ),
        (unknown * 4, "8 systems: 8 without a status or a date."),
        ([CAMERAS, *unknown], "Built or in use: Cameras (undated). No source here gives a status or a date: A and B."),
        (
            [system("D", ["spyware"], "suspended", status_as_of="2015-07"), PLANNED],
            "Planned or being built: Future (undated). Suspended: D (as of July 2015).",
        ),
        (unknown[:1], "No source here gives a status or a date: A."),
        (
            [unknown[0]._replace(date="../2020-10", dated="operational", in_use="../2020-10")],
            "Built or in use: A (in use by October 2020; since then unknown).",
        ),
        ([unknown[0]._replace(date="2013", dated="agreed")], "Agreed or begun: A (agreed 2013; no later step on record)."),
        ([CAMERAS], "Built or in use: Cameras (undated)."),
        ([system("C", ["spyware"], "suspended")], "Suspended: C (undated)."),
    ):
        count = Markup(f"{len(systems)} system{'s' if len(systems) > 1 else ''}")
        assert marked(progress(site, "KE", systems, count)) == sentence
    assert marked(progress(site, "KE", [CAMERAS] * 5, None)) == "Their status: 5 built or in use.", (
        "the page already says how many"
    )


def test_weakly_documented_systems_are_named_or_counted(site: Site) -> None:
    ordered = system("Ordered", ["spyware"], "unknown", 2, dated="agreed")
    once = system("Once", ["spyware"], sources=1)
    assert weakly_documented(site, [CAMERAS]) == ""
    assert weakly_documented(site, [once]) == "It rests on one source."
    assert marked(weakly_documented(site, [CAMERAS, once])) == "Once rests on one source."
    assert weakly_documented(site, [CAMERAS, *([once] * 3)]) == "Of the 4 systems, 3 rest on one source."
    assert marked(weakly_documented(site, [CAMERAS, once, ordered])) == (
        "Once rests on one source. Ordered is only agreed or ordered: none of the documents here reports its use."
    )
    assert marked(weakly_documented(site, [CAMERAS, once, *([ordered] * 3)])) == (
        "Of the 5 systems, 3 are only agreed or ordered. No document here reports use of these 3. Once rests on one source."
    )
    assert weakly_documented(site, [ordered], sources=False) == (
        "It is only agreed or ordered: none of the documents here reports its use."
    )
    police = organization("Police", "KE")
    same_customer = [ordered._replace(customers=[police]), CAMERAS._replace(customers=[police])]
    assert not weakly_documented(site, same_customer), "the cameras may be what was ordered"
    for later in ({"in_use": "2020"}, {"work_reported": True}, {"use_stated": True}, {"status": "in-progress"}):
        assert not weakly_documented(site, [ordered._replace(**later)])


def test_an_index_alone_is_no_system(site: Site) -> None:
    index = record("assessment", "a", kind=["smart-city"], year="2022")
    assert marked(blocking_texts.surveillance(site, "KE", [], [], index)).startswith(
        "No surveillance system is on record as a project, but the "
    )
    assert blocking_texts.surveillance(site, "KE", [], [], None) is None
    assert blocking_texts.surveillance(site, "KE", [], [], record("assessment", "a", kind=["mobile-network"])) is None


def test_programmes_of_the_state_are_surveillance_too(site: Site) -> None:
    programme = record("programme", "Golden Shield", 3)
    words = marked(blocking_texts.surveillance(site, "KE", [], [programme], None))
    assert words == "1 state surveillance programme is documented: Golden Shield[3]."


def test_suppliers_are_ranked_by_systems(site: Site) -> None:
    both = [*CAMERAS.suppliers, organization("Gamma", "GB")]
    more = system("Cameras 2", ["video-surveillance"], sources=1, suppliers=both)
    index = record("assessment", "a", supplier=["NEC Corporation"], year="2022")
    words = marked(supply.suppliers(site, "KE", [CAMERAS, FILTER, SPYWARE, more, DENIED, SCANNER], [index], None, {}))
    assert words == (
        "Named as suppliers: Huawei Technologies (China) for 2 systems, Geedge for 1 system and Gamma (United Kingdom) for 1 "
        "system. "
        "1 system has several suppliers. "
        "For 1 system, no source here names a supplier. "
        f"The {marked(site.foreign(site.title_of('open_projects')))} also names NEC, without saying which technology."
    )
    assert supply.suppliers(site, "KE", [DENIED, SCANNER], [], None, {}) is None
    offer = system("Offer", ["filtering"], "announced", suppliers=[organization("Geedge", "CN")])
    assert marked(supply.suppliers(site, "DZ", [offer], [], None, {})) == "Named only for what is announced: Geedge (China)."
    assert marked(supply.suppliers(site, "DZ", [CAMERAS, CAMERAS._replace(status="announced")], [], None, {})) == (
        "One supplier is named: Huawei Technologies (China), for 1 system."
    )
    assert (
        marked(supply.suppliers(site, "KE", [CAMERAS], [], None, {CAMERAS.suppliers[0].id: "Huawei"}))
        == "One supplier is named: Huawei (China), for 1 system."
    )
    pair = [CAMERAS, system("Gate", ["filtering"], suppliers=[organization("ZTE", "CN")])]
    assert marked(supply.suppliers(site, "KE", pair, [], None, {})) == (
        "Named as suppliers: Huawei Technologies (China) and ZTE (China), for 1 system each."
    )
    twice = marked(supply.suppliers(site, "KE", [*pair, *pair], [], None, {}))
    assert twice == "Named as suppliers: Huawei Technologies (China) and ZTE (China), for 2 systems each."
    four = [*pair, more, system("Gate 2", ["filtering"], suppliers=[organization("Sandvine", "CA")])]
    all_named = marked(supply.suppliers(site, "KE", four, [], None, {}))
    assert (
        all_named.startswith("Named as suppliers: Huawei Technologies (China) for 2 systems, ") and "By country" not in all_named
    )
    six = [*four, *(system(name, ["filtering"], suppliers=[organization(name, "DE")]) for name in ("A", "B"))]
    assert marked(supply.suppliers(site, "KE", six, [], None, {})) == (
        "6 suppliers are named, most often Huawei Technologies (China): for 2 systems. "
        "By country: 2 each from China and Germany and 1 each from Canada and the United Kingdom. 1 system has several suppliers."
    )


def export(name: str, supplier: str, *countries: str) -> Export:
    return Export(RecordLabel(name, name, "en", None), [RecordLabel(supplier, supplier, "en", None)], countries)


def test_exports_are_named_or_counted(site: Site, reader: Reader) -> None:
    def words(*systems: Export) -> str:
        sentence = export_sentence(site, reader, "TH", systems)
        return marked(sentence) if sentence else ""

    assert words(export("At home", "A")) == ""
    assert words(export("Spyware", "A", "KE")) == "Companies based here are named as suppliers abroad: Spyware (A, Kenya)."
    abroad = [export("S", "A", "KE"), export("T", "A", "UG"), export("U", "B", "KE")]
    assert words(*abroad) == (
        "Companies based here are named as suppliers of 3 surveillance or censorship systems "
        "in 2 other countries (most often A: 2)."
    )
    assert words(*abroad, export("At home", "A")) == (
        "Companies based here are named as suppliers of 4 surveillance or censorship systems, "
        "3 of them in 2 other countries (most often A: 2)."
    )


def cable(name: str, status: str | None, *suppliers: str) -> Cable:
    parties = [CableParty(name, True, supplier, supplier, "en", None, supplier) for supplier in suppliers]
    return Cable(name, name, "en", None, "cables", None, None, status, 1, suppliers=parties)


def test_networks_and_cables(site: Site) -> None:
    backbone = system("Backbone", ["fixed-network"], sources=2, suppliers=CAMERAS.suppliers)
    cables = [cable("A", "operational", "HMN"), cable("B", "announced", "HMN"), cable("C", "cancelled", "HMN")]
    words = marked(supply.networks(site, "KE", [backbone], cables, {}))
    assert words == (
        "1 network or data centre is on record: Backbone (Huawei Technologies, China). "
        "2 submarine cables are on record as landing here. "
        "1 of them is planned or being built. HMN is named as supplier of 2 of them."
    )
    watching = system("Cameras over 4G", ["mobile-network", "video-surveillance"])
    on_land = [system(name, ["terrestrial-cable"], suppliers=CAMERAS.suppliers) for name in "AB"]
    assert marked(supply.networks(site, "KE", [watching, *on_land], [], {})) == (
        "In addition, 1 surveillance or censorship system is also a network. "
        "2 overland or leased cables are on record: A (Huawei Technologies, China) and B (Huawei Technologies, China)."
    )
    assert supply.networks(site, "KE", [], [], {}) is None


def test_topics_without_a_record_are_named_once(site: Site) -> None:
    assert marked(blocking_texts.absence(site, ["blocked", "money"], part=False)) == (
        "No record here of shutdowns or blocked services or promised money. "
        "A gap or a short list on this page is not evidence of absence."
    )
    assert blocking_texts.absence(site, [], part=False) == "A gap or a short list on this page is not evidence of absence."


def test_names_lose_their_legal_form() -> None:
    for name, short in (
        ("Huawei Technologies Co., Ltd.", "Huawei Technologies"),
        ("ZTE Corporation", "ZTE"),
        ("China National Electronics Import & Export Corporation", "China National Electronics Import & Export Corporation"),
        ("华为技术有限公司", "华为技术"),
        ("Safaricom PLC", "Safaricom"),
        ("Limited", "Limited"),
    ):
        assert short_name(name) == short


def test_the_briefing_of_a_country_follows_the_order_of_topics(site: Site, reader: Reader, sites: dict[str, Site]) -> None:
    kenya = briefing(site, reader, site.words.areas["KE"])
    assert [row.topic for row in kenya.paragraphs] == ["blocked", "surveillance", "suppliers", "money", "networks"]
    assert kenya.absent == "A gap or a short list on this page is not evidence of absence."
    spoken = {row.topic: marked(row.text) for row in kenya.paragraphs}
    assert spoken["blocked"] == (
        "Overt has reports of 1 shutdown: Shutdown: VPNs (June 2023 to July 2023)[1]. "
        "Overt has no measurements of blocked websites there."
    )
    assert "1 surveillance system is on record, but not counted: " in spoken["surveillance"]
    assert spoken["suppliers"].endswith(" names Huawei Technologies, without saying which technology.")
    assert site.title_of("open_projects") in spoken["suppliers"], "the index has its title"
    assert "$100 m" in spoken["money"] and "1 submarine cable is on record as landing here." in spoken["networks"]
    laos = briefing(site, reader, site.words.areas["LA"])
    assert [row.topic for row in laos.paragraphs] == ["networks"]
    assert "surveillance systems" in marked(laos.absent) and "suppliers" not in marked(laos.absent)
    chinese = briefing(sites["zh"], reader, sites["zh"].words.areas["KE"])
    assert "断网" in chinese.paragraphs[0].text
    assert "不等于不存在" in briefing(sites["zh"], reader, sites["zh"].words.areas["FR"]).absent


def test_every_number_of_a_sentence_has_its_mark_or_link(client: Client) -> None:
    page = client.get("/country/KE").text
    sentences = page.partition('<div class="briefing">')[2].partition("</div>")[0]
    assert f'href="/organization/{HUAWEI}"' in sentences, "an index names it"
    assert re.search(r'<a class="evidence-mark[^"]*" href="/country/KE/money" title="[12] sep', sentences)
    table = page.partition('<h2 id="systems">')[2].partition("</section>")[0]
    assert re.search(r'<a class="evidence-mark[^"]*" href="/project/ovt-[a-z2-7]{12}#claims" title="\d separate', table), table
    assert 'href="/country/KE/restrictions"' in sentences and 'href="/country/KE/money"' in sentences
    assert 'href="/country/KE/cables"' in sentences


def test_systems_name_suppliers_and_exports_leave_the_country(reader: Reader) -> None:
    (nairobi,) = [row for row in country_systems(reader, "KE") if row.id == NAIROBI]
    assert [row.id for row in nairobi.suppliers] == [HUAWEI]
    at_home = exports(reader, "US")
    assert at_home and not any(system.countries for system in at_home), "a system at home is no export"
    assert exports(reader, "KE") == []


def test_the_table_of_systems_has_suppliers_with_their_countries_and_statements(site: Site, reader: Reader) -> None:
    statement = Statement("ovt-s", RecordLabel("ovt-p", "Police", "en", None), "2021-08", "Nobody is watched.")
    stated = FILTER._replace(denials=[statement._replace(part="conduct"), statement._replace(date=None, note=None)])
    rows = system_rows(site, reader, in_table(site, [DENIED, SCANNER, CAMERAS, stated]), "KE", {CAMERAS.id: ["KE"]})
    assert [(row.system.label, row.layer) for row in rows] == [
        ("Cameras", "surveillance"), ("Firewall", "censorship"), ("Claimed", "surveillance")
    ], "no scanners, and last what isn't counted"  # fmt: skip
    assert marked(rows[0].suppliers) == "Huawei Technologies (China)" and rows[0].countries == ["KE"]
    assert [(marked(who), marked(words)) for who, words in rows[1].statements] == [
        ("Disputed by Police", "Overt doesn’t have its words."),
        ("Accusation rejected by Police (August 2021)", "Nobody is watched. The accusation itself isn’t on record here."),
    ], "what is disputed comes first"
    (nairobi,) = [row for row in country_systems(reader, "KE") if row.id == NAIROBI]
    (row,) = system_rows(site, reader, [nairobi], "KE")
    assert marked(row.suppliers) == "Huawei (China)", "the name by which it is known"


def test_a_suspended_system_has_its_note(site: Site, reader: Reader) -> None:
    note = "The halt is of the maker's licence."
    suspended = system("Halted", ["video-surveillance"], "suspended", note=note)
    [row] = system_rows(site, reader, [suspended])
    assert [marked(words) for words in row.notes] == [f"Overt’s note: {note}"] and not row.statements
    assert not system_rows(site, reader, [suspended._replace(note=None)])[0].notes


def test_rank_one_is_the_freest(site: Site, reader: Reader) -> None:
    kenya = briefing(site, reader, site.words.areas["KE"])
    (row,) = kenya.standings
    assert (row.term.id, row.indicator.text, row.rank, row.countries) == ("freedom-on-the-net", "64", 1, 1)
    assert (row.low, row.high, row.share) == (0, 100, 0.64)
    assert standings(site, reader, "KE", []) == []


@pytest.mark.parametrize("name", ["programmes", "cables", "money", "agreements", "indexes", "unknown"])
def test_pages_beside_the_briefing_have_tabs(client: Client, name: str) -> None:
    page = client.get(f"/country/KE/{name}").text
    assert '<nav class="tabs' in page and '<a href="/country/KE">Briefing' in page
    assert client.get("/country/QQ/" + name).status_code == 404
    assert client.get(f"/zh/country/KE/{name}").status_code == 200


def test_a_tab_is_offered_where_it_has_rows(client: Client) -> None:
    kenya, russia = (client.get(f"/country/{code}").text for code in ("KE", "RU"))
    assert 'href="/country/KE/money"' in kenya and 'href="/country/RU/money"' not in russia
    assert '<a href="/country/RU/agreements">Laws and agreements <span class="tab-count">3</span></a>' in russia


def test_chinese_pages_name_towns_in_chinese(client: Client, sites: dict[str, Site]) -> None:
    assert sites["zh"].language.phrase("Nairobi") == "内罗毕" and sites["en"].language.phrase("Nairobi") is None
    assert all(re.search("[\u4e00-\u9fff]", name) for name in place_names().values())
    assert "内罗毕" in client.get(f"/zh/project/{NAIROBI}").text


def test_years_say_what_happened_in_them(site: Site) -> None:
    def years(**fields: Any) -> list[tuple[str, str]]:
        return [tuple(step) for step in milestones(site, system("A", ["video-surveillance"])._replace(**fields))]

    assert years(date="2017-02", dated="agreed", in_use="2019") == [("2017", "agreed"), ("2019", "in use")]
    assert years(date="2019", dated="operational", in_use="2019") == [("2019", "in use")]
    assert years(date="2027", dated="operational", in_use="2027", status="announced") == [("2027", "use planned")]
    by_then = {"date": "../2019-08", "dated": "operational", "in_use": "../2019-08"}
    assert years(**by_then) == [("2019", "in use by then")], "it may have been in use before"
    assert years(**by_then, status="unknown") == [("2019", "")], "the status says the same"
    assert years(date="2014", dated=None) == [("2014", "")] and years(date=None) == []
