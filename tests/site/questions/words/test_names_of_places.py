"""Names of countries, regions, groups of countries, towns and capitals."""

import pytest

from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels, notes, parts_of


def areas(data: dict[str, object]) -> list[str]:
    """Return the codes of the countries that a question was understood to name."""
    parts = data["parts"]
    assert isinstance(parts, list)
    return [part["id"] for part in parts if part["type"] == "area"]


def test_towns_are_alternatives_and_provinces_have_towns(understood_answer: Ask) -> None:
    assert understood_answer("smart city projects in Lahore and Islamabad")["total"] == 2
    assert any("Ürümqi" in label for label in labels(understood_answer("Xinjiang surveillance")))


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


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("chinese cameras in british offices", {("seat", "CN"), ("area", "GB"), ("kind", "video-surveillance")}),
        ("surveillance in island states", {("kind", "surveillance")}),
        ("US spyware in Mexico", {("seat", "US"), ("kind", "spyware"), ("area", "MX")}),
        ("Mexico City cameras", {("absent", "Mexico City"), ("kind", "video-surveillance")}),
    ],
)
def test_which_places_are_read(answer: Ask, question: str, parts: set[tuple[str, str]]) -> None:
    assert {part for part in parts_of(answer(question)) if part[0] != "intent"} == parts


def test_two_countries_in_two_characters(answer_in_english: Ask) -> None:
    assert answer_in_english("中俄 2015年 信息安全协定")["total"] == 1


def test_a_country_is_never_looked_for_in_names(answer_in_chinese: Ask) -> None:
    assert answer_in_chinese("几内亚比绍 华为")["items"] == []
    assert labels(answer_in_chinese("Candiru 乌兹别克斯坦")) == ["与乌兹别克斯坦国家安全局有关的Candiru漏洞利用"]


def test_records_elsewhere_are_no_answer_to_a_question_about_a_region(answer: Ask) -> None:
    countries = " ".join(item["detail"] for item in answer("中国电子进出口有限公司在拉美的监控项目")["items"])
    assert "委内瑞拉" in countries and "厄瓜多尔" in countries and "吉尔吉斯斯坦" not in countries


def test_members_of_a_group_have_rows_of_their_own(answer: Ask) -> None:
    assert {"Romania", "Estonia", "Poland"} <= {*labels(answer("which CEE countries banned huawei"))}


def test_short_names_of_places_are_whole_words_in_titles(answer: Ask) -> None:
    assert all("Ukraine" not in note["text"] for note in answer("chinese cameras in UK")["notes"])
