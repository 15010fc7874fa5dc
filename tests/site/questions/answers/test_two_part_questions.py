"""Questions with two halves or two sentences: both parts are answered."""

import pytest

from overt.model.content_catalogue import Catalogue
from tests.site.conftest import Ask
from tests.site.questions.answer_fields import labels


def test_costs_and_suppliers_are_both_answered(answer: Ask) -> None:
    data = answer("肯尼亚警察的监控系统是谁做的，花了多少钱？")
    assert "149亿肯尼亚先令" in data["sentence"] and "Safaricom" in data["sentence"]
    assert not any("孔扎" in label for label in labels(data))


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("哈萨克斯坦的国家安全证书是什么法律规定的？现在还在用吗？", "已暂停"),
        ("is the national security certificate in Kazakhstan still in use and under which law", "Suspended"),
    ],
)
def test_a_law_and_the_state_of_a_system(question: str, status: str, answer: Ask) -> None:
    data = answer(question)
    assert {item["type"] for item in data["items"]} == {"agreement", "project"} and status in data["sentence"]


def test_words_of_halves_are_content() -> None:
    halves = Catalogue().question_grammar.halves
    assert halves.asking and halves.there and halves.back and halves.meant


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which companies are on the Entity List, and is Hikvision on it?", "has only some entries"),
        ("Which companies are on the BIS entity list, and is Nuctech on it?", "has only some entries"),
        ("哪些公司在实体清单上？海康威视在实体清单上吗？", "只收录了部分条目"),
    ],
)
def test_no_sentence_is_repeated(question: str, text: str, answer: Ask) -> None:
    assert answer(question)["sentence"].count(text) == 1


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is Huawei on the Entity List, and what's its parent?", ("US Entity List", "Huawei Investment & Holding")),
        ("Who supplied the cameras in Bishkek, and did Huawei build anything there?", ("China National Electronics", "Huawei")),
        ("吉尔吉斯斯坦的摄像头是谁供应的，华为在那里建过什么吗？", ("中国电子进出口", "华为")),
        ("海康威视的母公司是谁？它在哪些美国清单上？", ("中国电子科技集团", "美国实体清单")),
    ],
)
def test_both_halves_are_answered(question: str, names: tuple[str, str], answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and all(name in data["sentence"] for name in names)


def test_an_apostrophe_makes_no_half_chinese(answer_in_chinese: Ask) -> None:
    """A typographic apostrophe isn't ASCII; the words of the first half must still be joined with spaces."""
    assert "华为投资控股" in answer_in_chinese("Is Huawei on the Entity List, and what’s its parent?")["sentence"]


def test_where_is_answered_beside_who(answer_in_english: Ask) -> None:
    assert (
        "Countries recorded for it: Pakistan."
        in answer_in_english("who built the PEACE cable and where does it land")["sentence"]
    )


def test_both_halves_of_a_question_are_answered(answer: Ask) -> None:
    data = answer("who supplied the cameras in Bishkek and did Huawei ever build anything there")
    assert labels(data) == ["China National Electronics Import & Export Corporation", "Smart City Bishkek and Osh (Huawei)"]


def test_both_sentences_of_a_question_are_answered(answer: Ask) -> None:
    data = answer("有哪些公司从 1260H 清单上被移除？旷视还在吗？")
    assert data["total"] > 2 and "北京旷视科技" in data["sentence"]


def test_a_second_half_without_a_name_is_about_the_first(answer: Ask) -> None:
    assert answer("腾讯什么时候被列入美国国防部1260H清单？现在还在吗")["total"] == 1


def test_those_in_a_second_half_are_no_other_question(answer: Ask) -> None:
    data = answer("Which African countries block Telegram, and which of those bans are still on?")
    assert data["items"] and all(item["label"].startswith("Telegram") for item in data["items"])


def test_it_in_a_second_half_is_the_organisation_of_the_first(answer: Ask) -> None:
    types = [item["type"] for item in answer("海康威视的母公司是谁？它在哪些美国清单上？")["items"]]
    assert "organization" in types and "list" in types
