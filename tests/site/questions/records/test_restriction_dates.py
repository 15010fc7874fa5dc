"""When restrictions began and ended, which came first, and whether a service is still blocked."""

import re

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import first_detail, labels, notes
from tests.site.questions.conftest import AskSmallAtlas


def test_a_block_is_answered_with_its_years_and_kind(understood_answer: Ask) -> None:
    data = understood_answer("Telegram in Kenya")
    sentence = data["sentence"]
    assert data["total"] == len(data["items"]) == 3 and {item["type"] for item in data["items"]} == {"restriction"}
    assert all(item["detail"].count("cause: Exams") == 1 for item in data["items"])
    assert re.match(
        r"Telegram was blocked in Kenya around exams \([^)]+\); the block doesn’t count as lasting, and no source here ",
        sentence,
    )
    assert "Yes" not in sentence and "The newest report on it is of " in sentence
    years = {year for item in data["items"] for year in re.findall(r"(?:from|until) [^,]*?(\d{4})", item["detail"])}
    assert len(years) > 1 and years == set(re.findall(r"\b20\d\d\b", sentence))


def test_only_a_dated_report_of_a_block_without_an_end_is_a_yes(understood_answer: Ask) -> None:
    sentence = understood_answer("is whatsapp blocked in china")["sentence"]
    assert sentence.startswith("Yes, by the newest report (7 January 2026): WhatsApp was blocked in China from September 2017;")
    assert understood_answer("WhatsApp在中国被封锁了吗")["sentence"].startswith("是的，据最新报告（2026年1月7日）")
    ended = understood_answer("is twitter blocked in nigeria")["sentence"]
    assert ended.startswith("X (Twitter) was blocked in Nigeria, 4 June 2021 to 13 January 2022.")
    none = understood_answer("is tiktok blocked in germany")["sentence"]
    assert none.startswith("No record here: a restriction of TikTok in Germany.")


@pytest.mark.parametrize("question", ["Which messenger was blocked first in Iran?", "伊朗最早封锁了哪个聊天软件？"])
def test_the_first_of_a_group_is_of_the_group(question: str, answer: Ask) -> None:
    data = answer(question)
    assert not data["limits_left_out"] and "Telegram" in data["items"][0]["label"]


@pytest.mark.parametrize(
    ("question", "is_yes"),
    [
        ("Is Telegram blocked in Russia?", True),
        ("Is Telegram working in Russia?", False),
        ("Is Telegram available in Russia?", False),
        ("俄罗斯能用Telegram吗？", False),
    ],
)
def test_yes_means_that_a_service_is_blocked(question: str, is_yes: bool, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert ("Yes, by the newest report" in sentence or "是的" in sentence) == is_yes
    assert "Telegram" in sentence


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("first blocks in Iran or Turkey in 2022", "from 21 September 2022"),
        ("What was the latest time WhatsApp was banned by judges in Brazil?", "from 19 July 2016"),
        ("What was the earliest time WhatsApp was banned by judges in Brazil?", "from December 2015"),
    ],
)
def test_the_first_or_latest_restriction_comes_first(question: str, date: str, answer: Ask) -> None:
    data = answer(question)
    assert first_detail(data).startswith(date) and data["unweighed"] == []


def test_restrictions_that_began_before_the_years_are_named(answer: Ask) -> None:
    data = answer("Which African countries blocked WhatsApp since 2020")
    assert "4 other restrictions began earlier or have no recorded start, and may have been in force then: " in notes(data)
    assert "began earlier" not in notes(answer("Which African countries blocked WhatsApp"))


def test_lifted_restrictions_are_looked_for_in_texts(answer: Ask) -> None:
    lifted = answer("哪些国家解除了对推特的封锁")
    assert lifted["intent"] == "texts" and {item["type"] for item in lifted["items"]} == {"restriction"}


@pytest.mark.parametrize("question", ["shutdown in Uganda January 2026", "乌干达2026年1月断网"])
def test_a_month_limits_restrictions_and_blocks_are_no_shutdowns(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] == 1 and "2026" in data["items"][0]["detail"]
    assert data["sentence"].startswith(("No restriction on record of this kind", "没有始于2026年1月的此类限制"))


