"""Question words such as who, whose, where and why are read as what they ask for."""

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where does kenya get its cameras from", "suppliers"),
        ("肯尼亚的摄像头来自哪里", "suppliers"),
        ("whose cameras does kenya use", "suppliers"),
        ("肯尼亚用的是谁的摄像头", "suppliers"),
        ("where do the loans for kenya come from", "money"),
        ("肯尼亚的贷款来自哪里", "money"),
        ("who owns huawei", "owners"),
        ("when did kenya ban huawei", "agreements"),
        ("when did kenya exclude huawei", "agreements"),
        ("which sanctioned companies supply kenya", "listed"),
        ("does kenya sell spyware", ""),
        ("cameras sold to kenya", "projects"),
        ("出售给肯尼亚的摄像头", "projects"),
        ("which person signed the deal in kenya", ""),
        ("why did kenya buy cameras", "projects"),
    ],
)
def test_what_a_question_word_asks_for(reader: Reader, lexicon: Lexicon, text: str, intent: str) -> None:
    question = read_question(reader, lexicon, text)
    assert question.intent == intent and "places" not in question.ids("intent"), question


def test_who_asks_for_customers_and_subjects_of_laws_are_left_out(reader: Reader, lexicon: Lexicon) -> None:
    assert read_question(reader, lexicon, "huawei cameras used against journalists in kenya").unweighed == ["journalists"]
    assert read_question(reader, lexicon, "who did huawei sell to").has("customers")
    assert read_question(reader, lexicon, "who in kenya uses huawei").has("customers")
