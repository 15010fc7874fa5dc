"""On a country's page, the first sentence on blocks without a reported end names the services of all these blocks."""

import re

from overt.site.country.first_sentences import gravest_restriction
from overt.site.platform.ends_implied_by_later_blocks import Over
from overt.site.site import Site
from tests.site.test_briefing import record
from tests.support.client import Client
from tests.support.page_text import marked, spaced

BLOCKED = {"kind": "blocking", "country": "KE"}


def test_services_of_all_blocks_without_an_end_are_in_one_sentence(site: Site) -> None:
    first = record("restriction", "a", 3, **BLOCKED, platform=["facebook", "instagram", "whatsapp"], start="2021-02-04")
    again = record("restriction", "b", 2, **BLOCKED, platform=["instagram", "x"], start="2021-02-05")
    vpns = record("restriction", "v", **BLOCKED, service="vpn", start="2024-05~")
    newest = record("restriction", "s", **BLOCKED, platform="signal", start="2024-06~")
    ended = record("restriction", "e", **BLOCKED, platform="tiktok", start="2022-01", end="2022-02")
    exam = record("restriction", "x", **BLOCKED, platform="telegram", start="2023-03-01", cause="exams")
    over = record("restriction", "o", **BLOCKED, platform="youtube", start="2010")
    reported = {"a": "2024-06-13", "b": "2021-02-05", "v": "2024-06-15", "s": "2024-07", "x": "2023-03-02"}
    by = {"o": Over("2012", is_anew=True)}
    fact = gravest_restriction(site, [first, again, vpns, newest, ended, exam, over], reported, over=by)
    assert fact and fact.restriction == "a"
    assert marked(fact.sentence) == (
        "Facebook, Instagram, WhatsApp, Signal, X (Twitter) and 1 more service were reported blocked, the first from "
        "4 February 2021 on; the newest report is of July 2024, and Overt has no report of an end.[1]"
    ), "each service once, groups last, and none that is over"
    few = gravest_restriction(site, [again, newest], {"b": "2021-02-05"})
    assert few and " and X (Twitter) were reported blocked, the first from 5 February 2021 on; " in marked(few.sentence)
    only_block = gravest_restriction(site, [again, over], {"b": "2021-02-05"}, over=by)
    assert only_block and marked(only_block.sentence).startswith("Instagram and X (Twitter) were blocked from 5 February 2021;")


def test_the_first_sentence_and_the_paragraph_agree_on_the_newest_report(shipped: Client) -> None:
    text = spaced(shipped.get("/country/MM").text)
    first = re.search(
        r"WhatsApp, \w+ and (\d+) more services were reported blocked, the first from [^;]+; the newest report is of ([^,]+),",
        text,
    )
    assert first and f"last report {first[2]})" in text.partition("The newest: ")[2][:60]