def test_a_month_without_a_start_is_denied_and_no_other_is_added(answer: Ask) -> None:
    data = answer("what was blocked in Uganda in March 2026")
    assert not data["items"] and "No restriction on record began in March 2026" in data["sentence"]
    assert not any("Telegram" in note["text"] for note in data["notes"])  # Telegram's block ended in January.


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Was Wikipedia blocked in Turkey in March 2018?",
            "1 restriction on record was in force in March 2018: Wikipedia, Turkey (Blocking), 29 April 2017 to 15 January 2020.",
        ),
        (
            "Was Telegram blocked in Russia in May 2019?",
            "1 restriction on record was in force in May 2019: Telegram, Russia (Blocking), April 2018 to 18 June 2020.",
        ),
        ("Was Wikipedia blocked in Turkey in January 2020?", "1 restriction on record was in force in January 2020: Wikipedia"),
        ("2018年3月土耳其封锁了维基百科吗？", "有记载的限制中，1项在2018年3月有效：维基百科、土耳其（封锁），2017年4月29日"),
        ("2019年5月俄罗斯封锁了Telegram吗", "有记载的限制中，1项在2019年5月有效：Telegram、俄罗斯（封锁），2018年4月至"),
    ],
)
def test_a_month_within_a_restriction_is_answered_with_it(question: str, sentence: str, answer: Ask) -> None:
    data = answer(question)
    assert data["sentence"].startswith(sentence)
    assert data["total"] == len(data["items"]) == 1 and data["items"][0]["type"] == "restriction"


def test_restrictions_in_force_in_a_month_are_named_beside_those_that_began_then(answer_in_english: Ask) -> None:
    data = answer_in_english("what was blocked in March 2018?")
    assert data["sentence"].startswith("3 restrictions on record began in March 2018")
    text = notes(data)
    in_force, _, uncertain = text.partition("began earlier or have no exact start")
    assert (
        "1 other began earlier and was in force then: Wikipedia, Turkey" in in_force
        and "Skype, United Arab Emirates" in uncertain
    )
    for month in ("March 2017", "February 2020"):
        assert not answer_in_english(f"Was Wikipedia blocked in Turkey in {month}?")["items"]


def test_only_recorded_ends_answer_whether_a_ban_was_lifted(answer_in_english: Ask) -> None:
    data = answer_in_english("has Telegram been unblocked in Kenya")
    assert (
        data["sentence"].startswith("The ends of 2 restrictions are on record")
        and "1 more has no recorded end" in data["sentence"]
    )
    assert not answer_in_english("Huawei cameras restored in Kenya")["understood"]


def test_restrictions_since_a_year_leave_out_earlier_ones(answer_in_english: Ask) -> None:
    blocked = answer_in_english("which platforms did Russia block since 2025")
    assert blocked["total"] == 9
    assert any("10 other restrictions began earlier or have no recorded start" in note["text"] for note in blocked["notes"])


def test_restrictions_without_a_start_may_have_been_in_force(answer_in_english: Ask) -> None:
    sentence = answer_in_english("calls blocked in UAE 2019")["sentence"]
    assert "2 restrictions are recorded" in sentence
    assert "2 of these restrictions have no recorded start, and may have been in force then." in sentence
    assert "no recorded start" not in answer_in_english("calls blocked in UAE")["sentence"]


def test_shutdowns_by_year(ask_small_atlas: AskSmallAtlas) -> None:
    assert ask_small_atlas("internet shutdowns in kenya 2023")["sentence"].startswith(
        "1 restriction on record began then, in 1 country"
    )
    data = ask_small_atlas("was the internet shut down in kenya in 2024")
    assert data["sentence"].startswith("No record meets all of this: Shutdown, Kenya, 2024. Without “2024”: 1 restriction")
    assert "here are about 1 country only: Kenya." in notes(data)
    assert "No record meets all of this" in ask_small_atlas("internet shutdowns in kenya before 2023")["sentence"]


