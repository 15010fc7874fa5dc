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
