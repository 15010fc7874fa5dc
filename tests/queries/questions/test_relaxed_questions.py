"""Questions with fewer conditions name the words that they leave out, as they were typed, and have no part twice."""

from dataclasses import replace

import pytest

from overt.queries.database import Reader
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Part
from overt.site.search.closest_answers.relaxed_questions import Relaxed, relaxed_questions


def relaxed_once(text: str, reader: Reader, lexicon: Lexicon) -> list[Relaxed]:
    question = read_question(reader, lexicon, text)
    return [relaxed for relaxed in relaxed_questions(question, lexicon) if relaxed.conditions == 1]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("huawei cameras in kenya before 2015", "2015"),
        ("huawei cameras in kenya since 2018", "2018"),
        ("华为 肯尼亚 摄像头 2015年以前", "2015"),
    ],
)
def test_a_year_is_named_as_it_was_typed(text: str, typed: str, reader: Reader, lexicon: Lexicon) -> None:
    words = [relaxed.words for relaxed in relaxed_once(text, reader, lexicon) if not relaxed.question.years]
    assert words == [(typed,)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("huawei grants in kenya", "grants"),
        ("grants that paid for huawei cameras in kenya", "grants"),
        ("华为 肯尼亚 贷款", "贷款"),
    ],
)
def test_only_the_word_for_a_type_of_commitment_is_left_out(text: str, typed: str, reader: Reader, lexicon: Lexicon) -> None:
    words = [relaxed.words for relaxed in relaxed_once(text, reader, lexicon) if not relaxed.question.flow_types]
    assert words == [(typed,)]


def test_a_type_of_commitment_without_a_word_remains(reader: Reader, lexicon: Lexicon) -> None:
    """Otherwise the sentence couldn't name what is left out: “Without : …”."""
    question = replace(read_question(reader, lexicon, "huawei cameras in kenya"), flow_types=["loan"])
    assert all(relaxed.words and relaxed.question.flow_types for relaxed in relaxed_questions(question, lexicon))


def test_two_towns_of_a_country_become_one_area(reader: Reader, lexicon: Lexicon) -> None:
    question = read_question(reader, lexicon, "huawei cameras")
    towns = [Part("place", name, name, at, at + 1, countries=("KE",)) for at, name in enumerate(("nairobi", "mombasa"), 2)]
    relaxed = next(relaxed_questions(replace(question, parts=[*question.parts, *towns]), lexicon))
    areas = [part.id for part in relaxed.question.parts if part.type == "area"]
    assert areas == ["KE"] and relaxed.words == ("nairobi", "mombasa")