@pytest.mark.parametrize(
    ("question", "whole", "calls"),
    [
        ("俄罗斯是哪天开始封WhatsApp的？通话呢？", "2026年2月11日", "2025年8月13日"),
        ("When did Russia block WhatsApp, and when its calls?", "11 February 2026", "13 August 2025"),
    ],
)
def test_the_block_of_a_service_comes_before_that_of_its_calls(question: str, whole: str, calls: str, answer: Ask) -> None:
    data = answer(question)
    sentence = data["sentence"]
    assert -1 < sentence.find(whole) < sentence.find(calls)
    assert len(data["items"]) == 2 and whole in data["items"][0]["detail"]


def test_restrictions_of_the_kind_in_question_come_first(answer: Ask) -> None:
    data = answer("When did Turkey throttle X?")
    assert "throttled" in data["sentence"].partition(".")[0]
    assert {"Throttling", "Blocking"} == {label.rpartition("(")[2].rstrip(")") for label in labels(data)}


def test_a_kind_without_a_record_is_named(answer: Ask) -> None:
    sentence = answer("When did Russia start throttling YouTube?")["sentence"]
    assert sentence.startswith("No record here: Throttling") and "blocked in Russia from 11 February 2026" in sentence


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What was the first restriction of an online service on record?", "YouTube, Syria (Blocking)"),
        ("oldest block on record", "YouTube, Syria (Blocking)"),
        ("伊朗最早的封锁", "脸书（Facebook）、X（推特）、YouTube、伊朗（封锁）"),
    ],
)
def test_the_first_or_latest_of_all_records_is_named(question: str, name: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and data["items"][0]["label"] == name and name in data["sentence"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what was blocked in 2026", 11),
        ("2026年哪些服务被封锁", 11),
        ("what was blocked in 2026 in russia", 4),
        ("what was throttled in 2026", 1),
        ("blocked during 2021 in africa", 8),
        ("blocked since 2025", 44),
        ("what was blocked before 2010", 9),
        ("which countries blocked telegram in 2025", 10),
    ],
)
def test_restrictions_that_began_in_a_year(answer: Ask, question: str, number: int) -> None:
    data = answer(question)
    assert data["total"] == number
    assert data["unweighed"] == []
    assert {item["type"] for item in data["items"]} == {"restriction"}


def test_earlier_restrictions_are_a_note(answer: Ask) -> None:
    assert "began earlier or have no recorded start, and may have been in force then" in notes(
        answer("blocked in russia in 2026")
    )
    lasting = answer("was facebook blocked in china in 2015")["sentence"]
    assert lasting.startswith("No restriction on record has its start then; these may have been in force")
    assert "began then" not in answer("which country blocked the most in 2022")["sentence"]


def test_restrictions_that_began_earlier_are_only_possibly_in_force(answer: Ask) -> None:
    sentence = answer("instagram blocked by turkey executive 2024")["sentence"]
    assert "possibly in force then: 2024" in sentence and "dated 2024" not in sentence


def test_the_first_to_block_a_service_may_have_a_date_without_a_month(answer: Ask) -> None:
    data = answer("first country to block youtube")
    assert (
        "earliest start on record: YouTube, Syria (Blocking), August 2007; YouTube, Turkey (Blocking), 2007" in data["sentence"]
    )
    assert data["items"][0]["label"].startswith("YouTube, Syria") and "first" not in data["unweighed"]
    assert "Telegram, Russia (Blocking), 20 March 2026" in answer("latest blocks in russia")["sentence"]


@pytest.mark.parametrize("question", ["is TikTok blocked in India", "is Discord blocked in Turkey", "印度封锁了TikTok吗"])
def test_old_reports_give_no_yes(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert sentence.startswith(("It was, when last reported (", "最近一次有报道时（")) and "Yes" not in sentence


@pytest.mark.parametrize("question", ["is Facebook blocked in Uganda", "乌干达封锁了Facebook吗"])
def test_a_newer_block_shows_that_the_earlier_ones_were_over(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert "when it was blocked again" in sentence or "再次被封锁" in sentence


@pytest.mark.parametrize("question", ["blocked in Turkey and Serbia", "土耳其和塞尔维亚封锁了什么"])
def test_countries_without_a_restriction_are_named(question: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    assert "None is on record for Serbia." in sentence or "本站没有塞尔维亚的记录" in sentence
