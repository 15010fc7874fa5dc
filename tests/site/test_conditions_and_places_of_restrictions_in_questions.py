"""Answers about restrictions name their conditions and their countries in two sentences, and follow groups and exclusions."""

import pytest

from tests.site.conftest import Ask

_IN = ("They are in", "Countries:", "涉及", "国家：")


@pytest.mark.parametrize(
    "question",
    [
        "How often did courts block WhatsApp in Brazil?",
        "巴西法院封过WhatsApp几次？",
        "social media blocks during elections in uganda",
        "乌干达选举期间的社交媒体封锁",
    ],
)
def test_the_only_country_of_a_question_is_a_condition(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] and not any(text in data["sentence"] for text in _IN)
    assert all(part["label"] in data["sentence"] for part in data["parts"] if part["type"] in ("area", "service"))


@pytest.mark.parametrize(
    ("question", "countries", "condition"),
    [
        ("Which court blocked Telegram?", "Brazil; Iran; Russia", "Telegram"),
        ("courts blocking in India and Brazil", "Countries: Brazil.", "India"),
        ("哪个法院封锁了Telegram？", "巴西；伊朗；俄罗斯", "Telegram"),
        ("哪些国家在考试期间断网", "阿尔及利亚", "考试"),
        ("Which countries shut down the internet during exams?", "Algeria", "Exams"),
    ],
)
def test_countries_are_named_after_the_conditions(question: str, countries: str, condition: str, answer: Ask) -> None:
    sentence = answer(question)["sentence"]
    where = max(sentence.rfind(text) for text in _IN)
    assert countries in sentence[where:] and condition in sentence[:where] and condition not in sentence[where:]


@pytest.mark.parametrize(
    ("question", "country"),
    [
        ("Which messaging apps are blocked outside China?", "China"),
        ("Which messengers are blocked in countries other than Russia?", "Russia"),
        ("中国以外哪些国家封锁了聊天软件？", "中国"),
        ("除中国外，哪些国家封锁了社交媒体？", "中国"),
    ],
)
def test_countries_that_a_question_leaves_out_dont_count(question: str, country: str, answer: Ask) -> None:
    data = answer(question)
    assert data["excluded"] and data["total"] and not data["unweighed"]
    assert not any(country in item["label"] for item in data["items"])
    assert country in data["sentence"].split("They are in")[0]


@pytest.mark.parametrize(
    ("question", "service", "group"),
    [
        ("Are messaging apps and Wikipedia blocked in China?", "Wikipedia", "Telegram"),
        ("中国封锁了聊天软件和维基百科吗", "维基百科", "Telegram"),
        ("messaging apps or Wikipedia blocked in Turkey", "Wikipedia", "WhatsApp"),
    ],
)
def test_a_service_and_a_group_both_count(question: str, service: str, group: str, answer: Ask) -> None:
    data = answer(question)
    listed = " ".join(item["label"] for item in data["items"])
    assert service in listed and group in listed and not data["unweighed"]


def test_a_word_for_the_kind_of_a_service_adds_no_other_service(answer: Ask) -> None:
    data = answer("Is the messaging app Signal blocked in China?")
    assert data["items"] and all("Signal" in item["label"] for item in data["items"])


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


@pytest.mark.parametrize("question", ["Which platforms did China's national firewall block?", "防火长城封锁了哪些平台？"])
def test_what_the_firewall_blocks_is_what_china_blocks(question: str, answer: Ask) -> None:
    assert ("area", "CN") in {(part["type"], part["id"]) for part in answer(question)["parts"]}


@pytest.mark.parametrize(
    "question", ["which Huawei projects in Kenya before 2010 and after 2020?", "2010年之前和2020年之后华为在肯尼亚的项目"]
)
def test_years_outside_two_ends_are_no_range(question: str, answer: Ask) -> None:
    assert answer(question)["reason"] == "years"


@pytest.mark.parametrize("question", ["who owns the", "the", "Is DJI on the"])
def test_a_question_may_end_with_an_article(question: str, answer: Ask) -> None:
    assert answer(question)["question"] == question
