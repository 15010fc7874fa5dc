"""Words for the police and armies are in one list, so that no answer drops one in silence."""

import pytest

from overt.model.content_catalogue import Catalogue
from tests.site.conftest import Ask


def test_all_such_words_limit_questions_and_name_orderers() -> None:
    grammar = Catalogue().question_grammar
    subjects = {word for words in grammar.subjects.values() for word in words}
    for kind in grammar.limiting_customers:
        words = {*grammar.customer_words[kind]} - subjects
        assert words and words <= {*grammar.unweighed} and words <= {*grammar.limits}
    for body, kind in grammar.orderer_customers.items():
        assert {*grammar.customer_words[kind]} <= {*grammar.orderers[body]}


@pytest.mark.parametrize(
    "question", ["Which armies ordered blocks in Myanmar?", "缅甸部队封锁过哪些服务", "What did the military block in Myanmar?"]
)
def test_armies_limit_who_ordered_a_restriction(question: str, answer: Ask) -> None:
    data = answer(question)
    assert (
        data["total"]
        and not data["unweighed"]
        and all("Myanmar" in item["label"] or "缅甸" in item["label"] for item in data["items"])
    )


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which armies ordered shutdowns?", "armies"),
        ("Did soldiers order blocks in Sudan?", "soldiers"),
        ("警队下令封锁过Telegram吗", "警队"),
    ],
)
def test_a_word_that_an_answer_leaves_out_is_named_first(question: str, word: str, answer: Ask) -> None:
    data = answer(question)
    assert data["limits_left_out"] == [word] and word in data["sentence"].split(".")[0].split("。")[0]


@pytest.mark.parametrize("question", ["which cops use Cellebrite", "哪些国家的警队用Cellebrite"])
def test_the_police_limit_projects_by_every_word(question: str, answer: Ask) -> None:
    data = answer(question)
    assert data["total"] and "Police" in data["sentence"] and not data["limits_left_out"]
