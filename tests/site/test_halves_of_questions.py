"""Both halves of a question are answered in one text without repeated sentences, in the language of each half."""

import pytest

from overt.model.content_catalogue import Catalogue
from tests.site.conftest import Ask


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
        ("吉尔吉斯斯坦的摄像头是谁供应的，华为在那里建过什么吗？", ("China National Electronics", "华为")),
        ("海康威视的母公司是谁？它在哪些美国清单上？", ("中国电子科技集团", "美国实体清单")),
    ],
)
def test_both_halves_are_answered(question: str, names: tuple[str, str], answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and all(name in data["sentence"] for name in names)


def test_an_apostrophe_makes_no_half_chinese(answer_in_chinese: Ask) -> None:
    """A typographic apostrophe isn't ASCII; the words of the first half must still be joined with spaces."""
    assert "华为投资控股" in answer_in_chinese("Is Huawei on the Entity List, and what’s its parent?")["sentence"]
