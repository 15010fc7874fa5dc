"""Capitals in questions stand for the government if nothing on record in the town answers: the first sentence says so."""

import pytest

from tests.site.conftest import Ask
from tests.site.test_what_answers_count import labels, notes


def areas(data: dict[str, object]) -> list[str]:
    """Return the codes of the countries that a question was understood to name."""
    parts = data["parts"]
    assert isinstance(parts, list)
    return [part["id"] for part in parts if part["type"] == "area"]


@pytest.mark.parametrize(
    ("question", "country", "label"),
    [
        ("How much did Riyadh pay for Pegasus?", "SA", "Saudi Arabia"),
        ("NSO Group in Riyadh", "SA", "Saudi Arabia"),
        ("Did Moscow block Telegram?", "RU", "Russia"),
        ("莫斯科封锁了哪些社交平台", "RU", "俄罗斯"),
        ("Can someone in Tehran open Signal right now?", "IR", "Iran"),
        ("利雅得用过飞马吗", "SA", "沙特阿拉伯"),
        ("马德里买过哪些间谍软件？", "ES", "西班牙"),
    ],
)
def test_a_capital_without_a_record_is_its_country(question: str, country: str, label: str, answer: Ask) -> None:
    data = answer(question)
    assert areas(data) == [country] and data["total"]
    assert label in data["sentence"].partition("." if question.isascii() else "。")[0]


def test_beijing_as_a_seller_is_china(answer: Ask) -> None:
    data = answer("did Beijing sell cameras to Serbia")
    assert [part["id"] for part in data["parts"] if part["type"] == "seat"] == ["CN"]
    assert any("Huawei" in label for label in labels(data))


def test_two_capitals_are_the_parties_of_an_agreement(answer: Ask) -> None:
    data = answer("What have Moscow and Tehran signed on information security?")
    assert areas(data) == ["RU", "IR"] and data["total"] == 1


@pytest.mark.parametrize("question", ["Huawei cloud in Riyadh", "Islamabad safe city", "Nairobi cameras Huawei"])
def test_records_in_the_town_come_first(question: str, answer: Ask) -> None:
    data = answer(question)
    assert areas(data) == [] and data["total"] == 1


def test_a_town_that_is_no_capital_is_not_widened(answer: Ask) -> None:
    data = answer("NSO Group in Mombasa")
    assert areas(data) == [] and not data["total"]
    count = notes(data).partition("On record of NSO Group: ")[2].partition(" projects")[0]
    assert int(count) > 1  # not only “1 relation with another organisation”


def test_a_capital_in_the_name_of_a_convention_is_no_country(answer: Ask) -> None:
    assert not answer("Has Zambia signed the Budapest or the Malabo Convention?")["understood"]
